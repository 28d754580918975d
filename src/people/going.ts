import { sql, type Tx } from '../storage/index.js';
import { isGuardianAmong, isGuardianOf } from './bonds.js';
import { withTies } from './childBonds.js';
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

/** A household whose children would stay with grown-ups of whom none may consent for them. */
export interface Unfit {
  readonly householdId: string;
  readonly dependantIds: readonly string[];
  /** `guardian`: of another child there, so that they are not asked to leave. */
  readonly staying: readonly { readonly personId: string; readonly name: string; readonly guardian: boolean }[];
}

/** Where somebody is the last guardian of children who would stay with others: as when they leave, this is settled first. */
export async function unfitAfter(tx: Tx, personId: string): Promise<Unfit[]> {
  const households = await tx.household.findMany({
    where: { members: { some: { personId } } },
    include: { members: { include: { person: { select: { name: true } }, ...withTies } }, dependants: { where: { kind: 'child' } } },
    orderBy: { id: 'asc' },
  });
  return households.flatMap(({ id: householdId, members, dependants }): Unfit[] => {
    const me = members.find((member) => member.personId === personId);
    const staying = members.filter((member) => member !== me);
    const left = dependants.filter((child) => me && isGuardianOf(me, child) && !staying.some((one) => isGuardianOf(one, child)));
    if (staying.length === 0 || left.length === 0) return [];
    const others = staying.map((member) => ({
      personId: member.personId,
      name: member.person.name,
      guardian: isGuardianAmong(member, dependants),
    }));
    return [{ householdId, dependantIds: left.map(({ id }) => id), staying: others }];
  });
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
