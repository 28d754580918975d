import type { Tx } from '../storage/index.js';
import { isGuardianOf, mayConsent, stronger, tieTo, type Bound, type Tie, type Ward } from './bonds.js';

/** Where a member stands. */
interface Seat {
  readonly householdId: string;
  readonly personId: string;
}

/** With what a member is read: what they are to single children goes along. */
export const withTies = { apart: { select: { dependantId: true, bond: true, confirmedBy: true } } } as const;

/**
 * Writes down what a member is to every child of a household: in general by `home`, and by a row of its own wherever that would say
 * something else about a child. Whoever is no guardian at all needs no rows.
 */
export async function writeTies(tx: Tx, seat: Seat, home: Omit<Bound, 'apart'>, ties: readonly { child: Ward; tie: Tie }[]): Promise<void> {
  const { bond, confirmedBy, confirmedAt } = home;
  const data = { bond, confirmedBy, confirmedAt };
  await tx.householdMember.upsert({ where: { householdId_personId: seat }, create: { ...seat, ...data }, update: data });
  await tx.childBond.deleteMany({ where: seat });
  const general = { ...home, apart: [] };
  const apart = ties.filter(({ child, tie }) => {
    const said = tieTo(general, child);
    const right = mayConsent(said) || mayConsent(tie);
    return right && (said.bond !== tie.bond || said.confirmedBy !== tie.confirmedBy);
  });
  await tx.childBond.createMany({
    data: apart.map(({ child, tie }) => ({ ...seat, dependantId: child.id, bond: tie.bond, confirmedBy: tie.confirmedBy })),
  });
}

/** What somebody was in two places at once, as one member: the stronger word in general, and about each child the stronger one about it. */
export async function writeBoth(
  tx: Tx,
  seat: Seat,
  [one, other]: readonly [Bound, Bound],
  children: readonly { readonly child: Ward; readonly ties: readonly Tie[] }[],
): Promise<void> {
  const none: Tie = { bond: 'other', confirmedBy: null };
  const ties = children.map(({ child, ties: [first = none, ...rest] }) => ({ child, tie: rest.reduce(stronger, first) }));
  await writeTies(tx, seat, stronger(one, other), ties);
}

/**
 * Where bonds go by child, a new child is nobody's but of whoever writes it down: who else is its guardian, is said and confirmed. To be
 * called once the child is there.
 */
export async function keepApart(tx: Tx, { householdId, personId, dependantId }: Seat & { readonly dependantId: string }): Promise<void> {
  if ((await tx.childBond.count({ where: { householdId } })) === 0) return;
  const others = await tx.householdMember.findMany({ where: { householdId, personId: { not: personId } } });
  await tx.childBond.createMany({
    data: others.filter(mayConsent).map((one) => ({ householdId, personId: one.personId, dependantId, bond: 'other', confirmedBy: null })),
  });
}

/**
 * Those of these children who have a guardian with an account, beside this person. Nobody becomes guardian of them by saying so: a guardian
 * who is there asks them in, or staff confirm it.
 */
export async function guardedAmong(tx: Tx, dependantIds: readonly string[], personId: string): Promise<Set<string>> {
  if (dependantIds.length === 0) return new Set();
  const children = await tx.dependant.findMany({
    where: { id: { in: [...dependantIds] } },
    select: { id: true, createdAt: true, householdId: true },
  });
  const members = await tx.householdMember.findMany({
    where: {
      householdId: { in: [...new Set(children.map(({ householdId }) => householdId))] },
      personId: { not: personId },
      person: { identities: { some: {} } },
    },
    include: withTies,
  });
  const guarded = children.filter((child) =>
    members.some((member) => member.householdId === child.householdId && isGuardianOf(member, child)),
  );
  return new Set(guarded.map(({ id }) => id));
}

/** The children of a household who have a guardian with an account beside this person. */
export async function guardedIn(tx: Tx, householdId: string, personId: string): Promise<Set<string>> {
  const children = await tx.dependant.findMany({ where: { householdId, kind: 'child' }, select: { id: true } });
  return guardedAmong(
    tx,
    children.map(({ id }) => id),
    personId,
  );
}
