import { createHash } from 'node:crypto';
import type { Sealer } from '../seal/index.js';
import { sql, type Tx } from '../storage/index.js';
import { audit } from './audit.js';
import { triedTooOften } from './claim.js';

/** What a code is good for. `linkAgree`: the yes of the other account, never typed. `person`: an account takes over what staff wrote down for somebody without one. `group`: a group becomes a community's. `merge`: the yes of the other side to one household. `attendance`: many use it at the place of a session. */
export type CodeKind = 'invitation' | 'link' | 'linkAgree' | 'household' | 'merge' | 'consent' | 'held' | 'person' | 'group' | 'attendance';

/** What a code opens: its kind, what was sealed with it, who made it and where. */
export interface CodeContent {
  readonly kind: CodeKind;
  readonly payload: unknown;
  readonly createdBy: string;
  readonly communityId: string;
}

/** Why a code opens nothing. `again`: this very person has used it already; `taken`: somebody else has. */
export type CodeRefusal = 'wrong' | 'expired' | 'again' | 'taken' | 'tooMany';

/** A code that opens nothing; what somebody else used it for may be said. */
export type RefusedCode =
  | { readonly type: Exclude<CodeRefusal, 'taken' | 'tooMany'> }
  | { readonly type: 'tooMany' }
  | { readonly type: 'taken'; readonly kind: CodeKind };

/** What came of a code that was typed. */
export type UsedCode = ({ readonly type: 'used' } & CodeContent) | RefusedCode;

/** A code that somebody typed. The community is the one that they are in: wrong tries are counted there, a code itself is good anywhere. */
export interface TypedCode {
  readonly code: string;
  readonly kinds: readonly CodeKind[];
  readonly personId: string;
  readonly communityId: string;
  readonly now: number;
  readonly newId: () => string;
  readonly sealer: Sealer;
}

const wrongCode = 'code.wrong';
const hourMs = 60 * 60 * 1000;
const keptMs = 7 * 24 * hourMs;

// People leave the dash away, or put spaces where they breathe.
const hashOf = (code: string) => createHash('sha256').update(code.normalize('NFKC').replace(/[\s-]/gu, '').toUpperCase()).digest('hex');

/** Makes a code and gives it; the table keeps its hash alone, unless `payloadOf` puts it into what is sealed. */
export async function makeCode(
  tx: Tx,
  parts: {
    kind: CodeKind;
    communityId: string;
    createdBy: string;
    expiresAt: number;
    make: () => string;
    sealer: Sealer;
    now: number;
  } & ({ payload: unknown } | { payloadOf: (code: string) => unknown }),
): Promise<string> {
  const { kind, communityId, createdBy, expiresAt, now } = parts;
  await tx.code.deleteMany({ where: { expiresAt: { lt: new Date(now - keptMs) } } });
  for (let tries = 0; tries < 20; tries += 1) {
    const code = parts.make();
    const hash = hashOf(code);
    if ((await tx.code.count({ where: { hash } })) > 0) continue;
    const content = 'payloadOf' in parts ? parts.payloadOf(code) : parts.payload;
    const payload = parts.sealer.seal(JSON.stringify(content ?? null), `code:${hash}`);
    const times = { createdAt: new Date(now), expiresAt: new Date(expiresAt) };
    await tx.code.create({ data: { hash, communityId, kind, createdBy, payload, ...times } });
    return code;
  }
  throw new Error('No code could be made that is not there yet');
}

/** Takes back what somebody's open codes of a kind were good for, as when a newer one takes their place. */
export async function voidCodes(tx: Tx, { createdBy, kind }: { createdBy: string; kind: CodeKind }): Promise<void> {
  await tx.code.deleteMany({ where: { createdBy, kind, usedAt: null } });
}

/** Uses a code up: the first of two who type it has it. Wrong tries are written down, and after some of them no code is looked at for a while. */
export async function useCode(tx: Tx, typed: TypedCode): Promise<UsedCode> {
  const found = await lookUpCode(tx, typed);
  if (found.type !== 'open') return found;
  return (await spendCode(tx, typed)) ? { ...found, type: 'used' } : { type: 'taken', kind: found.kind };
}

/** Looks at a code that somebody typed without using it up, for what has to be asked first. Counts wrong tries as `useCode` does. */
export async function lookUpCode(tx: Tx, typed: TypedCode): Promise<({ readonly type: 'open' } & CodeContent) | RefusedCode> {
  const { personId, communityId, now, newId } = typed;
  if (await triedTooOften(tx, typed)) return { type: 'tooMany' };
  const found = await readCode(tx, typed);
  // What others have used is guessed as easily as what never was.
  if (found.type === 'wrong' || found.type === 'taken')
    await audit(tx, { communityId, actorId: personId, now, newId }, wrongCode, personId);
  return found;
}

