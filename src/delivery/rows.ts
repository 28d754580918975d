import type { Address } from '../chat/index.js';
import { empty, join, sql, type Storage, type Tx } from '../storage/index.js';
import { policyOf } from './kinds.js';
import { longestPauseMs } from './outcome.js';
import type { Mark, NewRow, Row } from './row.js';

// The raw SQL of the outbox, for SQLite and PostgreSQL alike. Times are ms since the epoch, BigInt in the database.

type Account = Pick<Address, 'platform' | 'account'>;
// Drivers differ in what they give for a whole number.
type Whole = bigint | number;
type Raw = Pick<Row, 'communityId' | 'kind' | 'dedupeKey' | 'state' | 'failure' | 'payload'> &
  Address & { id: Whole; tries: Whole; createdAt: Whole; notBefore: Whole; expiresAt: Whole | null; fence: Whole };

const columns = sql`"id", "communityId", "platform", "account", "chat", "kind", "dedupeKey", "state", "tries", "createdAt", "notBefore", "expiresAt", "failure", "fence", "payload"`;

const rowOf = ({ platform, account, chat, ...raw }: Raw): Row => ({
  ...raw,
  address: { platform, account, chat },
  id: Number(raw.id),
  tries: Number(raw.tries),
  createdAt: Number(raw.createdAt),
  notBefore: Number(raw.notBefore),
  expiresAt: raw.expiresAt === null ? null : Number(raw.expiresAt),
  fence: Number(raw.fence),
});

const inOrder = (rows: Raw[]): Row[] => rows.map(rowOf).sort((a, b) => a.id - b.id);

const isOf = ({ platform, account }: Account) => sql`"platform" = ${platform} AND "account" = ${account}`;

// A row has about 20 parameters, and SQLite takes 32,766 in one statement.
const rowsAStatement = 500;

/**
 * Writes messages in their order; one whose dedupe key is there already is left out. One to be born `sending` is born `ready`
 * when an earlier message of its chat still waits. Returns what was written.
 */
export async function insertRows(
  tx: Tx,
  rows: readonly NewRow[],
): Promise<{ id: number; dedupeKey: string; state: 'ready' | 'sending' }[]> {
  const written: { id: number; dedupeKey: string; state: 'ready' | 'sending' }[] = [];
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    const values = rows.slice(from, from + rowsAStatement).map(valuesOf);
    // No target for the conflict: whatever unique key says that the message is there already.
    const found = await tx.$queryRaw<{ id: Whole; dedupeKey: string; state: 'ready' | 'sending' }[]>(
      sql`INSERT INTO "Outbox" ("communityId", "platform", "account", "chat", "kind", "lane", "payload", "dedupeKey", "createdAt", "notBefore", "expiresAt", "leaseUntil", "state")
          VALUES ${join(values)} ON CONFLICT DO NOTHING RETURNING "id", "dedupeKey", "state"`,
    );
    written.push(...found.map((row) => ({ ...row, id: Number(row.id) })));
  }
  return written;
}

function valuesOf(row: NewRow) {
  const { platform, account, chat } = row.address;
  const state =
    row.state === 'ready'
      ? sql`'ready'`
      : sql`CASE WHEN EXISTS (SELECT 1 FROM "Outbox" e WHERE e."platform" = ${platform} AND e."account" = ${account} AND e."chat" = ${chat}
            AND e."state" IN ('ready', 'claimed')) THEN 'ready' ELSE 'sending' END`;
  return sql`(${row.communityId}, ${platform}, ${account}, ${chat}, ${row.kind}, ${policyOf(row.kind).lane}, ${row.payload}, ${row.dedupeKey},
    ${BigInt(row.createdAt)}, ${BigInt(row.notBefore)}, ${row.expiresAt === null ? null : BigInt(row.expiresAt)}, ${BigInt(row.leaseUntil)}, ${state})`;
}

/**
 * Claims the first waiting message of up to `limit` chats of an account where it is due or past its time, lower lanes first. A chat
 * in which an earlier message is on its way, or waits for its next try, has none.
 */
