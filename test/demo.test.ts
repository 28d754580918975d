import { describe, expect, onTestFinished, test } from 'vitest';
import { createDemoClock } from '../src/demoClock.js';
import { resetDemo } from '../src/demoReset.js';
import { databases, type DatabaseKind } from './support/databases.js';
import { artClass, openStage } from './features/stage.js';
import { at } from './support/house.js';

const hour = 3_600_000;
const began = at('2026-07-28T10:00');

const opened = async (open: DatabaseKind['open']) => {
  const { storage, close } = await open();
  onTestFinished(close);
  return storage;
};

describe.each(databases)('the clock of the sample community, on $name', ({ open }) => {
  test('goes forward by strides, each of which is kept before anything happens in it', async () => {
    const storage = await opened(open);
    const happened: number[] = [];
    const clock = createDemoClock(
      () => began,
      async () => {
        const after = createDemoClock(
          () => began,
          async () => {},
        );
        await after.resume(storage);
        expect(after.now()).toBe(clock.now());
        happened.push(clock.now() - began);
      },
    );
    await clock.resume(storage);
    expect(clock.now()).toBe(began);
    expect(await clock.forward('hour')).toBe(true);
    expect(happened).toEqual([hour / 2, hour]);
  });

  test('put forward twice at once, goes two steps, one after the other', async () => {
    const storage = await opened(open);
    let happening = 0;
    const clock = createDemoClock(
      () => began,
      async () => {
        expect((happening += 1)).toBe(1);
        await Promise.resolve();
        happening -= 1;
      },
    );
    await clock.resume(storage);
    await Promise.all([clock.forward('hour'), clock.forward('day')]);
    expect(clock.now()).toBe(began + 25 * hour);
  });

  test('a fault on the way leaves the time where it got to, and the next press goes on from there', async () => {
    const storage = await opened(open);
    let broken = true;
    const clock = createDemoClock(
      () => began,
      () => (broken ? Promise.reject(new Error('away')) : Promise.resolve()),
    );
    await clock.resume(storage);
    await expect(clock.forward('hour')).rejects.toThrow('away');
    expect(clock.now()).toBe(began + hour / 2);
    broken = false;
    expect(await clock.forward('hour')).toBe(true);
    expect(clock.now()).toBe(began + 1.5 * hour);
  });

  test('goes no further than a year, and takes no nonsense from the database', async () => {
    const storage = await opened(open);
    const keep = (text: string) =>
      storage.read.setting.upsert({
        where: { key: 'demoClock' },
        create: { key: 'demoClock', value: new TextEncoder().encode(text) },
        update: { value: new TextEncoder().encode(text) },
      });
    const clock = createDemoClock(
      () => began,
      async () => {},
    );
    await keep('nonsense');
    await clock.resume(storage);
    expect(clock.now()).toBe(began);
    await keep(String(366 * 24 * hour - hour));
    await clock.resume(storage);
    expect(await clock.forward('day')).toBe(false);
    expect(await clock.forward('hour')).toBe(true);
    expect(await clock.forward('hour')).toBe(false);
  });
});

describe.each(databases)('clearing the sample community, on $name', ({ open }) => {
  test('leaves nothing of it, and the next start finds a new house', async () => {
    const storage = await opened(open);
    const stage = await openStage(storage);
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.house.app.stop();
    const tryOut = { platform: 'web', account: 'try' };

    // Control: people of another platform are no sample, and keep everything.
    expect(await resetDemo(storage)).toBe('real');
    expect(await storage.read.signUp.count()).toBe(1);

    await storage.read.identity.updateMany({ data: tryOut });
    expect(await resetDemo(storage)).toBe('real');
    await storage.read.chat.updateMany({ data: tryOut });
    expect(await resetDemo(storage)).toBe('cleared');
    expect(await storage.read.person.count()).toBe(0);
    expect(await storage.read.setting.count()).toBe(0);
    expect(await resetDemo(storage)).toBe('nothing');

    const again = await openStage(storage);
    await again.publish();
    await again.says('张爸爸', '活动');
    expect(again.buttons('张爸爸')[0]).toContain(artClass);
    await again.house.app.stop();
  });
});
