import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { readConversation } from '../../src/turn/conversation.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const li = '社工小李';

describe.each(databases)('the roster for staff, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
  });
  const lines = (text: string) => text.split('\n').filter((line) => /^\d+\. /u.test(line));
  const buttons = () => stage.buttons(li);
  const audited = (action: string) => storage.read.auditEntry.count({ where: { action } });
  const signUp = (parent: string, ...children: string[]) => stage.joins(parent, ...children);
  /** So many grown-ups at once, written straight to the tables. */
  const crowd = async (count: number, name = (n: number) => `邻居${n}`, status = (_n: number) => 'confirmed') => {
    const { read } = storage;
    const event = await read.event.findFirstOrThrow();
    const at = new Date(stage.house.now());
    const ids = Array.from({ length: count }, (_, n) => `crowd${String(n).padStart(3, '0')}`);
    await read.person.createMany({ data: ids.map((id, n) => ({ id, name: name(n + 1) })) });
    await read.signUp.createMany({
      data: ids.map((id, n) => ({
        id: `s${id}`,
        communityId: event.communityId,
        eventId: event.id,
        scope: 'all',
        participant: `p:${id}`,
        party: `p:${id}`,
        registrantId: id,
        status: status(n + 1),
        position: n + 1,
        createdAt: at,
        updatedAt: at,
      })),
    });
  };

  test('of several events opens the one whose name is written', async () => {
    await stage.publish();
    const ref = await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    await stage.talks('张三', `/join ${ref}`, '1', '1');
    expect(await stage.says(li, '名单 书法')).toMatch(/^书法班\n[^]*1\. 张三 · 自己报的/u);
    // Two that are called so: a person is looked for.
    expect(await stage.says(li, '名单 班')).toContain('书法班');
    expect(await stage.says(li, '名单 课堂')).toContain(artClass);
  });

  describe('looked through', () => {
    test.each([
      ['王', ['王小明', '王小红']],
      ['小明', ['王小明']],
      ['wangxiaoming', ['王小明']],
      ['wang ming', ['王小明']],
      ['wxh', ['王小红']],
      ['WXH', ['王小红']],
      ['ｗｘｈ', ['王小红']],
      ['zengzi', ['曾子涵']],
      ['张爸爸', ['曾子涵']],
      ['zhangba', ['曾子涵']],
    ])('by %s', async (name, found) => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20', '王小红 2016-03-02');
      await signUp('张爸爸', '曾子涵 2017-03-08');
      for (const said of [
        await stage.says(li, `名单 ${name}`),
        await stage.talks(li, '名单', name),
        await stage.talks(li, '找一个人', name),
      ])
        expect(lines(said).map((line) => /^\d+\. ([^（]+)/u.exec(line)?.[1])).toEqual(found);
    });

    test.each([
      '刘',
      '%',
      '_',
      '小_',
      '%明',
      '\\',
      '👨‍👩‍👧',
      '<b>王</b>',
      "'); DROP TABLE",
      '王'.repeat(41),
      '~notACursor',
      '王 刘',
      '{{name}}',
      '=waiting 刘',
    ])('finds nobody by %s, says so without repeating it, and leads back', async (name) => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      const said = await stage.says(li, `名单 ${name}`);
      expect(said).toContain('没找到这个人');
      if (name.length > 2) expect(said).not.toContain(name);
      expect(lines(await stage.says(li, '看全部1个'))).toHaveLength(1);
    });

    test('300 letters under a list are no name, and change nothing', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await stage.says(li, '名单');
      expect(await stage.says(li, '王'.repeat(300))).toContain('没看懂');
      expect(await stage.says(li, '1')).toContain('王小明（8岁）');
    });

    test('two children of one name both stand there, with their ages', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await signUp('李妈妈', '王小明 2016-05-20');
      expect(lines(await stage.says(li, '名单 王小明'))).toEqual(['1. 王小明（8岁） · 王妈妈报的', '2. 王小明（10岁） · 李妈妈报的']);
    });

    test('one child whom two households have written down stands there twice, and staff are asked to check', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await signUp('王爸爸', '王小明 2018-05-20', '王小红 2018-05-20');
      const hint = ' · 可能是同一个人，请核对';
      expect(lines(await stage.says(li, '名单'))).toEqual([
        `1. 王小明（8岁） · 王妈妈报的${hint}`,
        `2. 王小明（8岁） · 王爸爸报的${hint}`,
        '3. 王小红（8岁） · 王爸爸报的',
      ]);
      // Also where only one of the two is looked for.
      expect(await stage.says(li, '名单 王妈妈')).toContain(hint);
      for (const name of ['王妈妈', '王爸爸']) expect(await stage.says(name, '我的报名')).not.toContain('同一个人');
    });

    test('by state: those that occur, with how many are in each', async () => {
      await stage.publish({ minAge: 18, maxAge: null });
      await crowd(6, undefined, (n) => (n <= 3 ? 'confirmed' : n <= 5 ? 'waiting' : 'held'));
      await stage.says(li, '名单');
      expect(buttons().slice(6)).toEqual(['报上了 3', '占位 1', '候补 2', '找一个人', '管理这个活动', '返回']);
      expect(lines(await stage.says(li, '候补 2'))).toEqual(['4. 邻居4 · 候补中 · 自己报的', '5. 邻居5 · 候补中 · 自己报的']);
      // A name that is typed now is looked for among them.
      expect(await stage.says(li, '邻居1')).toContain('没找到这个人');
      expect(lines(await stage.says(li, '看全部6个'))).toHaveLength(6);
    });

    test('300 names come page by page, each once, and keep what was looked for', async () => {
      await stage.publish({ minAge: 18, maxAge: null, capacity: null });
      await crowd(
        300,
        (n) => (n % 3 === 0 ? `王${n}` : `李${n}`),
        (n) => (n <= 270 ? 'confirmed' : 'waiting'),
      );
      let page = await stage.says(li, '名单');
      const seen = [...lines(page)];
      while (!page.includes('第8页')) seen.push(...lines((page = await stage.says(li, '更多'))));
      expect(new Set(seen).size).toBe(300);
      expect(page.length).toBeLessThan(2_000);
      await stage.talks(li, '看名单');
      await stage.says(li, '名单 王');
      expect(await stage.says(li, '候补 10')).toContain('找到10个');
      await stage.says(li, '名单 王');
      const second = await stage.says(li, '更多');
      expect(second).toContain('第2页，共3页');
      expect(lines(second)[0]).toMatch(/^123\. 王123 /u);
      // The number is what was seen, whoever comes and goes meanwhile.
      await storage.read.signUp.deleteMany({ where: { participant: { in: ['p:crowd002', 'p:crowd005'] } } });
      expect(await stage.says(li, '123')).toMatch(/^王123\n/u);
    });

    test('a number of another page is none, and the list stays as it is', async () => {
      await stage.publish({ minAge: 18, maxAge: null });
      await crowd(3);
      await stage.says(li, '名单');
      expect(await stage.says(li, '99')).toContain('这一页没有这个数字');
      expect(await stage.says(li, '3')).toContain('邻居3');
    });

    test('no name stands in a value that leaves or in a line that is kept', async () => {
      await stage.publish({ minAge: 18, maxAge: null, capacity: null });
      await crowd(90, (n) => `王${n}`);
      await stage.says(li, '名单 王');
      const shown = stage.house.adapter.shown(li).at(-1);
      expect(shown?.choices.map(({ value }) => value).every((value) => /^m:[^:]+:\d+$/u.test(value))).toBe(true);
      const [row] = await storage.read.conversation.findMany({ where: { key: { contains: li } } });
      if (!row) throw new Error('nothing is kept');
      const { menu } = readConversation(stage.house.sealer, row.key, row.state);
      expect(menu?.choices.some(({ value }) => value.startsWith('/roster ') && value.includes(' ~'))).toBe(true);
      expect(JSON.stringify([menu?.choices.map(({ value }) => value), menu?.nameGoesTo])).not.toContain('王');
      // Control: what is kept does open, and holds what was shown.
      expect(menu?.text).toContain('王1 ');
    });

    test('of several events a name is looked for in all of them', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
      expect(await stage.says(li, '名单 王')).toContain(`1. 王小明（8岁） · ${artClass}`);
      expect(await stage.says(li, '名单')).toContain('您要看哪个活动');
    });

    test('somebody in elder mode reads seven at once', async () => {
      await stage.publish({ minAge: 18, maxAge: null });
      await crowd(9);
      await stage.says(li, '大字简明');
      expect(lines(await stage.says(li, '名单'))).toHaveLength(7);
      expect(await stage.says(li, '更多')).toContain('第2页，共2页');
      expect(await stage.says(li, '9')).toContain('邻居9');
    });
  });

  describe('of one sign-up', () => {
    test('shows all that staff need to know, and that it was looked at', async () => {
      await stage.publish({ capacity: 1 });
      await signUp('王妈妈', '王小明 2018-05-20');
      await signUp('张爸爸', '张乐乐 2017-03-08');
      expect(await stage.talks(li, '名单', '2')).toBe(
        [
          '张乐乐（9岁）',
          `“${artClass}”，8月1日(周六) 10:00–11:30`,
          '状态：候补第1位',
          '张爸爸报的，7月28日 10:00',
          '监护人同意：张爸爸同意了，7月28日 10:00',
        ].join('\n'),
      );
      expect(await audited('signup.seen')).toBe(1);
      expect(await stage.says('张爸爸', '导出我的资料')).toContain(`社工小李看了“${artClass}”里张爸爸的报名`);
      expect(await stage.says('王妈妈', '导出我的资料')).not.toContain('里张爸爸的报名');
    });

    test('says who wrote it down, whose consent is on paper or missing, and whom somebody brings along', async () => {
      await stage.publish();
      await stage.talks(li, '代报名', '1', '赵爷爷', '跳过', '1', '1');
      await stage.talks(li, '赵小宝 2018-05-20', '2', '不是', '1');
      const held = await stage.talks(li, '名单', '1');
      expect(held).toContain('状态：占位，留到');
      expect(held).toContain('\n社工小李替赵爷爷代报，7月28日 10:00\n');
      expect(held).not.toContain('报的');
      expect(await stage.says(li, '名单')).toContain('· 社工小李替赵爷爷代报');
      expect(held).toContain('监护人同意：还没有');
      await stage.talks(li, '待办', '1', '1', '赵妈妈', '1', '1');
      expect(await stage.talks(li, '名单', '1')).toContain('纸质同意书：赵妈妈签的');
      await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
      await stage.inGroup('张爸爸', '报名 李四', { mentioned: true, replyTo: stage.house.adapter.shown(group.id).at(-1)?.id ?? '' });
      const { ref } = await storage.read.event.findFirstOrThrow({ where: { title: '书法班' } });
      expect(await stage.says(li, `/roster ${ref}`)).toContain('李四 · 张爸爸报的');
    });

    test('a guardian need not consent for somebody of fourteen', async () => {
      await stage.publish({ maxAge: 17 });
      await stage.talks('王妈妈', '报名', '爸妈', '王大明 2011-05-20', '2', '1');
      expect(await stage.talks(li, '名单', '1')).not.toContain('监护人同意');
      // Control: of somebody younger it is missed.
      await signUp('李妈妈', '李小明 2018-05-20');
      await storage.read.consent.deleteMany();
      expect(await stage.talks(li, '名单', '2')).toContain('监护人同意：还没有');
    });

    test('a free place can be given to who waits, and none where there is none', async () => {
      await stage.publish({ minAge: 18, maxAge: null, capacity: 1 });
      await stage.talks('张爸爸', '报名', '1', '1');
      await stage.talks('王妈妈', '报名', '1', '1');
      await stage.talks(li, '名单', '2');
      expect(buttons()).not.toContain('给名额');
      await storage.read.event.updateMany({ data: { capacity: 2 } });
      await stage.talks(li, '名单', '2');
      expect(await stage.says(li, '给名额')).toContain(`王妈妈上了“${artClass}”的名单`);
      expect(await stage.list()).toEqual(['张爸爸 confirmed', '王妈妈 confirmed']);
      expect(await audited('signup.given')).toBe(1);
    });

    test('of another community is not there', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await stage.says(li, '名单');
      await storage.read.community.create({ data: { id: 'other', name: '别的社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
      await storage.read.event.updateMany({ data: { communityId: 'other' } });
      await storage.read.signUp.updateMany({ data: { communityId: 'other' } });
      expect(await stage.says(li, '1')).toContain('这个报名已经不在名单上了');
      expect(await stage.says(li, '名单 王')).toBe('还没有活动。');
      expect(await stage.says(li, '找人 王')).toContain('没找到这个人');
      expect(await audited('signup.seen')).toBe(0);
    });
  });

  describe('cancelled by staff', () => {
    const told = (name: string) => stage.heard(name).at(-1);

    test('asks first, tells whoever signed up, and can be taken back for ten minutes', async () => {
      await stage.publish({ capacity: 1 });
      await signUp('王妈妈', '王小明 2018-05-20');
      await signUp('张爸爸', '张乐乐 2017-03-08');
      expect(await stage.talks(li, '名单', '1', '取消这个报名')).toContain('我会告诉王妈妈');
      expect(await stage.list()).toEqual(['王小明 confirmed', '张乐乐 waiting']);
      expect(await stage.says(li, '1')).toContain('取消好了：王小明');
      expect(await stage.list()).toEqual(['王小明 leaving', '张乐乐 waiting']);
      expect(told('王妈妈')).toBe(`社工把王小明在“${artClass}”的报名取消了。有问题请找社工。`);
      expect(await stage.says(li, '点错了，恢复报名')).toContain('恢复好了');
      expect(await stage.list()).toEqual(['王小明 confirmed', '张乐乐 waiting']);
      expect(told('王妈妈')).toContain('照常来就行');
      expect([await audited('signup.cancelled'), await audited('signup.restored')]).toEqual([1, 1]);
    });

    test('the place goes to whoever waits once it is too late to take it back', async () => {
      await stage.publish({ capacity: 1 });
      await signUp('王妈妈', '王小明 2018-05-20');
      await signUp('张爸爸', '张乐乐 2017-03-08');
      await stage.talks(li, '名单', '1', '取消这个报名', '1');
      await stage.passes(10);
      expect(await stage.list()).toEqual(['王小明 cancelled', '张乐乐 offered']);
      expect(await stage.says(li, '点错了，恢复报名')).toContain('恢复不了了');
      expect(await stage.list()).toEqual(['王小明 cancelled', '张乐乐 offered']);
    });

    test('a place that is nobody’s yet is given back and restored as one, by no name', async () => {
      await stage.publish();
      await stage.talks('邻居', '报名', '都不是', '1', '1');
      await stage.talks(li, '名单', '1', '取消这个报名', '1');
      expect(stage.heard('邻居').at(-1)).toBe(`社工把您在“${artClass}”占的1个位取消了。有问题请找社工。`);
      await stage.says(li, '点错了，恢复报名');
      expect(stage.heard('邻居').at(-1)).toBe(`社工恢复了，您在“${artClass}”占的1个位还留着。`);
      await stage.says('邻居', '/language en');
      await stage.talks(li, '名单', '1', '取消这个报名', '1');
      expect(stage.heard('邻居').at(-1)).toContain(`Staff gave back 1 of the places that you hold at “${artClass}”.`);
    });

    test('pressed twice, or by two at once, it is cancelled once and told once', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await stage.talks(li, '名单', '1', '取消这个报名');
      const yes = stage.house.adapter.shown(li).at(-1)?.choices[0]?.value ?? '';
      await Promise.all([stage.forges(li, yes), stage.forges(li, yes)]);
      expect(stage.heard('王妈妈').filter((text) => text.includes('取消了'))).toHaveLength(1);
      expect(await audited('signup.cancelled')).toBe(1);
    });

    test('somebody without a private chat is told in the group, in numbers', async () => {
      await stage.publish();
      await stage.house.adapter.says({ id: '幸福奶奶', name: '幸福奶奶' }, group.id, '带1个孩子', { mentioned: true });
      await stage.house.app.settle();
      await stage.talks(li, '名单', '1', '取消这个报名', '1');
      const said = stage.house.adapter.shown(group.id).findLast(({ mention }) => mention?.id === '幸福奶奶');
      expect(said?.text).toBe(`社工取消了您在“${artClass}”的1个报名。有问题请找社工。`);
    });

    test('a late button changes nothing: the person was quicker, the event is over or off, the role is gone', async () => {
      await stage.publish();
      await signUp('王妈妈', '王小明 2018-05-20');
      await stage.talks(li, '名单', '1', '取消这个报名');
      await stage.talks('王妈妈', '我的报名', '1', '1');
      expect(await stage.says(li, '1')).toContain('之前已经取消了');
      await stage.says('王妈妈', '撤销');
      await stage.talks(li, '名单', '1', '取消这个报名');
      await storage.read.event.updateMany({ data: { status: 'cancelled' } });
      expect(await stage.says(li, '1')).toContain('已经结束或取消了');
      await storage.read.event.updateMany({ data: { status: 'published' } });
      await stage.talks(li, '名单', '1', '取消这个报名');
      await storage.read.role.deleteMany();
      expect(await stage.says(li, '1')).toContain('这个只有工作人员能用');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
      expect(await audited('signup.cancelled')).toBe(0);
    });
  });
});
