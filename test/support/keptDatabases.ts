import { openStorage, raw, sql, type Storage } from '../../src/storage/index.js';
import type { DatabaseKind, TestDatabase } from './databases.js';

/** An open database that goes from test to test of a worker. */
interface Kept {
  readonly storage: Storage;
  readonly url: string;
  /** Its tables, triggers and functions when it was new. */
  readonly made: string;
  uses: number;
  remove(): Promise<void>;
}

// On PostgreSQL what was deleted goes on taking room.
const mostUses = 40;

/**
 * Gives migrated databases that are open. One that an earlier test is done with is emptied and used again: a new one, with new connections
 * that know none of its tables and a client that has planned none of its queries, takes longer than most tests.
 */
export function createKeptDatabases(create: DatabaseKind['create']): () => Promise<TestDatabase> {
  const free: Kept[] = [];
  return async () => {
    const kept = free.pop() ?? (await makeKept(create));
    kept.uses += 1;
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
        const again = state === 'lent' && kept.uses < mostUses && (await isAsMade(kept));
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
  return { storage, url, remove, made: (await look(storage)).made, uses: 0 };
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

const migrations = '_prisma_migrations';

async function empty({ read, file }: Storage): Promise<void> {
  if (file === undefined) {
    await read.$executeRaw(emptyPostgres);
    return;
  }
  const tables = await read.$queryRaw<{ name: string }[]>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (${migrations}, 'sqlite_stat1', 'sqlite_stat4')`,
  );
  await file.runScript(tables.map(({ name }) => `DELETE FROM "${name}"`).join(';'));
}

// Deleting the few rows of a test is quicker than TRUNCATE, which makes new files for every table.
const emptyPostgres = raw(`DO $$
  DECLARE name text;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '${migrations}' LOOP
      EXECUTE 'DELETE FROM ' || name;
    END LOOP;
    FOR name IN SELECT oid::regclass FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace LOOP
      PERFORM setval(name, 1, false);
    END LOOP;
  END $$`);
