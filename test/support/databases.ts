import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { inject } from 'vitest';
import { openStorage, type Storage, type StorageOptions } from '../../src/storage/index.js';
import { createKeptDatabases } from './keptDatabases.js';
import { quickFolder } from './quickFolder.js';

/** A migrated database that holds nothing and is nobody else's. */
export interface TestDatabase {
  readonly storage: Storage;
  readonly url: string;
  /** The end: the storage answers nobody any more. May be called after `storage.close()`. */
  close(): Promise<void>;
}

/** One of the databases on which every storage test runs. */
export interface DatabaseKind {
  readonly name: Storage['provider'];
  open(options?: Omit<StorageOptions, 'url'>): Promise<TestDatabase>;
  /** The same with nothing opened yet, for tests that open it elsewhere. `empty`: not migrated. */
  create(kind?: 'migrated' | 'empty'): Promise<{ readonly url: string; remove(): Promise<void> }>;
}

/** By itself for what asks nothing of the database that could differ. */
export const sqlite = withOpen('sqlite', async (kind) => {
  const folder = await mkdtemp(join(quickFolder, 'linli-db-'));
  const path = join(folder, 'linli.db');
  if (kind === 'migrated') await copyFile(inject('sqliteTemplate'), path);
  return { url: `file:${path}`, remove: () => rm(folder, { recursive: true, force: true }) };
});

const postgresql = withOpen('postgresql', async (kind) => {
  const name = await (kind === 'migrated' ? nextMigrated() : createDatabase(''));
  // Nobody waits for it to be gone.
  return {
    url: `${inject('postgresUrl')}/${name}`,
    remove: async () => void administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
});

/** For `describe.each(databases)('… on $name', ({ open }) => …)`. */
export const databases: readonly DatabaseKind[] = [sqlite, postgresql];

function withOpen(name: DatabaseKind['name'], make: (kind: 'migrated' | 'empty') => ReturnType<DatabaseKind['create']>): DatabaseKind {
  const create: DatabaseKind['create'] = (kind = 'migrated') => make(kind);
  const openKept = createKeptDatabases(create);
  return {
    name,
    create,
    async open(options) {
      // With settings of its own it is this test's alone.
      if (options === undefined) return openKept();
      const { url, remove } = await create();
      const storage = await openStorage({ ...options, url });
      return {
        storage,
        url,
        async close() {
          await storage.close();
          await remove();
        },
      };
    },
  };
}

let made: Promise<string> | undefined;

/** A migrated database; the next one is made while the test goes on with this one. */
function nextMigrated(): Promise<string> {
  // Taken before anything is waited for: two who ask at once get two.
  const mine = made ?? createDatabase('TEMPLATE linli_template');
  made = createDatabase('TEMPLATE linli_template');
  // Whoever takes it hears of a fault.
  made.catch(() => undefined);
  return mine;
}

async function createDatabase(like: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE "${name}" ${like}`);
  return name;
}

let connected: ReturnType<PrismaPg['connect']> | undefined;

/** On one connection for all tests of a worker, so one after another; it ends with the server. */
async function administer(statement: string): Promise<void> {
  connected ??= new PrismaPg({ connectionString: `${inject('postgresUrl')}/postgres`, max: 1 }, { onPoolError: () => {} }).connect();
  await (await connected).executeScript(statement);
}
