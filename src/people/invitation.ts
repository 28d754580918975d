import type { Tx } from '../storage/index.js';
import { audit, noSubject, roleSubject } from './audit.js';
import type { Codes } from './codes.js';
import { asRole, type Role } from './roles.js';
import { grantRole, holds } from './team.js';

/** How long an invitation is good for. */
export const invitationMs = 72 * 60 * 60 * 1000;

/** An invitation that nobody has used yet. */
export interface Invitation {
  readonly id: string;
  readonly role: Role;
  readonly by: string;
  /** ms since the epoch */
  readonly expiresAt: number;
}

/** What came of an invitation code. */
export type Accepted =
  | { readonly type: 'granted' | 'already'; readonly communityId: string; readonly role: Role; readonly invitedBy: string }
  /** Used by this very person before; `held` says whether the role is still theirs. */
  | { readonly type: 'usedByYou'; readonly communityId: string; readonly held: boolean }
  | { readonly type: 'wrong' | 'tooMany' | 'expired' | 'usedBefore' | 'own' };

interface Acting {
  readonly communityId: string;
  readonly actorId: string;
  readonly now: number;
  readonly newId: () => string;
}

/** Keeps an invitation to a role under a code that the inviter is shown once, to hand on. */
export async function invite(tx: Tx, codes: Codes, code: string, role: Role, { communityId, actorId, now, newId }: Acting): Promise<void> {
  await codes.keepCode(tx, code, { kind: 'invitation', communityId, createdBy: actorId, payload: { role }, now, lifeMs: invitationMs });
  await audit(tx, { id: newId(), communityId, actorId, action: 'invitation.made', subject: roleSubject(noSubject, role), now });
}

const roleOf = (payload: unknown): Role | null =>
  typeof payload === 'object' && payload !== null && 'role' in payload && typeof payload.role === 'string' ? asRole(payload.role) : null;

/** Invitations of a community that are still open, newest first. */
export async function openInvitations(tx: Tx, codes: Codes, communityId: string, now: number): Promise<Invitation[]> {
  const open = await codes.openCodes(tx, { kind: 'invitation', communityId, now });
  const makers = await tx.person.findMany({ where: { id: { in: open.map(({ createdBy }) => createdBy) } } });
  return open.flatMap(({ id, createdBy, expiresAt, payload }) => {
    const role = roleOf(payload);
    return role === null ? [] : [{ id, role, by: makers.find((maker) => maker.id === createdBy)?.name ?? '', expiresAt }];
  });
}

/** Takes an open invitation back; false when there is none. */
export async function takeInvitationBack(tx: Tx, codes: Codes, id: string, { communityId, actorId, now, newId }: Acting): Promise<boolean> {
  const code = await codes.takeBack(tx, { id, kind: 'invitation', communityId, now });
  const role = roleOf(code?.payload);
  if (role === null) return false;
  await audit(tx, { id: newId(), communityId, actorId, action: 'invitation.takenBack', subject: roleSubject(noSubject, role), now });
  return true;
}

/**
 * Gives the role behind an invitation to whoever types its code, once, in the community that invited: also when they are looking
 * at another one. (Whoever stops being administrator takes their invitations along: `endRole`.)
 */
export async function acceptInvitation(
  tx: Tx,
  codes: Codes,
  { code, personId, communityId, now, newId }: { code: string; personId: string; communityId: string; now: number; newId: () => string },
): Promise<Accepted> {
  const used = await codes.useCode(tx, { kind: 'invitation', code, personId, communityId, now, newId });
  if (used.type === 'usedBefore')
    return used.byYou
      ? {
          type: 'usedByYou',
          communityId: used.communityId,
          held: (await tx.role.count({ where: { communityId: used.communityId, personId } })) > 0,
        }
      : { type: 'usedBefore' };
  if (used.type !== 'used') return used;
  const role = roleOf(used.payload);
  if (role === null) return { type: 'expired' };
  const given = { communityId: used.communityId, role, invitedBy: used.createdBy };
  if (await holds(tx, used.communityId, personId, role)) return { type: 'already', ...given };
  await grantRole(tx, { communityId: used.communityId, personId, role, grantedBy: used.createdBy, actorId: personId, now, newId });
  return { type: 'granted', ...given };
}
