import { eventByRef } from '../../src/programme/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { openStage, type Stage } from './stage.js';

export const li = '社工小李';
export const chen = '社工小陈';

/** Where two write at once: SQLite has one writer at a time anyway. */
export const racing = databases.filter(({ name }) => name === 'postgresql');

/** The guard that most races are about, taken away: the event is read without its lock. */
export const unlocked = { readLocked: eventByRef };

/** Whoever makes such a change takes their time over it. What comes back resolves once somebody does. */
async function slowly(storage: Storage, change: string): Promise<() => Promise<void>> {
  await storage.read.$executeRawUnsafe(
    'CREATE FUNCTION slowly() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$ LANGUAGE plpgsql',
  );
  await storage.read.$executeRawUnsafe(`CREATE TRIGGER slowly BEFORE ${change} EXECUTE FUNCTION slowly()`);
  const sleeping = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
  return async () => {
    while ((await storage.read.$queryRawUnsafe<unknown[]>(sleeping)).length === 0);
  };
}

/** Two of the staff with a database of their own: while `first` makes the change (SQL of a trigger), `second` begins. Gives what is found then. */
export async function race<Result>(
  open: (typeof databases)[number]['open'],
  guard: object,
  parts: {
    change: string;
    prepare: (stage: Stage) => Promise<void>;
    first: (stage: Stage) => Promise<unknown>;
    second: (stage: Stage) => Promise<unknown>;
    found: (stage: Stage, storage: Storage) => Promise<Result>;
  },
): Promise<Result> {
  const { storage, close } = await open();
  const stage = await openStage(storage, guard);
  await stage.claims(li);
  await stage.says(chen, '你好');
  const { id: communityId } = stage.house.community;
  await storage.read.role.create({ data: { id: 'role', communityId, personId: await stage.personId(chen), role: 'organiser' } });
  await parts.prepare(stage);
  const underWay = await slowly(storage, parts.change);
  const first = parts.first(stage);
  // One that ends without the change is no race.
  await Promise.race([underWay(), first.then(() => Promise.reject(new Error('The first changed nothing')))]);
  await Promise.all([first, parts.second(stage)]);
  const result = await parts.found(stage, storage);
  await stage.house.app.stop();
  await close();
  return result;
}
