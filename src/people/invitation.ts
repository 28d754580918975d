import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { audit, noSubject, roleSubject } from './audit.js';
import { triedTooOften } from './claim.js';
import { isKnownCode, type Codes } from './codes.js';
import { asRole, type Role } from './roles.js';
import { grantRole, holds } from './team.js';

/** How long an invitation is good for. */
export const invitationMs = 72 * 60 * 60 * 1000;

/** An invitation that nobody has used yet. The code itself is known to nobody but those it was shown to; `id` names its row. */
export interface Invitation {
  readonly id: string;
  readonly role: Role;
  /** The name of who invited. */
  readonly by: string;
  /** ms since the epoch */
  readonly expiresAt: number;
}

/** What came of an invitation code. */
export type Accepted =
  | { readonly type: 'granted' | 'already'; readonly communityId: string; readonly role: Role; readonly invitedBy: string }
  /** Used by this very person before. */
  | { readonly type: 'again' }
  | { readonly type: 'tooMany' | 'expired' | 'usedBefore' | 'own' };

/** Who invites or takes back, and where. */
export interface Inviting {
  readonly communityId: string;
  readonly actorId: string;
  readonly now: number;
  readonly newId: () => string;
}

/** Invitations to a role: codes good for 72 hours, used once. */
export interface Invitations {
  /** Gives a code that the inviter is shown this once, to hand on. */
  invite(tx: Tx, role: Role, inviting: Inviting): Promise<string>;
  /** Those of a community that are still open, newest first. */
  open(tx: Tx, communityId: string, now: number): Promise<Invitation[]>;
  /** Takes an open one back; false when there is none, or it is another community's. */
  takeBack(tx: Tx, id: string, inviting: Inviting): Promise<boolean>;
  /** Whether a code is, or was, an invitation. */
  isOne(tx: Tx, code: string): Promise<boolean>;
  /**
   * Gives the role to whoever types the code, once, in the community that invited: also when they are looking at another one.
   * (Whoever stops being administrator takes their invitations along: `endRole`.)
   */
  accept(tx: Tx, typing: { code: string; personId: string; communityId: string; now: number; newId: () => string }): Promise<Accepted>;
}

const kind = 'invitation';

const roleOf = (payload: unknown): Role | null =>
  typeof payload === 'object' && payload !== null && 'role' in payload && typeof payload.role === 'string' ? asRole(payload.role) : null;

/** Builds the store of invitations on the codes of the house. */
export function createInvitations({ codes, sealer }: { codes: Codes; sealer: Sealer }): Invitations {
  const write = (tx: Tx, action: 'invitation.made' | 'invitation.takenBack', role: Role, { newId, ...acting }: Inviting) =>
    audit(tx, { id: newId(), ...acting, action, subject: roleSubject(noSubject, role) });
  const openRows = { kind, usedAt: null } as const;

  return {
    isOne: (tx, code) => isKnownCode(tx, kind, code),
    invite: async (tx, role, inviting) => {
      const { communityId, actorId: createdBy, now } = inviting;
      const code = await codes.make(tx, { kind, communityId, createdBy, payload: { role }, expiresAt: now + invitationMs, now });
      await write(tx, 'invitation.made', role, inviting);
      return code;
    },
    open: async (tx, communityId, now) => {
      const where = { ...openRows, communityId, expiresAt: { gt: new Date(now) } };
      const rows = await tx.code.findMany({ where, orderBy: [{ createdAt: 'desc' }, { hash: 'asc' }], take: 100 });
      const makers = await tx.person.findMany({ where: { id: { in: rows.map(({ createdBy }) => createdBy) } } });
      return rows.flatMap(({ hash, payload, createdBy, expiresAt }) => {
        const role = payload === null ? null : roleOf(JSON.parse(sealer.open(payload, `code:${hash}`)));
        const by = makers.find(({ id }) => id === createdBy)?.name ?? '';
        return role === null ? [] : [{ id: hash, role, by, expiresAt: expiresAt.getTime() }];
      });
    },
    takeBack: async (tx, id, inviting) => {
      const { communityId, now } = inviting;
      const where = { ...openRows, hash: id, communityId, expiresAt: { gt: new Date(now) } };
      const row = await tx.code.findFirst({ where });
      const role = row?.payload ? roleOf(JSON.parse(sealer.open(row.payload, `code:${id}`))) : null;
      const { count } = await tx.code.updateMany({ where, data: { expiresAt: new Date(now), payload: null } });
      if (count !== 1 || role === null) return false;
      await write(tx, 'invitation.takenBack', role, inviting);
      return true;
    },
    accept: async (tx, { code, personId, communityId, now, newId }) => {
      if (await triedTooOften(tx, { personId, communityId, now })) return { type: 'tooMany' };
      const found = await codes.lookUp(tx, { code, kinds: [kind], personId, communityId, now, newId });
      if (found.type === 'wrong') return { type: 'usedBefore' };
      if (found.type !== 'open') return { type: found.type };
      const role = roleOf(found.payload);
      if (found.createdBy === personId) return { type: 'own' };
      if (role === null) return { type: 'expired' };
      const given = { communityId: found.communityId, role, invitedBy: found.createdBy };
      if (await holds(tx, found.communityId, personId, role)) return { type: 'already', ...given };
      // Of two who type it at once, one is in.
      if (!(await codes.spend(tx, { code, personId, now }))) return { type: 'usedBefore' };
      await grantRole(tx, {
        communityId: found.communityId,
        personId,
        role,
        grantedBy: found.createdBy,
        action: 'invitation.accepted',
        now,
        newId,
      });
      return { type: 'granted', ...given };
    },
  };
}
