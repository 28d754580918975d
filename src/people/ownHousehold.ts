import type { Tx } from '../storage/index.js';

/** The household that somebody belongs to; made where there is none. */
export async function householdOf(tx: Tx, personId: string, newId: () => string): Promise<string> {
  const member = await tx.householdMember.findFirst({
    where: { personId },
    orderBy: [{ household: { createdAt: 'asc' } }, { householdId: 'asc' }],
  });
  if (member) return member.householdId;
  const id = newId();
  await tx.household.create({ data: { id, members: { create: { personId } } } });
  return id;
}
