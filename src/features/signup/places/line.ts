import { inCommunity, ofCommunity, type Tell } from '../../../command/index.js';
import { chatsWithCard, touchCards } from '../../../delivery/index.js';
import type { Translate } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import {
  askAgain,
  changeStatus,
  dated,
  eventById,
  freePlaces,
  isAhead,
  nextInTurn,
  planOffer,
  readLocked,
  seatedIn,
  seatsFor,
  type EventView,
  type InTurn,
  type Scope,
  type SignUps,
  type SignUpView,
} from '../../../programme/index.js';
import type { StaffMember } from '../../../people/index.js';
import type { PlannedOccurrence, Planner } from '../../../schedule/index.js';
import type { Tx } from '../../../storage/index.js';
import { details, moment } from '../words/cards.js';
import { namesOf } from '../words/tellings.js';

/** What the waiting list is served with. */
export interface LineParts {
  readonly signUps: SignUps;
  readonly planner: Planner;
  readonly tell: Tell<Tx>;
  readonly texts: (locale: string | null) => Translate;
  /** The people who run a community's events, with their languages. */
  readonly staffOf: (tx: Tx, communityId: string) => Promise<readonly StaffMember[]>;
}

/** A free place, or several, for those who wait. */
export interface Freed {
  readonly communityId: string;
  readonly eventId: string;
  /** "all" or a session's id. */
  readonly scope: string;
  /** ms since the epoch */
  readonly now: number;
  /** A place came free anew, so whoever left an earlier offer unanswered is asked again; otherwise they are passed over. */
  readonly anew: boolean;
}

/** What becomes due for a sign-up as it is now: the revision says so, and a later change makes it void. `dueAt` in ms. */
export const dueFor = (
  kind: 'signup.left' | 'offer.lapsed' | 'hold.near' | 'hold.ended',
  communityId: string,
  { id, revision }: { readonly id: string; readonly revision: number },
  dueAt: number,
): PlannedOccurrence => ({ key: `${kind}:${id}:${revision}`, communityId, kind, dueAt, payload: { signUpId: id, revision } });

/** A sign-up on the list as the rules see it. */
export const asWaiting = (event: EventView, one: SignUpView): InTurn & { readonly signUp: SignUpView } => ({
  id: one.id,
  party: one.party,
  seats: seatsFor(event, one.companions),
  pairKey: one.pairKey,
  // `until` says that they were asked about these places. Whoever did not answer twice is asked about them no more.
  turn: one.until === null ? 'now' : one.lapses < 2 ? 'again' : 'over',
  signUp: one,
});

/** Those on the list whose turn it is: who left an offer of these places unanswered comes after them. */
export const askable = (waiting: readonly SignUpView[]): SignUpView[] => waiting.filter(({ until }) => until === null);

/** Whom the free places of a scope are for now, in the order of the list. A long list is read only where there is a place to give. */
export async function nextFor(tx: Tx, signUps: SignUps, event: EventView, scope: Scope): Promise<SignUpView[]> {
  if (scope.places.waiting === 0 || freePlaces(scope.places) === 0) return [];
  const list = (await signUps.waiting(tx, event.id, scope.key)).map((one) => asWaiting(event, one));
  return nextInTurn(scope.places, list, await seatedIn(tx, event, scope.key)).map(({ signUp }) => signUp);
}

/** Whom the free places of a scope are for now; nobody where it is not to come. */
export async function upNext(tx: Tx, parts: LineParts, { communityId, eventId, scope: key, now }: Omit<Freed, 'anew'>) {
  const known = await eventById(tx, eventId);
  const event = known && (await readLocked(tx, communityId, known.ref));
  const scope = event?.scopes.find((one) => one.key === key);
  if (!event || !scope || !isAhead(event, scope, now)) return null;
  return { event, scope, next: await nextFor(tx, parts.signUps, event, scope) };
}

/**
 * Offers the free places of a scope to those who wait, in their order, in the transaction that freed them. An offer takes the place
 * until it is answered or lapses. Shortly before the start nobody is asked any more: staff get a task instead.
 */
