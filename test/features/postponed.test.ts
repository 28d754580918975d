import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('what was postponed, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });
  const card = () => stage.heard(group.id)[0] ?? '';
  const last = (name: string) => stage.heard(name).at(-1) ?? '';
  const postpones = () => stage.talks('社工小李', '美术课延期', '3', '跳过', '1');
  const evenings = ['2026-07-29', '2026-08-05', '2026-08-12'].map((date) => ({ date, start: '19:00', end: '20:00', place: '二楼' }));
  /** 奶奶 holds two places in the group; gives the code that she may hand on. */
  const holds = async () => {
    const heard = await stage.inGroup('幸福奶奶', '带2个孩子', { mentioned: true });
    return [...heard.group, ...heard.privately].join('\n');
  };

  test('can still be given a new date when its old one is over, and until then places are kept', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await postpones();
    stage.house.setClock('2026-09-20T10:00');
    await stage.passes(0);
    expect(await stage.says('王妈妈', '我的报名')).toContain('王小明 · 美术公益课堂第四节 · 8月1日(周六) 10:00–11:30 · 延期，时间待定');
    expect(stage.buttons('王妈妈')).toContain('取消王小明 · 美术公益课堂第四节');
    expect(card()).toContain('活动延期，新时间待定，已报的名额都保留。');
    expect(await stage.talks('社工小李', '管理', '1')).toContain('延期，时间待定');
    expect(stage.buttons('社工小李')).toEqual(expect.arrayContaining(['改时间或地点', '取消或延期']));
    expect(await stage.talks('社工小李', '改时间或地点', '确认改动')).toContain('这个时间已经过去了');
    expect(await stage.talks('社工小李', '9月26日', '确认改动')).toContain('改好了，已通知1家');
    expect(last('王妈妈')).toContain('现在：9月26日(周六) 10:00–11:30');
    expect(await stage.says('王妈妈', '我的报名')).toContain('9月26日(周六) 10:00–11:30 · 报上了');
    expect(card()).toContain('时间：9月26日(周六) 10:00–11:30');
  });

  test('can still be called off when its old date is over, and those who are in hear of it, not at night', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await postpones();
    stage.house.setClock('2026-08-03T22:30');
    const before = stage.heard('王妈妈').length;
    await stage.talks('社工小李', '管理', '1', '取消或延期', '取消，不办了', '跳过', '1');
    expect(stage.heard('王妈妈')).toHaveLength(before);
    await stage.passes(10 * 60);
    expect(last('王妈妈')).toContain(`“${artClass}”`);
    expect(last('王妈妈')).toContain('取消');
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('cancelled');
  });

  test('with the old date still ahead it takes place as planned once staff say so', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await postpones();
    expect(await stage.talks('社工小李', '管理', '1', '改时间或地点', '确认改动')).toContain('改好了，已通知1家');
    expect(await stage.says('王妈妈', '我的报名')).toContain('报上了');
    // Control: without having been postponed there would be nothing to change.
    expect(await stage.talks('社工小李', '管理', '1', '改时间或地点', '确认改动')).toContain('都没变');
  });

  test('of a series single evenings get new dates, also those that went by, and the others wait for theirs', async () => {
    await stage.publish({ sessions: evenings });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await postpones();
    stage.house.setClock('2026-08-06T09:00');
    await stage.talks('社工小李', '管理', '1', '改时间或地点');
    expect(stage.buttons('社工小李').slice(0, 3)).toEqual([
      '第1节 待定（原定7月29日(周三) 19:00–20:00）',
      '第2节 待定（原定8月5日(周三) 19:00–20:00）',
      '第3节 待定（原定8月12日(周三) 19:00–20:00）',
    ]);
    await stage.talks('社工小李', '1', '1 8月10日', '确认改动');
    expect(await stage.says('王妈妈', '我的报名')).toContain('8月10日(周一) 19:00–20:00，另有2次时间待定 · 报上了');
    expect(card()).toContain('时间：8月10日(周一) 19:00–20:00，另有2次时间待定');
    // Nothing becomes due for the evening that has no date.
    stage.house.setClock('2026-08-12T20:30');
    await stage.passes(0);
    expect((await storage.read.event.findFirstOrThrow()).status).toBe('published');
    expect(await stage.talks('社工小李', '管理', '1', '签到')).not.toContain('8月12日');
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '2', '1 8月20日', '确认改动');
    expect(await stage.says('王妈妈', '我的报名')).toContain('8月20日(周四) 19:00–20:00');
    // Leaving out the last one without a date ends the waiting.
    await stage.talks('社工小李', '管理', '1', '取消或延期', '只少办一节', '第2节 待定（原定8月5日(周三) 19:00–20:00）', '跳过', '1');
    expect(await stage.says('王妈妈', '我的报名')).not.toContain('待定');
  });

  test('held places neither lapse nor are reminded of, and get a new term with the new date', async () => {
    await stage.publish({ capacity: 2 });
    const said = await holds();
    const code = /\d{4}-\d{4}/u.exec(said)?.[0] ?? '';
    await postpones();
    const before = stage.heard('幸福奶奶').length;
    stage.house.setClock('2026-08-05T09:00');
    await stage.passes(0);
    expect(stage.heard('幸福奶奶')).toHaveLength(before);
    expect((await storage.read.signUp.findMany()).map(({ status, until }) => [status, until])).toEqual([
      ['held', null],
      ['held', null],
    ]);
    // Staff who look at them, and the holder, read that they have no end.
    expect(await stage.talks('社工小李', '管理', '1', '看占位')).toContain('占位');
    expect(stage.buttons('社工小李')[0]).toContain('留到新时间定下来');
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月10日', '确认改动');
    expect(last('幸福奶奶')).toContain('占的位留到8月6日(周四) 18:00');
    // The code that was handed on before is as good as the places.
    if (code !== '') expect(await stage.says('王妈妈', code)).toContain('占了2个');
    stage.house.setClock('2026-08-06T15:00');
    await stage.passes(0);
    expect(stage.heard('幸福奶奶').join('\n') + stage.heard(group.id).join('\n')).toContain('只留到8月6日(周四) 18:00');
    await stage.passes(3 * 60);
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['released', 'released']);
  });

  test('whoever waits is asked about free places once there is a date, and not before', async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('张爸爸', '张乐 2017-03-08');
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await postpones();
    await stage.talks('张爸爸', '我的报名', '1', '1');
    await stage.passes(20);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting']);
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月10日', '确认改动');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered']);
  });
});

