import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { audit, type Doing } from './audit.js';
import type { Codes } from './codes.js';

/** People without an account whom staff write down, so that somebody without a phone has a place too. */
export interface Unreached {
  /** Makes a person without identity; who did it stands in the audit. `reach`: how staff reach them, such as through whom. Made once under one id. */
  add(tx: Tx, person: { id: string; name: string; reach: string | null }, doing: Doing): Promise<void>;
  /** Those whom staff of this community wrote down and who have no account yet, the newest first; at most 100. */
  of(tx: Tx, communityId: string): Promise<{ readonly personId: string; readonly name: string }[]>;
  /** How to reach somebody, as staff noted it; null when nothing was noted. Looking leaves an audit row. */
  reachOf(tx: Tx, personId: string, doing: Doing): Promise<string | null>;
  /** A code with which an account of their own takes all of it over later; null when they have an account already. */
  handOver(tx: Tx, codes: Codes, personId: string, doing: Doing): Promise<string | null>;
}

/** How long a code stands that staff hand out to somebody without an account: a letter may take that long. */
const handOverMs = 7 * 24 * 60 * 60 * 1000;

/** Builds the store around a sealer. */
export function createUnreached(sealer: Sealer): Unreached {
  return {
    add: async (tx, { id, name, reach }, doing) => {
      if ((await tx.person.count({ where: { id } })) > 0) return;
      const sealed = reach === null ? null : sealer.seal(reach, `person.reach:${id}`);
      await tx.person.create({ data: { id, name, reach: sealed, createdAt: new Date(doing.now) } });
      await audit(tx, doing, 'person.add', id);
    },
    of: async (tx, communityId) => {
      const added = await tx.auditEntry.findMany({
        where: { communityId, action: 'person.add' },
        select: { subject: true },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: 500,
      });
      const people = await tx.person.findMany({
        where: { id: { in: added.map(({ subject }) => subject) }, identities: { none: {} } },
        select: { id: true, name: true },
      });
      const names = new Map(people.map(({ id, name }) => [id, name]));
      return added
        .flatMap(({ subject }) => (names.has(subject) ? [{ personId: subject, name: names.get(subject) ?? '' }] : []))
        .slice(0, 100);
    },
    reachOf: async (tx, personId, doing) => {
      const row = await tx.person.findUnique({ where: { id: personId }, select: { reach: true } });
      if (!row?.reach) return null;
      await audit(tx, doing, 'person.reach', personId);
      return sealer.open(row.reach, `person.reach:${personId}`);
    },
    handOver: async (tx, codes, personId, doing) => {
      const { communityId, actorId, now } = doing;
      const there = await tx.person.count({ where: { id: personId, identities: { none: {} } } });
      if (there === 0) return null;
      await audit(tx, doing, 'person.handOver', personId);
      return codes.make(tx, { kind: 'person', communityId, createdBy: actorId, payload: { personId }, expiresAt: now + handOverMs, now });
    },
  };
}
