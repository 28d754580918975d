import type { Tx } from '../storage/index.js';
import { takesPlace } from './bonds.js';
import type { Freed } from './merge.js';

/** Of which events a place still matters. */
const running = { in: ['published', 'closed', 'postponed'] };

/**
 * Nothing of these dependants is to be known any more, whoever wants it so: who deletes a child, deletes themselves, or is the last to
 * leave a household. One on whom a proof of consent or a sign-up hangs stays as an id without a name, in a household of nobody: the
 * proof needs its id until its time is over, and the count needs its row. Others go altogether. `now` in ms.
 */
export async function forgetDependants(
  tx: Tx,
  ids: readonly string[],
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Promise<void> {
  const these = { in: [...ids] };
  await tx.dependant.deleteMany({ where: { id: these, consents: { none: {} }, signUps: { none: {} } } });
  if ((await tx.dependant.count({ where: { id: these } })) === 0) return;
  await tx.childBond.deleteMany({ where: { dependantId: these } });
  const { id: householdId } = await tx.household.create({ data: { id: newId(), createdAt: new Date(now) } });
  await tx.dependant.updateMany({ where: { id: these }, data: { householdId, name: new Uint8Array(), birthDate: null } });
  // Nor can what was just cancelled be taken back for somebody without a name.
  await tx.signUp.updateMany({ where: { dependantId: these }, data: { answers: null, note: null, until: null, updatedAt: new Date(now) } });
}

/** Ends what a dependant is still signed up for, and gives the scopes in which places come free. */
export async function endSignUps(tx: Tx, dependantId: string, now: number): Promise<Freed[]> {
  const open = await tx.signUp.findMany({
    where: { dependantId, status: { in: ['held', 'offered', 'confirmed', 'waiting', 'leaving'] }, event: { status: running } },
    select: { id: true, eventId: true, scope: true, status: true },
  });
  await tx.signUp.updateMany({
    where: { id: { in: open.map(({ id }) => id) } },
    data: { status: 'cancelled', until: null, revision: { increment: 1 }, updatedAt: new Date(now) },
  });
  return open.filter(takesPlace).map(({ eventId, scope }) => ({ eventId, scope }));
}
