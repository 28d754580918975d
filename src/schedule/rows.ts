import { empty, join, sql, type Storage, type Tx } from '../storage/index.js';

// The raw SQL of occurrences and of purging, for SQLite and PostgreSQL alike. Times are ms since the epoch, BigInt in the database.

/** An occurrence as its row says. */
export interface Row {
  readonly key: string;
  readonly communityId: string;
  readonly kind: string;
  readonly dueAt: number;
  readonly expiresAt: number | null;
  /** Runs begun, this one included. */
  readonly tries: number;
  /** Also tells this claim from later ones. */
  readonly leaseUntil: number;
  readonly payload: Uint8Array | null;
}

/** An occurrence about to be written. */
export type NewRow = Omit<Row, 'tries' | 'leaseUntil'>;

// Drivers differ in what they give for a whole number.
type Whole = bigint | number;
type Raw = Pick<Row, 'key' | 'communityId' | 'kind' | 'payload'> & {
  dueAt: Whole;
  expiresAt: Whole | null;
  tries: Whole;
  leaseUntil: Whole;
};

const rowsAStatement = 500;

/** Writes occurrences; one whose key is there already is left out. Returns the keys written. */
export async function insertRows(tx: Tx, rows: readonly NewRow[]): Promise<string[]> {
  const written: string[] = [];
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    const values = rows
      .slice(from, from + rowsAStatement)
      .map(
        ({ key, communityId, kind, dueAt, expiresAt, payload }) =>
          sql`(${key}, ${communityId}, ${kind}, ${BigInt(dueAt)}, ${expiresAt === null ? null : BigInt(expiresAt)}, 'planned', ${payload})`,
      );
    const raw = await tx.$queryRaw<{ key: string }[]>(
      sql`INSERT INTO "Occurrence" ("key", "communityId", "kind", "dueAt", "expiresAt", "state", "payload")
          VALUES ${join(values)} ON CONFLICT DO NOTHING RETURNING "key"`,
    );
    written.push(...raw.map(({ key }) => key));
  }
  return written;
}

/** Cancels what is planned under these keys, or under keys that begin with a prefix. Returns how many. */
export async function cancelRows(tx: Tx, which: { readonly keys: readonly string[] } | { readonly prefix: string }): Promise<number> {
  if ('keys' in which && which.keys.length === 0) return 0;
  const match = 'keys' in which ? sql`"key" IN (${join(which.keys)})` : sql`substr("key", 1, length(${which.prefix})) = ${which.prefix}`;
  return tx.$executeRaw(sql`UPDATE "Occurrence" SET "state" = 'cancelled', "payload" = NULL WHERE "state" = 'planned' AND ${match}`);
}

/** Claims the occurrence that has been due longest; null when none is. A run is counted with its claim, so that one that kills the process counts too. */
export async function claimRow(
  tx: Tx,
  parts: { provider: Storage['provider']; kinds: readonly string[]; now: number; leaseMs: number; longestPauseMs: number },
): Promise<Row | null> {
  const now = BigInt(parts.now);
  // A lease longer than any we give was written before the clock was set back.
  const beyond = BigInt(parts.now + parts.longestPauseMs);
  const [raw] = await tx.$queryRaw<Raw[]>(
    sql`UPDATE "Occurrence" SET "leaseUntil" = ${BigInt(parts.now + parts.leaseMs)}, "tries" = "tries" + 1
        WHERE "key" IN (
          SELECT "key" FROM "Occurrence" WHERE "state" = 'planned' AND "dueAt" <= ${now} AND "kind" IN (${join(parts.kinds)})
            AND ("leaseUntil" <= ${now} OR "leaseUntil" > ${beyond})
          ORDER BY "dueAt", "key" LIMIT 1 ${parts.provider === 'postgresql' ? sql`FOR UPDATE SKIP LOCKED` : empty}
        ) RETURNING "key", "communityId", "kind", "dueAt", "expiresAt", "tries", "leaseUntil", "payload"`,
  );
  if (!raw) return null;
  const { dueAt, expiresAt, tries, leaseUntil, ...rest } = raw;
  const numbers = {
    dueAt: Number(dueAt),
    expiresAt: expiresAt === null ? null : Number(expiresAt),
    tries: Number(tries),
    leaseUntil: Number(leaseUntil),
  };
  return { ...rest, ...numbers };
}

