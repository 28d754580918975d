import { explainFault } from './faults.js';
import { createGate } from './gate.js';
import { openPostgres } from './postgres.js';
import { sql } from './sql.js';
import { openSqlite } from './sqlite.js';
import type { Storage, StorageOptions, Tx } from './storage.js';
import { createTransactionGuard } from './transactionGuard.js';
import { watchCalls } from './watch.js';

/**
 * Opens the database that `url` names and proves that it answers. Does not migrate: see `migrate`.
 * Throws `StorageError`: inUse, locked, unreachable, readOnly, full, corrupt, wrongKey.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const defaultDeadlineMs = options.deadlineMs ?? 3_000;
  const idleMs = options.idleMs ?? 100;
  const database = /^postgres(ql)?:/.test(options.url) ? await openPostgres(options, defaultDeadlineMs) : await openSqlite(options);
  const { provider, client, file } = database;
  const gate = createGate(database.transactions);
  let closing: Promise<void> | undefined;

  const refuseWhenClosed = (): void => {
    // Prisma would quietly open the database again.
    if (closing !== undefined) throw new Error('The storage is closed.');
  };

  const storage: Storage = {
    provider,
    file,
    read: watchCalls(client, async (call) => {
      refuseWhenClosed();
      try {
        return await call();
      } catch (error) {
        throw explainFault(provider, error, defaultDeadlineMs);
      }
    }),

    async transaction(work, { deadlineMs = defaultDeadlineMs, snapshot = false } = {}) {
      refuseWhenClosed();
      const explain = (error: unknown): unknown => explainFault(provider, error, deadlineMs);
      return gate.run(async () => {
        const guard = createTransactionGuard({ deadlineMs, idleMs }, explain);
        try {
          return await client.$transaction(
            (tx) =>
              guard.watch(async () => {
                const watched = watchCalls(tx, guard.run);
                // SQLite has one connection, so there nobody commits meanwhile.
                if (provider === 'postgresql' && snapshot) await watched.$executeRaw(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
                if (provider === 'postgresql' && deadlineMs !== defaultDeadlineMs) await limitStatements(watched, deadlineMs);
                return work(watched);
              }),
            // Our guard is stricter than Prisma's own limit, which only stays for what the guard cannot see.
            { maxWait: 10_000, timeout: deadlineMs + 10_000 },
          );
        } catch (error) {
          throw explain(error);
        }
      });
    },

    close() {
      closing ??= (async () => {
        await gate.empty();
        await database.close();
      })();
      return closing;
    },
  };

  try {
    await storage.read.$queryRaw(provider === 'sqlite' ? sql`SELECT count(*) FROM sqlite_master` : sql`SELECT 1`);
  } catch (error) {
    await storage.close();
    throw error;
  }
  return storage;
}

/** A rollback waits behind the statement under way, so that one must not outlive the deadline by much. */
async function limitStatements(tx: Tx, deadlineMs: number): Promise<void> {
  const limit = `${Math.max(1, Math.ceil(deadlineMs))}ms`;
  await tx.$executeRaw(sql`SELECT set_config('statement_timeout', ${limit}, true), set_config('lock_timeout', ${limit}, true)`);
}
