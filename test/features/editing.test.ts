import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('correcting what is published, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });
  const joins = (name: string, child: string) => stage.joins(name, child);
  const opens = (name: string) => stage.talks(name, '管理', '1', '改其他内容');
  const edits = async (...lines: string[]) => {
    await opens('社工小李');
    return stage.talks('社工小李', ...lines, '确认修改');
  };
  const card = () => stage.heard(group.id)[0] ?? '';
  const event = () => storage.read.event.findFirstOrThrow({ include: { sessions: { orderBy: { number: 'asc' } } } });
  /** What somebody hears while something is done. */
  const heardBy = async (name: string, during: () => Promise<unknown>) => {
    const before = stage.heard(name).length;
    await during();
    return stage.heard(name).slice(before);
  };
  const becomesStaff = async (name: string) => {
    await stage.says(name, '你好');
    const role = { id: `role-${name}`, communityId: stage.house.community.id, personId: await stage.personId(name), role: 'organiser' };
    await storage.read.role.create({ data: role });
  };

  test('a day or a time is no name of an event: it is said where that is changed, and 改时间或地点 leads there', async () => {
    await stage.publish();
    for (const line of ['1 7月1日', '1 8月2日下午3点', '1 10:00-11:30', '1 周六上午9点'])
      expect(await stage.talks('社工小李', '退出', '管理', '1', '改其他内容', line)).toContain('时间请在“管理”里用“改时间或地点”改');
    await stage.talks('社工小李', '退出', '管理', '1', '改其他内容');
    expect(await stage.says('社工小李', '改时间或地点')).toContain('先离开它吗');
    expect(await stage.says('社工小李', '2')).toContain('1 日期：8月1日(周六)');
    // Control: a festival, or a day with more than that, may be what it is called.
    await stage.says('社工小李', '退出');
    for (const title of ['重阳节', '六一', '8月1日建军节联欢', '第3节美术课'])
      expect(await stage.talks('社工小李', '退出', '管理', '1', '改其他内容', `1 ${title}`)).toContain(`1 名称：${title}`);
    await stage.talks('社工小李', '退出', '/language en', '/manage', '1', 'Change something else');
    expect(await stage.says('社工小李', '1 Aug 2, 3pm')).toContain('Change time or place');
  });

  test('a new place is told once to each household, whatever its state; names and numbers of the form are those of a new event', async () => {
    await stage.publish({ capacity: 3 });
    const states = { 甲妈妈: 'confirmed', 乙妈妈: 'held', 丙妈妈: 'offered', 丁妈妈: 'waiting', 戊妈妈: 'cancelled' };
    for (const name of Object.keys(states)) await joins(name, `${name.slice(0, 1)}小明 2018-05-20`);
    for (const [name, status] of Object.entries(states))
      await storage.read.signUp.updateMany({ where: { registrantId: await stage.personId(name) }, data: { status } });
    expect(await opens('社工小李')).toContain('4 地点：党群活动中心二楼');
    expect(await stage.says('社工小李', '4 社区广场')).toContain('通知谁：4家（地点）');
    const since = Object.fromEntries(Object.keys(states).map((name) => [name, stage.heard(name).length]));
    expect(await stage.says('社工小李', '确认修改')).toContain('改好了，已通知4家。');
    const told = Object.keys(states).map((name) => stage.heard(name).slice(since[name]));
    expect(told.map(({ length }) => length)).toEqual([1, 1, 1, 1, 0]);
    for (const [text] of told.slice(0, 4)) expect(text).toContain('地点：原来党群活动中心二楼，现在社区广场');
    expect(told[3]?.[0]).toContain('还在候补');
    expect(card()).toContain('地点：社区广场');
    expect((await event()).sessions[0]).toMatchObject({ place: '社区广场', revision: 1 });
    expect(await storage.read.auditEntry.count({ where: { action: 'event.edit' } })).toBe(1);
  });

  test.each([
    ['1 美术课', { title: '美术课' }],
    ['2 妇女', { sector: 'women' }],
    ['5 30', { capacity: 30 }],
    ['5 跳过', { capacity: null }],
    ['6 6-10岁', { maxAge: 10 }],
    ['10 陈老师', { teacher: '陈老师', teacherId: null }],
    ['11 青禾社工', { organisation: '青禾社工' }],
    ['12 老人、妇女', { sectors: 'elderly women' }],
    ['13 助残', { serviceType: 'disability' }],
    ['13 助餐', { serviceType: '助餐' }],
    ['14 雄鹰营、雏鹰营', { aliases: '雄鹰营\n雏鹰营' }],
  ])('%s tells nobody', async (line, stored) => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    expect(await heardBy('王妈妈', () => edits(line))).toEqual([]);
    expect(await event()).toMatchObject({ ...stored, revision: 1 });
    expect(await storage.read.auditEntry.count({ where: { action: 'event.edit' } })).toBe(1);
  });

  test.each([
    ['7 剪刀', '要带：原来彩笔，现在剪刀'],
    ['9 要有人陪', '陪同：原来不用陪，现在要有人陪'],
    ['8 7月30日18:00', '报名截止：原来开始前都能报，现在7月30日(周四) 18:00'],
    ['6 9-12岁', '年龄：原来6–12岁，现在9–12岁。王小明不在范围里了，来之前请问一下社工。'],
  ])('%s is told, unless staff think it too small to tell', async (line, told) => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    await joins('张爸爸', '张乐 2015-03-08');
    await opens('社工小李');
    expect(await stage.says('社工小李', line)).toMatch(/这个改动要告诉[12]家吗/u);
    const quiet = await heardBy('王妈妈', () => stage.talks('社工小李', '2', '确认修改'));
    expect(quiet).toEqual([]);
    // The other way round, from where it was.
    await storage.read.event.updateMany({ data: { bring: '彩笔', companions: 'none', minAge: 6, deadlineAt: null, deadlineWall: null } });
    expect(await heardBy('王妈妈', () => edits(line, '1'))).toEqual([expect.stringContaining(told)]);
    // Who fits all the same hears nothing of ages.
    expect(stage.heard('张爸爸').filter((text) => text.includes('有变动'))).toHaveLength(line.startsWith('6') ? 0 : 1);
  });

  test('a later deadline tells nobody, one in the past or after the start is refused, and an earlier one closes the card', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    await edits('8 7月30日18:00', '2');
    expect(await heardBy('王妈妈', () => edits('8 7月31日18:00'))).toEqual([]);
    await opens('社工小李');
    expect(await stage.talks('社工小李', '8 8月3日', '确认修改')).toContain('截止比活动还晚');
    await stage.talks('社工小李', '退出');
    await edits('8 7月29日18:00', '2');
    stage.house.setClock('2026-07-29T18:00');
    await stage.passes(0);
    expect(card()).toContain('报名已经截止');
    expect(await stage.says('张爸爸', '报名')).toContain('眼下没有可以报名的活动');
    // Control: before the deadline the one event is meant.
    stage.house.setClock('2026-07-29T17:59');
    expect(await stage.says('张爸爸', '报名')).toContain('您是孩子的');
  });

  test('a new place is told also where the rest is not', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    const told = await heardBy('王妈妈', () => edits('4 社区广场；7 剪刀', '2'));
    expect(told).toEqual([expect.stringContaining('现在社区广场')]);
    expect(told.join()).not.toContain('剪刀');
  });

  test('nobody is woken at night for something that is days away; control: what begins within 18 hours is told at once', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    stage.house.setClock('2026-07-30T22:30');
    expect(await heardBy('王妈妈', () => edits('4 社区广场'))).toEqual([]);
    expect(await heardBy('王妈妈', () => stage.passes(9.5 * 60))).toEqual([expect.stringContaining('现在社区广场')]);
    stage.house.setClock('2026-07-31T22:30');
    expect(await heardBy('王妈妈', () => edits('4 党群活动中心三楼'))).toEqual([expect.stringContaining('现在党群活动中心三楼')]);
  });

  test('of two who edit one event the second is told and sees the new values; control: without the revision the first edit is lost', async () => {
    await stage.publish();
    await becomesStaff('社工小周');
    await opens('社工小周');
    await stage.says('社工小周', '7 剪刀');
    await edits('4 社区广场', '1 美术课');
    const told = await stage.says('社工小周', '确认修改');
    expect(told).toContain('这个活动刚被别人改过了，我没有再改。');
    expect(told).toContain('美术课');
    expect(told).toContain('地点：社区广场');
    expect(await event()).toMatchObject({ title: '美术课', bring: '彩笔' });
    expect(await stage.says('社工小周', '看看现在的，再改')).toContain('1 名称：美术课');

    await stage.says('社工小周', '退出');
    await opens('社工小周');
    await stage.says('社工小周', '7 剪刀');
    await edits('1 手工课');
    await storage.read.event.updateMany({ data: { revision: { decrement: 1 } } });
    await stage.says('社工小周', '确认修改');
    expect(await event()).toMatchObject({ title: '美术课', bring: '剪刀' });
  });

  test('two who confirm in one moment: one edit is saved, the other is told', async () => {
    await stage.publish();
    await becomesStaff('社工小周');
    for (const name of ['社工小李', '社工小周']) await opens(name);
    await stage.says('社工小李', '1 美术课');
    await stage.says('社工小周', '1 手工课');
    await Promise.all([stage.says('社工小李', '确认修改'), stage.says('社工小周', '确认修改')]);
    await stage.house.app.settle();
    const last = ['社工小李', '社工小周'].map((name) => stage.heard(name).at(-1) ?? '');
    expect(last.filter((text) => text.includes('改好了'))).toHaveLength(1);
    expect(last.filter((text) => text.includes('刚被别人改过了'))).toHaveLength(1);
    expect(await storage.read.auditEntry.count({ where: { action: 'event.edit' } })).toBe(1);
    expect((await event()).revision).toBe(1);
  });

  test('whoever moved a session meanwhile has changed the event too', async () => {
    await stage.publish();
    await becomesStaff('社工小周');
    await opens('社工小周');
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1 8月2日', '确认改动');
    expect(await stage.talks('社工小周', '7 剪刀', '确认修改')).toContain('刚被别人改过了');
  });

  test('a capacity below what is taken drops nobody and names who is over; a raised one serves the waiting list at once', async () => {
    await stage.publish({ capacity: 2 });
    await joins('王妈妈', '王小明 2018-05-20');
    await joins('张爸爸', '张乐 2017-03-08');
    await joins('刘阿姨', '甜甜 2018-02-02');
    const before = await stage.list();
    expect(await edits('5 1')).toContain('名额改成1，已经报了2，多出1：张乐。他们的报名没有动');
    expect(await stage.list()).toEqual(before);
    expect(card()).toContain('已报 2/1');
    const offered = await heardBy('刘阿姨', () => edits('5 3'));
    expect(offered).toEqual([expect.stringContaining('轮到甜甜了')]);
    expect(await stage.list()).toEqual(['王小明 confirmed', '张乐 confirmed', '甜甜 offered']);
    expect(card()).toContain('已报 3/3');
  });

  test('where one signs up for single sessions each is looked at by itself', async () => {
    const sessions = [1, 2].map((day) => ({ date: `2026-08-0${day}`, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ signUpFor: 'single', sessions, capacity: 2, minAge: 18, maxAge: null });
    for (const name of ['张爸爸', '刘叔叔']) await stage.talks(name, '报名', '1', '1', '1');
    await stage.talks('赵阿姨', '报名', '1', '2', '1');
    const said = await edits('5 1');
    expect(said).toContain('第1节 8月1日(周六) 10:00–11:00，名额改成1，已经报了2，多出1：刘叔叔。');
    expect(said).not.toContain('第2节');
    const [first] = (await event()).sessions;
    await storage.read.signUp.updateMany({
      where: { scope: first?.id ?? '', registrantId: await stage.personId('刘叔叔') },
      data: { status: 'waiting' },
    });
    expect(await heardBy('刘叔叔', () => edits('5 2'))).toEqual([expect.stringContaining('轮到刘叔叔了')]);
    expect((await event()).sessions.map(({ capacity }) => capacity)).toEqual([2, 2]);
  });

  test('one session has its own number of places: fewer drops nobody, more serves those who wait, and both tell nobody else', async () => {
    const sessions = [1, 2].map((day) => ({ date: `2026-08-0${day}`, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ signUpFor: 'single', sessions, capacity: 1, minAge: 18, maxAge: null });
    for (const name of ['张爸爸', '刘叔叔']) await stage.talks(name, '报名', '1', '1', '1');
    const resizes = (line: string) => stage.talks('社工小李', '管理', '1', '改时间或地点', '1', line, '确认改动');
    expect(await stage.list()).toEqual(['张爸爸 confirmed', '刘叔叔 waiting']);
    const heard = await heardBy('张爸爸', () => resizes('4 2'));
    expect([heard, await stage.list()]).toEqual([[], ['张爸爸 confirmed', '刘叔叔 offered']]);
    expect(await resizes('4 1')).toContain('名额改成1，已经报了2，多出1：刘叔叔。');
    expect((await event()).sessions.map(({ capacity }) => capacity)).toEqual([1, 1]);
    await resizes('4 3');
    // Another field of the event leaves each session its own number.
    await edits('1 读书会');
    expect((await event()).sessions.map(({ capacity }) => capacity)).toEqual([3, 1]);
    await stage.talks('社工小李', '管理', '1', '改时间或地点', '1');
    expect(await stage.says('社工小李', '4 0')).toContain('“名额”没改成');
  });

  test.each(['5 0', '5 -1', '5 一百万', '5 很多'])('%s is refused kindly', async (line) => {
    await stage.publish();
    await opens('社工小李');
    expect(await stage.says('社工小李', line)).toContain('“名额”没改成');
    expect((await event()).capacity).toBe(20);
  });

  test('what a place counts is fixed once people are in, and a number alone keeps it', async () => {
    await stage.publish({ unit: 'household', capacity: 5 });
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '同意', '1');
    await opens('社工小李');
    expect(await stage.says('社工小李', '5 20个孩子')).toContain('名额按什么算不能再改');
    await stage.talks('社工小李', '20', '确认修改');
    expect(await event()).toMatchObject({ unit: 'household', capacity: 20 });
  });

  test('how one signs up for a series may change until somebody is in', async () => {
    const sessions = [1, 2].map((day) => ({ date: `2026-08-0${day}`, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ sessions });
    expect(await opens('社工小李')).toContain('怎么报：一次报全部');
    await stage.talks('社工小李', '15 一人只报一节', '确认修改');
    const changed = await event();
    expect(changed).toMatchObject({ signUpFor: 'single', oneEach: true, capacity: null });
    expect(changed.sessions.map(({ capacity }) => capacity)).toEqual([20, 20]);
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '1', '同意', '1');
    expect(await opens('社工小李')).not.toContain('怎么报');
  });

  test('the time is changed elsewhere, and the form says where', async () => {
    await stage.publish();
    await opens('社工小李');
    expect(await stage.says('社工小李', '3 8月2日')).toContain('用“改时间或地点”改');
    expect((await event()).sessions[0]?.startsWall).toBe('2026-08-01T10:00');
  });

  test('whoever is staff no more changes nothing; nothing changed tells nobody', async () => {
    await stage.publish();
    await joins('王妈妈', '王小明 2018-05-20');
    expect(await heardBy('王妈妈', async () => expect(await edits()).toContain('什么都没变'))).toEqual([]);
    expect((await event()).revision).toBe(0);
    await opens('社工小李');
    await stage.says('社工小李', '4 社区广场');
    await storage.read.role.deleteMany();
    expect(await stage.says('社工小李', '确认修改')).toContain('这个只有工作人员能用');
    expect((await event()).sessions[0]?.place).toBe('党群活动中心二楼');
  });

  test('other names, the service type and further sectors are found', async () => {
    await stage.publish({ title: '雏鹰天地成长营' });
    await edits('14 雄鹰天地成长营；12 妇女；13 就业');
    const found = async (text: string) => !(await stage.says('路人', text)).includes('没找到');
    for (const words of ['/events 雄鹰', '/events xiongying', '/events 就业', '妇女的活动'])
      expect([words, await found(words)]).toEqual([words, true]);
    expect(await found('/events 助残')).toBe(false);
    await edits('14 没有', '1 雏鹰营');
    expect(await found('/events 雄鹰')).toBe(false);
  });

  test('goes through in English from beginning to end', async () => {
    await stage.publish({ title: 'Art', place: 'Hall', bring: 'pencils' });
    await joins('王妈妈', '王小明 2018-05-20');
    for (const name of ['社工小李', '王妈妈']) await stage.says(name, '/language en');
    const heard = await heardBy('王妈妈', () =>
      stage.talks(
        '社工小李',
        '/manage',
        '1',
        'Change something else',
        '4 Library',
        '5 1; 7 scissors',
        '1',
        '13 employment',
        'Save the change',
      ),
    );
    expect(heard).toEqual([
      '“Art” has changed (王小明).\nPlace: was Hall, now Library\nTo bring: was pencils, now scissors\nYour place is kept.\nIf you cannot come, send “mine” to cancel.',
    ]);
    const said = stage.heard('社工小李').slice(-4).join('\n');
    expect(said).toContain('Changed. 1 family was told.');
    expect(said).not.toMatch(/[\p{Script=Han}]/u);
    expect(await event()).toMatchObject({ serviceType: 'employment' });
  });

  test('a move to a new place keeps what becomes due at the end', async () => {
    await stage.publish();
    await edits('4 社区广场');
    stage.house.setClock('2026-08-01T11:30');
    await stage.passes(0);
    expect(await event()).toMatchObject({ status: 'ended' });
    expect(artClass).toBe((await event()).title);
  });
});
