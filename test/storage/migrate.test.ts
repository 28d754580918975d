import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate, openStorage, sql, type Migrated, type Storage } from '../../src/storage/index.js';
import { databases, type DatabaseKind } from '../support/databases.js';
import { migrationsFolder } from '../support/migrationsFolder.js';
import { runChild } from './child.js';
import { quickFolder } from '../support/quickFolder.js';

const now = (): number => Date.UTC(2026, 6, 30, 2);
const run = (storage: Storage, folder: string): Promise<Migrated> => migrate(storage, { folder, now, newId: randomUUID });

const first = '20260101000000_first';
const second = '20260102000000_second';
const tables = `CREATE TABLE "Thing" ("id" INTEGER PRIMARY KEY); CREATE TABLE "Part" ("thing" INTEGER REFERENCES "Thing" ("id") ON DELETE CASCADE);`;

const manyRows = '(WITH RECURSIVE "n" ("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < 50000000) SELECT "i" FROM "n")';

/** A folder of migrations, the same for both databases. */
async function write(migrations: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(quickFolder, 'linli-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await add(folder, migrations);
  return folder;
}

async function add(folder: string, migrations: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, script] of Object.entries(migrations)) {
    for (const provider of ['sqlite', 'postgresql']) {
      await mkdir(join(folder, provider, name), { recursive: true });
      await writeFile(join(folder, provider, name, 'migration.sql'), script);
    }
  }
}

async function empty(create: DatabaseKind['create'], kind: 'empty' | 'migrated' = 'empty'): Promise<string> {
  const { url, remove } = await create(kind);
  onTestFinished(remove);
  return url;
}

async function open(url: string): Promise<Storage> {
  const storage = await openStorage({ url });
  onTestFinished(() => storage.close());
  return storage;
}

const count = async (storage: Storage, table: string): Promise<number> => {
  const [row] = await storage.read.$queryRawUnsafe<{ count: number | bigint }[]>(`SELECT count(*) AS "count" FROM "${table}"`);
  return Number(row?.count);
};

describe.each(databases)('migrate on $name', ({ create, name }) => {
  it('makes the tables of an empty database, once', async () => {
    const storage = await open(await empty(create));
    const { applied, backup } = await run(storage, migrationsFolder);
    expect(applied.length).toBeGreaterThan(0);
    expect(backup).toBeUndefined();
    expect(await storage.read.community.count()).toBe(0);
    expect(await run(storage, migrationsFolder)).toEqual({ applied: [], backup: undefined });
  });

  it('applies only what is new', async () => {
    const storage = await open(await empty(create));
    const folder = await write({ [first]: tables });
    expect((await run(storage, folder)).applied).toEqual([first]);
    await add(folder, { [second]: `INSERT INTO "Thing" VALUES (1); INSERT INTO "Thing" VALUES (2);` });
    expect((await run(storage, folder)).applied).toEqual([second]);
    expect(await count(storage, 'Thing')).toBe(2);
  });

  it('changes nothing when a later statement fails, and goes on once it is mended', async () => {
    const storage = await open(await empty(create));
    const folder = await write({ [first]: tables, [second]: `CREATE TABLE "Half" ("id" INTEGER); INSERT INTO "Nowhere" VALUES (1);` });
    await expect(run(storage, folder)).rejects.toMatchObject({ code: 'migrationFailed', message: expect.stringContaining(second) });
    await expect(count(storage, 'Thing')).rejects.toThrow();
    await expect(count(storage, 'Half')).rejects.toThrow();
    await add(folder, { [second]: `CREATE TABLE "Half" ("id" INTEGER);` });
    expect((await run(storage, folder)).applied).toEqual([first, second]);
    expect(await count(storage, 'Half')).toBe(0);
  });

  it('refuses a database that is newer, or was changed by another version', async () => {
    const storage = await open(await empty(create));
    const folder = await write({ [first]: tables, [second]: '-- nothing' });
    await run(storage, folder);
    await expect(run(storage, await write({ [first]: tables }))).rejects.toMatchObject({ code: 'newer' });
    await expect(run(storage, await write({ [first]: tables, [second]: 'SELECT 1;' }))).rejects.toMatchObject({ code: 'newer' });
    // Line ends of a checkout on Windows are no change.
    expect((await run(storage, await write({ [first]: tables, [second]: '-- nothing' }))).applied).toEqual([]);
  });

  it('refuses a database in which another tool stopped half way', async () => {
    const storage = await open(await empty(create, 'migrated'));
    await storage.read.$executeRaw(sql`UPDATE "_prisma_migrations" SET "finished_at" = NULL`);
    await expect(run(storage, migrationsFolder)).rejects.toMatchObject({ code: 'halfMigrated' });
  });

  it('leaves all or nothing when it is killed in the middle', { timeout: 60_000 }, async () => {
    const url = await empty(create);
    const long = name === 'sqlite' ? `INSERT INTO "Thing" SELECT "i" FROM ${manyRows};` : `INSERT INTO "Thing" SELECT 1 FROM pg_sleep(2);`;
    const folder = await write({ [first]: `${tables} ${long}` });
    const child = await runChild('migrateDatabase', [url, folder]);
    await child.says('migrating');
    // It is in the middle once the tables are there, unseen by others: rows are on the disk, or the server holds the table.
    await expect.poll(() => isBusy(url), { timeout: 30_000, interval: 20 }).toBe(true);
    await child.kill();
    // PostgreSQL ends the statement first; the next start waits for that.
    await add(folder, { [first]: tables });
    const storage = await open(url);
    expect((await run(storage, folder)).applied).toEqual([first]);
    expect(await count(storage, 'Thing')).toBe(0);
  });

  const isBusy = async (url: string): Promise<boolean> => {
    if (name === 'sqlite') return (await stat(`${url.slice('file:'.length)}-wal`).catch(() => ({ size: 0 }))).size > 1_000_000;
    const storage = await openStorage({ url, maxConnections: 1 });
    try {
      const active = sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%INSERT INTO "Thing"%' AND pid <> pg_backend_pid()`;
      return (await storage.read.$queryRaw<unknown[]>(active)).length > 0;
    } finally {
      await storage.close();
    }
  };
});

