import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('who hears that something is called off or moved, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });
  const joins = (name: string, child: string) => stage.joins(name, child);
  const since = (names: readonly string[]) => {
    const before = new Map(names.map((name) => [name, stage.heard(name).length]));
    return () => Object.fromEntries(names.map((name) => [name, stage.heard(name).slice(before.get(name))]));
  };
  const teaches = async (name: string) => {
    await stage.says(name, '你好');
    await storage.read.event.updateMany({ data: { teacher: name, teacherId: await stage.personId(name) } });
  };
  /** Somebody other than the one who signed up consented for the first child. */
  const consents = async (name: string) => {
    await stage.says(name, '你好');
    await storage.read.consent.updateMany({ data: { guardianId: await stage.personId(name) } });
  };
  const everybody = { 甲妈妈: 'confirmed', 乙妈妈: 'held', 丙妈妈: 'offered', 丁妈妈: 'waiting', 戊妈妈: 'cancelled' } as const;
  const fill = async () => {
    for (const name of Object.keys(everybody)) if (stage.heard(name).length === 0) await joins(name, `${name.slice(0, 1)}小明 2018-05-20`);
    for (const [name, status] of Object.entries(everybody))
      await storage.read.signUp.updateMany({ where: { registrantId: await stage.personId(name) }, data: { status } });
  };

  test('what was called off stands in 我的报名 as it is, with nothing to give back, and counts nobody any more', async () => {
    await stage.publish({ capacity: 1 });
    await joins('王妈妈', '王小明 2018-05-20');
    await stage.says('王妈妈', '我的报名');
    expect(stage.buttons('王妈妈')).toContain('取消王小明 · 美术公益课堂第四节');
    await stage.talks('社工小李', '明天沙尘，美术课不上了', '1', '沙尘', '1');
    expect(await stage.says('王妈妈', '我的报名')).toContain('活动已取消');
    expect(stage.buttons('王妈妈')).not.toContain('取消王小明 · 美术公益课堂第四节');
    expect(await stage.talks('社工小李', '管理', '1')).not.toContain('名额');
  });

  test.each([
    ['1', '取消了', 'cancelled'],
    ['延期待定，名额保留', '延期了', 'postponed'],
  ])(
    '%s: whoever has a place, holds one, was offered one or waits, the guardian and the teacher, each once',
    async (how, words, status) => {
      await stage.publish({ capacity: 3 });
      await joins('甲妈妈', '甲小明 2018-05-20');
      await consents('甲爸爸');
      await fill();
      await teaches('马老师');
      const names = [...Object.keys(everybody), '甲爸爸', '马老师'];
      const told = since(names);
      expect(await stage.says('社工小李', '明天沙尘，美术课不上了')).toContain('已报1，占位1，候补2\n要怎么办？');
      expect(stage.buttons('社工小李').slice(0, 3)).toEqual(['取消，不办了', '改期，已经有新时间', '延期待定，名额保留']);
      expect(await stage.talks('社工小李', how, '沙尘')).toContain('通知谁：已报1，占位1，候补2，通知4家，另有1位监护人，授课老师一并通知');
      expect(await stage.says('社工小李', '1')).toContain('已通知4家。');
      const heard = told();
      expect(names.map((name) => heard[name]?.length)).toEqual([1, 1, 1, 1, 0, 1, 1]);
      for (const name of names.filter((one) => one !== '戊妈妈')) expect(heard[name]?.[0]).toContain(words);
      expect(heard['甲爸爸']?.[0]).toContain('甲小明');
      expect(heard['马老师']?.[0]).not.toMatch(/小明/u);
      expect((await storage.read.event.findFirstOrThrow()).status).toBe(status);
    },
  );

  test('before it is called off it is said that this is for good; control: not of what is postponed', async () => {
    const sessions = ['2026-08-01', '2026-08-08'].map((date) => ({ date, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ sessions });
    const forGood = '取消以后恢复不了，只能重新发一个活动。';
    expect(await stage.talks('社工小李', '管理', '1', '取消或延期', '1', '沙尘')).toContain(forGood);
    await stage.talks('社工小李', '退出', '管理', '1', '取消或延期', '只少办一节');
    expect(await stage.talks('社工小李', '1', '跳过')).toContain('去掉的这一节恢复不了。');
    await stage.talks('社工小李', '退出', '管理', '1', '取消或延期');
    expect(await stage.talks('社工小李', '延期待定，名额保留', '跳过')).not.toContain('恢复不了');
    await stage.talks('社工小李', '退出', '/language en', '/manage', '1', 'Cancel or postpone', '1');
    expect(await stage.says('社工小李', 'skip')).toContain('cannot be brought back');
  });

  test('a guardian who also signed somebody up, and a teacher who did, hear it once; a consent taken back counts no more', async () => {
    await stage.publish();
    await joins('甲妈妈', '甲小明 2018-05-20');
    await joins('乙妈妈', '乙小明 2018-05-20');
    await storage.read.consent.updateMany({
      where: { guardianId: await stage.personId('甲妈妈') },
      data: { guardianId: await stage.personId('乙妈妈') },
    });
    await teaches('乙妈妈');
    const told = since(['甲妈妈', '乙妈妈']);
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月2日', '确认改动');
    const heard = told();
    expect([heard['甲妈妈']?.length, heard['乙妈妈']?.length]).toEqual([1, 1]);
    expect(heard['乙妈妈']?.[0]).toContain('甲小明');
    await storage.read.consent.updateMany({ data: { withdrawnAt: new Date(stage.house.now()) } });
    const later = since(['乙妈妈']);
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月3日', '确认改动');
    expect(later()['乙妈妈']?.[0]).not.toContain('甲小明');
  });

  test.each(['1', '好', '确认', '。'])('%s is no reason; 沙尘 is', async (written) => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    await stage.talks('社工小李', '管理', '1', '取消或延期', '1', written);
    expect(stage.heard('社工小李').at(-1)).toContain('这不像原因');
    await stage.talks('社工小李', '沙尘', '1');
    expect(stage.heard('王妈妈').at(-1)).toContain('原因：沙尘');
  });

  test('at night they hear it in the morning; control: within 18 hours of the start at once', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    stage.house.setClock('2026-07-30T22:30');
    const told = since(['王妈妈']);
    await stage.talks('社工小李', '美术课延期', '3', '跳过', '1');
    expect(told()['王妈妈']).toEqual([]);
    await stage.passes(9.5 * 60);
    expect(told()['王妈妈']).toHaveLength(1);
    stage.house.setClock('2026-07-31T22:30');
    await stage.talks('社工小李', '美术课取消了', '1', '跳过', '1');
    expect(told()['王妈妈']).toHaveLength(2);
  });

  test('of a series that has begun the next session counts: days before it nobody is woken', async () => {
    const sessions = ['2026-07-29', '2026-08-05'].map((date) => ({ date, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ sessions });
    await joins('王妈妈', '王小明 2018-05-20');
    stage.house.setClock('2026-07-30T22:30');
    const told = since(['王妈妈']);
    await stage.talks('社工小李', '美术课取消了', '1', '跳过', '1');
    expect(told()['王妈妈']).toEqual([]);
    await stage.passes(9.5 * 60);
    expect(told()['王妈妈']).toHaveLength(1);
  });

  test('a dropped session of single ones is told to those of it and to the teacher', async () => {
    const sessions = [1, 2].map((day) => ({ date: `2026-08-0${day}`, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ signUpFor: 'single', sessions, minAge: 18, maxAge: null });
    await stage.talks('张爸爸', '报名', '1', '1', '1');
    await stage.talks('刘叔叔', '报名', '1', '2', '1');
    await teaches('马老师');
    const told = since(['张爸爸', '刘叔叔', '马老师']);
    await stage.talks('社工小李', '美术课取消了', '只少办一节', '1', '跳过');
    expect(stage.heard('社工小李').at(-1)).toContain('已报1，候补0，通知1家，授课老师一并通知');
    await stage.says('社工小李', '1');
    const heard = told();
    expect(['张爸爸', '刘叔叔', '马老师'].map((name) => heard[name]?.length)).toEqual([1, 0, 1]);
  });

  test('a calendar that has a moved and a dropped session gets the new day of one, and lets the other go', async () => {
    const sessions = ['2026-08-05', '2026-08-12', '2026-08-19'].map((date) => ({ date, start: '19:00', end: '20:00', place: '二楼' }));
    await stage.publish({ sessions });
    const entries = async () => {
      await stage.talks('王妈妈', '活动', '1', '加到手机日历');
      const file = Buffer.from(stage.house.adapter.shown('王妈妈').at(-1)?.file?.data ?? []).toString('utf8');
      return file
        .split('BEGIN:VEVENT')
        .slice(1)
        .map((entry) => ({
          uid: /UID:(\S+)/u.exec(entry)?.[1],
          day: /DTSTART[^:]*:(\d{8})/u.exec(entry)?.[1],
          sequence: Number(/SEQUENCE:(\d+)/u.exec(entry)?.[1]),
          cancelled: entry.includes('STATUS:CANCELLED'),
        }));
    };
    const before = await entries();
    expect(before.map(({ day, cancelled }) => [day, cancelled])).toEqual([
      ['20260805', false],
      ['20260812', false],
      ['20260819', false],
    ]);
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '2', '1 8月13日', '确认改动');
    await stage.talks('社工小李', '美术课取消了', '只少办一节', '3', '跳过', '1');
    const after = await entries();
    expect(after.map(({ day, cancelled }) => [day, cancelled])).toEqual([
      ['20260805', false],
      ['20260813', false],
      ['20260819', true],
    ]);
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    for (const [at, { sequence }] of after.slice(1).entries()) expect(sequence).toBeGreaterThan(before[at + 1]?.sequence ?? 0);
  });

  test('whoever has no private chat is named to be called, for a move too', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    await storage.read.identity.updateMany({ where: { externalId: '王妈妈' }, data: { privateChat: null } });
    const answer = await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月2日', '确认改动');
    expect(answer).toContain('已通知0家');
    expect(answer).toContain('请打电话：王妈妈');
    // And whoever calls finds it among the tasks, once.
    expect(await storage.read.task.count({ where: { kind: 'call' } })).toBe(1);
    expect(await stage.says('社工小李', '待办')).toContain('有1件事等着');
    expect(await stage.says('社工小李', '1')).toContain(`“${artClass}”有变动，请打电话告诉现在的安排。`);
    await stage.talks('社工小李', '美术课取消了', '1', '跳过');
    expect(stage.heard('社工小李').at(-1)).toContain('其中1家我发不了私聊，要打电话');
    await stage.says('社工小李', '1');
    expect(await storage.read.task.count({ where: { kind: 'call' } })).toBe(2);
  });
});

