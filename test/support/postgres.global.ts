import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate, openStorage } from '../../src/storage/index.js';
import { migrationsFolder } from './migrationsFolder.js';
import { startPostgres } from './postgresServer.js';
import { quickFolder } from './quickFolder.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated SQLite file to copy. */
    sqliteTemplate: string;
    /** The PostgreSQL server of this run, without a database name; it holds the migrated `linli_template`. */
    postgresUrl: string;
  }
}

/** Makes one migrated database of each kind for the whole run, which tests copy; stops and removes everything at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-test-'));
  // The data of a test run may be lost with the machine, and need not take much room beside it.
  // Statements come a few times on each connection, too seldom for a plan of their own each time; tables are swept by hand (keptDatabases.ts).
  const quick = ['fsync=off', 'full_page_writes=off', 'plan_cache_mode=force_generic_plan', 'jit=off', 'autovacuum=off'];
  const server = await startPostgres([...quick, 'wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=96MB'], quickFolder);
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const template = join(folder, 'template.db');
    await Promise.all([
      makeTemplate(`file:${template}`),
      (async () => {
        await server.createDatabase('linli_template');
        await makeTemplate(`${server.url}/linli_template`);
      })(),
    ]);
    project.provide('sqliteTemplate', template);
    project.provide('postgresUrl', server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function makeTemplate(url: string): Promise<void> {
  const storage = await openStorage({ url });
  try {
    await migrate(storage, { folder: migrationsFolder, now: Date.now, newId: randomUUID });
  } finally {
    await storage.close();
  }
}
