import type { Tx } from '../storage/index.js';
import { audit, type Doing } from './audit.js';
import type { Pair } from './bonds.js';
import { mergeDependants, type Freed } from './merge.js';

/** Two households, of which the first goes into the second. */
interface Both {
  readonly from: string;
  readonly into: string;
}

/** Makes one household of two that are held. Members and dependants go over; the pairs that people said are the same become one. */
export async function mergeHouseholds(
  tx: Tx,
  { from, into, same }: Both & { readonly same: readonly Pair[] },
  doing: Doing,
): Promise<Freed[]> {
  const freed: Freed[] = [];
  for (const pair of same) freed.push(...(await mergePair(tx, pair, { from, into })));
  const paired = same.map((pair) => pair.into);
  // What staff confirmed was about the children of one side.
  if ((await tx.dependant.count({ where: { householdId: from, kind: 'child' } })) > 0) await forgetConfirmations(tx, into);
  if ((await tx.dependant.count({ where: { householdId: into, kind: 'child', id: { notIn: paired } } })) > 0)
    await forgetConfirmations(tx, from);
  await tx.dependant.updateMany({ where: { householdId: from }, data: { householdId: into } });
  for (const { personId, bond, confirmedBy, confirmedAt } of await tx.householdMember.findMany({ where: { householdId: from } })) {
    const there = await tx.householdMember.count({ where: { householdId: into, personId } });
    if (there === 0) await tx.householdMember.create({ data: { householdId: into, personId, bond, confirmedBy, confirmedAt } });
  }
  await tx.household.delete({ where: { id: from } });
  await audit(tx, doing, 'household.merge', into);
  return freed;
}

/** A confirmed guardian of some children is not one of others: staff are asked anew. A parent needs nobody. */
async function forgetConfirmations(tx: Tx, householdId: string): Promise<void> {
  const none = { confirmedBy: null, confirmedAt: null };
  const confirmed = { householdId, confirmedBy: { not: null } };
  await tx.householdMember.updateMany({ where: { ...confirmed, bond: 'guardian' }, data: { ...none, bond: 'other' } });
  await tx.householdMember.updateMany({ where: { ...confirmed, bond: 'grandparent' }, data: none });
}

/** Only where both still stand where they stood when people were asked. */
async function mergePair(tx: Tx, pair: Pair, { from, into }: Both): Promise<Freed[]> {
  const there = await tx.dependant.count({
    where: {
      OR: [
        { id: pair.from, householdId: from },
        { id: pair.into, householdId: into },
      ],
    },
  });
  return there === 2 ? mergeDependants(tx, pair.from, pair.into) : [];
}
