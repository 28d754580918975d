import { z } from 'zod';
import { command, dialogRoom, menuChoices, pagesOf, type Command, type LoadFacts } from '../../command/index.js';
import { consent, date, dialog, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, day } from '../../i18n/index.js';
import type { Dependant, Families } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { Temporal } from 'temporal-polyfill';
import { parseBirthDate } from '../../understand/index.js';
import type { ProfileEffects } from './effects.js';
import { nameQuestion } from './nameQuestion.js';

const privately = { for: 'everyone', inGroup: 'privately' } as const;

/** `/family`: the children somebody looks after. */
export const familyCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'family', words: ['我的家人', '家人', 'my family', 'family'], ...privately },
    {
      load: (tx, { who }) => families.of(tx, who.personId),
      decide: (children, { t, args }) => {
        const items = [
          ...children.map(({ id, name, birthDate }) => ({ label: t('profile.family.child', { name, birthDate }), line: `/child ${id}` })),
          { label: t('profile.family.add'), line: '/child-add' },
        ];
        return {
          say: [
            {
              text: t(children.length > 0 ? 'profile.family.some' : 'profile.family.none'),
              choices: menuChoices(t, items, pagesOf('family', args)),
            },
          ],
        };
      },
    },
  );

const childOf = (families: Families) => async (tx: Tx, personId: string, id: string) =>
  (await families.of(tx, personId)).find((child) => child.id === id);

/** One child, and what can be done about its entry. */
export const childCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'child', words: [], hidden: true, ...privately },
    {
      load: (tx, { who, args }) => childOf(families)(tx, who.personId, args),
      decide: (child, { t }) => {
        if (!child) return { say: [{ text: t('profile.family.gone'), choices: menuChoices(t, []) }] };
        const items = [
          { label: t('profile.family.correct'), line: `/child-correct ${child.id}` },
          { label: t('profile.family.forget'), line: `/child-forget ${child.id}` },
        ];
        return { say: [{ text: t('profile.family.child', { ...child }), choices: menuChoices(t, items) }] };
      },
    },
  );

/** Opens the questions about a new child, or the form of one that is known. */
export const childFormCommand = (families: Families, name: 'child-add' | 'child-correct'): Command<Tx> =>
  command(
    { name, words: [], hidden: true, ...privately },
    {
      load: (tx, { who, args }) => childOf(families)(tx, who.personId, args),
      decide: (child, { t }) => {
        if (name === 'child-add') return { open: { dialog: 'child', seed: { id: null } } };
        if (!child) return { say: [{ text: t('profile.family.gone'), choices: menuChoices(t, []) }] };
        return { open: { dialog: 'child', seed: { id: child.id }, answers: { name: child.name, birthDate: child.birthDate } } };
      },
    },
  );

/** Asks before a child's entry is deleted, and refuses while sign-ups hang on it. */
export const childForgetCommand = (families: Families): Command<Tx> =>
  command(
    { name: 'child-forget', words: [], hidden: true, ...privately },
    {
      load: async (tx, { who, args }) => ({ child: await childOf(families)(tx, who.personId, args), busy: await isSignedUp(tx, args) }),
      decide: ({ child, busy }, { t }) => {
        if (!child) return { say: [{ text: t('profile.family.gone'), choices: menuChoices(t, []) }] };
        if (busy)
          return {
            say: [
              {
                text: t('profile.family.busy', { ...child }),
                choices: menuChoices(t, [{ label: t('help.commands.mine.label'), line: '/mine' }]),
              },
            ],
          };
        const choices = [
          { key: '1', label: t('profile.family.forgetYes'), value: `/child-forget-yes ${child.id}` },
          { key: '0', label: t('profile.family.forgetNo'), value: '/family' },
        ];
        return { say: [{ text: t('profile.family.forgetSure', { ...child }), choices }] };
      },
    },
  );

const isSignedUp = async (tx: Tx, dependantId: string): Promise<boolean> =>
  (await tx.signUp.count({
    where: {
      dependantId,
      status: { in: ['held', 'offered', 'confirmed', 'waiting'] },
      event: { status: { in: ['published', 'closed', 'postponed'] } },
    },
  })) > 0;

/** Deletes a child's entry with everything that hangs on it. */
export const childForgetYesCommand = (families: Families, effects: ProfileEffects): Command<Tx> =>
  command(
    { name: 'child-forget-yes', words: [], hidden: true, ...privately },
    {
      load: async (tx, { who, args }) => ({ child: await childOf(families)(tx, who.personId, args), busy: await isSignedUp(tx, args) }),
      decide: ({ child, busy }, { t }) => {
        if (!child || busy)
          return {
            say: [
              { text: t(child ? 'profile.family.busy' : 'profile.family.gone', { name: child?.name ?? '' }), choices: menuChoices(t, []) },
            ],
          };
        const choices = menuChoices(t, [{ label: t('help.commands.family.label'), line: '/family' }]);
        return {
          effects: [effects.forgetChild.make({ dependantId: child.id })],
          say: [{ text: t('profile.family.forgotten', { ...child }), choices }],
        };
      },
    },
  );

interface Facts {
  readonly children: readonly Dependant[];
}

type Seed = { readonly id: string | null };

/** A child's name and birth date, new or corrected; a new child needs the guardian's consent first. Wording: locales, `child.*`. */
export const childDialog = (effects: ProfileEffects) =>
  dialog<Facts, Seed>('child', { version: 1, readBack: 'simple', needs: ['children'], seed: z.strictObject({ id: z.string().nullable() }) })
    .ask('name', nameQuestion())
    .ask(
      'birthDate',
      date({
        reasons: ['unreadable', 'noSuchDay', 'future', 'tooOld', 'ambiguous', 'idNumber'],
        parse: (written, { now, timeZone }) => {
          const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
          const parsed = parseBirthDate(written, { today });
          return parsed.ok ? { ok: true, value: parsed.date } : { ok: false, reason: parsed.reason };
        },
        show: (value, { locale, now, timeZone }) => day(value, asLocale(locale, 'zh-CN'), now, timeZone),
      }),
      { params: ({ name }) => ({ name }) },
    )
    .when(
      (_answers, { seed }) => seed.id === null,
      (inner) => inner.ask('consent', consent({ textVersion: '1', refusing: 'ends' }), { params: ({ name }) => ({ name }) }),
    )
    .complete(({ name, birthDate }, { t, seed, facts }): { say: Say[]; effects: Effect[] } => {
      const twin = facts.children.find((child) => child.name === name && child.birthDate === birthDate && child.id !== seed.id);
      if (twin) return { say: [{ text: t('profile.family.known', { name }) }], effects: [] };
      if (seed.id === null)
        return { say: [{ text: t('profile.family.added', { name }) }], effects: [effects.addChild.make({ name, birthDate })] };
      return {
        say: [{ text: t('profile.family.corrected', { name }) }],
        effects: [effects.correctChild.make({ id: seed.id, name, birthDate })],
      };
    });

const load =
  (families: Families): LoadFacts<Tx, Facts, Seed> =>
  async (tx, { who }) => ({ children: await families.of(tx, who.personId) });

/** The dialog with its facts. */
export const childRoom = (families: Families, effects: ProfileEffects) => dialogRoom(childDialog(effects), load(families));
