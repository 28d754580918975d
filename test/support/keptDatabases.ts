import { openStorage, raw, sql, type Storage } from '../../src/storage/index.js';
import type { DatabaseKind, TestDatabase } from './databases.js';

/**
 * The deadline of every transaction in a kept database (ms), whatever the code asks for: a machine that stands still for a second must not
 * change what a test sees. What a deadline does is tested in databases of its own (`open({})`).
 */
const patientMs = 60_000;

/** An open database that goes from test to test of a worker. */
interface Kept {
  readonly storage: Storage;
  readonly url: string;
  /** Its tables, triggers and functions when it was new. */
  readonly made: string;
  remove(): Promise<void>;
}

/**
 * Gives migrated databases that are open. One that an earlier test is done with is emptied and used again: a new one, with new connections
 * that know none of its tables and a client that has planned none of its queries, takes longer than most tests.
 */
export function createKeptDatabases(create: DatabaseKind['create']): () => Promise<TestDatabase> {
  const free: Kept[] = [];
  return async () => {
    const kept = free.pop() ?? (await makeKept(create));
    let state: 'lent' | 'closed' | 'over' = 'lent';
    const lent = (): Storage => {
      // What a test left running must not meet the next one.
      if (state === 'over') throw new Error('The test that had this database is over.');
      return kept.storage;
    };
    return {
      url: kept.url,
      storage: {
        provider: kept.storage.provider,
        get file() {
          return lent().file;
        },
        get read() {
          return lent().read;
        },
        transaction: async (work, options) => lent().transaction(work, { ...options, deadlineMs: patientMs }),
        close: () => {
          state = 'closed';
          return kept.storage.close();
        },
      },
      async close() {
        const again = state === 'lent' && (await isAsMade(kept));
        state = 'over';
        if (again && (await empty(kept.storage))) free.push(kept);
        else {
          await kept.storage.close();
          await kept.remove();
        }
      },
    };
  };
}

async function makeKept(create: DatabaseKind['create']): Promise<Kept> {
  const { url, remove } = await create();
  const storage = await openStorage({ url, deadlineMs: patientMs });
  return { storage, url, remove, made: (await look(storage)).made };
}

/** Whether nobody is at work in it any more, and the test has left its tables as they were. */
async function isAsMade({ storage, made }: Kept): Promise<boolean> {
  const now = await look(storage);
  return now.made === made && now.busy === 0;
}

async function look(storage: Storage): Promise<{ made: string; busy: number }> {
  const [row = { made: '', busy: 1 }] = await storage.read.$queryRaw<{ made: string; busy: number | bigint }[]>(looks[storage.provider]);
  return { made: row.made, busy: Number(row.busy) };
}

const looks = {
  sqlite: sql`SELECT (SELECT group_concat(sql, ' ') FROM sqlite_master) || (SELECT max_page_count FROM pragma_max_page_count) AS made, 0 AS busy`,
  postgresql: sql`SELECT
    (SELECT string_agg(thing, ' ' ORDER BY thing) FROM (
      SELECT 'relation ' || oid AS thing FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'trigger ' || oid FROM pg_trigger
      UNION ALL SELECT 'function ' || oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace) things) AS made,
    (SELECT count(*)::int FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()) AS busy`,
};

/** Leaves it as a new one, or says that it could not. */
async function empty({ read, file }: Storage): Promise<boolean> {
  if (file !== undefined) {
    const tables = await read.$queryRaw<{ name: string }[]>(
      sql`SELECT '"' || name || '"' AS name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' AND name <> '_prisma_migrations'`,
    );
    await file.runScript(tables.map(({ name }) => `DELETE FROM ${name}`).join(';'));
    return true;
  }
  const used = await usedTables(read);
  if (used.length === 0) return true;
  // A TRUNCATE would take three times as long, and have every connection plan every statement anew.
  const script = [
    'SET LOCAL session_replication_role = replica',
    ...used.map((name) => `DELETE FROM ${name}`),
    `PERFORM setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`,
  ];
  await read.$executeRaw(raw(`DO $$ BEGIN ${script.join('; ')}; END $$`));
  // Rows of the next test must stand in the order in which they come: those that take the room of deleted ones would not.
  await read.$executeRaw(raw(`VACUUM ${used.join(', ')}`));
  return (await usedTables(read)).length === 0;
}

/** The tables of PostgreSQL that take any room: only those held anything since they were new. */
async function usedTables(read: Storage['read']): Promise<string[]> {
  const found = await read.$queryRaw<{ name: string }[]>(sql`SELECT oid::regclass::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' AND pg_relation_size(oid) > 0`);
  return found.map(({ name }) => name);
}
