import { participantKind, type Attendance, type EventView, type Mark, type SessionView, type SignUpView } from '../../programme/index.js';
import { today } from '../../understand/index.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** How long after a session (ms) staff may still write down who came. */
const afterMs = 30 * dayMs;

/** How long after a marking (ms) it may be taken back in one go. */
export const undoMs = 10 * minuteMs;

/** Whether a session is today, in its own zone. */
export const isToday = ({ startsWall, timeZone }: SessionView, now: number): boolean => startsWall.slice(0, 10) === today(now, timeZone);

/** Whether staff may mark who came: from the day of the session until 30 days after its end. Leave may be written `early` too. */
export function markingTime(session: SessionView, now: number): 'early' | 'open' | 'over' {
  if (now > session.endsAt + afterMs) return 'over';
  return now >= session.startsAt || today(now, session.timeZone) >= session.startsWall.slice(0, 10) ? 'open' : 'early';
}

/** When the code at the place is good, ms: from an hour before the start until half an hour after the end. */
export const codeTimes = ({ startsAt, endsAt }: SessionView): { readonly from: number; readonly until: number } => ({
  from: startsAt - 60 * minuteMs,
  until: endsAt + 30 * minuteMs,
});

/** Whether the code at the place is good now. */
export function codeTime(session: SessionView, now: number): 'early' | 'open' | 'over' {
  const { from, until } = codeTimes(session);
  if (now < from) return 'early';
  return now <= until ? 'open' : 'over';
}

/** Whether an event takes place, so that there is something to check in to. */
export const takesPlace = ({ status }: EventView): boolean => status === 'published' || status === 'closed' || status === 'ended';

/** The sessions that have a date, in the order in which they are likely meant: what is on or comes next today, what was before that (the last first), what is still to come. */
export function inOrder(sessions: readonly SessionView[], now: number): SessionView[] {
  const rank = (session: SessionView): number => {
    if (isToday(session, now) || (session.startsAt <= now && session.endsAt > now)) return 0;
    return session.startsAt <= now ? 1 : 2;
  };
  // Today: what is not over, soonest first; then what is over.
  const within = (session: SessionView): number => {
    if (rank(session) === 0) return session.endsAt > now ? session.startsAt - now : 2 * dayMs - session.endsAt + now;
    return Math.abs(session.startsAt - now);
  };
  return sessions.filter(({ postponed }) => !postponed).sort((one, other) => rank(one) - rank(other) || within(one) - within(other));
}

/** One line of the list: somebody who has a place in a session. */
export interface Listed {
  readonly signUpId: string;
  /** As in the roster: the order of arrival among all who have a place or wait. */
  readonly number: number;
  /** Empty for a guest without a name and for a place held for somebody unnamed. */
  readonly name: string;
  readonly held: boolean;
  /** Who signed them up: whose place it is that nobody is named for. */
  readonly by: string;
  readonly mark: Attendance | null;
}

/** Whether a place is held of which nobody has said whose it is. */
export const isUnnamed = ({ status, participant }: Pick<SignUpView, 'status' | 'participant'>): boolean =>
  status === 'held' && participantKind(participant) === 'held';

/** Those who may be marked, of everybody in a scope: confirmed, or held for somebody of whom nobody has said yet who it is. */
export const listOf = (people: readonly SignUpView[], marks: ReadonlyMap<string, Attendance>): Listed[] =>
  people.flatMap(({ id, name, status, participant, registrantName }, at) => {
    const held = isUnnamed({ status, participant });
    return status === 'confirmed' || held
      ? [{ signUpId: id, number: at + 1, name, held, by: registrantName, mark: marks.get(id) ?? null }]
      : [];
  });

/** How many came, are absent, are on leave, and are not marked. */
export function countsOf(list: readonly Listed[]): Readonly<Record<Mark | 'open', number>> {
  const of = (state: Mark | null) => list.filter(({ mark }) => (mark?.state ?? null) === state).length;
  return { attended: of('attended'), absent: of('absent'), leave: of('leave'), open: of(null) };
}

/** Names the order of a list. Whoever comes behind it changes no number; whoever leaves it does. */
export function orderOf(people: readonly Pick<SignUpView, 'id'>[], first = people.length): string {
  let hash = 0x811c9dc5;
  for (const letter of people
    .slice(0, first)
    .map(({ id }) => id)
    .join(' '))
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `${first}.${hash.toString(36)}`;
}

/** Whether the numbers that somebody saw are still those of the list. */
export const sameOrder = (people: readonly Pick<SignUpView, 'id'>[], seen: string): boolean => {
  const first = Number.parseInt(seen, 10);
  return first <= people.length && orderOf(people, first) === seen;
};
