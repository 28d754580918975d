import type { Tell } from '../../command/index.js';
import { touchCards } from '../../delivery/index.js';
import type { Translate } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  changeStatus,
  eventById,
  isAhead,
  nextInLine,
  planOffer,
  readLocked,
  type EventView,
  type SignUps,
  type SignUpView,
  type Waiting,
} from '../../programme/index.js';
import type { Planner } from '../../schedule/index.js';
import type { Tx } from '../../storage/index.js';
import { details, moment } from './cards.js';

/** What the waiting list is served with. */
export interface LineParts {
  readonly signUps: SignUps;
  readonly planner: Planner;
  readonly tell: Tell<Tx>;
  readonly texts: (locale: string | null) => Translate;
  /** The people who run a community's events, with their languages. */
  readonly staffOf: (tx: Tx, communityId: string) => Promise<readonly { personId: string; locale: string | null }[]>;
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

/** The names of an offer's occurrences. */
export const lapseKey = (id: string, revision: number): string => `offer.lapsed:${id}:${revision}`;

/** A sign-up on the list as the rules see it. */
export const asWaiting = (event: EventView, one: SignUpView): Waiting & { readonly signUp: SignUpView } => ({
  id: one.id,
  party: one.party,
  seats: seatsFor(event, one.companions),
  pairKey: one.pairKey,
  signUp: one,
});

/** How many places one participant takes. */
export const seatsFor = ({ unit, companionsCount }: EventView, companions: number): number =>
  unit === 'household' || !companionsCount ? 1 : 1 + companions;

/** The parties that have a place in a scope, where households share one. */
export async function seatedIn(tx: Tx, event: EventView, scope: string): Promise<Set<string>> {
  if (event.unit !== 'household') return new Set();
  const rows = await tx.signUp.findMany({
    where: { eventId: event.id, scope, status: { in: ['held', 'offered', 'confirmed', 'leaving'] } },
    select: { party: true },
  });
  return new Set(rows.map(({ party }) => party));
}

/** Those on the list who would be asked now: who left an offer of these places unanswered is not. */
export const askable = (waiting: readonly SignUpView[]): SignUpView[] => waiting.filter(({ until }) => until === null);

/**
 * Offers the free places of a scope to those who wait, in their order, in the transaction that freed them. An offer takes the place
 * until it is answered or lapses. Shortly before the start nobody is asked any more: staff get a task instead.
 */
export async function serveLine(tx: Tx, parts: LineParts, freed: Freed): Promise<void> {
  const { communityId, eventId, scope: key, now, anew } = freed;
  if (anew) await tx.signUp.updateMany({ where: { eventId, scope: key, status: 'waiting' }, data: { until: null } });
  const known = await eventById(tx, eventId);
  const event = known && (await readLocked(tx, communityId, known.ref));
  const scope = event?.scopes.find((one) => one.key === key);
  if (!event || !scope || !isAhead(event, scope, now)) return;
  const waiting = askable(await parts.signUps.waiting(tx, eventId, key));
  if (waiting.length === 0) return;
  const seated = await seatedIn(tx, event, key);
  const next = nextInLine(
    scope.places,
    waiting.map((one) => asWaiting(event, one)),
    seated,
  );
  if (next.length === 0) return;
  const startsAt = scope.sessions.find((session) => session.startsAt > now)?.startsAt ?? now;
  const plan = planOffer({ now, startsAt, timeZone: event.sessions[0].timeZone });
  if (plan.type === 'staffDecide') {
    const [first] = together(next.map(({ signUp }) => signUp));
    if (first) await askStaff(tx, parts, { communityId, event, theirs: first });
    return;
  }
  const offered = next.map(({ signUp }) => signUp);
  for (const { id } of offered) {
    const revision = await changeStatus(tx, { id, from: ['waiting'], to: 'offered', until: plan.until, now });
    if (revision === null) continue;
    const occurrence = { key: lapseKey(id, revision), communityId, kind: 'offer.lapsed', dueAt: plan.until };
    await parts.planner.plan(tx, [{ ...occurrence, payload: { signUpId: id, revision } }]);
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
  const [{ id, registrantId, registrantLocale, revision }] = theirs;
  const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
  const locale = asLocale(registrantLocale ?? community.locale);
  const t = texts(locale);
  const names = list(
    theirs.map(({ name }) => name),
    locale,
  );
  const reader = { t, locale, now: plan.sendAt };
  const until = moment(plan.until, event.sessions[0].timeZone, reader);
  await tell(tx, communityId, {
    personId: registrantId,
    kind: 'confirmation',
    text: [t('signup.offer.told', { names, title: event.title }), ...details(event, reader), t('signup.offer.until', { until })].join('\n'),
    key: `offer:${id}:${revision}`,
    choices: [
      { key: '1', label: t('signup.offer.take'), value: `/take ${id}` },
      { key: '0', label: t('signup.offer.decline'), value: `/decline ${id}` },
    ],
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
  const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
  for (const { personId, locale: chosen } of await staffOf(tx, communityId)) {
    const locale = asLocale(chosen ?? community.locale);
    const t = texts(locale);
    const names = list(
      theirs.map(({ name }) => name),
      locale,
    );
    await tell(tx, communityId, {
      personId,
      kind: 'change',
      text: t('signup.late.told', { title: event.title, names, registrant: registrantName }),
      key: `late:${id}:${revision}:${personId}`,
      choices: [
        { key: '1', label: t('signup.late.give', { names }), value: `/give ${id}` },
        { key: '0', label: t('signup.late.leave'), value: `/manage-event ${event.ref}` },
      ],
      expiresAt: event.sessions.at(-1)?.startsAt ?? 0,
    });
  }
}
