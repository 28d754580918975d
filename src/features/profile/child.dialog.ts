import { z } from 'zod';
import { dialogRoom, tell, type LoadFacts } from '../../command/index.js';
import { consent, date, dialog, yesNo, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, day } from '../../i18n/index.js';
import {
  asBond,
  consentWordings,
  mayName,
  memberOf,
  speakersAmong,
  type Dependant,
  type Families,
  type Bound,
  type Households,
} from '../../people/index.js';
import { ageOfOwnConsent } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { ageOn, parseBirthDate, today } from '../../understand/index.js';
import { bondQuestion } from './bondQuestion.js';
import type { ProfileEffects } from './effects.js';
import { entryOf, type Entry } from './family.js';
import { childNameQuestion } from './nameQuestion.js';
import type { ProfileParts } from './parts.js';

interface Facts {
  readonly children: readonly Dependant[];
  /** What the person is to the children of the household that it is about; null where they have none yet. */
  readonly me: Bound | null;
  /** The household that a new child was to be written down in is theirs no more. */
  readonly left: boolean;
  /** The child that is corrected; null for a new one, or where it is gone. */
  readonly entry: Pick<Entry, 'one' | 'mine'> | null;
  /** Who hears of a correction, in their own languages. */
  readonly told: readonly { readonly personId: string; readonly locale: string }[];
  readonly name: string;
}

/** `part`: which of the two is corrected. `household`: where a new child is written down, where there was one before. */
type Seed = { readonly id: string | null; readonly part?: 'name' | 'birthDate'; readonly household?: string };

const twinOf = ({ name, birthDate }: { name: string; birthDate: string }, { children }: Facts, id: string | null) =>
  children.find((child) => child.name === name && child.birthDate === birthDate && child.id !== id);

/** A child's name and birth date, new or one of them corrected; a new child needs the guardian's consent first. Wording: locales, `child.*`. */
export const childDialog = (effects: ProfileEffects, texts: ProfileParts['texts'], calls: (text: string) => boolean = () => false) =>
  dialog<Facts, Seed>('child', {
    version: 2,
    readBack: 'simple',
    needs: ['children', 'me', 'left', 'entry', 'told', 'name'],
    seed: z.strictObject({
      id: z.string().nullable(),
      part: z.enum(['name', 'birthDate']).exactOptional(),
      household: z.string().exactOptional(),
    }),
    // What was asked before is asked still; of a correction both lines are shown.
    upgrades: { 1: (answers) => answers },
  })
    // First, so that nobody types what only a guardian may have written down.
    .when(
      (_answers, { seed, facts: { me } }) => seed.id === null && !(me && mayName(me)),
      (inner) => inner.ask('bond', bondQuestion({ guardiansOnly: true })),
    )
    .when(
      (_answers, { seed }) => seed.part !== 'birthDate',
      (inner) => inner.ask('name', childNameQuestion(calls)),
    )
    .when(
      (_answers, { seed }) => seed.part !== 'name',
      (inner) =>
        inner.ask(
          'birthDate',
          date({
            reasons: ['unreadable', 'noSuchDay', 'future', 'tooOld', 'ambiguous', 'idNumber'],
            parse: (written, ctx) => {
              const parsed = parseBirthDate(written, { today: today(ctx.now, ctx.timeZone) });
              return parsed.ok ? { ok: true, value: parsed.date } : { ok: false, reason: parsed.reason };
            },
            show: (value, { locale, now, timeZone }) => day(value, asLocale(locale), now, timeZone),
          }),
          { params: ({ name }, { facts }) => ({ name: name ?? facts.entry?.one.name ?? '' }) },
        ),
    )
    .when(
      (answers, { seed, facts }) => seed.id === null && twinOf(written(answers, facts), facts, null) !== undefined,
      (inner) => inner.ask('twin', yesNo(), { dependsOn: ['name', 'birthDate'], params: ({ name }) => ({ name: name ?? '' }) }),
    )
    .when(
      (answers, ctx) => ctx.seed.id === null || isYounger(written(answers, ctx.facts).birthDate, ctx),
      (inner) =>
        inner.ask('consent', consent({ textVersion: consentWordings.family, refusing: 'ends' }), {
          dependsOn: ['birthDate'],
          params: (answers, { facts }) => ({ name: written(answers, facts).name }),
        }),
    )
    .complete((answers, { t, seed, facts, now }): { say: Say[]; effects: Effect[] } => {
      const { twin, bond, consent: agreed } = answers;
      const said = written(answers, facts);
      const only = (text: string) => ({ say: [{ text }], effects: [] });
      if (facts.left) return only(t('profile.family.nothing'));
      if (twin !== true && twinOf(said, facts, seed.id)) return only(t('profile.family.known', { name: said.name }));
      if (seed.id === null) {
        const added = { ...said, twin: twin === true, bond: asBond(bond ?? null), householdId: seed.household ?? null };
        return { say: [{ text: t('profile.family.added', { name: said.name }) }], effects: [effects.addChild.make(added)] };
      }
      if (!facts.entry) return only(t('profile.family.gone'));
      const { one, mine } = facts.entry;
      if (!mine) return only(t('profile.family.notYours', { name: one.name }));
      const changed = (['name', 'birthDate'] as const).filter((part) => said[part] !== one[part]);
      if (changed.length === 0) return only(t('profile.family.same', { name: one.name }));
      const told = facts.told.flatMap(({ personId, locale }) =>
        changed.map((part) => {
          const text = texts(locale)(`profile.family.told.${part}`, { by: facts.name, name: one.name, to: said.name });
          return tell({ personId, kind: 'change', key: `corrected:${one.id}:${part}:${now}:${personId}`, text });
        }),
      );
      return {
        say: [{ text: t('profile.family.corrected', { name: said.name }) }],
        effects: [effects.correctChild.make({ id: one.id, ...said, consented: agreed?.agreed === true }), ...told],
      };
    });