/** Reads a code that was typed before and is kept in a dialog; nothing is counted. `lock` keeps it as it is until the transaction ends. */
export async function readCode(
  tx: Tx,
  { code, kinds, personId, now, sealer, lock = false }: Omit<TypedCode, 'communityId' | 'newId'> & { readonly lock?: boolean },
): Promise<({ readonly type: 'open' } & CodeContent) | Exclude<RefusedCode, { readonly type: 'tooMany' }>> {
  const hash = hashOf(code);
  if (lock) await tx.$executeRaw(sql`UPDATE "Code" SET "kind" = "kind" WHERE "hash" = ${hash}`);
  const row = await tx.code.findUnique({ where: { hash } });
  const kind = kinds.find((one) => one === row?.kind);
  if (!row || !kind) return { type: 'wrong' };
  if (row.usedAt !== null) return row.usedBy === personId ? { type: 'again' } : { type: 'taken', kind };
  if (row.payload === null || row.expiresAt.getTime() <= now) return { type: 'expired' };
  const payload: unknown = JSON.parse(sealer.open(row.payload, `code:${hash}`));
  return { type: 'open', kind, payload, createdBy: row.createdBy, communityId: row.communityId };
}

/** Uses up a code that was read before and is kept in a dialog; false when somebody else was first. */
export async function spendCode(tx: Tx, { code, personId, now }: { code: string; personId: string; now: number }): Promise<boolean> {
  const { count } = await tx.code.updateMany({
    where: { hash: hashOf(code), usedAt: null },
    data: { usedAt: new Date(now), usedBy: personId, payload: null },
  });
  return count === 1;
}

/** The codes of the house, with what makes and seals them. */
export interface Codes {
  make(
    tx: Tx,
    parts: { kind: CodeKind; communityId: string; createdBy: string; payload: unknown; expiresAt: number; now: number },
  ): Promise<string>;
  use(tx: Tx, typed: Omit<TypedCode, 'sealer'>): ReturnType<typeof useCode>;
  lookUp(tx: Tx, typed: Omit<TypedCode, 'sealer'>): ReturnType<typeof lookUpCode>;
  read(tx: Tx, typed: Omit<Parameters<typeof readCode>[1], 'sealer'>): ReturnType<typeof readCode>;
  spend(tx: Tx, typed: Parameters<typeof spendCode>[1]): Promise<boolean>;
}

/** Binds the functions above to the sealer and to the source of codes. */
export const createCodes = (parts: { sealer: Sealer; make: () => string }): Codes => ({
  make: (tx, given) => makeCode(tx, { ...parts, ...given }),
  use: (tx, typed) => useCode(tx, { ...typed, sealer: parts.sealer }),
  lookUp: (tx, typed) => lookUpCode(tx, { ...typed, sealer: parts.sealer }),
  read: (tx, typed) => readCode(tx, { ...typed, sealer: parts.sealer }),
  spend: spendCode,
});

/** What gives rights, and so is worth nothing once others may have read it. */
const rights: readonly CodeKind[] = ['invitation', 'link', 'household', 'person'];

/** A code was shown where others read it: whatever gives rights is void from now on. Gives whose code that was; `group` where it belongs there. */
export async function exposeCode(
  tx: Tx,
  { code, now }: { readonly code: string; readonly now: number },
): Promise<{ readonly type: 'void'; readonly createdBy: string } | { readonly type: 'group' | 'kept' }> {
  const row = await tx.code.findUnique({ where: { hash: hashOf(code) } });
  if (row?.kind === 'group') return { type: 'group' };
  if (!row || !rights.some((kind) => kind === row.kind)) return { type: 'kept' };
  const open = { hash: row.hash, usedAt: null, payload: { not: null }, expiresAt: { gt: new Date(now) } };
  const { count } = await tx.code.updateMany({ where: open, data: { expiresAt: new Date(now), payload: null } });
  return count === 1 ? { type: 'void', createdBy: row.createdBy } : { type: 'kept' };
}

/** Whether there is, or was, a code of this kind; nothing is used up or counted. */
export const isKnownCode = async (tx: Tx, kind: CodeKind, code: string): Promise<boolean> =>
  (await tx.code.count({ where: { hash: hashOf(code), kind } })) > 0;