export async function serveLine(tx: Tx, parts: LineParts, freed: Freed): Promise<void> {
  const { communityId, eventId, now, anew } = freed;
  if (anew) await askAgain(tx, eventId, freed.scope);
  const found = await upNext(tx, parts, freed);
  if (!found || found.next.length === 0) return;
  const { event, scope, next: offered } = found;
  const startsAt = dated(scope.sessions, now)[0]?.startsAt ?? now;
  const plan = planOffer({ now, startsAt, timeZone: event.sessions[0].timeZone });
  if (plan.type === 'staffDecide') {
    const [first] = together(offered);
    if (first) await askStaff(tx, parts, { communityId, event, theirs: first });
    return;
  }
  for (const { id } of offered) {
    const revision = await changeStatus(tx, { id, from: ['waiting'], to: 'offered', until: plan.until, now });
    if (revision === null) continue;
    await parts.planner.plan(tx, [dueFor('offer.lapsed', communityId, { id, revision }, plan.until)]);
  }
  await touchCards(tx, eventId);
  for (const theirs of together(offered)) await tellOffer(tx, parts, { communityId, event, theirs, plan, now });
}

/** One offer for each registrant, and for each pair one. */
export function together(signUps: readonly SignUpView[]): [SignUpView, ...SignUpView[]][] {
  const groups = new Map<string, [SignUpView, ...SignUpView[]]>();
  for (const one of signUps) {
    const key = `${one.registrantId} ${one.pairKey ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

async function tellOffer(
  tx: Tx,
  { tell, texts }: LineParts,
  offer: {
    communityId: string;
    event: EventView;
    theirs: readonly [SignUpView, ...SignUpView[]];
    plan: { sendAt: number; until: number };
    now: number;
  },
): Promise<void> {
  const { communityId, event, theirs, plan } = offer;
  const [{ id, registrantId, registrantLocale, revision, until: askedBefore }] = theirs;
  const locale = asLocale(registrantLocale);
  const t = texts(locale);
  const names = namesOf(theirs, { t, locale });
  const head = askedBefore === null ? 'signup.offer.told' : 'signup.offer.toldAgain';
  const reader = { t, locale, now: plan.sendAt };
  const until = moment(plan.until, event.sessions[0].timeZone, reader);
  await tell(tx, communityId, {
    personId: registrantId,
    kind: 'confirmation',
    text: [t(head, { names, title: event.title }), ...details(event, reader), t('signup.offer.until', { until })].join('\n'),
    key: `offer:${id}:${revision}`,
    choices: [
      { key: '1', label: t('signup.offer.take'), value: `/take ${id}` },
      { key: '0', label: t('signup.offer.decline'), value: `/decline ${id}` },
    ],
    asksYes: true,
    inGroup: {
      groups: await chatsWithCard(tx, event.id),
      text: t('signup.offer.toldInGroup', { count: theirs.length, title: event.title, until }),
    },
    notBefore: plan.sendAt,
    expiresAt: plan.until,
  });
}

/** So near to the start nobody is left in doubt by a message that they may not read: staff hear who is first, call, and give the place. */
async function askStaff(
  tx: Tx,
  { tell, texts, staffOf }: LineParts,
  { communityId, event, theirs }: { communityId: string; event: EventView; theirs: readonly [SignUpView, ...SignUpView[]] },
): Promise<void> {
  const [{ id, revision, registrantName }] = theirs;
  for (const { personId, locale: theirLocale, community } of await staffOf(tx, communityId)) {
    const locale = asLocale(theirLocale);
    const t = texts(locale);
    const names = namesOf(theirs, { t, locale });
    await tell(tx, communityId, {
      personId,
      kind: 'change',
      text: ofCommunity(t, community, t('signup.late.told', { title: event.title, names, registrant: registrantName })),
      key: `late:${id}:${revision}:${personId}`,
      choices: [
        { key: '1', label: t('signup.late.give', { names }), value: inCommunity(communityId, `/give ${id}`) },
        { key: '0', label: t('signup.late.leave'), value: inCommunity(communityId, `/manage-event ${event.ref}`) },
      ],
      expiresAt: event.sessions.at(-1)?.startsAt ?? 0,
    });
  }
}
