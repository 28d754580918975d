import { sql, type Tx } from '../storage/index.js';
import { concerned } from './events.js';

/**
 * The dependants who have a place held for them in an event, or wait for one, until a guardian consents. `lock` keeps it so until the
 * transaction ends: of two guardians who decide at once the second finds it decided.
 */
export async function awaitingConsent(tx: Tx, eventId: string, { lock = false }: { readonly lock?: boolean } = {}): Promise<string[]> {
  if (lock) await tx.$executeRaw(sql`UPDATE "Event" SET "revision" = "revision" WHERE "id" = ${eventId}`);
  const rows = await tx.signUp.findMany({
    where: { eventId, heldFor: 'consent', status: { in: [...concerned] }, dependantId: { not: null } },
    select: { dependantId: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return [...new Set(rows.flatMap(({ dependantId }) => dependantId ?? []))];
}

/**
 * What became of places that somebody held without saying for whom, where none is held any more: they ran out, or were given back; null
 * where neither is known of, which leaves that somebody filled them in.
 */
export async function endOfHold(tx: Tx, eventId: string, registrantId: string): Promise<'released' | 'givenBack' | null> {
  const row = await tx.signUp.findFirst({
    where: { eventId, registrantId, heldFor: 'participant', status: { in: ['released', 'cancelled', 'leaving'] } },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    select: { status: true },
  });
  if (!row) return null;
  return row.status === 'released' ? 'released' : 'givenBack';
}
