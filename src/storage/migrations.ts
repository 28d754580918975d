import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from './errors.js';
import { sql } from './sql.js';
import type { Storage, Tx } from './storage.js';

/** One migration as this program brings it. */
export interface Migration {
  /** Its folder, such as `20260801100000_init`. */
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the script in hex, as Prisma's own tool writes it. */
  readonly checksum: string;
}

/** Reads the migrations of one provider under `prisma/migrations`, oldest first. */
export async function readMigrations(folder: string, provider: Storage['provider']): Promise<Migration[]> {
  const own = join(folder, provider);
  const entries = await readdir(own, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && /^\d{14}_\w+$/.test(entry.name)).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      // A checkout on Windows may have changed the line ends.
      const script = (await readFile(join(own, name, 'migration.sql'), 'utf8')).replaceAll('\r\n', '\n');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

/**
 * The migrations that the database still lacks. Throws `newer` when it holds one that this program does not know, or another one
 * under the same name; `halfMigrated` when another tool left one unfinished.
 */
export async function findPending(tx: Tx, provider: Storage['provider'], known: readonly Migration[]): Promise<Migration[]> {
  if (!(await hasMigrationTable(tx, provider))) return [...known];
  const rows = await tx.$queryRaw<{ name: string; checksum: string; finished: number | bigint }[]>(sql`
    SELECT "migration_name" AS "name", "checksum", CASE WHEN "finished_at" IS NULL THEN 0 ELSE 1 END AS "finished"
    FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`);
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of rows) {
    if (Number(finished) === 0) throw new StorageError('halfMigrated', { detail: name });
    if (byName.get(name)?.checksum !== checksum) throw new StorageError('newer', { detail: name });
  }
  const done = new Set(rows.map(({ name }) => name));
  return known.filter(({ name }) => !done.has(name));
}

async function hasMigrationTable(tx: Tx, provider: Storage['provider']): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ count: number | bigint }[]>(
    provider === 'sqlite'
      ? sql`SELECT count(*) AS "count" FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`
      : sql`SELECT count(*) AS "count" FROM (SELECT to_regclass('"_prisma_migrations"') AS "found") AS "search" WHERE "found" IS NOT NULL`,
  );
  return Number(row?.count) > 0;
}

/** Makes the table in which Prisma's tools look, exactly as they make it. */
export const migrationTable: Readonly<Record<Storage['provider'], string>> = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT,
    "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
  );`,
  postgresql: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  );`,
};
