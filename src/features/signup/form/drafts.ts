import { z } from 'zod';
import { menu, command, dialogRoom, menuChoices, pagesOf, type Command, type LoadFacts, type Opening } from '../../../command/index.js';
import { dialog, type Answers, type Effect, type Json, type Say } from '../../../dialog/index.js';
import { eventDetails, keptByRef, keptOf, type Kept, type KeptAs } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { shortTitle } from '../words/cards.js';
import type { EditEffects } from './edit.effects.js';
import { eventDialog, type EventFormEffects } from './event.dialog.js';
import { publicText } from './fields.js';
import { answersOf, teacherOf, withoutDay } from './form.js';
import { staffOnly } from './manage.js';

const hidden = { words: [], hidden: true, ...staffOnly } as const;

/** Drafts (`/drafts`) or templates (`/templates`) of a community. */
export const keptCommand = (status: KeptAs): Command<Tx> =>
  command(
    { name: `${status}s`, ...hidden },
    {
      load: (tx, { who }) => keptOf(tx, who.communityId, status),
      decide: (kept, { t, args }) => {
        const items = kept.map(({ ref, title }) => ({ label: shortTitle(title), line: `/kept ${ref}` }));
        const text = t(kept.length > 0 ? `event.${status}.which` : `event.${status}.none`);
        return menu(text, menuChoices(t, items, pagesOf(`${status}s`, args)));
      },
    },
  );

/** One draft or template, with what can be done about it: `/kept REF`. */
export const keptOneCommand = (): Command<Tx> =>
  command(
    { name: 'kept', ...hidden },
    {
      load: (tx, { who, args }) => keptByRef(tx, who.communityId, args),
      decide: (kept, { t }) => {
        if (!kept) return menu(t('event.draft.gone'), menuChoices(t, []));
        const { status, title, ref } = kept;
        const items = [
          { label: t(`event.${status}.open`), line: `/kept-open ${ref}` },
          ...(status === 'template' ? [{ label: t('event.template.rename'), line: `/template-rename ${ref}` }] : []),
          { label: t('event.draft.remove'), line: `/kept-remove ${ref}` },
        ];
        return menu(t(`event.${status}.one`, { title }), menuChoices(t, items));
      },
    },
  );

/** Goes on with a draft, or begins an event from a template: `/kept-open REF`. */
export const keptOpenCommand = (effects: EventFormEffects): Command<Tx> =>
  command(
    { name: 'kept-open', ...hidden },
    {
      load: (tx, { who, args }) => keptByRef(tx, who.communityId, args),
      decide: (kept, { t }) => {
        if (!kept) return menu(t('event.draft.gone'), menuChoices(t, []));
        return { open: { ...opening(kept, effects), remarks: [t(`event.${kept.status}.opened`, { title: kept.title })] } };
      },
    },
  );

const keptForm = z.object({
  version: z.number(),
  answers: z.record(z.string(), z.json()),
  teacher: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
});

/** The form as it was kept, brought to what it asks today; what does not fit any more is asked. */
function opening({ ref, revision, status, form, groups }: Kept, effects: EventFormEffects): Opening {
  const { version, answers, teacher } = keptForm.parse(JSON.parse(form));
  const { upgrades, version: present } = eventDialog(effects);
  let now: Answers = answers;
  for (let from = version; from < present; from += 1) now = upgrades.get(from)?.(now) ?? {};
  const seed = { ...(status === 'draft' ? { draft: { ref, revision } } : {}), ...(teacher ? { teacher } : {}) };
  // What was not written is open again, not skipped.
  const written = Object.entries(now).filter(([, answer]) => answer !== null);
  return {
    dialog: 'event',
    ...(Object.keys(seed).length > 0 ? { seed } : {}),
    answers: { ...Object.fromEntries(written), ...(groups.length > 0 ? { groups } : {}) },
  };
}

