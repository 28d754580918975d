import type { Sealer } from '../seal/index.js';
import { join, sql } from './sql.js';
import type { Storage } from './storage.js';
import { together } from './together.js';

/** One message that the web chat shows. `sender` is null for the bot; `at` is ms since the epoch. */
export interface WebLogEntry {
  readonly id: string;
  readonly sender: string | null;
  readonly at: number;
  readonly payload: string;
}

interface NewEntry {
  readonly key: string;
  readonly chat: string;
  readonly sender: string | null;
  readonly at: number;
  readonly payload: string;
  readonly content?: Uint8Array;
}

/** What the web chat has shown. Payloads, and the files that came with them, are sealed at rest; a file is read by itself alone. */
export interface WebLog {
  /** Adds a message. The same `key` again adds nothing and gives back the first one's id and time, with `fresh` false. */
  append(entry: NewEntry): Promise<{ readonly id: string; readonly at: number; readonly fresh: boolean }>;
  /** Changes a message in place, its file as well: without `content` it has none any more. False when there is none with this id. */
  replace(id: string, payload: string, content?: Uint8Array): Promise<boolean>;
  /** One message of a chat; null when it has none with this id. */
  one(chat: string, id: string): Promise<WebLogEntry | null>;
  /** The file that came with a message of a chat; null when none did. */
  content(chat: string, id: string): Promise<Uint8Array | null>;
  /** How many bytes the files come to that somebody sent, without that of the message under a key. */
  bytesOf(sender: string, except: string): Promise<number>;
  /** The newest `limit` messages of a chat, oldest first; with `before`, of those that stand before the message with this id. */
  list(chat: string, limit: number, before?: string): Promise<readonly WebLogEntry[]>;
  /** What people said since then, in keys `in:ID`, for which the inbox has no row `updates` + ID: stored, but no turn ever took it. Oldest first. Left out is what somebody went on from: heard now, a "1" of before would answer another question. */
  unheard(options: { readonly since: number; readonly updates: string }): Promise<readonly (WebLogEntry & { readonly chat: string })[]>;
}

/** So many messages go to the disk at once. */
const mostAtOnce = 64;

/** How far back it is looked for what nobody heard. A crash leaves a few. */
const lookedThrough = 2_000;

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

/** A web log in the database. */
export function createWebLog({ read }: Pick<Storage, 'read'>, sealer: Sealer): WebLog {
  const entryOf = ({ id, sender, createdAt, key, payload }: Row): WebLogEntry => ({
    id: String(id),
    sender,
    at: Number(createdAt),
    payload: sealer.open(payload, contextOf(key)),
  });
  const sealedFile = (key: string, content: Uint8Array | undefined): Uint8Array<ArrayBuffer> | null =>
    content === undefined ? null : sealer.seal(Buffer.from(content).toString('base64'), fileContextOf(key));
  const write = async (entries: readonly NewEntry[]): Promise<readonly (string | null)[]> => {
    const rows = entries.map(
      ({ key, chat, sender, at, payload, content }) =>
        sql`(${chat}, ${sender}, ${key}, ${sealer.seal(payload, contextOf(key))}, ${sealedFile(key, content)}, ${BigInt(at)})`,
    );
    const added = await read.$queryRaw<{ key: string; id: number | bigint }[]>(sql`
      INSERT INTO "WebMessage" ("chat", "sender", "key", "payload", "content", "createdAt")
      VALUES ${join(rows)} ON CONFLICT ("key") DO NOTHING RETURNING "key", "id"`);
    const ids = new Map(added.map(({ key, id }) => [key, String(id)]));
    // Of two of one key in one lot, the first is the one that was added.
    return entries.map(({ key }) => {
      const id = ids.get(key) ?? null;
      ids.delete(key);
      return id;
    });
  };
  const writeTogether = together(write, mostAtOnce);

  return {
    async append(entry) {
      const { key, at } = entry;
      // A file may be large: it goes by itself.
      const id = entry.content === undefined ? await writeTogether(entry) : (await write([entry]))[0];
      if (id) return { id, at, fresh: true };
      const first = await read.webMessage.findUniqueOrThrow({ where: { key }, select: { id: true, createdAt: true } });
      return { id: String(first.id), at: Number(first.createdAt), fresh: false };
    },

    async replace(id, payload, content) {
      if (!isId(id)) return false;
      const found = await read.webMessage.findUnique({ where: { id: BigInt(id) }, select: { key: true } });
      if (found === null) return false;
      const sealed = sealer.seal(payload, contextOf(found.key));
      const { count } = await read.webMessage.updateMany({
        where: { id: BigInt(id) },
        data: { payload: sealed, content: sealedFile(found.key, content) },
      });
      return count > 0;
    },

    async one(chat, id) {
      const row = isId(id) ? await read.webMessage.findUnique({ where: { id: BigInt(id), chat }, select: withoutFile }) : null;
      return row && entryOf(row);
    },

    async content(chat, id) {
      const row = isId(id)
        ? await read.webMessage.findUnique({ where: { id: BigInt(id), chat }, select: { key: true, content: true } })
        : null;
      return row?.content ? Buffer.from(sealer.open(row.content, fileContextOf(row.key)), 'base64') : null;
    },

    async bytesOf(sender, except) {
      const [sum] = await read.$queryRaw<{ sealed: number | bigint | null }[]>(sql`
        SELECT CAST(SUM(LENGTH("content")) AS BIGINT) AS "sealed" FROM "WebMessage" WHERE "sender" = ${sender} AND "key" <> ${except}`);
      // Sealed is the base64 of it, and a little more.
      return Math.floor((Number(sum?.sealed ?? 0) * 3) / 4);
    },

    async list(chat, limit, before) {
      if (before !== undefined && !isId(before)) return [];
      const where = before === undefined ? { chat } : { chat, id: { lt: BigInt(before) } };
      const rows = await read.webMessage.findMany({ where, orderBy: { id: 'desc' }, take: limit, select: withoutFile });
      return rows.reverse().map(entryOf);
    },

    async unheard({ since, updates }) {
      const rows = await read.$queryRaw<(Row & { chat: string })[]>(sql`
        SELECT "id", "chat", "sender", "key", "payload", "createdAt"
        FROM (SELECT "id", "chat", "sender", "key", "payload", "createdAt" FROM "WebMessage" ORDER BY "id" DESC LIMIT ${lookedThrough}) w
        WHERE "sender" IS NOT NULL AND "createdAt" >= ${BigInt(since)}
          AND NOT EXISTS (SELECT 1 FROM "Inbox" i WHERE i."uid" = CAST(${updates} AS TEXT) || substr(w."key", 4))
          AND NOT EXISTS (
            SELECT 1 FROM "WebMessage" later JOIN "Inbox" i ON i."uid" = CAST(${updates} AS TEXT) || substr(later."key", 4)
            WHERE later."id" > w."id" AND later."sender" = w."sender")
        ORDER BY "id"`);
      return rows.map((row) => ({ ...entryOf(row), chat: row.chat }));
    },
  };
}

interface Row {
  readonly id: number | bigint;
  readonly sender: string | null;
  readonly key: string;
  readonly payload: Uint8Array;
  readonly createdAt: number | bigint;
}

/** What is read of a message: its file may be large, and there may be 200 of them. */
const withoutFile = { id: true, sender: true, key: true, payload: true, createdAt: true } as const;

const contextOf = (key: string): string => `web:${key}`;
const fileContextOf = (key: string): string => `web.file:${key}`;
