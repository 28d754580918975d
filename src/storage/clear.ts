import { raw, sql } from './sql.js';
import type { Storage } from './storage.js';

/** Leaves the database as it was after its migrations: no row of anybody, and nothing deleted to be found in its file. All or nothing. */
export async function clearStorage({ provider, file, read }: Storage): Promise<void> {
  if (file !== undefined) {
    await file.runScript((await tables(read, provider)).map((name) => `DELETE FROM ${name}`).join('; '));
    await file.scrub();
    return;
  }
  await read.$executeRaw(raw(`TRUNCATE ${(await tables(read, provider)).join(', ')} RESTART IDENTITY`));
}

async function tables(read: Storage['read'], provider: Storage['provider']): Promise<string[]> {
  const found = await read.$queryRaw<{ name: string }[]>(
    provider === 'sqlite'
      ? sql`SELECT '"' || name || '"' AS name FROM sqlite_master
          WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' AND name <> '_prisma_migrations'`
      : sql`SELECT oid::regclass::text AS name FROM pg_class
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`,
  );
  return found.map(({ name }) => name);
}