/**
 * Ends a claimed occurrence. False when the claim has passed to somebody else, or it was done or cancelled meanwhile. Until the
 * transaction ends, nobody else can end it.
 */
export async function endRow(tx: Tx, row: Pick<Row, 'key' | 'leaseUntil'>, state: 'done' | 'expired' | 'failed'): Promise<boolean> {
  const ended = await tx.$executeRaw(
    sql`UPDATE "Occurrence" SET "state" = ${state}, "payload" = CASE WHEN ${state === 'failed' ? 1 : 0} = 1 THEN "payload" ELSE NULL END
        WHERE "key" = ${row.key} AND "state" = 'planned' AND "leaseUntil" = ${BigInt(row.leaseUntil)}`,
  );
  return ended > 0;
}

/** Lets a claimed occurrence be tried again after `notBefore`. */
export async function postponeRow(tx: Tx, row: Pick<Row, 'key' | 'leaseUntil'>, notBefore: number): Promise<void> {
  await tx.$executeRaw(
    sql`UPDATE "Occurrence" SET "leaseUntil" = ${BigInt(notBefore)} WHERE "key" = ${row.key} AND "state" = 'planned' AND "leaseUntil" = ${BigInt(row.leaseUntil)}`,
  );
}

/**
 * Deletes, `limit` rows of a kind at most, what nobody needs any more: updates done and messages finished before `week`; and what was
 * last touched before `month`: conversations, updates set aside, occurrences over, what the web chat showed (but not a card that is
 * still kept right). Returns how many of the kind that had most. Times in ms.
 */
export async function purgeRows(tx: Tx, parts: { week: number; month: number; limit: number }): Promise<number> {
  const { limit } = parts;
  const week = BigInt(parts.week);
  const month = BigInt(parts.month);
  const counts = [
    await tx.$executeRaw(
      sql`DELETE FROM "Inbox" WHERE "uid" IN (
            SELECT "uid" FROM "Inbox" WHERE ("state" = 'done' AND "receivedAt" < ${week})
              OR ("state" = 'quarantined' AND "receivedAt" < ${month}) LIMIT ${limit})`,
    ),
    await tx.$executeRaw(
      sql`DELETE FROM "Outbox" WHERE "id" IN (
            SELECT "id" FROM "Outbox" WHERE "state" IN ('sent', 'dead', 'cancelled', 'expired') AND "finishedAt" < ${week} LIMIT ${limit})`,
    ),
    await tx.$executeRaw(
      sql`DELETE FROM "Conversation" WHERE "key" IN (SELECT "key" FROM "Conversation" WHERE "updatedAt" < ${month} LIMIT ${limit})`,
    ),
    await tx.$executeRaw(
      sql`DELETE FROM "Occurrence" WHERE "key" IN (
            SELECT "key" FROM "Occurrence" WHERE "state" <> 'planned' AND "dueAt" < ${month} LIMIT ${limit})`,
    ),
    await tx.$executeRaw(
      sql`DELETE FROM "WebMessage" WHERE "id" IN (
            SELECT w."id" FROM "WebMessage" w WHERE w."createdAt" < ${month} AND NOT EXISTS (
              SELECT 1 FROM "Card" c JOIN "Event" e ON e."id" = c."eventId"
              WHERE c."platform" = 'web' AND c."messageId" = CAST(w."id" AS TEXT) AND e."status" = 'published')
            LIMIT ${limit})`,
    ),
  ];
  return Math.max(...counts);
}
