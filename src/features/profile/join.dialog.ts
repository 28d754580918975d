import { z } from 'zod';
import { dialogRoom, effect, menuChoices, tell } from '../../command/index.js';
import { dialog, yesNo, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { memberOf, reachableAmong, speakersAmong, type Bond, type Pair } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { bondQuestion } from './bondQuestion.js';
import { askGuardian } from './bond.js';
import { hostOf } from './household.js';
import { goOn, nextAsked, type Wish } from './merge.js';
import type { ProfileParts } from './parts.js';

/** What the members of a household are told in. */
interface Listener {
  readonly personId: string;
  readonly locale: string;
}

/** The household that somebody is about to join. */
interface JoinFacts {
  /** Null: the code is good for nothing any more, and `why`. */
  readonly host: { readonly id: string; readonly members: readonly Listener[]; readonly invitedBy: string; readonly by: string } | null;
  readonly why: 'taken' | 'expired' | null;
  readonly name: string;
  readonly personId: string;
  /** Another household of theirs, which may turn out to be the same family. */
  readonly own: string | null;
}

type Code = { readonly code: string };

/** Everything about households that changes something, as effects. */
export function createHouseholdEffects(parts: ProfileParts) {
  const { households, codes } = parts;
  const join = effect<Tx, { code: string; householdId: string; bond: Bond; invitedBy: string }>(
    'household.join',
    async (tx, { code, invitedBy, ...into }, context) => {
      const { actorId: personId, now } = context;
      // The facts held the code when it was confirmed; without it nobody comes in.
      if (!(await codes.spend(tx, { code, personId, now }))) throw new Error('A household code was used up by somebody else');
      await households.join(tx, { ...into, personId, vouchedBy: { personId: invitedBy } }, context);
    },
  );
  const merge = effect<Tx, Omit<Wish, 'askerId' | 'agreed'>>('household.merge', async (tx, both, context) => {
    await goOn(parts, tx, { ...both, askerId: context.actorId, agreed: [] }, context);
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
    needs: ['host', 'why', 'name', 'personId', 'own'],
    seed: z.strictObject({ code: z.string() }),
  })
    // Whose home it is stands before what one is in it.
    .ask('bond', bondQuestion({ guardiansOnly: false }), { params: (_answers, { facts }) => ({ by: facts.host?.by ?? '' }) })
    .complete(({ bond }, { t, facts, seed, now }): { say: Say[]; effects: Effect[] } => {
      const { host, name, personId, own } = facts;
      if (!host) return { say: [{ text: t(`codes.${facts.why ?? 'expired'}`) }], effects: [] };
      const items = [
        ...(own === null ? [] : [{ label: t('profile.family.merge'), line: `/family-merge ${own} ${host.id}` }]),
        ...askGuardian(t, host.id, bond),
        { label: t('help.commands.family.label'), line: '/family' },
      ];
      const told = host.members.map((member) => {
        const theirs = texts(member.locale);
        const text = theirs('profile.family.hasJoined', { name, bond: theirs(`profile.bond.${bond}`) });
        return tell({ personId: member.personId, kind: 'change', key: `joined:${host.id}:${personId}:${now}:${member.personId}`, text });
      });
      const said = [t('household.joined'), ...(own === null ? [] : [t('household.own')])].join('\n');
      return {
        say: [{ text: said, choices: menuChoices(t, items) }],
        effects: [effects.join.make({ code: seed.code, householdId: host.id, bond, invitedBy: host.invitedBy }), ...told],
      };
    });

/** The dialog with its facts; the code is held while it is being confirmed. */
export const joinRoom = (parts: ProfileParts, effects: HouseholdEffects) =>
  dialogRoom(joinDialog(effects, parts.texts), async (tx: Tx, { who, now }, { code }, deciding) => {
    const { personId, name } = who;
    const found = await hostOf(parts, tx, { code, personId, now, lock: deciding });
    if (typeof found === 'string') return { host: null, why: found, name, personId, own: null };
    const { host, invitedBy } = found;
    const others = (await parts.households.of(tx, personId)).filter(({ id }) => id !== host.id);
    const own = others.find(({ children, elders, members }) => children.length + elders.length > 0 || members.length > 1);
    const people = await speakersAmong(
      tx,
      host.members.map((member) => member.personId),
    );
    const members = people.map(({ personId: id, locale }) => ({ personId: id, locale: locale ?? who.communityLocale }));
    const by = memberOf(host, invitedBy)?.name ?? '';
    return { host: { id: host.id, members, invitedBy, by }, why: null, name, personId, own: own?.id ?? null };
  });

/** Two households that somebody belongs to. */
interface MergeFacts {
  /** Null: one of them is no more, or somebody left it. */
  readonly pairs: readonly Pair[] | null;
  /** The names of those who may be the same, and whether they are all children. */
  readonly names: readonly string[];
  readonly children: boolean;
  /** Whose yes is asked for first; nobody where there is nobody else. */
  readonly asked: readonly string[];
  /** None of those who have to agree can be written to. */
  readonly unreachable: boolean;
}

type Both = { readonly from: string; readonly into: string };

/** Makes one household of two, once the others of both have agreed. Wording: locales, `merge.*`. */
export const mergeDialog = (effects: HouseholdEffects) =>
  dialog<MergeFacts, Both>('merge', {
    version: 1,
    readBack: 'simple',
    needs: ['pairs', 'names', 'children', 'asked', 'unreachable'],
    seed: z.strictObject({ from: z.string(), into: z.string() }),
  })
    .when(
      (_answers, { facts }) => facts.names.length > 0,
      (inner) =>
        inner.ask('same', yesNo(), {
          params: (_answers, { facts, t, locale }) => ({
            names: list(facts.names, asLocale(locale)),
            kind: t(facts.children ? 'merge.kind.child' : 'merge.kind.person'),
          }),
        }),
    )
    .complete(({ same }, { t, facts, seed, locale }): { say: Say[]; effects: Effect[] } => {
      if (!facts.pairs) return { say: [{ text: t('profile.family.nothing') }], effects: [] };
      if (facts.unreachable) return { say: [{ text: t('merge.unreachable'), choices: menuChoices(t, []) }], effects: [] };
      const family = menuChoices(t, [{ label: t('help.commands.family.label'), line: '/family' }]);
      const names = list(facts.names, asLocale(locale));
      const done = same === true ? t('merge.doneSame', { names }) : t('merge.done');
      const text = facts.asked.length > 0 ? t('merge.asked', { names: list(facts.asked, asLocale(locale)) }) : done;
      return {
        say: [{ text, choices: family }],
        effects: [effects.merge.make({ ...seed, same: same === true ? [...facts.pairs] : [] })],
      };
    });

/** The dialog with its facts. */
export const mergeRoom = ({ households }: ProfileParts, effects: HouseholdEffects) =>
  dialogRoom(mergeDialog(effects), async (tx: Tx, { who }, { from, into }) => {
    const { personId } = who;
    const mine = await households.of(tx, personId);
    const both = [from, into].flatMap((id) => mine.filter((one) => one.id === id));
    if (both.length < 2) return { pairs: null, names: [], children: true, asked: [], unreachable: false };
    const pairs = await households.pairs(tx, from, into);
    const elders = both.flatMap((one) => one.elders);
    const all = [...both.flatMap(({ children }) => children), ...elders];
    const asked = nextAsked(both, { askerId: personId, agreed: [] });
    const reachable = await reachableAmong(tx, asked);
    const called = both.flatMap(({ members }) => members).filter((one) => reachable.has(one.personId));
    return {
      pairs,
      names: pairs.map((pair) => all.find(({ id }) => id === pair.from)?.name ?? ''),
      children: !pairs.some((pair) => elders.some(({ id }) => id === pair.from)),
      asked: [...new Map(called.map((one) => [one.personId, one.name])).values()],
      unreachable: asked.length > 0 && reachable.size === 0,
    };
  });