/** Name and birth date as they will stand: what is not asked stays. */
const written = (
  { name, birthDate }: { readonly name?: string | undefined; readonly birthDate?: string | undefined },
  { entry }: Facts,
): { name: string; birthDate: string } => ({ name: name ?? entry?.one.name ?? '', birthDate: birthDate ?? entry?.one.birthDate ?? '' });

/** Whether a corrected birth date makes somebody a child for whom a guardian has to consent, who was none before. */
function isYounger(birthDate: string, ctx: { facts: Facts; now: number; timeZone: string }): boolean {
  const before = ctx.facts.entry?.one.birthDate;
  const minor = (date: string) => ageOn(date, today(ctx.now, ctx.timeZone)) < ageOfOwnConsent;
  return before !== undefined && before !== '' && birthDate !== '' && minor(birthDate) && !minor(before);
}

const load =
  (families: Families, households: Households): LoadFacts<Tx, Facts, Seed> =>
  async (tx, { who }, { id, household }) => {
    const { personId, name } = who;
    const mine = await households.of(tx, personId);
    const own = household === undefined ? mine[0] : mine.find((one) => one.id === household);
    const entry = id === null ? null : await entryOf(households)(tx, personId, id);
    const others = (entry?.keepers.members ?? []).map((member) => member.personId).filter((other) => other !== personId);
    const people = await speakersAmong(tx, others);
    return {
      children: await families.of(tx, personId),
      me: (own && memberOf(own, personId)) ?? null,
      left: household !== undefined && own === undefined,
      entry: entry && { one: entry.one, mine: entry.mine },
      told: people.map((one) => ({ personId: one.personId, locale: one.locale ?? who.communityLocale })),
      name,
    };
  };

/** The dialog with its facts. */
export const childRoom = ({ families, households, texts }: ProfileParts, effects: ProfileEffects, calls: (text: string) => boolean) =>
  dialogRoom(childDialog(effects, texts, calls), load(families, households));
