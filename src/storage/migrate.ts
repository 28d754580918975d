import { StorageError } from './errors.js';
import { findPending, migrationTable, readMigrations, type Migration } from './migrations.js';
import { sql } from './sql.js';
import { copyPath, type SqliteFile } from './sqliteFile.js';
import type { Storage } from './storage.js';

/** What `migrate` works with. */
export interface MigrateOptions {
  /** The folder `prisma/migrations`. */
  readonly folder: string;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}

/** What `migrate` did. */
export interface Migrated {
  /** Names of the migrations that were applied now; empty when the database was up to date. */
  readonly applied: readonly string[];
  /** The copy of the SQLite file made before; undefined when nothing was to be kept. */
  readonly backup: string | undefined;
}

/** The lock that Prisma's own tools take, so that they and we never migrate at once. */
const prismaMigrationLock = 72707369;
const postgresDeadlineMs = 30 * 60_000;

/**
 * Brings the database up to date: all pending migrations and their rows in `_prisma_migrations` in one transaction, so a kill leaves
 * the old database or the new one. A SQLite file that holds something is copied to `backups/` beside it first.
 * Throws `StorageError`: newer, halfMigrated, migrationFailed and what the database itself may say.
 */
export async function migrate(storage: Storage, options: MigrateOptions): Promise<Migrated> {
  const known = await readMigrations(options.folder, storage.provider);
  const pending = await findPending(storage.read, storage.provider, known);
  if (pending.length === 0) return { applied: [], backup: undefined };
  return storage.file === undefined ? migratePostgres(storage, known, options) : migrateSqlite(storage, storage.file, pending, options);
}

async function migrateSqlite(
  storage: Storage,
  file: SqliteFile,
  pending: readonly Migration[],
  options: MigrateOptions,
): Promise<Migrated> {
  const backup = await backUp(storage, file, pending, options);
  await explainFailure(pending, () =>
    file.runScript([migrationTable.sqlite, ...pending.map((step) => withRecord(step, options))].join('\n')),
  );
  return { applied: namesOf(pending), backup };
}

async function migratePostgres(storage: Storage, known: readonly Migration[], options: MigrateOptions): Promise<Migrated> {
  return storage.transaction(
    async (tx) => {
      await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(${prismaMigrationLock})`);
      // Another process may have done it while this one waited.
      const pending = await findPending(tx, 'postgresql', known);
      await explainFailure(pending, async () => {
        await tx.$executeRawUnsafe(migrationTable.postgresql);
        for (const step of pending) await tx.$executeRawUnsafe(withRecord(step, options));
      });
      return { applied: namesOf(pending), backup: undefined };
    },
    { deadlineMs: postgresDeadlineMs },
  );
}

async function backUp(
  storage: Storage,
  file: SqliteFile,
  pending: readonly Migration[],
  { now }: MigrateOptions,
): Promise<string | undefined> {
  const [row] = await storage.read.$queryRaw<{ count: number | bigint }[]>(sql`SELECT count(*) AS "count" FROM sqlite_master`);
  const first = pending[0];
  if (Number(row?.count) === 0 || first === undefined) return undefined;
  const copy = copyPath(file.path, now(), `before-${first.name}`);
  await file.copyTo(copy);
  return copy;
}

/** The script of a migration together with the row that says it was applied. Names and checksums are of letters, digits and _ only. */
function withRecord({ name, script, checksum }: Migration, { now, newId }: MigrateOptions): string {
  const at = new Date(now()).toISOString().replace('Z', '+00:00');
  const id = newId().replaceAll("'", "''");
  return `${script}
    INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
    VALUES ('${id}', '${checksum}', '${at}', '${name}', '${at}', 1);`;
}

async function explainFailure(pending: readonly Migration[], apply: () => Promise<void>): Promise<void> {
  try {
    await apply();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError('migrationFailed', { cause: error, detail: namesOf(pending).join(', ') });
  }
}

const namesOf = (migrations: readonly Migration[]): string[] => migrations.map(({ name }) => name);