export async function claimHeads(
  tx: Tx,
  parts: { provider: Storage['provider']; account: Account; now: number; leaseMs: number; limit: number },
): Promise<Row[]> {
  const { account, limit, leaseMs } = parts;
  const now = BigInt(parts.now);
  // A pause of ours that is longer than we ever choose was written before the clock was set back.
  const beyond = BigInt(parts.now + longestPauseMs);
  // The firsts by grouping: for NOT EXISTS an earlier one, PostgreSQL without statistics compares all with all (25 s for 10,000).
  const raw = await tx.$queryRaw<Raw[]>(
    sql`WITH heads AS MATERIALIZED (
          SELECT h."id" FROM "Outbox" h JOIN (
            SELECT min("id") AS "id" FROM "Outbox" WHERE ${isOf(account)} AND "state" IN ('ready', 'claimed', 'sending') GROUP BY "chat"
          ) first ON first."id" = h."id"
          WHERE h."state" = 'ready'
            AND (h."notBefore" <= ${now} OR h."expiresAt" <= ${now}
              OR (h."notBefore" > ${beyond} AND h."failure" IN ('unreachable', 'unconfirmed', 'inDoubt', 'unmade')))
          ORDER BY h."lane", h."id" LIMIT ${limit} ${parts.provider === 'postgresql' ? sql`FOR UPDATE OF h SKIP LOCKED` : empty})
        UPDATE "Outbox" SET "state" = 'claimed', "fence" = "fence" + 1, "leaseUntil" = ${BigInt(parts.now + leaseMs)}
        WHERE "id" IN (SELECT "id" FROM heads) RETURNING ${columns}`,
  );
  return inOrder(raw).sort((a, b) => policyOf(a.kind).lane - policyOf(b.kind).lane);
}

/**
 * Takes over messages that somebody else claimed or was sending. `expiredBefore` (ms): only those whose lease ran out before it.
 * The state in the answer is the one they were left in; the fence is ours.
 */
export async function takeOver(tx: Tx, parts: { account: Account; except: readonly number[]; expiredBefore?: number }): Promise<Row[]> {
  const { account, except, expiredBefore } = parts;
  const lease = expiredBefore === undefined ? empty : sql`AND "leaseUntil" < ${BigInt(expiredBefore)}`;
  const ours = except.length === 0 ? empty : sql`AND "id" NOT IN (${join(except.map(BigInt))})`;
  return inOrder(
    await tx.$queryRaw<Raw[]>(
      sql`UPDATE "Outbox" SET "fence" = "fence" + 1 WHERE "state" IN ('claimed', 'sending') AND ${isOf(account)} ${lease} ${ours} RETURNING ${columns}`,
    ),
  );
}

/** Makes changes in one statement. Returns the ids of the rows that took them: one whose fence is newer did not. */
export async function markRows(tx: Tx, marks: readonly Mark[]): Promise<Set<number>> {
  if (marks.length === 0) return new Set();
  const values = marks.map(({ row, change }) => {
    const { tries, notBefore, finishedAt, leaseUntil } = change;
    return sql`(CAST(${BigInt(row.id)} AS BIGINT), CAST(${row.fence} AS INTEGER), CAST(${change.state} AS TEXT), CAST(${tries ?? null} AS INTEGER),
      CAST(${whole(notBefore)} AS BIGINT), CAST(${whole(finishedAt)} AS BIGINT), CAST(${change.messageId ?? null} AS TEXT),
      CAST(${change.failure ?? null} AS TEXT), CAST(${whole(leaseUntil)} AS BIGINT), CAST(${change.forget ? 1 : 0} AS INTEGER))`;
  });
  // Both databases name the columns of VALUES column1, column2, …
  const raw = await tx.$queryRaw<{ id: Whole }[]>(
    sql`UPDATE "Outbox" SET "state" = v.column3, "tries" = COALESCE(v.column4, "tries"), "notBefore" = COALESCE(v.column5, "notBefore"),
          "finishedAt" = COALESCE(v.column6, "finishedAt"), "messageId" = COALESCE(v.column7, "messageId"), "failure" = CASE WHEN v.column3 = 'sent' THEN NULL ELSE COALESCE(v.column8, "failure") END,
          "leaseUntil" = COALESCE(v.column9, "leaseUntil"), "payload" = CASE WHEN v.column10 = 1 THEN NULL ELSE "payload" END
        FROM (VALUES ${join(values)}) AS v
        WHERE "Outbox"."id" = v.column1 AND "Outbox"."fence" = v.column2 AND "Outbox"."state" IN ('claimed', 'sending')
        RETURNING "Outbox"."id" AS "id"`,
  );
  return new Set(raw.map(({ id }) => Number(id)));
}

const whole = (value: number | undefined) => (value === undefined ? null : BigInt(value));

/** Keeps what is left of a message of which a part went out; not of one that nobody will send any more. */
export async function keepRest(tx: Tx, { id, fence }: Pick<Row, 'id' | 'fence'>, payload: Uint8Array<ArrayBuffer>): Promise<void> {
  await tx.outbox.updateMany({ where: { id: BigInt(id), fence, payload: { not: null } }, data: { payload } });
}

/** Turns everything that still waits for a chat to the chat's new id. */
export async function moveWaiting(tx: Tx, from: Address, to: Address): Promise<void> {
  await tx.$executeRaw(
    sql`UPDATE "Outbox" SET "chat" = ${to.chat} WHERE "platform" = ${from.platform} AND "account" = ${from.account} AND "chat" = ${from.chat}
        AND "state" IN ('ready', 'inDoubt')`,
  );
}
