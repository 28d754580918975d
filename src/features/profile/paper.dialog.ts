import { z } from 'zod';
import { dialogRoom, effect, menuChoices, type Command } from '../../command/index.js';
import { choice, dialog, type Effect, type Say } from '../../dialog/index.js';
import { on, type EventContext } from '../../events/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  addPerson,
  communityById,
  personName,
  consentWordings,
  giveConsent,
  isGuardianOf,
  paperOccasion,
  type Bond,
  type HouseholdView,
  type Member,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { askedOf, type Asked } from './consent.js';
import { nameQuestion } from './nameQuestion.js';
import { hiddenForStaff, menu, type ProfileParts } from './parts.js';

/** What staff write down from a paper. */
interface Facts {
  /** Null: it was written down before, or what it is about is over. */
  readonly asked: Asked | null;
  readonly staff: boolean;
  readonly guardians: readonly { readonly name: string }[];
}

type Seed = { readonly task: string; readonly eventId: string; readonly dependantIds: readonly string[] };

/** Those of a household who may consent for all of these children. */
function guardiansFor(household: HouseholdView | null, dependantIds: readonly string[]): readonly Member[] {
  const children = household?.children.filter(({ id }) => dependantIds.includes(id)) ?? [];
  return household?.members.filter((member) => children.every((child) => isGuardianOf(member, child))) ?? [];
}

/** What a consent on paper changes. */
export function createPaperEffects({ households, tasks, emit }: ProfileParts) {
  const record = effect<
    Tx,
    { task: string; guardian: string; bond: Bond } & Pick<Asked, 'eventId' | 'ref' | 'householdId' | 'dependantIds'>
  >('consent.paper', async (tx, { task, guardian, bond, eventId, ref, householdId, dependantIds }, context) => {
    // Of two who write the same paper down one is first.
    if (!(await tasks.finish(tx, task, context))) return;
    const household = await households.get(tx, householdId);
    const known = guardiansFor(household, dependantIds).find((member) => member.name === guardian)?.personId;
    const guardianId = known ?? (await addGuardian(tx, { name: guardian, householdId, bond }, context));
    for (const dependantId of dependantIds) {
      const about = { dependantId, eventId, guardianId };
      const how = { purpose: `signup:${ref}`, textVersion: consentWordings.paper, method: 'paper', recordedBy: context.actorId } as const;
      await giveConsent(tx, { ...about, ...how }, context);
      await emit(tx, { type: 'consent.given', ...about }, context);
    }
  });

  /** A guardian without an account, known by the paper alone. */
  const addGuardian = async (
    tx: Tx,
    { name, householdId, bond }: { name: string; householdId: string; bond: Bond },
    context: EventContext,
  ) => {
    const id = context.newId();
    await addPerson(tx, { id, name, now: context.now });
    await households.join(tx, { householdId, personId: id, bond, vouchedBy: 'staff' }, context);
    return id;
  };
  return { record };
}

/** The effects by name. */
export type PaperEffects = ReturnType<typeof createPaperEffects>;

/** Staff write a consent on paper down: who signed it. Wording: locales, `paper.*`. */
export const paperDialog = (effects: PaperEffects) =>
  dialog<Facts, Seed>('paper', {
    version: 1,
    readBack: 'simple',
    needs: ['asked', 'staff', 'guardians'],
    seed: z.strictObject({ task: z.string(), eventId: z.string(), dependantIds: z.array(z.string()).min(1) }),
  })
    .ask('guardian', nameQuestion())
    .when(
      ({ guardian }, { facts }) => !facts.guardians.some(({ name }) => name === guardian),
      (inner) => inner.ask('bond', choice(['parent', 'guardian']), { params: ({ guardian }) => ({ name: guardian }) }),
    )
    .complete(({ guardian, bond }, { t, facts: { asked, staff }, seed, locale }): { say: Say[]; effects: Effect[] } => {
      if (!staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!asked) return { say: [{ text: t('tasks.gone') }], effects: [] };
      const { eventId, ref, householdId, dependantIds, title } = asked;
      const names = list(asked.names, asLocale(locale));
      const choices = menuChoices(t, [{ label: t('tasks.all'), line: '/tasks' }]);
      const given = { task: seed.task, guardian, bond: bond ?? 'guardian', eventId, ref, householdId, dependantIds };
      return { say: [{ text: t('paper.done', { names, title, guardian }), choices }], effects: [effects.record.make(given)] };
    });

/** The dialog with its facts. */
export const paperRoom = (parts: ProfileParts, effects: PaperEffects) =>
  dialogRoom(paperDialog(effects), async (tx: Tx, { who, now }, seed) => {
    const { personId, locale, communityName, communityId, staff } = who;
    const task = await parts.tasks.get(tx, communityId, seed.task);
    const open = task !== null && task.doneAt === null;
    const about = { eventId: seed.eventId, dependantIds: [...seed.dependantIds] };
    const asked = open ? await askedOf(tx, parts, about, { personId, locale, now, communityName }) : null;
    const household = asked && (await parts.households.get(tx, asked.householdId));
    return { asked, staff, guardians: guardiansFor(household, asked?.dependantIds ?? []).map(({ name }) => ({ name })) };
  });

/** `/paper TASK EVENT CHILDREN`: opens the form for a paper that came in. */
export const paperCommand = ({ tasks }: ProfileParts): Command<Tx> => ({
  name: 'paper',
  ...hiddenForStaff,
  answer: async (tx, { t, who, args }) => {
    const [task = '', eventId = '', children = ''] = args.split(' ');
    const found = await tasks.get(tx, who.communityId, task);
    if (!found || found.doneAt !== null) return menu(t, t('tasks.gone'));
    const remarks = found.about === undefined ? [] : [found.about];
    return { open: { dialog: 'paper', seed: { task, eventId, dependantIds: children.split(',') }, remarks } };
  },
});

/** Somebody will consent on paper: staff have it among their tasks. */
export const paperAsked = ({ tasks, families, ownAnswers, texts }: ProfileParts) =>
  on<Tx, 'paper.asked'>('paper.asked', async (tx, { eventId, dependantIds, registrantId }, context) => {
    const { communityId, actorId: personId, now, newId } = context;
    const { locale, name: communityName } = await communityById(tx, communityId);
    const about = { eventId, dependantIds: [...dependantIds] };
    const asked = await askedOf(tx, { families, ownAnswers }, about, { personId, locale, now, communityName });
    if (!asked) return;
    const t = texts(locale);
    const id = newId();
    const names = list(asked.names, asLocale(locale));
    const payload = {
      name: (await personName(tx, registrantId)) ?? '',
      about: t('paper.about', { names, title: asked.title }),
      line: `/paper ${id} ${eventId} ${asked.dependantIds.join(',')}`,
      label: t('paper.came'),
    };
    const occasion = paperOccasion(eventId, dependantIds);
    const key = `${occasion}:${await tasks.timesDone(tx, occasion)}`;
    await tasks.make(tx, { id, communityId, kind: 'paper', key, personId: registrantId, payload }, { newId, now });
  });
