import type { PrismaClient } from './generated/sqlite/client.js';
import type { Provider } from './faults.js';
import type { SqliteFile } from './sqliteFile.js';

/** Prisma's client as a store sees it: models and raw SQL, but no way to open or leave a transaction. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** The open database. Only `storage/` and `turn/` hold it; stores receive `tx`. */
export interface Storage {
  readonly provider: Provider;
  /** Plain queries, each on its own. On SQLite they wait for an open transaction, so they are never awaited inside one. */
  readonly read: Tx;
  /**
   * Runs `work` in one transaction: all of it is committed, or nothing. Inside, only wait for calls on `tx`.
   * Rejects with what `work` threw; with `DeadlineError` (default 3,000 ms, counted from its begin) or `IdleTransactionError`;
   * with the fault of a failed statement even when `work` caught it; with `StorageError`. Always rolled back then.
   * `snapshot`: every statement reads what was so at the first one, whatever others commit meanwhile; for reading alone.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: { readonly deadlineMs?: number; readonly snapshot?: boolean }): Promise<T>;
  /** The SQLite file; undefined on PostgreSQL. */
  readonly file: SqliteFile | undefined;
  /** Lets running transactions end, then closes. May be called again; after it every call rejects. */
  close(): Promise<void>;
}

/** Asked while another process holds the SQLite file, with the number of tries so far: waits as long as it likes, then says whether to try again. */
export type StillInUse = (tries: number) => Promise<boolean>;

/** Where the database is and how it is used. Times in ms. */
export interface StorageOptions {
  /** `file:./data/linli.db` or `postgresql://…`. */
  readonly url: string;
  /** Encrypts the whole SQLite file. */
  readonly encryptionKey?: string;
  /** What to do while another process holds the SQLite file; without it `inUse` is thrown at once. */
  readonly stillInUse?: StillInUse;
  /** Connections on PostgreSQL; default 10. */
  readonly maxConnections?: number;
  /** Default deadline of a transaction; default 3,000. */
  readonly deadlineMs?: number;
  /** How long the work of a transaction may wait for something that is not the database; default 100. */
  readonly idleMs?: number;
}
