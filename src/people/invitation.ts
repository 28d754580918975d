import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { audit, noSubject, roleSubject, type Doing } from './audit.js';
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

/** An invitation as whoever typed its code may have it. */
export interface Offered {
  readonly code: string;
  readonly communityId: string;
  readonly role: Role;
  readonly invitedBy: string;
}

/** What an invitation code is worth to somebody. */
export type Looked =
  | ({ readonly type: 'open' } & Offered)
  /** They hold the role already: the code stays open for somebody else. */
  | ({ readonly type: 'already' } & Offered)
  /** Used by this very person before; `held`: they have a role somewhere. */
  | { readonly type: 'again'; readonly held: boolean }
  | { readonly type: 'tooMany' | 'expired' | 'usedBefore' | 'own' };

/** Who types a code, and where. */
interface Typing {
  readonly code: string;
  readonly personId: string;
  readonly communityId: string;
  readonly now: number;
  readonly newId: () => string;
}

/** Invitations to a role: codes good for 72 hours, used once. */
export interface Invitations {
  /** Gives a code that the inviter is shown this once, to hand on. */
  invite(tx: Tx, role: Role, doing: Doing): Promise<string>;
  /** Those of a community that are still open, newest first. */
  open(tx: Tx, communityId: string, now: number): Promise<Invitation[]>;
  /** Takes an open one back; false when there is none, or it is another community's. */
  takeBack(tx: Tx, id: string, doing: Doing): Promise<boolean>;
  /** Whether a code is, or was, an invitation. */
  isOne(tx: Tx, code: string): Promise<boolean>;
  /** Looks at a code that somebody typed, wherever they are, and keeps it as it is until the transaction ends: what is open can then be taken. */
  look(tx: Tx, typing: Typing): Promise<Looked>;
  /**
   * Gives the role, in the community that invited, and uses the code up. False when somebody else was first.
   * (Whoever stops being administrator takes their invitations along: `endRole`.)
   */
  accept(tx: Tx, offered: Offered, who: { personId: string; now: number; newId: () => string }): Promise<boolean>;
}

const kind = 'invitation';

const roleOf = (payload: unknown): Role | null =>
  typeof payload === 'object' && payload !== null && 'role' in payload && typeof payload.role === 'string' ? asRole(payload.role) : null;

/** Builds the store of invitations on the codes of the house. */
export function createInvitations({ codes, sealer }: { codes: Codes; sealer: Sealer }): Invitations {
  const openRows = { kind, usedAt: null } as const;

  return {
    isOne: (tx, code) => isKnownCode(tx, kind, code),
    invite: async (tx, role, doing) => {
      const { communityId, actorId: createdBy, now } = doing;
      const code = await codes.make(tx, { kind, communityId, createdBy, payload: { role }, expiresAt: now + invitationMs, now });
      await audit(tx, doing, 'invitation.made', roleSubject(noSubject, role));
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
    takeBack: async (tx, id, doing) => {
      const { communityId, now } = doing;
      const where = { ...openRows, hash: id, communityId, expiresAt: { gt: new Date(now) } };
      const row = await tx.code.findFirst({ where });
      const role = row?.payload ? roleOf(JSON.parse(sealer.open(row.payload, `code:${id}`))) : null;
      const { count } = await tx.code.updateMany({ where, data: { expiresAt: new Date(now), payload: null } });
      if (count !== 1 || role === null) return false;
      await audit(tx, doing, 'invitation.takenBack', roleSubject(noSubject, role));
      return true;
    },
    look: async (tx, { code, personId, communityId, now, newId }) => {
      const first = await codes.lookUp(tx, { code, kinds: [kind], personId, communityId, now, newId });
      // Of two who type it at once, the second waits here until the first has it.
      const found = first.type === 'open' ? await codes.read(tx, { code, kinds: [kind], personId, now, lock: true }) : first;
      if (found.type === 'wrong' || found.type === 'taken') return { type: 'usedBefore' };
      if (found.type === 'again') return { type: 'again', held: (await tx.role.count({ where: { personId } })) > 0 };
      if (found.type !== 'open') return { type: found.type };
      if (found.createdBy === personId) return { type: 'own' };
      const role = roleOf(found.payload);
      if (role === null) return { type: 'expired' };
      const held = await holds(tx, found.communityId, personId, role);
      return { type: held ? 'already' : 'open', code, communityId: found.communityId, role, invitedBy: found.createdBy };
    },
    accept: async (tx, { code, communityId, role, invitedBy }, { personId, now, newId }) => {
      if (!(await codes.spend(tx, { code, personId, now }))) return false;
      await grantRole(tx, { communityId, personId, role, grantedBy: invitedBy, action: 'invitation.accepted', now, newId });
      return true;
    },
  };
}
