import { expect, test } from 'vitest';
import { eventByRef } from '../../src/programme/index.js';
import { databases } from '../support/databases.js';
import { openStage } from './stage.js';

const li = '社工小李';
const chen = '社工小陈';
// SQLite has one writer at a time anyway.
const postgres = databases.filter(({ name }) => name === 'postgresql');

/** One of the staff says that all are here; while that is being written, another writes that 王五 is absent. Gives how 王五 stands then. */
async function race(open: (typeof databases)[number]['open'], guard: object): Promise<string | undefined> {
  const { storage, close } = await open();
  const stage = await openStage(storage, guard);
  await stage.claims(li);
  await stage.says(chen, '你好');
  const { id: communityId } = stage.house.community;
  await storage.read.role.create({ data: { id: 'role', communityId, personId: await stage.personId(chen), role: 'organiser' } });
  await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
  for (const one of ['张三', '王五']) await stage.talks(one, '报名', '1', '1');
  stage.house.setClock('2026-08-01T09:50');
  await stage.says(li, '签到');
  await stage.says(chen, '签到');
  await storage.read.$executeRawUnsafe(
    'CREATE FUNCTION slowly() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NEW; END $$ LANGUAGE plpgsql',
  );
  await storage.read.$executeRawUnsafe(
    `CREATE TRIGGER slowly BEFORE INSERT ON "Attendance" FOR EACH ROW WHEN (NEW."state" = 'attended') EXECUTE FUNCTION slowly()`,
  );
  const sleeping = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
  const all = stage.says(li, '全到');
  while ((await storage.read.$queryRawUnsafe<unknown[]>(sleeping)).length === 0);
  await Promise.all([stage.says(chen, '缺 王五'), all]);
  const signUp = await storage.read.signUp.findFirstOrThrow({
    where: { participant: `p:${await stage.personId('王五')}` },
    include: { attendances: true },
  });
  await stage.house.app.stop();
  await close();
  return signUp.attendances[0]?.state;
}

test.each(postgres)('who is marked last counts, also when two write at once, on $name', async ({ open }) => {
  expect(await race(open, {})).toBe('absent');
});

test.each(postgres)('control: without the lock of the event the first, slower one overwrites the last, on $name', async ({ open }) => {
  expect(await race(open, { readLocked: eventByRef })).toBe('attended');
});
