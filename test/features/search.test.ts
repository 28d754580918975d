import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

describe.each(databases)('asking what is on, on $name', ({ open }) => {
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ stage } = ground);
    // Today is Tuesday, 28 July.
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null, date: '2026-07-30', start: '19:00', end: '20:30' });
    await stage.publish({ title: '美术公益课堂', minAge: 6, maxAge: 12, date: '2026-08-01' });
    await stage.publish({ title: '中秋游园会', minAge: null, maxAge: null, date: '2026-09-25' });
  });
  const found = async (text: string) => {
    await stage.says('王妈妈', text);
    return stage.buttons('王妈妈').filter((label) => !['返回', '找人帮忙', '帮忙'].includes(label));
  };

  test.each([
    ['什么时候有书法课', ['书法班']],
    ['这周末有什么活动', ['美术公益课堂']],
    ['有没有适合8岁孩子的', ['美术公益课堂', '中秋游园会']],
    ['活动 书法', ['书法班']],
    ['/events zqyyh', ['中秋游园会']],
    ['/events meishu', ['美术公益课堂']],
    ['活动', ['书法班', '美术公益课堂', '中秋游园会']],
    ['活动 本周', ['书法班', '美术公益课堂']],
    ['活动 周六', ['美术公益课堂']],
    ['活动 8月1日', ['美术公益课堂']],
    ['活动 8岁', ['美术公益课堂', '中秋游园会']],
    ['活动 孩子', ['美术公益课堂', '中秋游园会']],
    ['活动 老人', ['书法班', '中秋游园会']],
    ['活动 儿童青少年', ['美术公益课堂', '中秋游园会']],
    ['活动 还有名额', ['书法班', '美术公益课堂', '中秋游园会']],
    ['活动 周六 美术', ['美术公益课堂']],
    ['events saturday', ['美术公益课堂']],
  ])('%s', async (text, titles) => {
    const labels = await found(text);
    expect(labels).toHaveLength(titles.length);
    titles.forEach((title, at) => expect(labels[at]).toContain(title));
  });

  test('one event is offered as one, and several are asked about', async () => {
    expect(await stage.says('王妈妈', '活动 书法')).toBe('找到1个：');
    expect(await stage.says('王妈妈', '活动')).toBe('现在有3个活动，想看哪个？');
    await stage.says('王妈妈', '/language en');
    expect(await stage.says('王妈妈', '/events 书法')).toBe('Found 1. Have a look?');
  });

  test('a series is offered with how often it is still to come', async () => {
    const sessions = ['2026-07-29', '2026-08-05'].map((date) => ({ date, start: '19:00', end: '20:00', place: '一楼' }));
    await stage.publish({ title: '合唱', sessions });
    expect(await found('活动 合唱')).toEqual(['7月29日(周三) 19:00–20:00等2次 合唱']);
    stage.house.setClock('2026-07-30T10:00');
    expect(await found('活动 合唱')).toEqual(['8月5日(周三) 19:00–20:00 合唱']);
  });

  test('what is not there is said, with a way on', async () => {
    expect(await stage.says('王妈妈', '什么时候有剪纸课')).toContain('没找到合适的活动');
    expect(await found('/events %_')).toEqual(['看看有什么活动']);
  });

  test('a day with nothing on is said, and what comes next', async () => {
    expect(await stage.says('王妈妈', '今天有活动吗')).toBe('今天没有活动。接下来有：');
    expect((await found('活动 今天'))[0]).toContain('书法班');
    expect(await stage.says('王妈妈', '活动 8月2日')).toBe('8月2日(周日)没有活动。接下来有：');
    expect(await stage.says('王妈妈', '活动 下周')).toBe('那几天没有活动。接下来有：');
    expect((await found('活动 明天 8岁'))[0]).toContain('美术公益课堂');
    // Control: what is never on is not promised.
    expect(await stage.says('王妈妈', '今天有剪纸课吗')).toBe('今天没有活动。');
  });

  test('places that are left are looked for too', async () => {
    await stage.publish({ title: '剪纸班', minAge: 18, maxAge: null, capacity: 1, date: '2026-07-31' });
    await stage.talks('张爸爸', '活动 剪纸', '1', '1', '1', '1');
    expect(await stage.list()).toEqual(['张爸爸 confirmed']);
    expect((await found('还有名额的活动')).join()).not.toContain('剪纸班');
  });
});

describe.each(databases)('files about an event, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.claims('社工小李');
  });
  const file = (name: string) => stage.house.adapter.shown(name).at(-1)?.file;

  test('staff get the roster as a table, and that they did is written down', async () => {
    await stage.talks('社工小李', '管理', '1', '导出名单');
    expect(file('社工小李')).toMatchObject({ name: '名单-美术公益课堂第四节.xlsx' });
    await stage.says('社工小李', '要 CSV 格式');
    expect(file('社工小李')).toMatchObject({ name: '名单-美术公益课堂第四节.csv' });
    expect(await storage.read.auditEntry.count({ where: { action: 'roster.seen' } })).toBe(2);
  });

  test('nobody else does', async () => {
    const { ref } = await storage.read.event.findFirstOrThrow();
    expect(await stage.says('王妈妈', `/export ${ref}`)).toContain('没看懂');
    await stage.forges('王妈妈', `/export ${ref}`);
    expect(stage.house.adapter.shown('王妈妈').some((message) => message.file)).toBe(false);
  });

  test('everybody gets an entry for the calendar, and staff a poster', async () => {
    await stage.talks('王妈妈', '活动', '1', '加到手机日历');
    expect(file('王妈妈')).toMatchObject({ name: '美术公益课堂第四节.ics' });
    await stage.talks('社工小李', '管理', '1', '8', '做海报');
    expect(file('社工小李')).toMatchObject({ name: '海报-美术公益课堂第四节.png', mimeType: 'image/png' });
  });
});
