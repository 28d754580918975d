import type { Tx } from '../storage/index.js';
import { auditEach, type Doing } from './audit.js';
import { isGuardianAmong } from './bonds.js';
import { withTies } from './childBonds.js';
import { forgetDependants } from './forget.js';
import { ownDependants } from './going.js';

/** A household that goes on without somebody who was deleted. */
export interface LeftBehind {
  /** Whoever hears of the sign-ups from now on: a guardian first, and somebody with an account. */
  readonly heirId: string;
  /** The other grown-ups. */
  readonly others: readonly string[];
  readonly dependantIds: readonly string[];
  /** The events of the sign-ups that are the heir's now, and not over. */
  readonly eventIds: readonly string[];
}

/** Dependants whom nobody else looks after are forgotten; the others stay as they are, with whoever looks after them from now on. */
export async function eraseDependants(tx: Tx, personId: string, doing: Doing): Promise<LeftBehind[]> {
  await forgetDependants(tx, await ownDependants(tx, personId), doing);
  const households = await tx.household.findMany({
    where: { members: { some: { personId } } },
    include: { members: { include: { person: { select: { identities: { select: { id: true } } } }, ...withTies } }, dependants: true },
    orderBy: { id: 'asc' },
  });
  const left: LeftBehind[] = [];
  for (const { id, members, dependants } of households) {
    const others = members.filter((member) => member.personId !== personId);
    if (others.length === 0) {
      await tx.household.deleteMany({ where: { id, dependants: { none: {} } } });
      continue;
    }
    const children = dependants.filter(({ kind }) => kind === 'child');
    const worth = (member: (typeof others)[number]) =>
      (member.person.identities.length > 0 ? 2 : 0) + (isGuardianAmong(member, children) ? 1 : 0);
    const [heir] = others.toSorted((one, other) => worth(other) - worth(one) || (one.personId < other.personId ? -1 : 1));
    if (!heir) continue;
    const dependantIds = dependants.map((one) => one.id);
    left.push({
      heirId: heir.personId,
      others: others.filter((one) => one !== heir).map((one) => one.personId),
      dependantIds,
      eventIds: await handOverSignUps(tx, { from: personId, to: heir.personId, dependantIds }, doing),
    });
  }
  return left;
}

/** Whoever stays with the children hears of their sign-ups from now on. It is written down, since they did not sign them up. */
async function handOverSignUps(
  tx: Tx,
  { from, to, dependantIds }: { from: string; to: string; dependantIds: readonly string[] },
  doing: Doing,
): Promise<string[]> {
  const theirs = await tx.signUp.findMany({
    where: { registrantId: from, dependantId: { in: [...dependantIds] } },
    select: { id: true, communityId: true, eventId: true, status: true, event: { select: { status: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const ids = theirs.map(({ id }) => id);
  await tx.signUp.updateMany({ where: { id: { in: ids } }, data: { registrantId: to, updatedAt: new Date(doing.now) } });
  for (const communityId of new Set(theirs.map((one) => one.communityId))) {
    const there = theirs.filter((one) => one.communityId === communityId).map(({ id }) => id);
    await auditEach(tx, { ...doing, communityId }, 'signup.takenOver', there);
  }
  const open = theirs.filter(
    ({ status, event }) =>
      ['held', 'offered', 'confirmed', 'waiting'].includes(status) && ['published', 'closed', 'postponed'].includes(event.status),
  );
  return [...new Set(open.map(({ eventId }) => eventId))];
}

/** The sign-ups of these events that somebody took over from a family member who was deleted: the registrant did not sign them up. */
export async function takenOverIn(tx: Tx, communityId: string, eventIds: readonly string[]): Promise<Set<string>> {
  const first = await tx.signUp.findFirst({
    where: { eventId: { in: [...eventIds] }, dependantId: { not: null } },
    select: { createdAt: true },
    orderBy: { createdAt: 'asc' },
  });
  if (!first) return new Set();
  // The log is long, and is read by time: nothing was taken over before it was there.
  const rows = await tx.auditEntry.findMany({
    where: { communityId, at: { gte: first.createdAt }, action: 'signup.takenOver' },
    select: { subject: true },
  });
  return new Set(rows.map(({ subject }) => subject));
}
