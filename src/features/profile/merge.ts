import { z } from 'zod';
import { tell, type Command, type Outcome, type Request } from '../../command/index.js';
import type { EventContext } from '../../events/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  audit,
  isGuardianAmong,
  isGuardianOf,
  localeOf,
  memberOf,
  noSubject,
  personName,
  reachableAmong,
  speakersAmong,
  voidCodes,
  type HouseholdView,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { doingOf, hiddenHere, menu, type ProfileParts } from './parts.js';

/** Two households that are to become one, and who wants it. */
const wish = z.strictObject({
  from: z.string(),
  into: z.string(),
  same: z.array(z.strictObject({ from: z.string(), into: z.string() })),
  askerId: z.string(),
  /** Who has agreed already. */
  agreed: z.array(z.string()),
  /** Whose yes or no the code is. */
  asked: z.array(z.string()),
});

/** What somebody wants who makes one household of two. */
export type Wish = Omit<z.infer<typeof wish>, 'asked'>;

const answerMs = 24 * 60 * 60 * 1000;

/**
 * Who of a household is asked whether it becomes one with another: its other guardians; where whoever asks is the only one, nobody; and
 * where there is none, its other grown-ups.
 */
function othersOf(house: HouseholdView, askerId: string): string[] {
  const { members, children } = house;
  const others = members.filter(({ personId }) => personId !== askerId);
  const guardians = others.filter((one) => isGuardianAmong(one, children));
  const asker = memberOf(house, askerId);
  if (guardians.length === 0 && children.length > 0 && asker && children.every((child) => isGuardianOf(asker, child))) return [];
  return (guardians.length > 0 ? guardians : others).map(({ personId }) => personId);
}

/** Who has to agree next; nobody where both sides have, or there is nobody else. */
export const nextAsked = (both: readonly HouseholdView[], { askerId, agreed }: Pick<Wish, 'askerId' | 'agreed'>): readonly string[] =>
  both.map((one) => othersOf(one, askerId)).find((others) => others.length > 0 && !others.some((id) => agreed.includes(id))) ?? [];

/** The two households, where they are both there and whoever wants it belongs to both. */
async function bothOf({ households }: ProfileParts, tx: Tx, { from, into, askerId }: Pick<Wish, 'from' | 'into' | 'askerId'>) {
  const both = [await households.get(tx, from), await households.get(tx, into)].filter((one) => one !== null);
  return both.length === 2 && both.every(({ members }) => members.some(({ personId }) => personId === askerId)) ? both : null;
}

/**
 * Goes on with the wish: makes one household of two where nobody has to agree any more, or else asks those whose turn it is, each in
 * private. The first answer counts.
 */
export async function goOn(
  parts: ProfileParts,
  tx: Tx,
  want: Wish,
  context: EventContext,
): Promise<'merged' | 'asked' | 'unreachable' | 'gone'> {
  const both = await bothOf(parts, tx, want);
  if (!both) return 'gone';
  const asked = nextAsked(both, want);
  return asked.length === 0 ? joinBoth(parts, tx, { want, both }, context) : ask(parts, tx, { want, both, asked }, context);
}

/** Who of the two households is one from then on, by name. */
const sameNames = (both: readonly HouseholdView[], { same }: Pick<Wish, 'same'>): string[] => {
  const all = both.flatMap(({ children, elders }) => [...children, ...elders]);
  return same.flatMap((pair) => all.find(({ id }) => id === pair.from)?.name ?? []);
};

/** What the merge came to: where somebody became one of two, not every sign-up is still there. */
const mergedText = (
  t: Request['t'],
  key: string,
  { name, names }: { name: string; names: readonly string[] },
  locale: string | null,
): string => (names.length === 0 ? t(key, { name }) : t(`${key}Same`, { name, names: list(names, asLocale(locale)) }));

async function joinBoth(
  parts: ProfileParts,
  tx: Tx,
  { want, both }: { want: Wish; both: readonly HouseholdView[] },
  context: EventContext,
) {
  const { from, into, same, askerId: personId } = want;
  const freed = await parts.households.merge(tx, { from, into, same, personId }, { ...context, actorId: personId });
  if (!freed) return 'gone' as const;
  for (const place of freed) await parts.emit(tx, { type: 'place.freed', ...place }, context);
  const name = (await personName(tx, personId)) ?? '';
  const everybody = new Set(both.flatMap(({ members }) => members.map((member) => member.personId)));
  // Whoever just said so sees it in the answer.
  everybody.delete(context.actorId);
  for (const one of await speakersAmong(tx, [...everybody])) {
    const key = one.personId === personId ? 'merge.agreed' : 'profile.family.hasMerged';
    const text = mergedText(parts.texts(one.locale), key, { name, names: sameNames(both, want) }, one.locale);
    await parts.tell(tx, context.communityId, { personId: one.personId, kind: 'change', key: `merged:${from}:${one.personId}`, text });
  }
  return 'merged' as const;
}

