import { sql } from './sql.js';
import type { Tx } from './storage.js';

/** What the tables of the web chat keep about accounts, and how it is forgotten, whether or not the web chat is on by now. */
export const webTraces = {
  /** What was written with an account, in groups too, and what was said in these private chats of theirs. */
  async forgetAccount(tx: Tx, { externalId, chats }: { readonly externalId: string; readonly chats: readonly string[] }): Promise<void> {
    await tx.webMessage.deleteMany({ where: { OR: [{ sender: externalId }, { chat: { in: [...chats] } }] } });
  },

  /** What was shown in these chats until then (ms), and whose pass was used last by then: it stayed so that they could read their last message. */
  async forgetLeftovers(tx: Tx, { chats, until }: { readonly chats: readonly string[]; readonly until: number }): Promise<void> {
    const there = { in: [...chats] };
    await tx.webMessage.deleteMany({ where: { chat: there, createdAt: { lte: BigInt(until) } } });
    await tx.webVisitor.deleteMany({ where: { id: there, seenAt: { lte: BigInt(until) } } });
  },
};

/** The ids of accounts of the web chat whose visitors are no more: a process ended before it could say so. */
export async function accountsWithoutVisitor(tx: Tx, account: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ externalId: string }[]>(sql`
    SELECT i."externalId" FROM "Identity" i WHERE i."platform" = 'web' AND i."account" = ${account}
      AND NOT EXISTS (SELECT 1 FROM "WebVisitor" v WHERE v."id" = i."externalId")`);
  return rows.map(({ externalId }) => externalId);
}
