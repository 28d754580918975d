import { join, sql, type Tx } from '../storage/index.js';
import { concerned } from './events.js';
import type { EventView, SignUpView } from './view.js';

/** How somebody stands to one session: came, did not come, said beforehand that they would not. */
export type Mark = 'attended' | 'absent' | 'leave';

/** What is written down of one participant and one session. */
export interface Attendance {
  readonly signUpId: string;
  readonly sessionId: string;
  readonly state: Mark;
  /** ms since the epoch; of one person in one session it names the marking, since no two of theirs have the same. */
  readonly at: number;
  /** Who wrote it down: a member of the team, or the registrant by the code at the place. */
  readonly by: string;
}

type Row = Awaited<ReturnType<Tx['attendance']['findMany']>>[number];

const asMark = (state: string): Mark => (state === 'absent' || state === 'leave' ? state : 'attended');

const view = ({ state, at, ...row }: Row): Attendance => ({ ...row, state: asMark(state), at: at.getTime() });

/** What is written down of one session, by sign-up. */
export async function attendanceOf(tx: Tx, sessionId: string): Promise<Map<string, Attendance>> {
  const rows = await tx.attendance.findMany({ where: { sessionId } });
  return new Map(rows.map((row) => [row.signUpId, view(row)]));
}

/** What is written down of all sessions of an event. */
export async function attendanceOfEvent(tx: Tx, eventId: string): Promise<Attendance[]> {
  return (await tx.attendance.findMany({ where: { session: { eventId } } })).map(view);
}

/** One sign-up in all sessions, by session. */
export async function attendanceOfSignUp(tx: Tx, signUpId: string): Promise<Map<string, Attendance>> {
  const rows = await tx.attendance.findMany({ where: { signUpId } });
  return new Map(rows.map((row) => [row.sessionId, view(row)]));
}

/** Several sign-ups in all sessions, by sign-up and session. */
export async function attendanceOfSignUps(tx: Tx, signUpIds: readonly string[]): Promise<Map<string, Map<string, Attendance>>> {
  const of = new Map(signUpIds.map((id) => [id, new Map<string, Attendance>()]));
  const rows = signUpIds.length === 0 ? [] : await tx.attendance.findMany({ where: { signUpId: { in: [...signUpIds] } } });
  for (const row of rows) of.get(row.signUpId)?.set(row.sessionId, view(row));
  return of;
}

/**
 * Whether somebody has come, so that they do not cancel any more: marked as here in a session that is not over, or with nothing left to
 * come. Whoever came to the first of several may give the rest back. `marks` by session.
 */
export function hasCome(
  { sessions }: EventView,
  { scope }: Pick<SignUpView, 'scope'>,
  marks: ReadonlyMap<string, Attendance> | undefined,
  now: number,
): boolean {
  const theirs = sessions.some(({ id }) => id === scope) ? sessions.filter(({ id }) => id === scope) : sessions;
  const here = theirs.filter(({ id }) => marks?.get(id)?.state === 'attended');
  const ahead = theirs.some((session) => (session.postponed || session.startsAt > now) && !here.includes(session));
  return here.some(({ endsAt }) => endsAt > now) || (here.length > 0 && !ahead);
}

/** How many of those who come have asked for leave, by session. */
export async function leavesOf(tx: Tx, { id }: Pick<EventView, 'id'>): Promise<Map<string, number>> {
  const rows = await tx.attendance.groupBy({
    by: ['sessionId'],
    where: { state: 'leave', session: { eventId: id, status: 'planned' }, signUp: { status: { in: [...concerned] } } },
    _count: true,
  });
  return new Map(rows.map(({ sessionId, _count }) => [sessionId, _count]));
}

/** Participants who are marked together. `at` in ms, from `markingAt`. */
export interface Marking {
  readonly sessionId: string;
  readonly signUpIds: readonly string[];
  readonly state: Mark;
  readonly by: string;
  readonly at: number;
}

/** When somebody's next marking of a session is: now, or just after their last one, so that each has a time of its own. */
export const markingAt = (marks: ReadonlyMap<string, Attendance>, by: string, now: number): number =>
  Math.max(now, ...[...marks.values()].flatMap((mark) => (mark.by === by ? [mark.at + 1] : [])));

/** Marks participants, whatever stood there: of two who mark the same person the last one counts. */
export async function markAttendance(tx: Tx, { sessionId, signUpIds, state, by, at }: Marking): Promise<void> {
  if (signUpIds.length === 0) return;
  // In one order, so that two who mark at once never wait for each other in a circle.
  const rows = [...signUpIds].sort().map((id) => sql`(${id}, ${sessionId}, ${state}, ${new Date(at)}, ${by})`);
  await tx.$executeRaw(
    sql`INSERT INTO "Attendance" ("signUpId", "sessionId", "state", "at", "by") VALUES ${join(rows)}
        ON CONFLICT ("signUpId", "sessionId") DO UPDATE SET "state" = excluded."state", "at" = excluded."at", "by" = excluded."by"`,
  );
}

/** Takes back what one marking wrote and nobody has changed since: `before` comes back, the rest is unmarked. Gives how many that were. */
export async function takeBack(
  tx: Tx,
  { sessionId, by, at, before }: Pick<Marking, 'sessionId' | 'by' | 'at'> & { readonly before: readonly Omit<Attendance, 'sessionId'>[] },
): Promise<Attendance[]> {
  const written = (await tx.attendance.findMany({ where: { sessionId, by, at: new Date(at) } })).map(view);
  const earlier = new Map(before.map((mark) => [mark.signUpId, mark]));
  const fresh = written.filter(({ signUpId }) => !earlier.has(signUpId)).map(({ signUpId }) => signUpId);
  await tx.attendance.deleteMany({ where: { sessionId, signUpId: { in: fresh } } });
  for (const { signUpId } of written) {
    const mark = earlier.get(signUpId);
    const data = mark && { state: mark.state, by: mark.by, at: new Date(mark.at) };
    if (data) await tx.attendance.update({ where: { signUpId_sessionId: { signUpId, sessionId } }, data });
  }
  return written;
}

/** Takes a leave of absence back. */
export async function endLeave(tx: Tx, signUpId: string, sessionId: string): Promise<void> {
  await tx.attendance.deleteMany({ where: { signUpId, sessionId, state: 'leave' } });
}

/** The event of a session, and whether the session still takes place; null when it is gone. */
export async function eventOfSession(
  tx: Tx,
  sessionId: string,
): Promise<{ readonly ref: string; readonly communityId: string; readonly planned: boolean } | null> {
  const row = await tx.session.findUnique({ where: { id: sessionId }, include: { event: { select: { ref: true, communityId: true } } } });
  return row && { ...row.event, planned: row.status === 'planned' };
}
