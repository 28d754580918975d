import type { Tx } from '../storage/index.js';

/** Writes down who did what to whose data, in the transaction that does it. `subject` is an id, never a name. */
export async function audit(
  tx: Tx,
  entry: { id: string; communityId: string; actorId: string; action: string; subject: string; now: number },
): Promise<void> {
  const { now, ...data } = entry;
  await tx.auditEntry.create({ data: { ...data, at: new Date(now) } });
}
