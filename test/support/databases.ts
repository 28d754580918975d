import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { inject } from 'vitest';
import { openStorage, type Storage, type StorageOptions } from '../../src/storage/index.js';

/** A fresh, migrated database of its own. */
export interface TestDatabase {
  readonly storage: Storage;
  readonly url: string;
  /** Closes the storage and removes the database. May be called after `storage.close()`. */
  close(): Promise<void>;
}

/** One of the databases on which every storage test runs. */
export interface DatabaseKind {
  readonly name: Storage['provider'];
  open(options?: Omit<StorageOptions, 'url'>): Promise<TestDatabase>;
  /** The same with nothing opened yet, for tests that open it elsewhere. `empty`: not migrated. */
  create(kind?: 'migrated' | 'empty'): Promise<{ readonly url: string; remove(): Promise<void> }>;
}

/** For `describe.each(databases)('… on $name', ({ open }) => …)`. */
export const databases: readonly DatabaseKind[] = [
  withOpen('sqlite', async (kind) => {
    const folder = await mkdtemp(join(tmpdir(), 'linli-db-'));
    const path = join(folder, 'linli.db');
    if (kind === 'migrated') await copyFile(inject('sqliteTemplate'), path);
    return { url: `file:${path}`, remove: () => rm(folder, { recursive: true, force: true }) };
  }),
  withOpen('postgresql', async (kind) => {
    const server = inject('postgresUrl');
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await administer(server, `CREATE DATABASE "${name}"${kind === 'migrated' ? ' TEMPLATE linli_template' : ''}`);
    return { url: `${server}/${name}`, remove: () => administer(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
  }),
];

function withOpen(name: DatabaseKind['name'], make: (kind: 'migrated' | 'empty') => ReturnType<DatabaseKind['create']>): DatabaseKind {
  return {
    name,
    create: (kind = 'migrated') => make(kind),
    async open(options) {
      const { url, remove } = await make('migrated');
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

async function administer(server: string, statement: string): Promise<void> {
  const connection = await new PrismaPg({ connectionString: `${server}/postgres`, max: 1 }).connect();
  try {
    await connection.executeScript(statement);
  } finally {
    await connection.dispose();
  }
}