/** Deletes a draft or a template, after it was asked once: `/kept-remove REF`, `/kept-remove REF yes`. */
export const keptRemoveCommand = (effects: EditEffects): Command<Tx> =>
  command(
    { name: 'kept-remove', ...hidden },
    {
      load: (tx, { who, args }) => keptByRef(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (kept, { t, args }) => {
        if (!kept) return menu(t('event.draft.gone'), menuChoices(t, []));
        const { id, ref, title, status } = kept;
        const list = menuChoices(t, [{ label: t(`event.${status}.list`), line: `/${status}s` }]);
        if (args.endsWith(' yes')) return { effects: [effects.remove.make({ id })], ...menu(t('event.draft.removed', { title }), list) };
        const yes = [{ label: t('event.draft.removeYes'), line: `/kept-remove ${ref} yes` }];
        return menu(t('event.draft.removeSure', { title }), menuChoices(t, yes));
      },
    },
  );

/** Keeps an event as a template for new ones: everything but the day. `/save-template REF`. */
export const saveTemplateCommand = (effects: EditEffects): Command<Tx> =>
  command(
    { name: 'save-template', ...hidden },
    {
      load: (tx, { who, args }) => eventDetails(tx, who.communityId, args),
      decide: (event, { t }) => {
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const { title } = event;
        const answers = { ...answersOf(event), ...withoutDay(event) };
        const list = menuChoices(t, [{ label: t('event.template.list'), line: '/templates' }]);
        return {
          effects: [effects.saveTemplate.make({ title, answers, teacher: teacherOf(event) })],
          ...menu(t('event.template.saved', { title }), list),
        };
      },
    },
  );

/** A new event like an old one: its form, with everything but the day. */
export const copyCommand = (): Command<Tx> =>
  command(
    { name: 'copy', ...hidden },
    {
      load: (tx, { who, args }) => eventDetails(tx, who.communityId, args),
      decide: (event, { t }) => {
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const teacher = teacherOf(event);
        const answers: Record<string, Json> = { ...answersOf(event), ...withoutDay(event) };
        const remarks = [t('event.copied', { title: event.title })];
        return { open: { dialog: 'event', answers, remarks, ...(teacher ? { seed: { teacher } } : {}) } };
      },
    },
  );

interface RenameFacts {
  readonly staff: boolean;
  readonly template: Kept | null;
}

/** Another name for a template. Wording: locales, `rename.*`. */
export const renameDialog = (effects: Pick<EditEffects, 'rename'>) =>
  dialog<RenameFacts, { readonly ref: string }>('rename', {
    version: 1,
    readBack: 'simple',
    needs: ['staff', 'template'],
    seed: z.strictObject({ ref: z.string() }),
  })
    .ask('title', publicText(80))
    .complete(({ title }, { facts, t, seed }): { say: Say[]; effects: Effect[] } => {
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!facts.template) return { say: [{ text: t('event.draft.gone') }], effects: [] };
      const list = menuChoices(t, [{ label: t('event.template.list'), line: '/templates' }]);
      return { say: [{ text: t('rename.done', { title }), choices: list }], effects: [effects.rename.make({ ref: seed.ref, title })] };
    });

const loadRename: LoadFacts<Tx, RenameFacts, { readonly ref: string }> = async (tx, { who }, { ref }) => ({
  staff: who.staff,
  template: who.staff ? await keptByRef(tx, who.communityId, ref) : null,
});

/** The dialog with its facts. */
export const renameRoom = (effects: Pick<EditEffects, 'rename'>) => dialogRoom(renameDialog(effects), loadRename, 'staff');

/** Asks for another name of a template: `/template-rename REF`. */
export const renameCommand = (): Command<Tx> =>
  command(
    { name: 'template-rename', ...hidden },
    {
      load: (tx, { who, args }) => keptByRef(tx, who.communityId, args),
      decide: (kept, { t }) =>
        kept ? { open: { dialog: 'rename', seed: { ref: kept.ref } } } : menu(t('event.draft.gone'), menuChoices(t, [])),
    },
  );
