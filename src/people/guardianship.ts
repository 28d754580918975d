import type { Tx } from '../storage/index.js';
import { givesRights, isGuardianOf, mayName, type Bond, type Ward } from './bonds.js';
import { guardedIn, withTies } from './childBonds.js';
import { householdOf } from './ownHousehold.js';

/** For whom somebody may consent. */
export interface Guardianship {
  /** They have said what they are to the children of every household of theirs, or somebody else has to say it: see `guardedAmong`. */
  readonly said: boolean;
  /** They may consent for a child that they add now. */
  readonly atHome: boolean;
  /** They have not said yet what they are where a child that they add now is written down. */
  readonly homeUnsaid: boolean;
  /** The dependants for whom they may consent. */
  readonly of: readonly string[];
  /** The dependants of households in which they have not said yet what they are. */
  readonly unsaid: readonly string[];
}

/** For whom somebody may consent, by what they said they are in each of their households. */
export async function guardianshipOf(tx: Tx, personId: string): Promise<Guardianship> {
  const rows = await tx.householdMember.findMany({
    where: { personId },
    orderBy: [{ household: { createdAt: 'asc' } }, { householdId: 'asc' }],
    select: { bond: true, confirmedBy: true, confirmedAt: true, householdId: true, ...withTies },
  });
  const households = rows.map(({ householdId }) => householdId);
  const dependants =
    rows.length === 0
      ? []
      : await tx.dependant.findMany({
          where: { householdId: { in: households } },
          select: { id: true, householdId: true, createdAt: true },
        });
  // Whoever has said nothing yet says it freely only where nobody else is guardian.
  const free = new Set<string>();
  for (const { bond, householdId } of rows)
    if (bond === null && (await guardedIn(tx, householdId, personId)).size === 0) free.add(householdId);
  const dependantsOf = (where: (row: (typeof rows)[number], child: Ward) => boolean) =>
    rows.flatMap((row) => dependants.filter((one) => one.householdId === row.householdId && where(row, one)).map(({ id }) => id));
  const [home] = rows;
  return {
    said: home !== undefined && free.size === 0,
    atHome: home !== undefined && mayName(home),
    homeUnsaid: home === undefined || free.has(home.householdId),
    of: dependantsOf(isGuardianOf),
    unsaid: dependantsOf(({ householdId }) => free.has(householdId)),
  };
}

/** Whether there are children in any of somebody's households, whatever they are to them. */
export const hasChildren = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.dependant.count({ where: { kind: 'child', household: { members: { some: { personId } } } } })) > 0;

/**
 * What somebody says they are to the children, wherever they have not said it yet; their household is made where there is none. A right is
 * said only where nobody else is guardian.
 */
export async function sayBond(tx: Tx, personId: string, bond: Bond, newId: () => string): Promise<void> {
  await householdOf(tx, personId, newId);
  for (const { householdId } of await tx.householdMember.findMany({ where: { personId, bond: null } }))
    if (!givesRights(bond) || (await guardedIn(tx, householdId, personId)).size === 0)
      await tx.householdMember.update({ where: { householdId_personId: { householdId, personId } }, data: { bond } });
}

/**
 * The guardian who signed a paper for the children of somebody's household: a member of this name who may consent, or else somebody
 * known by the paper alone, who belongs to the household from now on. `bond`: what the paper says they are. Gives their id.
 */
export async function guardianByPaper(
  tx: Tx,
  { registrantId, name, bond }: { readonly registrantId: string; readonly name: string; readonly bond: Bond },
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Promise<string> {
  const householdId = await householdOf(tx, registrantId, newId);
  const members = await tx.householdMember.findMany({ where: { householdId }, include: { person: { select: { name: true } } } });
  const there = members.find(({ person }) => person.name === name);
  if (there) {
    if (there.bond === null) await sayBond(tx, there.personId, bond, newId);
    return there.personId;
  }
  const id = newId();
  await tx.person.create({ data: { id, name, createdAt: new Date(now) } });
  await tx.householdMember.create({ data: { householdId, personId: id, bond } });
  return id;
}
