import { lockDatabaseFile } from './fileLock.js';
import { PrismaClient } from './generated/sqlite/client.js';
import { OneConnectionLibSql } from './libsql.js';
import type { OpenDatabase } from './database.js';
import { createSqliteFile, ensureFile, pathOfUrl, urlOfPath } from './sqliteFile.js';
import type { StorageOptions } from './storage.js';

/** Opens a SQLite file for this process alone; makes it when it is not there. Throws `StorageError`. */
export async function openSqlite({ url, encryptionKey, stillInUse }: StorageOptions): Promise<OpenDatabase> {
  const path = await ensureFile(pathOfUrl(url));
  const lock = await lockDatabaseFile(path, stillInUse);
  const adapter = new OneConnectionLibSql({ url: urlOfPath(path), ...(encryptionKey === undefined ? {} : { encryptionKey }) });
  // Prisma's longer errors print the values of a query, which may be personal.
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' });
  return {
    provider: 'sqlite',
    client,
    file: createSqliteFile(path, adapter),
    transactions: 1,
    async close() {
      try {
        await adapter.finish();
        await client.$disconnect();
      } finally {
        await lock.release();
      }
    },
  };
}
