import { describe, expect, test } from 'vitest';
import { searchableName } from '../../src/features/signup/words/search.js';
import { createFamilies, createGuests, createOwnAnswers, createSearches } from '../../src/people/index.js';
import { createFinder, createSignUps } from '../../src/programme/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const li = '社工小李';

describe.each(databases)('looking for somebody in everything that is on, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
  });
  const seen = () => storage.read.auditEntry.count({ where: { action: 'signup.seen' } });
  const found = (text: string) => text.split('\n').filter((line) => /^\d+\. /u.test(line));

  test('says where they are signed up, and that it was looked at', async () => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null, date: '2026-08-02' });
    await stage.talks('王妈妈', '报名', '2', '1', '1');
    expect(found(await stage.says(li, '找人 王'))).toEqual([
      '1. 王妈妈 · 书法班 · 8月2日(周日) 10:00–11:30 · 报上了 · 自己报的',
      `2. 王小明（8岁） · ${artClass} · 8月1日(周六) 10:00–11:30 · 报上了 · 王妈妈报的`,
    ]);
    expect(await seen()).toBe(2);
    expect(await stage.says(li, '王小明')).toContain('状态：报上了');
    expect(await stage.says('王妈妈', '导出我的资料')).toContain(`社工小李看了“书法班”里王妈妈的报名`);
  });

  test.each(['查人 wxm', '查人wxm', '/people 王小明', '找人：小明', 'find wangxm'.replace('wangxm', 'xiaoming')])('by %s', async (text) => {
    expect(found(await stage.says(li, text))).toHaveLength(1);
  });

  test('asks for a name where there is none, and takes the next as it comes', async () => {
    expect(await stage.says(li, '查人')).toContain('找谁？');
    expect(found(await stage.says(li, 'wxm'))).toHaveLength(1);
    expect(await stage.says(li, '李雷')).toContain('没找到这个人');
    expect(found(await stage.says(li, '小明'))).toHaveLength(1);
    // What is a command, or a thank-you, is none.
    expect(await stage.says(li, '谢谢')).toContain('不用谢');
    expect(await stage.says(li, '管理')).toContain('您要看哪个活动');
  });

  test('a name that is typed long after, or under something else, is none', async () => {
    await stage.says(li, '查人');
    stage.house.advance(61 * 60_000);
    expect(await stage.says(li, 'wxm')).toContain('没看懂');
    await stage.talks(li, '查人', '管理');
    expect(await stage.says(li, 'wxm')).toContain('没看懂');
  });

  test('at most eight at once, then page by page', async () => {
    for (let n = 1; n <= 8; n += 1) {
      const ref = await stage.publish({ title: `书法班${n}`, minAge: 18, maxAge: null, date: `2026-08-1${n}` });
      await stage.talks('王妈妈', `/join ${ref}`, '1', '1');
    }
    const first = await stage.says(li, '找人 王');
    expect(first).toContain('找到9个');
    expect(found(first)).toHaveLength(7);
    const second = await stage.says(li, '8');
    expect(found(second)).toHaveLength(2);
    expect(new Set([...found(first), ...found(second)].map((line) => line.slice(3))).size).toBe(9);
    expect(await stage.says(li, '2')).toContain('王小明');
  });

  test('is for staff alone', async () => {
    expect(await stage.says('王妈妈', '查人 王')).toContain('这个只有工作人员能用');
    expect(await stage.says('王妈妈', '找人 王')).toContain('没看懂');
    expect(await stage.inGroup('王妈妈', '/people 王')).toEqual({ group: [], privately: [] });
    expect(await seen()).toBe(0);
  });

  test.each(['%', '_', '小%', '王'.repeat(300), '👍', '<b>', '~x', '\u200b'])('nobody is found by %s', async (name) => {
    expect(await stage.says(li, `查人 ${name}`)).not.toContain('王小明');
    expect(await seen()).toBe(0);
  });

  test('nobody is found in what is over, called off, given back, or another community’s', async () => {
    await stage.talks('王妈妈', '我的报名', '1', '1');
    expect(await stage.says(li, '查人 王')).toContain('没找到');
    await stage.says('王妈妈', '撤销');
    expect(found(await stage.says(li, '查人 王'))).toHaveLength(1);
    for (const status of ['cancelled', 'ended']) {
      await storage.read.event.updateMany({ data: { status } });
      expect(await stage.says(li, '查人 王')).toContain('没找到');
    }
    await storage.read.event.updateMany({ data: { status: 'published' } });
    stage.house.setClock('2026-08-01T11:31');
    expect(await stage.says(li, '查人 王')).toContain('没找到');
  });

  describe('after it was quiet for a while', () => {
    const quiet = () => stage.house.advance(5 * 60_000);

    test('somebody who came, is called otherwise, or has gone is found as they are', async () => {
      quiet();
      expect(found(await stage.says(li, '查人 小'))).toHaveLength(1);
      quiet();
      expect(found(await stage.says(li, '查人 小'))).toHaveLength(1);
      await stage.joins('张爸爸', '张小乐 2017-03-08');
      quiet();
      expect(found(await stage.says(li, '查人 小'))).toHaveLength(2);
      quiet();
      await stage.talks('张爸爸', '我的家人', '1', '改名字或生日', '改名字', '张大乐', '1');
      quiet();
      expect(found(await stage.says(li, '查人 zdl'))).toHaveLength(1);
      expect(found(await stage.says(li, '查人 小'))).toHaveLength(1);
      quiet();
      await stage.talks('王妈妈', '我的资料', '改称呼', '王芳', '1');
      quiet();
      expect(found(await stage.says(li, '查人 wangfang'))).toHaveLength(1);
      quiet();
      await stage.talks('王妈妈', '删除我的资料', '删除');
      quiet();
      expect(await stage.says(li, '查人 王')).toContain('没找到');
    });

    test('who is gone without a trace is not shown from memory', async () => {
      quiet();
      expect(found(await stage.says(li, '查人 王'))).toHaveLength(1);
      quiet();
      await stage.says(li, '查人 王');
      await storage.read.dependant.deleteMany();
      expect(await stage.says(li, '查人 王')).toContain('没找到');
    });

    test('no seal is opened twice for names that have not changed', async () => {
      const { sealer, community, now } = stage.house;
      let opened = 0;
      const counting = createSealer(new Uint8Array(32));
      const families = createFamilies({
        seal: counting.seal,
        open: (sealed, context) => {
          if (context.startsWith('dependant.name')) opened += 1;
          return sealer.open(sealed, context);
        },
      });
      const guests = createGuests(sealer);
      const signUps = createSignUps({ families: createFamilies(sealer), guests, ownAnswers: createOwnAnswers(sealer) });
      const finder = createFinder({ signUps, families, guests, searchable: searchableName });
      const find = () =>
        storage.transaction((tx) =>
          finder.find(tx, { communityId: community.id, words: ['小明'], now: now(), part: () => ({ first: 0, take: 8 }) }),
        );
      quiet();
      const counts: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        expect((await find()).count).toBe(1);
        counts.push(opened);
      }
      expect(counts).toEqual([1, 1, 1]);
      // Control: of a sign-up that changed a moment ago it is.
      await storage.read.signUp.updateMany({ data: { updatedAt: new Date(now()) } });
      await find();
      expect(opened).toBe(2);
      // It had settled, so only what was let go is read again.
      await storage.read.signUp.updateMany({ data: { updatedAt: new Date(now() - 10 * 60_000) } });
      await find();
      const settled = opened;
      await find();
      expect(opened).toBe(settled);
      finder.forget();
      await find();
      expect(opened).toBe(settled + 1);
    });

    test('a first reading that takes too long for its turn goes on where it stopped', async () => {
      const { read } = storage;
      const event = await read.event.findFirstOrThrow();
      const [session, signUp] = [await read.session.findFirstOrThrow(), await read.signUp.findFirstOrThrow()];
      const many = Array.from({ length: 59 }, (_, n) => String(n));
      await read.event.createMany({ data: many.map((n) => ({ ...event, id: `e${n}`, ref: `ref${n}` })) });
      await read.session.createMany({ data: many.map((n) => ({ ...session, id: `x${n}`, eventId: `e${n}` })) });
      await read.signUp.createMany({ data: many.map((n) => ({ ...signUp, id: `s${n}`, eventId: `e${n}` })) });
      const { sealer, community, now } = stage.house;
      const families = createFamilies(sealer);
      const guests = createGuests(sealer);
      const signUps = createSignUps({ families, guests, ownAnswers: createOwnAnswers(sealer) });
      const readings: number[] = [];
      const counting: typeof families = { ...families, read: (row) => (readings.push(1), families.read(row)) };
      const finder = createFinder({ signUps, families: counting, guests, searchable: searchableName });
      const sought = { communityId: community.id, words: ['小明'], now: now(), part: () => ({ first: 0, take: 1 }) };
      quiet();
      let statements = 0;
      const tooSlow = (tx: Tx): Tx =>
        new Proxy(tx, {
          get: (target, key) => {
            // The events, what has changed, then 50 events, then the rest.
            if (key === '$queryRaw' && (statements += 1) > 3) throw new Error('too slow');
            return Reflect.get(target, key) as unknown;
          },
        });
      await expect(storage.transaction((tx) => finder.find(tooSlow(tx), { ...sought, now: now() }))).rejects.toThrow('too slow');
      expect(readings).toHaveLength(50);
      const { count } = await storage.transaction((tx) => finder.find(tx, { ...sought, now: now() }));
      expect(count).toBe(60);
      expect(readings).toHaveLength(60);
    });
  });
});

test('what was looked for opens for whoever looked, and for nobody else', () => {
  const searches = createSearches(createSealer(new Uint8Array(32)));
  const cursor = searches.cursor('p1', '王小明');
  expect(cursor).toMatch(/^~[\w-]+$/u);
  expect(cursor).not.toContain('王');
  expect(searches.open('p1', cursor)).toBe('王小明');
  expect(searches.open('p2', cursor)).toBeNull();
  for (const other of ['', '~', '~abc', '王', cursor.slice(0, -2)]) expect(searches.open('p1', other)).toBeNull();
});
