import { sql, type Tx } from '../storage/index.js';
import { markOf } from './mark.js';

/** Dependants that nobody else looks after: they go together with the person. */
export async function ownDependants(tx: Tx, personId: string): Promise<string[]> {
  const where = { household: { members: { some: { personId }, every: { personId } } } };
  return (await tx.dependant.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

/** What goes with somebody and what stays, as they are shown it before. */
export interface Going {
  /** Dependants that go with them, and those that somebody else looks after too. */
  readonly alone: readonly string[];
  readonly shared: readonly string[];
  /** The same list gives the same mark. It is a hash of ids, and names nobody. */
  readonly mark: string;
}

/** Holds the households of somebody, and them, until the transaction ends: nobody leaves, joins or links meanwhile. */
async function holdForErasing(tx: Tx, personId: string): Promise<void> {
  const mine = await tx.householdMember.findMany({ where: { personId }, select: { householdId: true }, orderBy: { householdId: 'asc' } });
  for (const { householdId } of mine) await tx.$executeRaw(sql`UPDATE "Household" SET "id" = "id" WHERE "id" = ${householdId}`);
  await tx.$executeRaw(sql`UPDATE "Person" SET "id" = "id" WHERE "id" = ${personId}`);
}

/** What goes with somebody and what stays. `held`: as it is until the transaction ends, for the moment when it goes. */
export async function goingWith(tx: Tx, personId: string, { held = false }: { held?: boolean } = {}): Promise<Going> {
  if (held) await holdForErasing(tx, personId);
  const alone = await ownDependants(tx, personId);
  const mine = { household: { members: { some: { personId } } } };
  const all = await tx.dependant.findMany({ where: mine, select: { id: true }, orderBy: { id: 'asc' } });
  const shared = all.flatMap(({ id }) => (alone.includes(id) ? [] : [id]));
  const accounts = await tx.identity.findMany({ where: { personId }, select: { id: true }, orderBy: { id: 'asc' } });
  return { alone, shared, mark: markOf([[...alone].sort(), shared, accounts.map(({ id }) => id)]) };
}
