import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openStorage } from '../.cache/house/storage/index.js';
import { OneConnectionLibSql } from '../.cache/house/storage/libsql.js';
import { root } from '../../scripts/setup/root.mjs';

/** Both databases, each durable: SQLite with synchronous=FULL, PostgreSQL with fsync. Everything is removed by `close`. */
export function createDatabases() {
  const folders = [];
  let server;
  const startServer = async () => {
    const { startPostgres } = await import('../.cache/postgresServer.mjs');
    return startPostgres(['fsync=on', 'synchronous_commit=on']);
  };

  /** A new database's address. */
  const create = async (kind) => {
    if (kind === 'sqlite') {
      const folder = await mkdtemp(join(tmpdir(), 'linli-bench-'));
      folders.push(folder);
      return `file:${join(folder, 'bench.db')}`;
    }
    const { url, createDatabase } = await (server ??= startServer());
    const name = `bench_${randomUUID().replaceAll('-', '')}`;
    await createDatabase(name);
    return `${url}/${name}`;
  };

  return {
    create,
    /** Our storage on a new database, migrated. */
    async openOurs(kind) {
      const storage = await openStorage({ url: await create(kind) });
      await migrate(storage, { folder: join(root, 'prisma/migrations'), now: Date.now, newId: randomUUID });
      return storage;
    },
    /** The peer's Prisma client on a new database: with our one connection on SQLite, where the stock adapter is as fast for it. */
    async openPeer(kind) {
      const url = await create(kind);
      const { default: generated } = await import(`../.cache/prisma/${kind}/index.js`);
      const { PrismaPg } = await import('@prisma/adapter-pg');
      const adapter = kind === 'sqlite' ? new OneConnectionLibSql({ url }) : new PrismaPg({ connectionString: url, max: 10 });
      const client = new generated.PrismaClient({ adapter });
      await client.$executeRawUnsafe('CREATE TABLE "Session" ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL)');
      return client;
    },
    /** The version of the PostgreSQL server, as it says itself. */
    async postgresVersion() {
      const { url } = await (server ??= startServer());
      const { default: pg } = await import('pg');
      const client = new pg.Client(`${url}/postgres`);
      await client.connect();
      const { rows } = await client.query('SHOW server_version');
      await client.end();
      return rows[0].server_version;
    },
    async close() {
      await (await server)?.stop();
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}

/** The databases on which a row is measured, and how they are called. */
export const kinds = [
  { kind: 'sqlite', called: 'SQLite' },
  { kind: 'postgresql', called: 'PostgreSQL' },
];
