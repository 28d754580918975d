import type { Sealer } from '../seal/index.js';
import type { Storage } from './storage.js';

/** Somebody who came to the web chat. `seenAt` is ms since the epoch. */
export interface WebVisitorEntry {
  readonly id: string;
  readonly name: string;
  readonly kiosk: boolean;
  readonly seenAt: number;
}

/** The visitors of the web chat. Of a pass only a hash of its token is kept; names are sealed at rest. */
export interface WebVisitors {
  /** Writes a new visitor down. The caller makes id and token; both are random. */
  add(visitor: WebVisitorEntry & { readonly tokenHash: string }): Promise<void>;
  byToken(tokenHash: string): Promise<WebVisitorEntry | null>;
  byId(id: string): Promise<WebVisitorEntry | null>;
  /** Those of these who are still known. */
  these(ids: readonly string[]): Promise<readonly WebVisitorEntry[]>;
  /** They were here at this time (ms); an earlier one than is known changes nothing. */
  seen(id: string, at: number): Promise<void>;
  /** The ids of those of one kind who were last here before that time (ms), at most 100. */
  lastSeenBefore(time: number, kiosk: boolean): Promise<readonly string[]>;
  /** Forgets a visitor and everything that was said in this chat of theirs. */
  forget(id: string, chat: string): Promise<void>;
}

/** Visitors in the database. */
export function createWebVisitors({ read, transaction }: Pick<Storage, 'read' | 'transaction'>, sealer: Sealer): WebVisitors {
  const entryOf = ({ id, name, kiosk, seenAt }: Row): WebVisitorEntry => ({
    id,
    name: sealer.open(name, contextOf(id)),
    kiosk,
    seenAt: Number(seenAt),
  });
  return {
    async add({ id, tokenHash, name, kiosk, seenAt }) {
      const at = BigInt(seenAt);
      await read.webVisitor.create({
        data: { id, tokenHash, name: sealer.seal(name, contextOf(id)), kiosk, createdAt: at, seenAt: at },
      });
    },

    async byToken(tokenHash) {
      const row = await read.webVisitor.findUnique({ where: { tokenHash } });
      return row && entryOf(row);
    },

    async byId(id) {
      const row = await read.webVisitor.findUnique({ where: { id } });
      return row && entryOf(row);
    },

    async these(ids) {
      const rows = await read.webVisitor.findMany({ where: { id: { in: [...ids] } } });
      return rows.map(entryOf);
    },

    async seen(id, at) {
      await read.webVisitor.updateMany({ where: { id, seenAt: { lt: BigInt(at) } }, data: { seenAt: BigInt(at) } });
    },

    async lastSeenBefore(time, kiosk) {
      const rows = await read.webVisitor.findMany({
        where: { kiosk, seenAt: { lt: BigInt(time) } },
        select: { id: true },
        orderBy: { seenAt: 'asc' },
        take: 100,
      });
      return rows.map(({ id }) => id);
    },

    async forget(id, chat) {
      await transaction(async (tx) => {
        await tx.webVisitor.deleteMany({ where: { id } });
        await tx.webMessage.deleteMany({ where: { chat } });
      });
    },
  };
}

interface Row {
  readonly id: string;
  readonly name: Uint8Array;
  readonly kiosk: boolean;
  readonly seenAt: number | bigint;
}

const contextOf = (id: string): string => `visitor.name:${id}`;
