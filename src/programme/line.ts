import type { Tx } from '../storage/index.js';
import { taking } from './events.js';
import type { EventView, SignUpView } from './view.js';

/** The parties that have a place in a scope, where households share one; empty otherwise. */
export async function seatedIn(tx: Tx, event: Pick<EventView, 'id' | 'unit'>, scope: string): Promise<Set<string>> {
  if (event.unit !== 'household') return new Set();
  const rows = await tx.signUp.findMany({
    where: { eventId: event.id, scope, status: { in: [...taking, 'leaving'] } },
    select: { party: true },
  });
  return new Set(rows.map(({ party }) => party));
}

/** Whether places are held in an event. */
export const anyHeld = async (tx: Tx, eventId: string): Promise<boolean> =>
  (await tx.signUp.count({ where: { eventId, status: 'held' } })) > 0;

/** A place came free anew, so whoever left an earlier offer unanswered may be asked again. */
export async function askAgain(tx: Tx, eventId: string, scope: string): Promise<void> {
  await tx.signUp.updateMany({ where: { eventId, scope, status: 'waiting' }, data: { until: null } });
}

/** Whoever says yes too late is asked as if they had not been asked yet, should the place be free again. */
export async function askAfterAll(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.signUp.updateMany({ where: { id: { in: [...ids] }, status: 'waiting' }, data: { until: null } });
}

/** The ids of those who were offered places together with this one, itself among them. */
export async function offeredTogether(tx: Tx, { id, eventId, scope, pairKey }: SignUpView): Promise<string[]> {
  if (pairKey === null) return [id];
  const rows = await tx.signUp.findMany({ where: { eventId, scope, pairKey, status: 'offered' }, select: { id: true } });
  return rows.map((row) => row.id);
}

/** Those who waited together wait one by one from now on, each at their position; a yes given twice changes nothing more. */
export async function waitApart(tx: Tx, pairKey: string): Promise<void> {
  await tx.signUp.updateMany({ where: { pairKey, status: 'waiting' }, data: { pairKey: null } });
}

/** Whether somebody waited in vain the last time, in an event of this community that is over: who lets such people go first asks this. */
export async function waitedInVain(tx: Tx, communityId: string, participant: string): Promise<boolean> {
  const last = await tx.signUp.findFirst({
    where: { communityId, participant, event: { status: 'ended' }, status: { in: ['waiting', 'confirmed'] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { status: true },
  });
  return last?.status === 'waiting';
}
