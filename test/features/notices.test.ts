import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { sqlite } from '../support/databases.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

describe('a notice of change', () => {
  let storage: Storage;
  let stage: Stage;
  onStage(sqlite.open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });

  const says = (...lines: string[]) => stage.talks('社工小李', ...lines);
  const buttons = () => stage.buttons('社工小李');
  const heard = (name: string) => stage.heard(name).at(-1) ?? '';
  const weeks = ['2026-07-29', '2026-08-05', '2026-08-12', '2026-08-19'];
  const evenings = weeks.map((date) => ({ date, start: '19:00', end: '20:30', place: '二楼' }));
  const artClass = (event = {}) => stage.publish({ title: '美术课', date: '2026-08-15', capacity: 5, ...event });
  const calligraphy = () => stage.publish({ title: '书法班', sessions: evenings });
  const joins = () => stage.joins('王妈妈', '王小明 2018-05-20');
  const walls = async () =>
    (await storage.read.session.findMany({ orderBy: { number: 'asc' } })).map(({ startsWall, endsWall }) => [startsWall, endsWall]);

  test.each([
    ['美术课改到周日下午3点', '8月16日(周日) 15:00–16:30'],
    ['美术课改到周日下午3点到4点', '8月16日(周日) 15:00–16:00'],
    ['美术课改到周四', '8月13日(周四) 10:00–11:30'],
    ['紧急通知！因暴雨，8月15日的美术课延期到8月22日上午10点到12点，地点不变，请家长互相转告', '8月22日(周六) 10:00–12:00'],
    ['美术课8月15日取消，改到8月22日同一时间', '8月22日(周六) 10:00–11:30'],
    ['原定8月15日的美术课改为8月16日下午3点到4点', '8月16日(周日) 15:00–16:00'],
    ['美术课时间由8月15日改为8月16日下午3点到4点', '8月16日(周日) 15:00–16:00'],
    ['美术课8月15日改到8月16日下午3点到4点', '8月16日(周日) 15:00–16:00'],
    ['美术课改到8月5日', '8月5日(周三) 10:00–11:30'],
    ['美术课改到明天', '7月29日(周三) 10:00–11:30'],
    ['各位家长，美术课时间改为上午9点', '8月15日(周六) 09:00–10:30'],
    ['美术课改到下午3点到4点', '8月15日(周六) 15:00–16:00'],
    ['美术课提前到8:30开始', '8月15日(周六) 08:30–10:00'],
    ['美术课推迟半小时', '8月15日(周六) 10:30–12:00'],
    ['美术课推迟一周', '8月22日(周六) 10:00–11:30'],
    ['8.15的美术课改到8.16', '8月16日(周日) 10:00–11:30'],
    ['更正：美术课改到8月16日', '8月16日(周日) 10:00–11:30'],
  ])('%s: %s', async (notice, now) => {
    await artClass();
    await joins();
    const asked = await says(notice);
    expect(asked).toContain(`· 时间：8月15日(周六) 10:00–11:30 → ${now}\n`);
    expect(asked).not.toContain('写的都一样');
    expect(buttons()[0]).toBe('改时间或地点');
    // Nobody hears of it before it is confirmed.
    const before = stage.heard('王妈妈').length;
    await says('1');
    expect(stage.heard('王妈妈')).toHaveLength(before);
    expect(await says('确认改动')).toContain('改好了，已通知1家');
    expect(heard('王妈妈')).toContain('原来：8月15日(周六) 10:00–11:30');
    expect(heard('王妈妈')).toContain(`现在：${now}`);
    expect(await storage.read.event.count()).toBe(1);
  });

  test.each([
    ['美术课改期到7月20日上午10点', '2027年7月20日(周二) 10:00–11:30', '没写年份，今年的已经过了', '2027-07-20T10:00'],
    ['美术课改到8月3日周日下午3点到4点', '8月3日(周一) 15:00–16:00', '写的是周日，可那天是周一', '2026-08-03T15:00'],
  ])('%s contradicts itself: it is asked, and nobody is told before', async (notice, now, doubt, start) => {
    await artClass();
    await joins();
    expect(await says(notice)).toContain(`→ ${now}（${doubt}`);
    expect(await says('1')).toContain(doubt);
    expect(await says('确认改动')).toContain('日期还没定下来');
    expect(heard('王妈妈')).not.toContain('原来');
    expect(await says('对', '确认改动')).toContain('改好了，已通知1家');
    expect((await walls())[0]?.[0]).toBe(start);
  });

  test('a day that does not exist is asked for', async () => {
    await artClass();
    const asked = await says('美术课改到2月30日下午3点到4点');
    expect(asked).toContain('15:00–16:00（还没写哪天');
    expect(asked).toContain('“2月30日下午3点到4点”我没看懂');
    expect(await says('1')).toContain('哪一天？');
    expect(await says('8月16日')).toContain('15:00–16:00');
    expect(await says('确认改动')).toContain('改好了');
    expect(await walls()).toEqual([['2026-08-16T15:00', '2026-08-16T16:00']]);
  });

  test.each([
    ['美术课地点改为党群活动中心三楼，时间改为下午3点到4点', '15:00–16:00', '党群活动中心三楼'],
    ['美术课改到上午9点到10点，地点改到文化站', '09:00–10:00', '文化站'],
    ['美术课改到周六上午9点，在党群活动中心三楼上课', '09:00–10:30', '党群活动中心三楼'],
    ['美术课改到线上', '10:00–11:30', '线上'],
    ['更正：美术课地点是三楼，不是二楼', '10:00–11:30', '三楼'],
    ['地点改为三楼会议室', '10:00–11:30', '三楼会议室'],
  ])('%s: the place, and the time beside it', async (notice, clock, place) => {
    await artClass();
    expect(await says(notice)).toContain(`地点：党群活动中心二楼 → ${place}`);
    await says('1');
    await says(buttons().includes('确认改动') ? '确认改动' : '确认修改');
    const [session] = await storage.read.session.findMany();
    expect([session?.place, session?.startsWall.slice(11), session?.endsWall?.slice(11)]).toEqual([place, ...clock.split('–')]);
  });

  test('time and number both change: the second is offered once the first is done', async () => {
    await artClass();
    const asked = await says('美术课改到8月16日上午10点，名额改为6人');
    expect(asked).toContain('名额：5人 → 6人');
    expect(buttons().slice(0, 2)).toEqual(['改时间或地点', '改其他内容']);
    expect(await says('1', '确认改动')).toContain('那段通知里还有别的要改');
    expect(await says('1')).toContain('5 名额：6人');
    await says('确认修改');
    expect((await storage.read.event.findFirstOrThrow()).capacity).toBe(6);
    expect(await walls()).toEqual([['2026-08-16T10:00', '2026-08-16T11:30']]);
  });

  test.each([
    ['美术课地点改到四楼，名额改为6人', { capacity: 6 }],
    ['美术课名额增加到8人', { capacity: 8 }],
    ['美术课名额增加5人', { capacity: 10 }],
    ['美术课增加5个名额', { capacity: 10 }],
    ['美术课减少名额2个', { capacity: 3 }],
    ['更正：美术课名额10人', { capacity: 10 }],
    ['美术课改名为绘画课', { title: '绘画课' }],
    ['美术课报名延长到8月12日', { deadlineWall: '2026-08-12T23:59' }],
    ['美术课年龄改为7-10岁', { minAge: 7, maxAge: 10 }],
  ])('%s leads to the form of the rest', async (notice, stored) => {
    await artClass();
    await says(notice, '改其他内容', '确认修改');
    expect(await storage.read.event.findFirstOrThrow()).toMatchObject(stored);
  });

  test('what is not understood is named, and it is never said that all is the same', async () => {
    await artClass();
    const fee = await says('美术课改为收费50元');
    expect(fee).toContain('这次要改什么，我没看懂');
    expect(fee).toContain('这些没用上：收费50元');
    expect(buttons().slice(0, 3)).toEqual(['改时间或地点', '改其他内容', '取消或延期']);
    const half = await says('因暴雨，美术课改到8月16日上午10点，停车场不开放');
    expect(half).toContain('8月16日(周日) 10:00–11:30');
    expect(half).toContain('这些没用上：因暴雨、停车场不开放');
    // Control: with nothing else in it.
    expect(await says('美术课改到8月15日上午10点，地点不变')).toContain('写的都一样');
    expect(await says('美术课名额减少9人')).toContain('增减以后的名额不对');
    const other = await says('原定8月1日的美术课改到8月16日');
    expect(other).toContain('写的日子对不上，“美术课”是8月15日(周六) 10:00–11:30');
  });

  test('of a series the old date says which evening is moved', async () => {
    await calligraphy();
    for (const notice of ['8月12日的书法班改到8月13日晚7点', '书法班8月12日改到8月13日晚7点', '书法班第三节改到8月13日晚7点，其他不变']) {
      expect(await says(notice)).toContain('· 时间：8月12日(周三) 19:00–20:30 → 8月13日(周四) 19:00–20:30');
    }
    expect(await says('1')).toContain('第3节');
    await says('确认改动');
    expect((await walls())[2]).toEqual(['2026-08-13T19:00', '2026-08-13T20:30']);
    expect((await walls())[1]).toEqual(['2026-08-05T19:00', '2026-08-05T20:30']);
  });

  test('where nobody knows which evening, it is asked, and the new time is kept meanwhile', async () => {
    await calligraphy();
    expect(await says('书法班第六节改到8月13日晚8点')).toContain('改的是哪一节？');
    expect(buttons().slice(0, 2)).toEqual(['第1节 7月29日(周三) 19:00–20:30', '第2节 8月5日(周三) 19:00–20:30']);
    expect(await says('2')).toContain('8月5日(周三) 19:00–20:30 → 8月13日(周四) 20:00–21:30');
    await says('1', '确认改动');
    expect((await walls())[1]).toEqual(['2026-08-13T20:00', '2026-08-13T21:30']);
  });

  test.each([
    ['书法班第二节取消', '第2节 8月5日(周三) 19:00–20:30'],
    ['书法班8月5日停课一次', '第2节 8月5日(周三) 19:00–20:30'],
    ['8月12日书法班不上了', '第3节 8月12日(周三) 19:00–20:30'],
    ['明天沙尘，书法班不上了', '第1节 7月29日(周三) 19:00–20:30'],
  ])('%s asks about that evening first', async (notice, evening) => {
    await calligraphy();
    const asked = await says(notice);
    expect(asked).toContain(evening);
    expect(asked).toContain('共4节');
    expect(buttons()[0]).toContain(`只取消${evening.slice(0, 3)}`);
    expect(buttons()[2]).toBe('整个取消，4节都不办了');
    await says('1', '跳过', '1');
    expect(await storage.read.session.count({ where: { status: 'planned' } })).toBe(3);
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('published');
  });

  test('of many evenings those that find no room in the question stand behind one entry', async () => {
    const many = Array.from({ length: 9 }, (_, at) => ({
      date: `2026-08-${String(at + 10)}`,
      start: '19:00',
      end: '20:30',
      place: '二楼',
    }));
    await stage.publish({ title: '集训营', sessions: many });
    await says('集训营停课一次');
    expect(buttons().slice(6, 8)).toEqual(['别的节', '不是哪一节，是整个活动']);
    expect(await says('别的节')).toContain('哪一节不办了');
    expect(buttons()).toContain('第9节 8月18日(周二) 19:00–20:30');
  });

  test('书法班停课一次 asks which; 书法班取消 shows the series; a day that it has nothing on is said', async () => {
    await calligraphy();
    expect(await says('书法班停课一次')).toContain('哪一节不办了');
    expect(buttons()[0]).toBe('第1节 7月29日(周三) 19:00–20:30');
    expect(await says('书法班取消')).toContain('共4次');
    await artClass();
    expect(await says('明天沙尘，美术课不上了')).toContain('写的日子对不上，“美术课”是8月15日');
  });

  test('the day says which of two events is meant', async () => {
    await artClass();
    await artClass({ date: '2026-08-16' });
    expect(await says('周日的美术课取消')).toContain('8月16日(周日)');
    expect(buttons()[0]).toBe('取消，不办了');
    expect(await says('通知：8月15日的课取消')).toContain('8月15日(周六)');
    expect(await says('周日的美术课改到下午3点')).toContain('8月16日(周日) 10:00–11:30 → 8月16日(周日) 15:00–16:30');
    expect(await says('美术课改到下午3点')).toBe('要改的是哪一个活动？');
  });

  test('what was postponed is found, and the new date ends it', async () => {
    await artClass();
    await joins();
    await says('美术课延期', '延期待定，名额保留', '跳过', '1');
    expect(await says('美术课延期到8月29日上午10点')).toContain('待定（原定8月15日(周六) 10:00–11:30） → 8月29日(周六) 10:00–11:30');
    expect(await says('1', '确认改动')).toContain('改好了，已通知1家');
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('published');
  });

  test('what was postponed is confirmed at its old date in words, and what is asked says that it has no date', async () => {
    await artClass();
    await joins();
    await says('美术课延期', '延期待定，名额保留', '跳过', '1');
    await says('美术课取消');
    expect(await says('1', '跳过')).toContain('待定（原定8月15日(周六) 10:00–11:30）');
    await says('退出', '美术课恢复正常上课');
    expect(buttons()[0]).toBe('照原来的时间办');
    expect(await says('1')).toContain('日期不改就确认，就是照原来的时间办');
    expect(await says('确认改动')).toContain('改好了，已通知1家');
    expect(heard('王妈妈')).toContain('照原来的时间办：8月15日(周六) 10:00–11:30');
    expect(heard('王妈妈')).not.toContain('原来：');
  });

  test('an event that goes on is found', async () => {
    await artClass({ date: '2026-07-28', start: '09:30', end: '11:00' });
    expect(await says('美术课改到8月9日上午10点到11点')).toContain('→ 8月9日(周日) 10:00–11:00');
  });

  test('the list is closed and opened by a notice', async () => {
    await artClass();
    await says('美术课停止报名');
    expect(buttons()[0]).toBe('停止报名');
    await says('1');
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('closed');
    expect(await says('美术课停止报名')).toContain('现在本来就是这样');
    await says('美术课重新开放报名', '1');
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('published');
  });

  test.each(['美术课改到8月16日', '美术课取消', '书法班第六节改到8月13日晚8点', '改期：课改到8月16日'])(
    '退出 puts the question of “%s” away, and a number means nothing any more',
    async (notice) => {
      await artClass();
      await calligraphy();
      await says(notice);
      expect(await says('退出')).toBe('好的，什么都没有改。');
      expect(await says('1')).not.toMatch(/确认改动|因为什么/u);
      expect(await storage.read.session.count({ where: { status: 'planned' } })).toBe(5);
    },
  );

  test('while the list of check-in stands open a notice is none of its names', async () => {
    await artClass({ date: '2026-07-28', start: '10:10', end: '11:00' });
    await joins();
    await says('管理', '1', '签到');
    expect(await says('美术课改到今天下午3点到4点')).toContain('→ 7月28日(周二) 15:00–16:00');
    await says('退出', '管理', '1', '签到');
    expect(await says('美术课取消')).toContain('要怎么办？');
    // Control: a name is one.
    await says('退出', '管理', '1', '签到');
    expect(await says('李四光')).toContain('名单上没找到');
  });

  describe('the form of time and place', () => {
    const opens = async (event = {}) => {
      await artClass(event);
      await says('管理', '1', '改时间或地点');
    };

    test('a beginning alone keeps the length; without an end there is none', async () => {
      await opens();
      expect(await says('2 15:00')).toContain('15:00–16:30');
      await says('确认改动');
      expect(await walls()).toEqual([['2026-08-15T15:00', '2026-08-15T16:30']]);
    });

    test('an end before the beginning is asked about, and one of the next day has to be written so', async () => {
      await opens();
      expect(await says('2 15:00-11:30')).toContain('结束比开始还早');
      expect(await says('退出', '管理', '1', '改时间或地点', '2 18:00到次日8:00')).toContain('18:00–08:00');
      await says('确认改动');
      expect(await walls()).toEqual([['2026-08-15T18:00', '2026-08-16T08:00']]);
    });

    test('what contradicts itself holds it up, as in a new event; a new day settles it', async () => {
      await opens();
      expect(await says('1 8月16日周六')).toContain('写的是周六，可那天是周日');
      expect(await says('确认改动')).toContain('日期还没定下来');
      expect(await says('8月16日', '确认改动')).toContain('改好了');
      expect(await says('管理', '1', '改时间或地点', '1 2028年8月16日', '确认改动')).toContain('太远了');
    });

    test('a weekday is the one beside the old day', async () => {
      await opens();
      expect(await says('1 周日')).toContain('8月16日(周日)');
    });
  });

  describe('what is written in an announcement and is no value', () => {
    test.each(['0人', '-1人', '一百万人'])('名额%s is not published as if there were no limit', async (places) => {
      const seen = await says(`新活动 美术课 8月1日10:00-11:30 党群活动中心二楼 名额${places}`);
      expect(seen).toContain('5 名额：没看懂，请核对');
      expect(await says('确认发布')).toContain('多少个名额');
      expect(await storage.read.event.count()).toBe(0);
      await says('20', '确认发布');
      expect((await storage.read.event.findFirstOrThrow()).capacity).toBe(20);
    });

    test.each(['7月30日截止 7月31日截止', '7月31日截止 8月3日截止'])('%s: which of the two is asked', async (deadlines) => {
      const seen = await says(`新活动 美术课 8月1日10:00-11:30 党群活动中心二楼 ${deadlines}`);
      expect(seen).toContain('对不上');
      expect(seen).toContain('写了好几个，请核对');
      expect(await says('确认发布')).toContain('报名到什么时候');
      expect(await storage.read.event.count()).toBe(0);
      await says('7月31日', '确认发布');
      expect((await storage.read.event.findFirstOrThrow()).deadlineWall).toBe('2026-07-31T23:59');
    });
  });
});