describe.each(databases)('the teacher, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
    await stage.says('马老师', '你好');
  });
  const event = () => storage.read.event.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const publishes = () => stage.talks('社工小李', '新活动 书法班 8月5日19:00-20:30 一楼 18岁以上 授课老师：马老师', '确认发布');
  const chooses = (label: string) => stage.talks('社工小李', '管理', '1', '8', '授课老师是谁', label);

  test('is a name until staff say who it is; then they hear of it, and of what becomes of it', async () => {
    await publishes();
    expect(await event()).toMatchObject({ teacher: '马老师', teacherId: null });
    expect(stage.heard('马老师')).toHaveLength(1);
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月6日', '确认改动');
    expect(stage.heard('马老师')).toHaveLength(1);

    expect(await chooses('马老师（居民）')).toContain('马老师是“书法班”的授课老师');
    expect(stage.heard('马老师').at(-1)).toContain('请您来上“书法班”：8月6日(周四) 19:00–20:30，一楼');
    expect((await event()).teacherId).toBe(await stage.personId('马老师'));
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月7日', '确认改动');
    expect(stage.heard('马老师').at(-1)).toContain('您要上的“书法班”有变动。\n原来：8月6日');
    await stage.talks('社工小李', '管理', '1', '改其他内容', '4 三楼', '确认修改');
    expect(stage.heard('马老师').at(-1)).toBe('您要上的“书法班”有变动。\n地点：原来一楼，现在三楼');
    await stage.talks('社工小李', '管理', '1', '改其他内容', '10 陈老师', '确认修改');
    expect(stage.heard('马老师').at(-1)).toContain('“书法班”不用您来上了');
    expect(await event()).toMatchObject({ teacher: '陈老师', teacherId: null });
    expect(stage.heard('马老师')).toHaveLength(5);
    expect(await storage.read.auditEntry.count({ where: { action: 'event.teacher' } })).toBe(1);
  });

  test('goes along when the event is done once more, and hears when that is published', async () => {
    await publishes();
    await chooses('马老师（居民）');
    await stage.talks('社工小李', '管理', '1', '8', '照这个再办一次', '3 8月12日');
    const before = stage.heard('马老师').length;
    expect(await stage.says('社工小李', '确认发布')).toContain('发布好了');
    expect(stage.heard('马老师').slice(before)).toEqual([expect.stringContaining('8月12日(周三)')]);
    expect((await event()).teacherId).toBe(await stage.personId('马老师'));
    // Another name is another teacher.
    await stage.talks('社工小李', '管理', '1', '8', '照这个再办一次', '3 8月19日', '10 陈老师', '确认发布');
    expect((await event()).teacherId).toBeNull();
  });

  test('of a draft and a copy nobody gone is kept as teacher', async () => {
    await publishes();
    await chooses('马老师（居民）');
    await stage.talks('社工小李', '管理', '1', '8', '存成模板');
    await stage.talks('马老师', '删除我的资料', '删除');
    await stage.talks('社工小李', '管理', '模板（1个）', '1', '用它办新活动', '3 8月12日', '确认发布');
    expect(await event()).toMatchObject({ teacher: '马老师', teacherId: null });
  });

  test('is let go again by staff, and hears so; the same twice tells nobody', async () => {
    await publishes();
    await chooses('马老师（居民）');
    const before = stage.heard('马老师').length;
    expect(await chooses('马老师（居民）')).toContain('已经是这样了');
    expect(stage.heard('马老师')).toHaveLength(before);
    await chooses('都不是，只写名字');
    expect(stage.heard('马老师').at(-1)).toContain('不用您来上了');
    expect((await event()).teacherId).toBeNull();
  });

  test('only people of this community are offered, and nobody else can be forged', async () => {
    await publishes();
    await storage.read.person.create({ data: { id: 'far', name: '马老师傅' } });
    await stage.talks('社工小李', '管理', '1', '8', '授课老师是谁');
    expect(stage.buttons('社工小李').filter((label) => label.includes('马'))).toEqual(['马老师（居民）']);
    // Control: known here, they are offered too.
    await storage.read.signUp.create({
      data: {
        id: 's',
        communityId: stage.house.community.id,
        eventId: (await event()).id,
        scope: 'all',
        participant: 'p:far',
        party: 'p:far',
        registrantId: 'far',
        status: 'confirmed',
        position: 1,
        createdAt: new Date(0),
        updatedAt: new Date(0),
      },
    });
    await stage.talks('社工小李', '管理', '1', '8', '授课老师是谁');
    expect(stage.buttons('社工小李').filter((label) => label.includes('马'))).toHaveLength(2);
  });

  test('whoever is deleted teaches nothing any more, and the announced name stays', async () => {
    await publishes();
    await chooses('马老师（居民）');
    await stage.talks('马老师', '删除我的资料', '删除');
    expect(await storage.read.person.count({ where: { name: '马老师' } })).toBe(0);
    expect(await event()).toMatchObject({ teacher: '马老师', teacherId: null });
  });
});
