import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { sqlite } from '../support/databases.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

describe('times that cannot be', () => {
  let storage: Storage;
  let stage: Stage;
  onStage(sqlite.open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });

  test.each([
    ['8月1日 11:30-10:00', '结束比开始还早'],
    ['8月8日至8月1日 每天9:00', '结束比开始还早'],
    ['每周三晚7点 共100次', '最多排到400天以后'],
    ['8月1日至2028年8月1日每天9:00', '最多排到400天以后'],
    ['2028年8月1日9:00', '最多排到400天以后'],
    ['2月30日 10:00', '没有这一天'],
    ['8月1日 25:00', '没有这个时间'],
    ['每天9:00', '共几次，或者到哪天为止'],
  ])('a new event at %s is refused kindly: %s', async (when, why) => {
    await stage.talks('社工小李', '新活动', '书法班');
    expect(await stage.says('社工小李', when)).toContain(why);
    expect(await storage.read.event.count()).toBe(0);
    // Control: a time that can be goes on to the next question.
    expect(await stage.says('社工小李', '8月1日 10:00-11:30')).toContain('在什么地方');
  });

  test.each([
    ['1 7月1日', '这是明年的，离现在338天，请核对'],
    ['1 8月5日周六', '写的是周六，可那天是周三，请核对'],
    ['1 2月30日', '没有这一天'],
    ['2 11:30-10:00', '结束比开始还早'],
    ['2 25:00', '没有这个时间'],
  ])('a move to %s is refused kindly, or looked at twice: %s', async (line, why) => {
    await stage.publish();
    await stage.talks('社工小李', '管理', '1', '改时间或地点');
    expect(await stage.says('社工小李', line)).toContain(why);
    expect((await storage.read.session.findFirstOrThrow()).startsWall).toBe('2026-08-01T10:00');
  });

  test('an hour that summer time skips is refused, for a new event and for a move; control: the day after it is there', async () => {
    await storage.read.community.updateMany({ data: { timeZone: 'Europe/Berlin' } });
    await stage.talks('社工小李', '新活动', '夜跑');
    expect(await stage.says('社工小李', '2027年3月28日02:30-04:00')).toContain('没有这个时间');
    await stage.talks('社工小李', '2027年3月29日02:30-04:00', '社区广场', '3 2027年3月28日');
    expect(await stage.says('社工小李', '确认发布')).toContain('没有这个时间');
    expect(await storage.read.event.count()).toBe(0);
    expect(await stage.talks('社工小李', '2027年3月29日02:30-04:00', '确认发布')).toContain('发布好了');
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 2027年3月28日');
    expect(await stage.says('社工小李', '确认改动')).toContain('没有这个时间');
    expect((await storage.read.session.findFirstOrThrow()).startsWall).toBe('2027-03-29T02:30');
  });

  test('a number of sessions that the days do not make is pointed out', async () => {
    await stage.talks('社工小李', '新活动', '书法班');
    expect(await stage.says('社工小李', '8月5日到8月26日每周三晚7点 共8次')).toContain('写的是8次，日子算下来是4次');
  });

  test('a day with its year that is over is refused before anything is published', async () => {
    await stage.talks('社工小李', '新活动 书法班 2026年7月1日10:00-11:00 一楼');
    expect(await stage.says('社工小李', '确认发布')).toContain('已经过去了');
    expect(await storage.read.event.count()).toBe(0);
  });

  test('an event whose time has come while the form was open is not published', async () => {
    await stage.talks('社工小李', '新活动 书法班 7月28日10:30-12:00 一楼');
    stage.house.setClock('2026-07-28T10:31');
    expect(await stage.says('社工小李', '确认发布')).toContain('已经过去了');
    expect(await storage.read.event.count()).toBe(0);
  });
});
