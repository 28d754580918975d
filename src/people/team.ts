import { sql, type Tx } from '../storage/index.js';
import { audit, roleSubject } from './audit.js';
import { isFirst } from './communities.js';
import { asRole, roles, type Role } from './roles.js';

/** One role that somebody holds in a community. */
export interface Member {
  readonly roleId: string;
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  /** ms since the epoch */
  readonly since: number;
  /** Who gave it; null where nobody did (the first administrator), or where that person is gone. */
  readonly by: string | null;
}

/** Everybody with a role in a community, those with the most rights first. */
export async function teamOf(tx: Tx, communityId: string): Promise<Member[]> {
  const rows = await tx.role.findMany({
    where: { communityId },
    include: { person: true },
    orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }],
  });
  const givers = await tx.person.findMany({ where: { id: { in: rows.flatMap(({ grantedBy }) => grantedBy ?? []) } } });
  const members = rows.flatMap(({ id, personId, person, role, grantedAt, grantedBy }): Member[] => {
    const known = asRole(role);
    const by = givers.find((giver) => giver.id === grantedBy)?.name ?? null;
    return known === null ? [] : [{ roleId: id, personId, name: person.name, role: known, since: grantedAt.getTime(), by }];
  });
  return members.sort((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role));
}

/** The administrators of a community who are told something, with their languages. */
export async function administratorsOf(tx: Tx, communityId: string): Promise<{ personId: string; locale: string }[]> {
  const rows = await tx.role.findMany({
    where: { communityId, role: 'administrator' },
    select: { personId: true, person: { select: { locale: true } }, community: { select: { locale: true } } },
    orderBy: { personId: 'asc' },
  });
  return rows.map(({ personId, person, community }) => ({ personId, locale: person.locale ?? community.locale }));
}

/** Whether somebody holds a role in a community. */
export const holds = async (tx: Tx, communityId: string, personId: string, role: Role): Promise<boolean> =>
  (await tx.role.count({ where: { communityId, personId, role } })) > 0;

/** Gives a role; written down as the giver's deed, or as that of whoever accepted an invitation. Who holds it already keeps it as it is. */
export async function grantRole(
  tx: Tx,
  parts: {
    communityId: string;
    personId: string;
    role: Role;
    grantedBy: string;
    action: 'role.granted' | 'invitation.accepted';
    now: number;
    newId: () => string;
  },
): Promise<void> {
  const { communityId, personId, role, grantedBy, action, now, newId } = parts;
  const actorId = action === 'role.granted' ? grantedBy : personId;
  const key = { communityId, personId, role };
  await tx.role.upsert({
    where: { communityId_personId_role: key },
    create: { id: newId(), ...key, grantedBy, grantedAt: new Date(now) },
    update: {},
  });
  await audit(tx, { communityId, actorId, now, newId }, action, roleSubject(personId, role));
}

/** What came of ending a role. */
export type Ended =
  | { readonly type: 'ended'; readonly personId: string; readonly role: Role }
  /** It is not there any more, or another community's, or not the actor's to end. */
  | { readonly type: 'gone' }
  /** A community keeps an administrator: somebody else must be one first. */
  | { readonly type: 'last' };

/** Holds the community's row until the transaction ends, so that of its last two administrators only one can go. */
export async function lockCommunity(tx: Tx, communityId: string): Promise<void> {
  await tx.$executeRaw(sql`UPDATE "Community" SET "name" = "name" WHERE "id" = ${communityId}`);
}

/**
 * Ends a role: one's own, or somebody else's where the actor is administrator. It works from the next message on, whatever button
 * or form is still open. `lock` is there so that a test can take the guard away.
 */
export async function endRole(
  tx: Tx,
  parts: { roleId: string; communityId: string; actorId: string; now: number; newId: () => string; lock?: typeof lockCommunity },
): Promise<Ended> {
  const { roleId, communityId, actorId, now, newId, lock = lockCommunity } = parts;
  await lock(tx, communityId);
  const row = await tx.role.findFirst({ where: { id: roleId, communityId } });
  const role = row && asRole(row.role);
  if (!row || role === null) return { type: 'gone' };
  const { personId } = row;
  const own = personId === actorId;
  // Read again under the lock: whoever takes a role away may have lost their own meanwhile.
  if (!own && !(await holds(tx, communityId, actorId, 'administrator'))) return { type: 'gone' };
  if (role === 'administrator' && (await tx.role.count({ where: { communityId, role } })) < 2) return { type: 'last' };
  await tx.role.delete({ where: { id: roleId } });
  if (role === 'administrator') await withdrawInvitations(tx, personId, communityId, now);
  const action = own ? 'role.dropped' : 'role.taken';
  await audit(tx, { communityId, actorId, now, newId }, action, roleSubject(personId, role));
  return { type: 'ended', personId, role };
}

/** Nobody comes in any more by the invitations of somebody who is administrator no longer; those of the first community also invited to others. */
async function withdrawInvitations(tx: Tx, personId: string, communityId: string, now: number): Promise<void> {
  const everywhere = await isFirst(tx, communityId);
  await tx.code.updateMany({
    where: {
      kind: 'invitation',
      createdBy: personId,
      usedAt: null,
      expiresAt: { gt: new Date(now) },
      ...(everywhere ? {} : { communityId }),
    },
    data: { expiresAt: new Date(now), payload: null },
  });
}

/** The last administrator makes another member of the team administrator and gives the own role up. False when that is not possible (any more). */
export async function handOver(
  tx: Tx,
  parts: { roleId: string; toPersonId: string; communityId: string; actorId: string; now: number; newId: () => string },
): Promise<boolean> {
  const { roleId, toPersonId, communityId, actorId, now, newId } = parts;
  await lockCommunity(tx, communityId);
  const own = await tx.role.count({ where: { id: roleId, communityId, personId: actorId, role: 'administrator' } });
  const member = await tx.role.count({ where: { communityId, personId: toPersonId } });
  if (own === 0 || member === 0 || toPersonId === actorId) return false;
  await grantRole(tx, { communityId, personId: toPersonId, role: 'administrator', grantedBy: actorId, action: 'role.granted', now, newId });
  return (await endRole(tx, { roleId, communityId, actorId, now, newId })).type === 'ended';
}
