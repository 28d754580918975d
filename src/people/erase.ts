import type { Tx } from '../storage/index.js';
import { audit } from './audit.js';
import { unfitAfter } from './going.js';
import { eraseDependants, type LeftBehind } from './leftBehind.js';
import { lockCommunity } from './team.js';
import { chatsOf, forgetTalks, type Account, type TracesByPlatform } from './traces.js';

/** How long proofs stay: that a guardian consented, and who did what. They hold ids only. */
export const proofYears = 3;

/** Where somebody was written to: what was being sent meanwhile is still to be forgotten. */
export interface ErasedAccount {
  readonly platform: string;
  readonly account: string;
  readonly chats: readonly string[];
}

/** Why somebody cannot be deleted yet, or what was. */
export type Erased =
  | { readonly type: 'erased'; readonly accounts: readonly ErasedAccount[]; readonly left: readonly LeftBehind[] }
  /** They are the last administrator of this community. */
  | { readonly type: 'lastAdministrator'; readonly community: string }
  /** Children would stay with grown-ups who may not consent for them. */
  | { readonly type: 'unfit' }
  | { readonly type: 'gone' };

/** The community that would be without an administrator if this person went; null when there is none. */
export async function lastAdministratorOf(tx: Tx, personId: string): Promise<string | null> {
  const held = await tx.role.findMany({ where: { personId, role: 'administrator' }, include: { community: true } });
  for (const { communityId, community } of held) {
    if ((await tx.role.count({ where: { communityId, role: 'administrator' } })) < 2) return community.name;
  }
  return null;
}

/**
 * Deletes a person with everything that tells who they are. What remains holds ids that lead to nobody: past sign-ups, which are
 * counted, and the proofs. `before` runs first, for what other rooms keep: it frees their places. In one transaction.
 */
export async function erasePerson(
  tx: Tx,
  parts: {
    personId: string;
    communityId: string;
    now: number;
    newId: () => string;
    before: (tx: Tx, personId: string) => Promise<void>;
    traces: TracesByPlatform;
  },
): Promise<Erased> {
  const { personId, communityId, now, newId, before, traces } = parts;
  const person = await tx.person.findUnique({ where: { id: personId }, include: { identities: true, roles: true } });
  if (!person) return { type: 'gone' };
  // Held until the end, so that of two last administrators one stays; in one order, so that two who go at once do not block each other.
  for (const id of [...new Set(person.roles.map((role) => role.communityId))].sort()) await lockCommunity(tx, id);
  const community = await lastAdministratorOf(tx, personId);
  if (community !== null) return { type: 'lastAdministrator', community };
  if ((await unfitAfter(tx, personId)).length > 0) return { type: 'unfit' };
  await before(tx, personId);
  const left = await eraseDependants(tx, personId, { communityId, actorId: personId, now, newId });
  await eraseSignUps(tx, personId);
  // The name that staff announced stays with the event; who it is does not.
  await tx.event.updateMany({ where: { teacherId: personId }, data: { teacherId: null } });
  await tx.code.deleteMany({ where: { createdBy: personId, usedAt: null } });
  await tx.task.updateMany({ where: { personId }, data: { payload: null, doneAt: new Date(now) } });
  const accounts: ErasedAccount[] = [];
  for (const identity of person.identities) accounts.push(await eraseAccount(tx, identity, newId(), traces));
  await tx.person.delete({ where: { id: personId } });
  await audit(tx, { communityId, actorId: personId, now, newId }, 'person.erased', personId);
  return { type: 'erased', accounts, left };
}

/** What they wrote with their sign-ups, and the names of guests they brought. */
async function eraseSignUps(tx: Tx, personId: string): Promise<void> {
  const where = { OR: [{ participant: `p:${personId}` }, { registrantId: personId, dependantId: null }] };
  await tx.signUp.updateMany({ where, data: { guestName: null, answers: null, note: null } });
}

/** What was said with one account, and what its platform keeps of it. */
async function eraseAccount(tx: Tx, identity: Account, mark: string, traces: TracesByPlatform): Promise<ErasedAccount> {
  const { platform, account, externalId } = identity;
  const chats = chatsOf(identity);
  await forgetTalks(tx, identity, mark);
  await traces[platform]?.forgetAccount(tx, { externalId, chats });
  return { platform, account, chats };
}

/** How long after it was decided (ms) the last message to somebody may still be shown. */
const lastWordsMs = 60_000;

/** Forgets what was still being sent when somebody was deleted: the last answer to them. Whoever came back since keeps what is theirs. */
export async function eraseLeftovers(
  tx: Tx,
  { platform, account, chats }: ErasedAccount,
  erasedAt: number,
  traces: TracesByPlatform,
): Promise<void> {
  const there = { in: [...chats] };
  const sent = { notIn: ['ready', 'claimed', 'sending'] };
  await tx.outbox.deleteMany({ where: { platform, account, chat: there, state: sent, createdAt: { lte: BigInt(erasedAt) } } });
  await traces[platform]?.forgetLeftovers(tx, { chats, until: erasedAt + lastWordsMs });
}

/** Deletes the proofs whose time is over: rows of the log, and consents for children of whom nothing else is kept. `now` in ms. */
export async function purgeProofs(tx: Tx, now: number): Promise<void> {
  const over = new Date(now);
  over.setUTCFullYear(over.getUTCFullYear() - proofYears);
  await tx.auditEntry.deleteMany({ where: { at: { lt: over } } });
  await tx.consent.deleteMany({ where: { givenAt: { lt: over }, dependant: { birthDate: null, household: { members: { none: {} } } } } });
}

/** Until when the last proof of what was done up to now stays (ms). */
export function proofsUntil(now: number): number {
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + proofYears);
  return until.getTime();
}
