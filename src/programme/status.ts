import type { Tx } from '../storage/index.js';
import { raiseRevision } from './publish.js';

/** A session as what is planned for it is named by. */
export interface SessionRevision {
  readonly id: string;
  readonly revision: number;
}

/** The sessions of an event with their revisions, dropped ones too; or the one that is asked for. */
export const sessionRevisions = (tx: Tx, eventId: string, sessionId?: string): Promise<SessionRevision[]> =>
  tx.session.findMany({
    where: { eventId, ...(sessionId === undefined ? {} : { id: sessionId }) },
    select: { id: true, revision: true },
    orderBy: { number: 'asc' },
  });

/** Takes no more sign-ups for an event that takes them. */
export async function closeEvent(tx: Tx, eventId: string): Promise<void> {
  await tx.event.updateMany({ where: { id: eventId, status: 'published' }, data: { status: 'closed' } });
}

/** Takes sign-ups again. A deadline that has passed would keep it closed all the same, so it goes. `now` in ms. */
export async function reopenEvent(tx: Tx, eventId: string, now: number): Promise<void> {
  const closed = { id: eventId, status: 'closed' };
  const opened = { deadlineAt: null, deadlineWall: null, revision: { increment: 1 } };
  await tx.event.updateMany({ where: { ...closed, deadlineAt: { lte: new Date(now) } }, data: opened });
  await tx.event.updateMany({ where: closed, data: { status: 'published' } });
}

/**
 * Calls an event off for good, or until a new date is found: then its sessions that are still to come have none. Sign-ups stay as they
 * are, but offers are taken back, and held places stand without an end.
 */
export async function callOffEvent(tx: Tx, eventId: string, status: 'cancelled' | 'postponed', now: number): Promise<void> {
  await tx.event.updateMany({ where: { id: eventId, status: { in: ['published', 'closed', 'postponed'] } }, data: { status } });
  await tx.signUp.updateMany({
    where: { eventId, status: 'offered' },
    data: { status: 'waiting', until: null, revision: { increment: 1 }, updatedAt: new Date(now) },
  });
  await tx.signUp.updateMany({
    where: { eventId, status: 'held' },
    data: { until: null, revision: { increment: 1 }, updatedAt: new Date(now) },
  });
  if (status === 'postponed')
    await tx.session.updateMany({ where: { eventId, status: 'planned', endsAt: { gt: new Date(now) } }, data: { status } });
  await raiseRevision(tx, eventId);
}

/** Leaves one session out; who signed up for it alone is not signed up any more. */
export async function dropSession(tx: Tx, eventId: string, sessionId: string, now: number): Promise<void> {
  await tx.session.updateMany({ where: { id: sessionId, eventId }, data: { status: 'dropped', revision: { increment: 1 } } });
  await raiseRevision(tx, eventId);
  await tx.signUp.updateMany({
    where: { eventId, scope: sessionId, status: { not: 'cancelled' } },
    data: { status: 'cancelled', until: null, revision: { increment: 1 }, updatedAt: new Date(now) },
  });
}

/** Marks an event as ended once none of its sessions is still to come. Whether it is over now. */
export async function endEvent(tx: Tx, eventId: string, now: number): Promise<boolean> {
  const planned = { status: 'planned', endsAt: { gt: new Date(now) } };
  const ahead = await tx.session.count({ where: { eventId, OR: [planned, { status: 'postponed' }] } });
  if (ahead > 0) return false;
  await tx.event.updateMany({ where: { id: eventId, status: { in: ['published', 'closed'] } }, data: { status: 'ended' } });
  return true;
}
