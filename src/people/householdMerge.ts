import type { Tx } from '../storage/index.js';
import { audit, type Doing } from './audit.js';
import { tieTo, unbound, type Pair, type Tie, type Ward } from './bonds.js';
import { withTies, writeBoth } from './childBonds.js';
import { mergeDependants, type Freed } from './merge.js';

/** Two households, of which the first goes into the second. */
interface Both {
  readonly from: string;
  readonly into: string;
}

/**
 * Makes one household of two that are held. Members and dependants go over; the pairs that people said are the same become one. What each
 * grown-up is to each child stays as it was: nobody becomes guardian of the other side's children, and nobody's right is less.
 */
export async function mergeHouseholds(
  tx: Tx,
  { from, into, same }: Both & { readonly same: readonly Pair[] },
  doing: Doing,
): Promise<Freed[]> {
  const members = await tx.householdMember.findMany({ where: { householdId: { in: [from, into] } }, include: withTies });
  const before = await tx.dependant.findMany({
    where: { householdId: { in: [from, into] }, kind: 'child' },
    select: { id: true, createdAt: true, householdId: true },
  });
  const freed: Freed[] = [];
  for (const pair of same) freed.push(...(await mergePair(tx, pair, { from, into })));
  const left = new Set((await tx.dependant.findMany({ where: { householdId: { in: [from, into] } } })).map(({ id }) => id));
  /** Where a child of before stands now. */
  const nowOf = (id: string): string => (left.has(id) ? id : (same.find((pair) => pair.from === id)?.into ?? id));
  const tiesOf = (personId: string, child: Ward): Tie[] =>
    before
      .filter(({ id }) => nowOf(id) === child.id)
      .flatMap((one) =>
        members
          .filter((member) => member.personId === personId && member.householdId === one.householdId)
          .map((member) => tieTo(member, one)),
      );
  await tx.dependant.updateMany({ where: { householdId: from }, data: { householdId: into } });
  const children = before.filter(({ id }) => left.has(id));
  for (const personId of new Set(members.map((member) => member.personId))) {
    const [one = unbound, other = unbound] = members.filter((member) => member.personId === personId);
    const ties = children.map((child) => ({ child, ties: tiesOf(personId, child) }));
    await writeBoth(tx, { householdId: into, personId }, [one, other], ties);
  }
  await tx.household.delete({ where: { id: from } });
  await audit(tx, doing, 'household.merge', into);
  return freed;
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
