import type { Provider } from './faults.js';
import type { PrismaClient } from './generated/sqlite/client.js';
import type { SqliteFile } from './sqliteFile.js';

/** A Prisma client on one database, before anything guards it. */
export interface OpenDatabase {
  readonly provider: Provider;
  readonly client: PrismaClient;
  readonly file: SqliteFile | undefined;
  /** How many transactions may run at once. */
  readonly transactions: number;
  /** Closes the client and lets go of everything beside it. */
  close(): Promise<void>;
}
