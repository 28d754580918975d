import { expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { chen, li, race, racing, unlocked } from './race.js';
import type { Stage } from './stage.js';

/** One of the staff says that all are here; while that is being written, another writes that 王五 is absent. */
const marking = {
  change: `INSERT ON "Attendance" FOR EACH ROW WHEN (NEW."state" = 'attended')`,
  prepare: async (stage: Stage) => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    for (const one of ['张三', '王五']) await stage.talks(one, '报名', '1', '1');
    stage.house.setClock('2026-08-01T09:50');
    for (const name of [li, chen]) await stage.says(name, '签到');
  },
  first: (stage: Stage) => stage.says(li, '全到'),
  second: (stage: Stage) => stage.says(chen, '缺 王五'),
  found: async (stage: Stage, storage: Storage) => {
    const participant = `p:${await stage.personId('王五')}`;
    const { attendances } = await storage.read.signUp.findFirstOrThrow({ where: { participant }, include: { attendances: true } });
    return attendances[0]?.state;
  },
};

test.each(racing)('who is marked last counts, also when two write at once, on $name', async ({ open }) => {
  expect(await race(open, {}, marking)).toBe('absent');
});

test.each(racing)('control: without the lock of the event the first, slower one overwrites the last, on $name', async ({ open }) => {
  expect(await race(open, unlocked, marking)).toBe('attended');
});