async function ask(
  parts: ProfileParts,
  tx: Tx,
  { want, both, asked }: { want: Wish; both: readonly HouseholdView[]; asked: readonly string[] },
  context: EventContext,
) {
  const { askerId } = want;
  const { communityId, now, newId } = context;
  const reachable = await reachableAmong(tx, asked);
  if (reachable.size === 0) return 'unreachable' as const;
  // A second wish takes the place of the first.
  await voidCodes(tx, { createdBy: askerId, kind: 'merge' });
  const payload: z.infer<typeof wish> = { ...want, asked: [...asked] };
  const code = await parts.codes.make(tx, { kind: 'merge', communityId, createdBy: askerId, payload, expiresAt: now + answerMs, now });
  const name = (await personName(tx, askerId)) ?? '';
  const theirSide = both.find(({ members }) => asked.every((id) => members.some(({ personId }) => personId === id)));
  const others = (both.find((one) => one !== theirSide)?.members ?? []).filter(({ personId }) => personId !== askerId);
  const occasion = newId();
  const twice = sameNames(both, want);
  for (const { personId, locale } of await speakersAmong(tx, [...reachable])) {
    const t = parts.texts(locale);
    const names = list([name, ...others.map((member) => member.name)], asLocale(locale));
    const children = list(twice, asLocale(locale));
    const same = twice.length === 0 ? '' : t('merge.pleaseSame', { children });
    await parts.tell(tx, communityId, {
      personId,
      kind: 'change',
      key: `merge:${occasion}:${personId}`,
      text: t('merge.please', { name, names, same }),
      choices: [
        { key: '1', label: t('merge.yes'), value: `/merge-yes ${code}` },
        { key: '0', label: t('merge.no'), value: `/merge-no ${code}` },
      ],
      expiresAt: now + answerMs,
    });
  }
  return 'asked' as const;
}

/** The wish behind a code, held, where this person may answer it; else what is said to them. */
async function answered(parts: ProfileParts, tx: Tx, request: Request): Promise<z.infer<typeof wish> | Outcome> {
  const { t, who, args, now } = request;
  const { personId } = who;
  const found = await parts.codes.read(tx, { code: args, kinds: ['merge'], personId, now, lock: true });
  const over = menu(t, t('merge.over'));
  if (found.type !== 'open') return over;
  const want = wish.parse(found.payload);
  const both = await bothOf(parts, tx, want);
  const theirs = both?.some((one) => othersOf(one, want.askerId).includes(personId)) ?? false;
  if (!want.asked.includes(personId) || !theirs) return over;
  await parts.codes.spend(tx, { code: args, personId, now });
  return want;
}

/** `/merge-yes CODE`: agrees that two households become one, for one of them. */
export const mergeYesCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'merge-yes',
  ...hiddenHere,
  // Of two who answer at once the code says who was first.
  answer: async (tx, request) => {
    const { t, who } = request;
    const want = await answered(parts, tx, request);
    if (!('askerId' in want)) return want;
    await audit(tx, doingOf(request), 'household.agree', noSubject);
    const { from, into, same, askerId } = want;
    const agreed = [...want.agreed, who.personId];
    const names = sameNames((await bothOf(parts, tx, want)) ?? [], want);
    const next = await goOn(parts, tx, { from, into, same, askerId, agreed }, doingOf(request));
    const family = [{ label: t('help.commands.family.label'), line: '/family' }];
    if (next === 'merged') return menu(t, mergedText(t, 'merge.done', { name: who.name, names }, who.locale), family);
    if (next === 'asked') return menu(t, t('merge.thanks'));
    return { ...menu(t, t('merge.cannot')), effects: await tellAsker(tx, request, want.askerId, 'merge.unreachable') };
  },
});

/** `/merge-no CODE`: the two stay two, and whoever wanted it is told. */
export const mergeNoCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'merge-no',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t } = request;
    const want = await answered(parts, tx, request);
    if (!('askerId' in want)) return want;
    return { ...menu(t, t('merge.refused')), effects: await tellAsker(tx, request, want.askerId, 'merge.toldNo') };
  },
});

async function tellAsker(tx: Tx, { who, texts, newId }: Request, askerId: string, key: 'merge.unreachable' | 'merge.toldNo') {
  const t = texts((await localeOf(tx, askerId)) ?? who.communityLocale);
  return [tell({ personId: askerId, kind: 'change', key: `merge:${newId()}`, text: t(key, { name: who.name }) })];
}
