import { openStorage, raw, sql, type Storage } from '../../src/storage/index.js';
import type { DatabaseKind, TestDatabase } from './databases.js';

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
        transaction: async (work, options) => lent().transaction(work, options),
        close: () => {
          state = 'closed';
          return kept.storage.close();
        },
      },
      async close() {
        const again = state === 'lent' && (await isAsMade(kept));
        state = 'over';
        if (again) {
          await empty(kept.storage);
          free.push(kept);
        } else {
          await kept.storage.close();
          await kept.remove();
        }
      },
    };
  };
}

async function makeKept(create: DatabaseKind['create']): Promise<Kept> {
  const { url, remove } = await create();
  const storage = await openStorage({ url });
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

async function empty({ read, file }: Storage): Promise<void> {
  const all = await read.$queryRaw<{ name: string }[]>(
    file === undefined
      ? sql`SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`
      : sql`SELECT '"' || name || '"' AS name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'`,
  );
  const tables = all.map(({ name }) => name).filter((name) => name.replaceAll('"', '') !== '_prisma_migrations');
  // Rows of the next test must stand in the order in which they come, as in a new database: on PostgreSQL those that take the room of
  // deleted ones would not.
  if (file === undefined) await read.$executeRaw(raw(`TRUNCATE ${tables.join(', ')} RESTART IDENTITY`));
  else await file.runScript(tables.map((name) => `DELETE FROM ${name}`).join(';'));
}
