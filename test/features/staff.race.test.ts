import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { chen, li, race, racing, unlocked } from './race.js';
import type { Stage } from './stage.js';

describe.each(racing)('two of the staff in one moment, on $name', ({ open }) => {
  describe('who edit one event', () => {
    const edit = {
      change: `UPDATE ON "Event" FOR EACH ROW WHEN (NEW."title" <> OLD."title")`,
      prepare: async (stage: Stage) => {
        await stage.publish();
        for (const name of [li, chen]) await stage.talks(name, '管理', '1', '改其他内容');
        await stage.says(li, '1 美术课');
        await stage.says(chen, '7 剪刀');
      },
      first: (stage: Stage) => stage.says(li, '确认修改'),
      second: (stage: Stage) => stage.says(chen, '确认修改'),
      found: async (_stage: Stage, storage: Storage) => (await storage.read.event.findFirstOrThrow()).title,
    };

    test('nothing that one saved is lost', async () => {
      expect(await race(open, {}, edit)).toBe('美术课');
    });

    test('control: without the lock of the event the second writes over the first', async () => {
      expect(await race(open, unlocked, edit)).not.toBe('美术课');
    });
  });

  describe('who cancel one sign-up', () => {
    const cancel = {
      change: `UPDATE ON "SignUp" FOR EACH ROW WHEN (NEW."status" <> OLD."status")`,
      prepare: async (stage: Stage) => {
        await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
        await stage.talks('张三', '报名', '1', '1');
        for (const name of [li, chen]) await stage.talks(name, '名单', '1', '取消这个报名');
      },
      first: (stage: Stage) => stage.says(li, '1'),
      second: (stage: Stage) => stage.says(chen, '1'),
      found: async (stage: Stage, storage: Storage) => ({
        written: await storage.read.auditEntry.count({ where: { action: 'signup.cancelled' } }),
        told: stage.heard('张三').filter((text) => text.includes('取消了')).length,
      }),
    };

    test('it is cancelled once, told once, and written down once', async () => {
      expect(await race(open, {}, cancel)).toEqual({ written: 1, told: 1 });
    });

    test('control: without the lock of the event both are written down', async () => {
      expect(await race(open, unlocked, cancel)).toEqual({ written: 2, told: 1 });
    });
  });
});