describe.each(databases)('what was called off, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });

  test('takes nothing by a code of its held places, and leaves their holder in peace', async () => {
    await stage.publish();
    await stage.says('幸福奶奶', '你好');
    await stage.inGroup('幸福奶奶', '带2个孩子', { mentioned: true });
    await stage.talks('幸福奶奶', '退出', '我的报名');
    await stage.presses('幸福奶奶', stage.buttons('幸福奶奶').find((label) => label.startsWith('要码')) ?? '');
    const code = /\d{4}-?\d{4}/u.exec(stage.heard('幸福奶奶').at(-1) ?? '')?.[0] ?? '';
    expect(code).not.toBe('');
    // Control: before that the code asks for the children.
    expect(await stage.says('爸爸', code)).toContain('您是孩子的');
    await stage.says('爸爸', '退出');
    await stage.talks('社工小李', '美术课取消了', '取消，不办了', '跳过', '1');
    const heard = stage.heard('幸福奶奶').length;
    expect(await stage.says('爸爸', code)).toContain('这个活动取消了');
    expect(await storage.read.consent.count()).toBe(0);
    expect(await stage.says('幸福奶奶', '我的报名')).toContain('活动已取消');
    expect(stage.buttons('幸福奶奶').join()).not.toMatch(/要码|填是谁/u);
    stage.house.setClock('2026-07-29T18:01');
    await stage.passes(0);
    expect(stage.heard('幸福奶奶').slice(heard + 1)).toEqual([]);
  });
});
