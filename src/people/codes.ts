import { createHash } from 'node:crypto';
import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { audit } from './audit.js';

/** What a code is good for, as its row says. */
export type CodeKind = 'invitation' | 'link' | 'household' | 'consent' | 'held' | 'group';

/** A code to be made. `payload` is JSON: what it is good for. Times in ms. */
export interface NewCode {
  readonly kind: CodeKind;
  readonly communityId: string;
  readonly createdBy: string;
  readonly payload?: unknown;
  readonly now: number;
  readonly lifeMs: number;
}

/** A code that may still be used. The code itself is known to nobody but those it was shown to; `id` names its row. */
export interface OpenCode {
  readonly id: string;
  readonly communityId: string;
  readonly createdBy: string;
  readonly expiresAt: number;
  /** As it was given, or undefined; its shape is the maker's to check. */
  readonly payload: unknown;
}

/** What came of a code that somebody typed. */
export type Used =
  | ({ readonly type: 'used' } & OpenCode)
  /** There is no such code of this kind. Counted, so that nobody guesses. */
  | { readonly type: 'wrong' }
  /** Too many wrong ones lately: for an hour none is looked at. */
  | { readonly type: 'tooMany' }
  /** It was right once: its time is over, or it was taken back. */
  | { readonly type: 'expired' }
  /** Used before, by this very person or by another. */
  | { readonly type: 'usedBefore'; readonly byYou: boolean; readonly communityId: string }
  /** Whoever made a code for others cannot use it. */
  | { readonly type: 'own' };

/** Who types a code, and where. */
export interface Typing {
  readonly kind: CodeKind;
  readonly code: string;
  readonly personId: string;
  readonly communityId: string;
  readonly now: number;
  readonly newId: () => string;
  /** Whoever made it may use it too. */
  readonly own?: boolean;
}

/** Short-lived secrets that somebody types or hands on. Of a code only a hash is kept. */
export interface Codes {
  /** Makes a code and gives it, this once. */
  makeCode(tx: Tx, code: NewCode): Promise<string>;
  /** The same with a code that is there already, such as one that a dialog has to show. */
  keepCode(tx: Tx, code: string, about: NewCode): Promise<void>;
  /** A fresh code that is not kept yet. */
  newCode(): string;
  /** Uses a code up: of two who type it at once, one is in. */
  useCode(tx: Tx, typing: Typing): Promise<Used>;
  /** Whether there is, or was, a code like this; nothing is used up or counted. */
  isKnown(tx: Tx, kind: CodeKind, code: string): Promise<boolean>;
  /** The codes of a community that may still be used, newest first. */
  openCodes(tx: Tx, which: { kind: CodeKind; communityId: string; now: number }): Promise<OpenCode[]>;
  /** Takes a code back; null when it is not open, or another community's. */
  takeBack(tx: Tx, which: { id: string; kind: CodeKind; communityId: string; now: number }): Promise<OpenCode | null>;
}

/** Wrong codes in an hour after which nothing more is tried: of one person wherever they type, and of all in one community, who may be one person. */
const mostWrong = { ofOne: 5, ofAll: 50 } as const;
const hourMs = 60 * 60 * 1000;
const wrongOnes = ['claim.wrong', 'code.wrong'];

/** Whether somebody has typed so many wrong codes lately that none is looked at. */
export async function triedTooOften(tx: Tx, who: { personId: string; communityId: string; now: number }): Promise<boolean> {
  const recent = { action: { in: wrongOnes }, at: { gt: new Date(who.now - hourMs) } };
  if ((await tx.auditEntry.count({ where: { ...recent, actorId: who.personId } })) >= mostWrong.ofOne) return true;
  return (await tx.auditEntry.count({ where: { ...recent, communityId: who.communityId } })) >= mostWrong.ofAll;
}

/** As people type it: in small letters, full width, with spaces, with or without the hyphen. */
const hashOf = (code: string): string =>
  createHash('sha256')
    .update(
      code
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]/gu, ''),
    )
    .digest('hex');

/** Builds the store of codes. `make` gives a fresh one: short enough to read out, long enough not to be guessed. */
export function createCodes({ sealer, make }: { sealer: Sealer; make: () => string }): Codes {
  const contextOf = (hash: string) => `code:${hash}`;
  const read = (row: { hash: string; communityId: string; createdBy: string; expiresAt: Date; payload: Uint8Array | null }): OpenCode => ({
    id: row.hash,
    communityId: row.communityId,
    createdBy: row.createdBy,
    expiresAt: row.expiresAt.getTime(),
    payload: row.payload === null ? undefined : JSON.parse(sealer.open(row.payload, contextOf(row.hash))),
  });
  const keepCode: Codes['keepCode'] = async (tx, code, { kind, communityId, createdBy, payload, now, lifeMs }) => {
    const hash = hashOf(code);
    const sealed = payload === undefined ? null : sealer.seal(JSON.stringify(payload), contextOf(hash));
    const times = { createdAt: new Date(now), expiresAt: new Date(now + lifeMs) };
    await tx.code.create({ data: { hash, kind, communityId, createdBy, payload: sealed, ...times } });
  };

  return {
    newCode: make,
    keepCode,
    makeCode: async (tx, about) => {
      const code = make();
      await keepCode(tx, code, about);
      return code;
    },
    isKnown: async (tx, kind, code) => (await tx.code.count({ where: { hash: hashOf(code), kind } })) > 0,
    useCode: async (tx, { kind, code, personId, communityId, now, newId, own = false }) => {
      if (await triedTooOften(tx, { personId, communityId, now })) return { type: 'tooMany' };
      const hash = hashOf(code);
      const row = await tx.code.findFirst({ where: { hash, kind } });
      if (!row) {
        await audit(tx, { id: newId(), communityId, actorId: personId, action: 'code.wrong', subject: personId, now });
        return { type: 'wrong' };
      }
      const before = (usedBy: string | null): Used => ({ type: 'usedBefore', byYou: usedBy === personId, communityId: row.communityId });
      if (row.usedAt !== null) return before(row.usedBy);
      if (row.expiresAt.getTime() <= now) return { type: 'expired' };
      if (row.createdBy === personId && !own) return { type: 'own' };
      const { count } = await tx.code.updateMany({
        where: { hash, usedAt: null },
        data: { usedAt: new Date(now), usedBy: personId, payload: null },
      });
      // Somebody else was quicker: what was read before the other's commit no longer holds.
      return count === 1 ? { type: 'used', ...read(row) } : before(null);
    },
    openCodes: async (tx, { kind, communityId, now }) => {
      const where = { kind, communityId, usedAt: null, expiresAt: { gt: new Date(now) } };
      return (await tx.code.findMany({ where, orderBy: [{ createdAt: 'desc' }, { hash: 'asc' }], take: 100 })).map(read);
    },
    takeBack: async (tx, { id, kind, communityId, now }) => {
      const row = await tx.code.findFirst({ where: { hash: id, kind, communityId, usedAt: null, expiresAt: { gt: new Date(now) } } });
      if (!row) return null;
      const { count } = await tx.code.updateMany({ where: { hash: id, usedAt: null }, data: { expiresAt: new Date(now), payload: null } });
      return count === 1 ? read(row) : null;
    },
  };
}
