import { z } from 'zod';
import { dialogRoom, effect, menuChoices, tell } from '../../command/index.js';
import { dialog, yesNo, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { speakersAmong, type Bond, type Pair } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { bondQuestion } from './bondQuestion.js';
import { askGuardian, hostOf } from './household.js';
import type { ProfileParts } from './parts.js';

/** What the members of a household are told in. */
interface Listener {
  readonly personId: string;
  readonly locale: string;
}

/** The household that somebody is about to join. */
interface JoinFacts {
  /** Null: the code is good for nothing any more. */
  readonly host: { readonly id: string; readonly members: readonly Listener[] } | null;
  readonly name: string;
  readonly personId: string;
  /** Another household of theirs, which may turn out to be the same family. */
  readonly own: string | null;
}

type Code = { readonly code: string };

/** Everything about households that changes something, as effects. */
export function createHouseholdEffects({ households, codes, emit }: ProfileParts) {
  const join = effect<Tx, { code: string; householdId: string; bond: Bond }>('household.join', async (tx, { code, ...parts }, context) => {
    const { actorId: personId, now } = context;
    // The facts held the code when it was confirmed; without it nobody comes in.
    if (!(await codes.spend(tx, { code, personId, now }))) throw new Error('A household code was used up by somebody else');
    await households.join(tx, { ...parts, personId }, context);
  });
  const merge = effect<Tx, { from: string; into: string; same: readonly Pair[] }>('household.merge', async (tx, parts, context) => {
    const freed = await households.merge(tx, { ...parts, personId: context.actorId }, context);
    for (const place of freed ?? []) await emit(tx, { type: 'place.freed', ...place }, context);
  });
  return { join, merge };
}

/** The effects by name. */
export type HouseholdEffects = ReturnType<typeof createHouseholdEffects>;

/** Joins the household behind a code. Wording: locales, `household.*`. */
export const joinDialog = (effects: HouseholdEffects, texts: ProfileParts['texts']) =>
  dialog<JoinFacts, Code>('household', {
    version: 1,
    readBack: 'simple',
    needs: ['host', 'name', 'personId', 'own'],
    seed: z.strictObject({ code: z.string() }),
  })
    .ask('bond', bondQuestion({ guardiansOnly: false }))
    .complete(({ bond }, { t, facts, seed }): { say: Say[]; effects: Effect[] } => {
      const { host, name, personId, own } = facts;
      if (!host) return { say: [{ text: t('codes.expired') }], effects: [] };
      const items = [
        ...(own === null ? [] : [{ label: t('profile.family.merge'), line: `/family-merge ${own} ${host.id}` }]),
        ...askGuardian(t, host.id, bond),
        { label: t('help.commands.family.label'), line: '/family' },
      ];
      const told = host.members.map((member) => {
        const theirs = texts(member.locale);
        const text = theirs('profile.family.hasJoined', { name, bond: theirs(`profile.bond.${bond}`) });
        return tell({ personId: member.personId, kind: 'change', key: `joined:${host.id}:${personId}:${member.personId}`, text });
      });
      const said = [t('household.joined'), ...(own === null ? [] : [t('household.own')])].join('\n');
      return {
        say: [{ text: said, choices: menuChoices(t, items) }],
        effects: [effects.join.make({ code: seed.code, householdId: host.id, bond }), ...told],
      };
    });

/** The dialog with its facts; the code is held while it is being confirmed. */
export const joinRoom = (parts: ProfileParts, effects: HouseholdEffects) =>
  dialogRoom(joinDialog(effects, parts.texts), async (tx: Tx, { who, now }, { code }, deciding) => {
    const { personId, name } = who;
    const host = await hostOf(parts, tx, { code, personId, now, lock: deciding });
    if (!host) return { host: null, name, personId, own: null };
    const others = (await parts.households.of(tx, personId)).filter(({ id }) => id !== host.id);
    const own = others.find(({ children, elders, members }) => children.length + elders.length > 0 || members.length > 1);
    const people = await speakersAmong(
      tx,
      host.members.map((member) => member.personId),
    );
    const members = people.map(({ personId: id, locale }) => ({ personId: id, locale: locale ?? who.communityLocale }));
    return { host: { id: host.id, members }, name, personId, own: own?.id ?? null };
  });

/** Two households that somebody belongs to. */
interface MergeFacts {
  /** Null: one of them is no more, or somebody left it. */
  readonly pairs: readonly Pair[] | null;
  /** The names of those who may be the same. */
  readonly names: readonly string[];
  readonly others: readonly Listener[];
  readonly name: string;
}

type Both = { readonly from: string; readonly into: string };

/** Makes one household of two. Wording: locales, `merge.*`. */
export const mergeDialog = (effects: HouseholdEffects, texts: ProfileParts['texts']) =>
  dialog<MergeFacts, Both>('merge', {
    version: 1,
    readBack: 'simple',
    needs: ['pairs', 'names', 'others', 'name'],
    seed: z.strictObject({ from: z.string(), into: z.string() }),
  })
    .when(
      (_answers, { facts }) => facts.names.length > 0,
      (inner) =>
        inner.ask('same', yesNo(), {
          params: (_answers, { facts, locale }) => ({ names: list(facts.names, asLocale(locale)) }),
        }),
    )
    .complete(({ same }, { t, facts, seed, locale }): { say: Say[]; effects: Effect[] } => {
      if (!facts.pairs) return { say: [{ text: t('profile.family.nothing') }], effects: [] };
      const told = facts.others.map(({ personId, locale: theirs }) =>
        tell({
          personId,
          kind: 'change',
          key: `merged:${seed.from}:${personId}`,
          text: texts(theirs)(same === true ? 'profile.family.hasMergedSame' : 'profile.family.hasMerged', {
            name: facts.name,
            names: list(facts.names, asLocale(theirs)),
          }),
        }),
      );
      const names = list(facts.names, asLocale(locale));
      return {
        say: [
          {
            text: same === true ? t('merge.doneSame', { names }) : t('merge.done'),
            choices: menuChoices(t, [{ label: t('help.commands.family.label'), line: '/family' }]),
          },
        ],
        effects: [effects.merge.make({ ...seed, same: same === true ? facts.pairs : [] }), ...told],
      };
    });

/** The dialog with its facts. */
export const mergeRoom = ({ households, texts }: ProfileParts, effects: HouseholdEffects) =>
  dialogRoom(mergeDialog(effects, texts), async (tx: Tx, { who }, { from, into }) => {
    const { personId, name } = who;
    const mine = await households.of(tx, personId);
    const both = [from, into].flatMap((id) => mine.filter((one) => one.id === id));
    if (both.length < 2) return { pairs: null, names: [], others: [], name };
    const pairs = await households.pairs(tx, from, into);
    const all = both.flatMap(({ children, elders }) => [...children, ...elders]);
    const names = pairs.map((pair) => all.find(({ id }) => id === pair.from)?.name ?? '');
    const ids = both.flatMap(({ members }) => members.map((member) => member.personId)).filter((id) => id !== personId);
    const people = await speakersAmong(tx, ids);
    return {
      pairs,
      names,
      name,
      others: people.map(({ personId: id, locale }) => ({ personId: id, locale: locale ?? who.communityLocale })),
    };
  });
