import { createHash } from 'node:crypto';
import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { audit, roleSubject } from './audit.js';

const hashOf = (code: string) => createHash('sha256').update(code.normalize('NFKC').trim().toUpperCase()).digest('hex');

/**
 * Gives the code with which somebody becomes the first administrator, or null once there is one. A made code stays the same
 * over restarts until it is used; one given by configuration takes its place.
 */
export async function openClaim(
  tx: Tx,
  parts: { sealer: Sealer; communityId: string; given?: string | undefined; make: () => string },
): Promise<string | null> {
  const { communityId, sealer, given } = parts;
  if ((await tx.role.count({ where: { communityId, role: 'administrator' } })) > 0) return null;
  const open = await tx.claimCode.findMany({ where: { communityId, usedAt: null } });
  const kept = open.find(({ hash, code }) => code !== null && (given === undefined || hash === hashOf(given)));
  if (kept?.code) return sealer.open(kept.code, `claim:${kept.hash}`);
  const code = given ?? parts.make();
  const hash = hashOf(code);
  // A code that was used stays used, also when the configuration still names it.
  if (await tx.claimCode.findUnique({ where: { hash } })) return null;
  await tx.claimCode.deleteMany({ where: { communityId, usedAt: null } });
  await tx.claimCode.create({ data: { hash, communityId, role: 'administrator', code: sealer.seal(code, `claim:${hash}`) } });
  return code;
}

/** What came of a claim. */
export type Claimed = 'granted' | 'already' | 'wrong' | 'tooMany';

/** Wrong codes in an hour after which nothing more is tried: of one person, wherever they look, and of all in one community, who may be one. */
const mostWrong = { ofOne: 5, ofAll: 50 } as const;
const hourMs = 60 * 60 * 1000;
const wrongOnes = ['claim.wrong', 'code.wrong'];

/** Whether so many wrong codes were typed lately that none is looked at. */
export async function triedTooOften(
  tx: Tx,
  { personId, communityId, now }: { personId: string; communityId: string; now: number },
): Promise<boolean> {
  const recent = { action: { in: wrongOnes }, at: { gt: new Date(now - hourMs) } };
  if ((await tx.auditEntry.count({ where: { ...recent, actorId: personId } })) >= mostWrong.ofOne) return true;
  return (await tx.auditEntry.count({ where: { ...recent, communityId } })) >= mostWrong.ofAll;
}

/** Gives the role behind a code to a person, once. Wrong codes are written down, and after some of them no code is looked at for a while. */
export async function claim(
  tx: Tx,
  parts: { code: string; personId: string; communityId: string; now: number; newId: () => string },
): Promise<Claimed> {
  const { personId, communityId, now, newId } = parts;
  const doing = { actorId: personId, communityId, now, newId };
  if (await triedTooOften(tx, { personId, communityId, now })) return 'tooMany';
  const hash = hashOf(parts.code);
  const found = await tx.claimCode.findFirst({ where: { hash, communityId } });
  if (found?.usedBy === personId) return 'already';
  const { count } = await tx.claimCode.updateMany({
    where: { hash, communityId, usedAt: null },
    data: { usedAt: new Date(now), usedBy: personId, code: null },
  });
  if (!found || count === 0) {
    await audit(tx, doing, 'claim.wrong', personId);
    return 'wrong';
  }
  await tx.role.create({ data: { id: newId(), communityId, personId, role: found.role, grantedAt: new Date(now) } });
  const subject = roleSubject(personId, found.role);
  await audit(tx, doing, 'claim.granted', subject);
  return 'granted';
}
