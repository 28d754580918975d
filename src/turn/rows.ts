import { join, sql, type Tx } from '../storage/index.js';

/** An update as the inbox keeps it. Times are ms since the epoch. */
export interface InboxItem {
  readonly uid: string;
  readonly queue: string;
  readonly receivedAt: number;
}

/** An update that is kept for a later try. */
export interface WaitingItem extends InboxItem {
  readonly tries: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/**
 * Takes updates as done, all in one statement; gives the ids of those taken. The others have had their effect before, or their queue has
 * an older update waiting: see `blockedQueues`.
 */
export async function takeOnce(tx: Tx, items: readonly InboxItem[]): Promise<Set<string>> {
  const values = join(
    items.map(({ uid, queue, receivedAt }) => sql`(CAST(${uid} AS TEXT), CAST(${queue} AS TEXT), CAST(${BigInt(receivedAt)} AS BIGINT))`),
  );
  // Both databases name the columns of VALUES column1, column2, …
  const rows = await tx.$queryRaw<{ uid: string }[]>(
    sql`INSERT INTO "Inbox" ("uid", "queue", "state", "tries", "receivedAt", "dueAt")
        SELECT v.column1, v.column2, 'done', 0, v.column3, v.column3 FROM (VALUES ${values}) AS v
        WHERE NOT EXISTS (SELECT 1 FROM "Inbox" w WHERE w."queue" = v.column2 AND w."state" = 'waiting')
        ON CONFLICT DO NOTHING RETURNING "uid"`,
  );
  return new Set(rows.map(({ uid }) => uid));
}

/** The queues among these in which an older update still waits: theirs must wait behind it. */
export async function blockedQueues(tx: Tx, queues: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ queue: string }[]>(
    sql`SELECT DISTINCT "queue" FROM "Inbox" WHERE "queue" IN (${join([...queues])}) AND "state" = 'waiting'`,
  );
  return new Set(rows.map(({ queue }) => queue));
}

/** Keeps an update for a later try; nothing when it is already there. */
export async function keepWaiting(tx: Tx, item: WaitingItem, dueAt: number): Promise<void> {
  await tx.$executeRaw(
    sql`INSERT INTO "Inbox" ("uid", "queue", "state", "tries", "payload", "receivedAt", "dueAt")
        VALUES (${item.uid}, ${item.queue}, 'waiting', ${item.tries}, ${item.payload}, ${BigInt(item.receivedAt)}, ${BigInt(dueAt)})
        ON CONFLICT DO NOTHING`,
  );
}

/** The oldest waiting update of every queue that is due. */
export async function dueWaiting(tx: Tx, now: number, limit: number): Promise<WaitingItem[]> {
  const rows = await tx.$queryRaw<{ uid: string; queue: string; tries: number; payload: Uint8Array<ArrayBuffer>; receivedAt: bigint }[]>(
    sql`SELECT "uid", "queue", "tries", "payload", "receivedAt" FROM "Inbox" i
        WHERE "state" = 'waiting' AND "dueAt" <= ${BigInt(now)} AND NOT EXISTS (
          SELECT 1 FROM "Inbox" o WHERE o."queue" = i."queue" AND o."state" = 'waiting'
            AND (o."receivedAt" < i."receivedAt" OR (o."receivedAt" = i."receivedAt" AND o."uid" < i."uid")))
        ORDER BY "receivedAt", "uid" LIMIT ${limit}`,
  );
  return rows.map(({ receivedAt, ...row }) => ({ ...row, receivedAt: Number(receivedAt) }));
}

/** Marks a waiting update as done, in the transaction of its effects; false when somebody else has done it. */
export async function finishWaiting(tx: Tx, uid: string): Promise<boolean> {
  const count = await tx.$executeRaw(
    sql`UPDATE "Inbox" SET "state" = 'done', "payload" = NULL WHERE "uid" = ${uid} AND "state" = 'waiting'`,
  );
  return count === 1;
}

/** Counts a try that failed; the next is due at `dueAt`. */
export async function countTry(tx: Tx, uid: string, tries: number, dueAt: number): Promise<void> {
  await tx.$executeRaw(sql`UPDATE "Inbox" SET "tries" = ${tries}, "dueAt" = ${BigInt(dueAt)} WHERE "uid" = ${uid} AND "state" = 'waiting'`);
}

/** Sets an update aside after its last try; it is kept, sealed, for whoever looks into the fault. */
export async function quarantine(tx: Tx, uid: string, faultId: string): Promise<boolean> {
  const count = await tx.$executeRaw(
    sql`UPDATE "Inbox" SET "state" = 'quarantined', "faultId" = ${faultId} WHERE "uid" = ${uid} AND "state" = 'waiting'`,
  );
  return count === 1;
}

/** The stored conversations behind these keys. */
export async function loadConversations(tx: Tx, keys: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await tx.$queryRaw<{ key: string; state: Uint8Array }[]>(
    sql`SELECT "key", "state" FROM "Conversation" WHERE "key" IN (${join([...keys])})`,
  );
  return new Map(rows.map(({ key, state }) => [key, state]));
}

/** Writes conversations, all in one statement. */
export async function saveConversations(
  tx: Tx,
  rows: readonly { key: string; state: Uint8Array<ArrayBuffer> }[],
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  const values = join(rows.map(({ key, state }) => sql`(${key}, ${state}, ${BigInt(now)})`));
  await tx.$executeRaw(
    sql`INSERT INTO "Conversation" ("key", "state", "updatedAt") VALUES ${values}
        ON CONFLICT ("key") DO UPDATE SET "state" = excluded."state", "updatedAt" = excluded."updatedAt"`,
  );
}

/** Forgets conversations in which nothing is open any more. */
export async function dropConversations(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.$executeRaw(sql`DELETE FROM "Conversation" WHERE "key" IN (${join([...keys])})`);
}
