import { z } from 'zod';
import { command, dialogRoom, menuChoices, type Command, type LoadFacts } from '../../command/index.js';
import { consent, date as dateQuestion, dialog, yesNo, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, date, day } from '../../i18n/index.js';
import {
  isSignedUp,
  asBond,
  mayConsent,
  proofsUntil,
  type Dependant,
  type Families,
  type Households,
  type Member,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { Temporal } from 'temporal-polyfill';
import { ageOfOwnConsent } from '../../programme/index.js';
import { ageOn, parseBirthDate } from '../../understand/index.js';
import { bondQuestion } from './bondQuestion.js';
import type { ProfileEffects } from './effects.js';
import { nameQuestion } from './nameQuestion.js';

const privately = { for: 'everyone', inGroup: 'privately' } as const;

const childOf = (families: Families) => async (tx: Tx, personId: string, id: string) =>
  [...(await families.of(tx, personId)), ...(await families.elders(tx, personId))].find((one) => one.id === id);

/** A dependant in one line; an elder has no birth date. */
const lineOf = ({ name, birthDate }: Dependant, t: (key: string, params: Record<string, string>) => string): string =>
  birthDate === '' ? name : t('profile.family.child', { name, birthDate });

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
        return { say: [{ text: lineOf(child, t), choices: menuChoices(t, items) }] };
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
        if (child.birthDate === '') return { open: { dialog: 'relative', seed: { id: child.id }, answers: { name: child.name } } };
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
      decide: ({ child, busy }, { t, who, now }) => {
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
        const { name, birthDate } = child;
        // Nobody consents for a grown-up, so nothing has to be proved.
        const until = date(proofsUntil(now), asLocale(who.locale), who.timeZone);
        const text = birthDate === '' ? t('profile.family.forgetElderSure', { name }) : t('profile.family.forgetSure', { name, until });
        return { say: [{ text, choices }] };
      },
    },
  );

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
  /** What the person is to the children of their household; null where they have none yet. */
  readonly me: Pick<Member, 'bond' | 'confirmedBy'> | null;
}

type Seed = { readonly id: string | null };

const twinOf = ({ name, birthDate }: { name: string; birthDate: string }, { children }: Facts, id: string | null) =>
  children.find((child) => child.name === name && child.birthDate === birthDate && child.id !== id);

/** A child's name and birth date, new or corrected; a new child needs the guardian's consent first. Wording: locales, `child.*`. */
export const childDialog = (effects: ProfileEffects) =>
  dialog<Facts, Seed>('child', {
    version: 1,
    readBack: 'simple',
    needs: ['children', 'me'],
    seed: z.strictObject({ id: z.string().nullable() }),
  })
    // First, so that nobody types what only a guardian may have written down.
    .when(
      (_answers, { seed, facts: { me } }) => seed.id === null && !(me && mayConsent(me)),
      (inner) => inner.ask('bond', bondQuestion({ guardiansOnly: true })),
    )
    .ask('name', nameQuestion())
    .ask(
      'birthDate',
      dateQuestion({
        reasons: ['unreadable', 'noSuchDay', 'future', 'tooOld', 'ambiguous', 'idNumber'],
        parse: (written, { now, timeZone }) => {
          const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
          const parsed = parseBirthDate(written, { today });
          return parsed.ok ? { ok: true, value: parsed.date } : { ok: false, reason: parsed.reason };
        },
        show: (value, { locale, now, timeZone }) => day(value, asLocale(locale), now, timeZone),
      }),
      { params: ({ name }) => ({ name }) },
    )
    .when(
      (child, { seed, facts }) => seed.id === null && twinOf(child, facts, null) !== undefined,
      (inner) => inner.ask('twin', yesNo(), { dependsOn: ['name', 'birthDate'], params: ({ name }) => ({ name }) }),
    )
    .when(
      ({ birthDate }, ctx) => ctx.seed.id === null || isYounger(birthDate, ctx),
      (inner) =>
        inner.ask('consent', consent({ textVersion: '1', refusing: 'ends' }), {
          dependsOn: ['birthDate'],
          params: ({ name }) => ({ name }),
        }),
    )
    .complete(({ name, birthDate, twin, bond, consent: agreed }, { t, seed, facts }): { say: Say[]; effects: Effect[] } => {
      if (twin !== true && twinOf({ name, birthDate }, facts, seed.id))
        return { say: [{ text: t('profile.family.known', { name }) }], effects: [] };
      if (seed.id === null)
        return {
          say: [{ text: t('profile.family.added', { name }) }],
          effects: [effects.addChild.make({ name, birthDate, twin: twin === true, bond: asBond(bond ?? null) })],
        };
      return {
        say: [{ text: t('profile.family.corrected', { name }) }],
        effects: [effects.correctChild.make({ id: seed.id, name, birthDate, consented: agreed?.agreed === true })],
      };
    });

/** Whether a corrected birth date makes somebody a child for whom a guardian has to consent, who was none before. */
function isYounger(
  birthDate: string,
  { seed, facts, now, timeZone }: { seed: Seed; facts: Facts; now: number; timeZone: string },
): boolean {
  const before = facts.children.find(({ id }) => id === seed.id)?.birthDate;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const minor = (date: string) => ageOn(date, today) < ageOfOwnConsent;
  return before !== undefined && before !== '' && minor(birthDate) && !minor(before);
}

const load =
  (families: Families, households: Households): LoadFacts<Tx, Facts, Seed> =>
  async (tx, { who }) => {
    const [own] = await households.of(tx, who.personId);
    const me = own?.members.find(({ personId }) => personId === who.personId) ?? null;
    return { children: await families.of(tx, who.personId), me };
  };

/** The dialog with its facts. */
export const childRoom = (families: Families, households: Households, effects: ProfileEffects) =>
  dialogRoom(childDialog(effects), load(families, households));