describe.each(databases.filter(({ name }) => name === 'postgresql'))('migrate on $name', ({ create }) => {
  it('lets several processes start at once: one migrates, the others wait', { timeout: 60_000 }, async () => {
    const url = await empty(create);
    const children = await Promise.all([1, 2, 3].map(() => runChild('migrateDatabase', [url, migrationsFolder])));
    const ends = await Promise.all(children.map((child) => child.ended()));
    const count = (await readdir(join(migrationsFolder, 'postgresql'), { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    ).length;
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(ends.map(({ output }) => Number(output.split('applied: ')[1])).sort((a, b) => a - b)).toEqual([0, 0, count]);
  });
});

describe.each(databases.filter(({ name }) => name === 'sqlite'))('migrate on $name', ({ create }) => {
  it('copies a file that holds something first, readable by its owner only', async () => {
    const url = await empty(create);
    const storage = await open(url);
    const folder = await write({ [first]: tables });
    await run(storage, folder);
    await storage.read.$executeRaw(sql`INSERT INTO "Thing" VALUES (7)`);
    await add(folder, { [second]: `DELETE FROM "Thing";` });
    const { backup } = await run(storage, folder);
    expect(backup).toBe(join(dirname(storage.file?.path ?? ''), 'backups', `20260730T020000Z-before-${second}.db`));
    expect((await stat(backup ?? '')).mode & 0o777).toBe(0o600);
    expect(await count(storage, 'Thing')).toBe(0);
    expect(await count(await open(`file:${backup}`), 'Thing')).toBe(1);
  });

  it('makes an encrypted copy of an encrypted file', async () => {
    const url = await empty(create);
    const encryptionKey = 'a long phrase of several words';
    const storage = await openStorage({ url, encryptionKey });
    onTestFinished(() => storage.close());
    const folder = await write({ [first]: tables });
    await run(storage, folder);
    await add(folder, { [second]: `DELETE FROM "Thing";` });
    const { backup } = await run(storage, folder);
    await expect(openStorage({ url: `file:${backup}` })).rejects.toMatchObject({ code: 'wrongKey' });
    const copy = await openStorage({ url: `file:${backup}`, encryptionKey });
    expect(await count(copy, 'Thing')).toBe(0);
    await copy.close();
  });

  it('rebuilds a table without losing the rows that point at it', async () => {
    const storage = await open(await empty(create));
    const folder = await write({ [first]: `${tables} INSERT INTO "Thing" VALUES (1); INSERT INTO "Part" VALUES (1);` });
    await run(storage, folder);
    // As Prisma writes it; its own PRAGMAs do nothing inside a transaction.
    const rebuild = `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
      CREATE TABLE "new_Thing" ("id" INTEGER PRIMARY KEY, "name" TEXT); INSERT INTO "new_Thing" ("id") SELECT "id" FROM "Thing";
      DROP TABLE "Thing"; ALTER TABLE "new_Thing" RENAME TO "Thing"; PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`;
    await add(folder, { [second]: rebuild });
    await run(storage, folder);
    expect(await count(storage, 'Part')).toBe(1);
    // Afterwards foreign keys count again.
    await expect(storage.read.$executeRaw(sql`INSERT INTO "Part" VALUES (2)`)).rejects.toThrow();
    expect(await count(storage, 'Part')).toBe(1);
  });

  it('refuses a migration after which a row points at nothing', async () => {
    const storage = await open(await empty(create));
    const folder = await write({ [first]: `${tables} INSERT INTO "Thing" VALUES (1); INSERT INTO "Part" VALUES (1);` });
    await run(storage, folder);
    await add(folder, { [second]: `DELETE FROM "Thing";` });
    await expect(run(storage, folder)).rejects.toMatchObject({ code: 'migrationFailed' });
    expect(await count(storage, 'Thing')).toBe(1);
  });
});
