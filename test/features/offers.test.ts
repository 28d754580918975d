import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('a free place on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ storage, stage } = ground);
  });

  const card = () => stage.heard(group.id)[0] ?? '';
  const joins = (name: string, child: string) => stage.joins(name, child);
  const cancels = (name: string) => stage.talks(name, '我的报名', '1', '1');
  /** One place, taken by 张乐; 王小明 and then 甜甜 wait. */
  const full = async (about: Parameters<Stage['publish']>[0] = {}) => {
    await stage.publish({ capacity: 1, ...about });
    await joins('张爸爸', '张乐 2017-03-08');
    await joins('王妈妈', '王小明 2018-05-20');
    await joins('刘阿姨', '甜甜 2018-02-02');
  };
  const last = (name: string) => stage.heard(name).at(-1) ?? '';

  test('may be taken back for ten minutes, by word, by number or from the list, and then nobody was asked', async () => {
    await full();
    for (const back of [['撤销'], ['2'], ['我的报名', '1']]) {
      await cancels('张爸爸');
      expect(await stage.list()).toEqual(['张乐 leaving', '王小明 waiting', '甜甜 waiting']);
      await stage.passes(9);
      expect(await stage.talks('张爸爸', ...back)).toContain('恢复好了，张乐');
      expect(await stage.list()).toEqual(['张乐 confirmed', '王小明 waiting', '甜甜 waiting']);
      await stage.passes(30);
      expect(await stage.list()).toEqual(['张乐 confirmed', '王小明 waiting', '甜甜 waiting']);
    }
    expect(stage.heard('王妈妈').join()).not.toContain('好消息');
  });

  test('cannot be taken back when it is too late, nor twice', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    expect(await stage.says('张爸爸', '撤销')).toContain('没有可以恢复的');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered', '甜甜 waiting']);
  });

  test('whoever leaves the waiting list comes back to the same position', async () => {
    await full();
    await cancels('王妈妈');
    expect(await stage.list()).toEqual(['张乐 confirmed', '王小明 cancelled', '甜甜 waiting']);
    await stage.says('王妈妈', '撤销');
    expect(await stage.list()).toEqual(['张乐 confirmed', '王小明 waiting', '甜甜 waiting']);
  });

  test('is offered to the first with a time on the clock, kept meanwhile, and not told to anybody else', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    // 28 July 10:10, four days before: two hours.
    expect(last('王妈妈')).toBe(
      [
        `好消息，“${artClass}”空出名额，轮到王小明了。`,
        '时间：8月1日(周六) 10:00–11:30',
        '地点：党群活动中心二楼',
        '对象：6–12岁',
        '请带：彩笔',
        '请在7月28日(周二) 12:10前回话：回“要”或“不要”，也可以回1要、回0不要。过了时间，名额先给下一位。',
      ].join('\n'),
    );
    expect(stage.buttons('王妈妈')).toEqual(['要', '不要']);
    expect(card()).toContain('已报 1/1 · 名额满了，1人在候补');
    expect(await stage.talks('陈奶奶', '报名', '爸妈', '小宝 2018-01-01', '2', '同意', '1')).toContain('小宝排在候补第2位');
    expect(stage.heard('刘阿姨').join()).not.toContain('好消息');
  });

  test('is taken once, however often yes is said; a stranger’s yes is none', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    const { id } = await storage.read.signUp.findFirstOrThrow({ where: { status: 'offered' } });
    for (const text of [`/take ${id}`, '要', '1']) await stage.says('路人', text);
    const button = stage.house.adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await stage.forges('路人', button);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered', '甜甜 waiting']);
    await Promise.all([stage.forges('王妈妈', button), stage.forges('王妈妈', button)]);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 confirmed', '甜甜 waiting']);
    expect(new Set(stage.heard('王妈妈').filter((text) => text.includes('王小明报上'))).size).toBe(1);
    await stage.passes(300);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 confirmed', '甜甜 waiting']);
  });

  test('goes on when the child is forgotten who had just given it back', async () => {
    await full();
    await cancels('张爸爸');
    expect(await stage.talks('张爸爸', '我的家人', '1', '删掉', '全部删掉')).toContain('都删掉了');
    // Of the child without a name only the count is left.
    expect(await stage.list()).toEqual([' cancelled', '王小明 offered', '甜甜 waiting']);
    expect(last('王妈妈')).toContain('轮到王小明了');
  });

  test('goes on when it is declined', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    expect(await stage.says('王妈妈', '0')).toContain('这次不要了');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 cancelled', '甜甜 offered']);
    expect(last('刘阿姨')).toContain('轮到甜甜了');
  });

  test('declined for one child it is offered for the next of the same parent, whose yes then counts', async () => {
    await stage.publish({ capacity: 1 });
    await joins('张爸爸', '张乐 2017-03-08');
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '1', '王小红 2019-11-02', '2', '不是', '同意', '1');
    await cancels('张爸爸');
    await stage.passes(10);
    expect(last('王妈妈')).toContain('轮到王小明了');
    await stage.says('王妈妈', '0');
    expect(stage.heard('王妈妈').slice(-2).join('\n')).toContain('轮到王小红了');
    expect(await stage.says('王妈妈', '1')).toContain('王小红报上');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 cancelled', '王小红 confirmed']);
  });

  test('goes on when nobody answers: the first time the position stays, the second time it is the last', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    await stage.passes(120);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting', '甜甜 offered']);
    expect(last('王妈妈')).toContain('还排在原来的位置');
    await stage.says('刘阿姨', '要');
    await joins('陈奶奶', '小宝 2018-01-01');
    // Another place: 王小明 is first again, does not answer again, and is last.
    await cancels('刘阿姨');
    await stage.passes(10);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered', '甜甜 cancelled', '小宝 waiting']);
    await stage.passes(120);
    expect(await stage.list()).toEqual(['张乐 cancelled', '甜甜 cancelled', '小宝 offered', '王小明 waiting']);
    expect(last('王妈妈')).toContain('排到候补最后了');
  });

  test('that nobody answered for is free: a late yes takes it, and so does who comes', async () => {
    await stage.publish({ capacity: 1 });
    await joins('张爸爸', '张乐 2017-03-08');
    await joins('王妈妈', '王小明 2018-05-20');
    await cancels('张爸爸');
    await stage.passes(10);
    // Nobody else waits: she is asked once more, and then no more.
    await stage.passes(120);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered']);
    const button = stage.house.adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await stage.passes(120);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting']);
    await stage.forges('王妈妈', button);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 confirmed']);
  });

  test('a yes that comes too late is told kindly, with the rank', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    const button = stage.house.adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await stage.passes(120);
    await stage.says('刘阿姨', '要');
    await stage.forges('王妈妈', button);
    expect(last('王妈妈')).toContain('您还在候补，排第1位');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting', '甜甜 confirmed']);
  });

  test('at night is kept until the morning, and said then', async () => {
    await full();
    stage.house.setClock('2026-07-28T22:30');
    await cancels('张爸爸');
    await stage.passes(10);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered', '甜甜 waiting']);
    expect(stage.heard('王妈妈').join()).not.toContain('好消息');
    // A 1 in the night is no yes to what was not shown yet.
    await stage.says('王妈妈', '1');
    expect(await stage.list()).toContain('王小明 offered');
    stage.house.setClock('2026-07-29T08:00');
    await stage.passes(0);
    expect(last('王妈妈')).toContain('请在7月29日(周三) 10:00前回话');
    await stage.says('王妈妈', '1');
    expect(await stage.list()).toContain('王小明 confirmed');
  });

  test('within three hours of the start is for staff to give, after a call', async () => {
    await full();
    await stage.claims('社工小李');
    stage.house.setClock('2026-08-01T07:30');
    await cancels('张爸爸');
    await stage.passes(10);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting', '甜甜 waiting']);
    expect(stage.heard('王妈妈').join()).not.toContain('好消息');
    expect(last('社工小李')).toContain('候补第一位是王小明（王妈妈报的），请先打电话问一下。');
    expect(await stage.says('社工小李', '1')).toContain(`好，王小明上了“${artClass}”的名单`);
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 confirmed', '甜甜 waiting']);
    expect(last('王妈妈')).toContain('可以来');
  });

  test.each([
    ['with nothing open', []],
    ['in the middle of something else', ['我的资料', '改称呼']],
  ])('whoever is staff no longer gives nothing, %s', async (_where, way) => {
    await full();
    await stage.claims('社工小李');
    stage.house.setClock('2026-08-01T07:30');
    await cancels('张爸爸');
    if (way.length > 0) await stage.talks('社工小李', ...way);
    await stage.passes(10);
    await storage.read.role.deleteMany();
    await stage.says('社工小李', '1');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 waiting', '甜甜 waiting']);
    expect(stage.heard('社工小李').join()).not.toContain('的名单，我也告诉');
  });

  test('an offer that comes in the middle of a dialog is answered, and the dialog goes on', async () => {
    await full();
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    await stage.talks('王妈妈', '我的家人', '添加孩子');
    const asked = last('王妈妈');
    await cancels('张爸爸');
    await stage.passes(10);
    await stage.says('王妈妈', '1');
    expect(await stage.list()).toContain('王小明 confirmed');
    expect(last('王妈妈')).toBe(asked);
    // A name may be a number's word; once the question was seen again, what is said is its answer.
    await stage.says('王妈妈', '王小红');
    expect(last('王妈妈')).toContain('王小红');
  });

  test.each([
    ['要', '王小明 confirmed'],
    ['好', '王小明 confirmed'],
    ['可以', '王小明 confirmed'],
    ['不要', '王小明 cancelled'],
    ['不用了', '王小明 cancelled'],
  ])('%s answers it also after another menu, which says until when and how; a bare number is that menu’s', async (word, state) => {
    await full();
    await cancels('张爸爸');
    expect(card()).toContain('已报 0/1 · 有1个位正在留给候补 · 2人在候补');
    await stage.passes(10);
    stage.house.advance(1_000);
    const mine = await stage.says('王妈妈', '我的报名');
    expect(mine).toContain('等您回话，到7月28日(周二) 12:10');
    expect(mine).toContain('回“要”或“不要”');
    await stage.says('王妈妈', '0');
    expect(await stage.list()).toContain('王小明 offered');
    await stage.says('王妈妈', word);
    expect(await stage.list()).toContain(state);
    // Once it is answered, the word answers nothing more.
    const list = await stage.list();
    await stage.says('王妈妈', word);
    expect(await stage.list()).toEqual(list);
  });

  test('好的 is no answer to it, and neither is a word while something else is asked', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    stage.house.advance(1_000);
    await stage.says('王妈妈', '我的报名');
    await stage.says('王妈妈', '好的');
    await stage.talks('王妈妈', '我的资料', '改称呼', '要');
    expect(await stage.list()).toContain('王小明 offered');
  });

  test('that comes while it is asked whether to cancel is answered, and the question is asked again', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(9);
    expect(await stage.talks('王妈妈', '我的报名', '1')).toContain('真的取消吗？');
    await stage.passes(1);
    expect(await stage.says('王妈妈', '1')).toContain('真的取消吗？');
    expect(stage.heard('王妈妈').at(-2)).toContain('王小明报上');
    expect(await stage.list()).toContain('王小明 confirmed');
    expect(await stage.says('王妈妈', '1')).toContain('取消好了');
    expect(await stage.list()).toContain('王小明 leaving');
  });

  test('a number that the offer does not have does nothing but show it again', async () => {
    await full();
    await stage.says('王妈妈', '我的报名');
    await cancels('张爸爸');
    await stage.passes(10);
    expect(await stage.says('王妈妈', '3')).toContain('好消息');
    expect(await stage.list()).toEqual(['张乐 cancelled', '王小明 offered', '甜甜 waiting']);
  });

  test.each([
    [true, '王小明'],
    [false, '小星'],
  ])('goes first to whoever waited in vain last time where the community wants that: %s', async (fairness, first) => {
    await full();
    stage.house.setClock('2026-08-01T12:00');
    await stage.passes(0);
    await storage.read.community.updateMany({ data: { fairness } });
    await stage.publish({ title: '剪纸课', capacity: 1, date: '2026-08-20' });
    await joins('陈奶奶', '小宝 2018-01-01');
    await joins('周叔叔', '小星 2018-01-02');
    expect(await stage.talks('王妈妈', '报名', '1', '同意', '1')).toContain('王小明排在候补第2位');
    await cancels('陈奶奶');
    await stage.passes(10);
    expect((await stage.list()).find((line) => line.endsWith('offered'))).toBe(`${first} offered`);
  });

  describe('for two who go together', () => {
    const together = (answer: string) =>
      stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '1', '王小红 2019-11-02', '2', answer, '同意', '1');

    test('is not offered while there is one; whoever comes after gets that one, and the two keep their position', async () => {
      await stage.publish({ capacity: 2 });
      await joins('张爸爸', '张乐 2017-03-08');
      await joins('刘阿姨', '甜甜 2018-02-02');
      const said = await together('是');
      expect(said).toContain('王小明排在候补第1位');
      expect(said).toContain('王小红排在候补第2位');
      await cancels('张爸爸');
      await stage.passes(10);
      expect(await stage.list()).toEqual(['张乐 cancelled', '甜甜 confirmed', '王小明 waiting', '王小红 waiting']);
      expect(await stage.talks('陈奶奶', '报名', '爸妈', '小宝 2018-01-01', '2', '同意', '1')).toContain('小宝报上了');
      for (const name of ['刘阿姨', '陈奶奶']) await cancels(name);
      await stage.passes(10);
      expect(stage.heard('王妈妈').filter((text) => text.includes('轮到王小明、王小红了'))).toHaveLength(1);
      expect(await stage.says('王妈妈', '要')).toContain('王小明、王小红报上');
      expect((await stage.list()).filter((line) => line.endsWith('confirmed'))).toEqual(['王小明 confirmed', '王小红 confirmed']);
    });

    test('a day before the end they are asked once whether one would do; a yes takes the one that is free', async () => {
      await stage.publish({ capacity: 2 });
      await joins('张爸爸', '张乐 2017-03-08');
      await joins('刘阿姨', '甜甜 2018-02-02');
      await together('是');
      await cancels('张爸爸');
      await stage.passes(10);
      stage.house.setClock('2026-07-31T10:00');
      await stage.passes(0);
      expect(last('王妈妈')).toContain('还凑不齐王小明、王小红一起去的名额');
      expect(await stage.says('王妈妈', '1')).toContain('有一个名额就先问您');
      expect(stage.heard('王妈妈').join()).toContain('轮到王小明了');
      expect(await stage.list()).toEqual(['张乐 cancelled', '甜甜 confirmed', '王小明 offered', '王小红 waiting']);
      await stage.passes(60);
      expect(stage.heard('王妈妈').filter((text) => text.includes('还凑不齐'))).toHaveLength(1);
    });

    test('a no leaves them together, and nobody is asked for whom there was room', async () => {
      await stage.publish({ capacity: 2 });
      await joins('张爸爸', '张乐 2017-03-08');
      await joins('刘阿姨', '甜甜 2018-02-02');
      await together('是');
      stage.house.setClock('2026-07-31T10:00');
      await stage.passes(0);
      expect(await stage.says('王妈妈', '0')).toContain('还是等能一起去');
      await cancels('张爸爸');
      await stage.passes(10);
      expect(await stage.list()).toEqual(['张乐 cancelled', '甜甜 confirmed', '王小明 waiting', '王小红 waiting']);
    });

    test('lapses for both at once, with one message', async () => {
      await stage.publish({ capacity: 2 });
      await joins('张爸爸', '张乐 2017-03-08');
      await joins('刘阿姨', '甜甜 2018-02-02');
      await together('是');
      for (const name of ['刘阿姨', '张爸爸']) await cancels(name);
      await stage.passes(10);
      await stage.passes(120);
      expect(await stage.list()).toEqual(['张乐 cancelled', '甜甜 cancelled', '王小明 offered', '王小红 offered']);
      await stage.passes(120);
      expect(await stage.list()).toEqual(['张乐 cancelled', '甜甜 cancelled', '王小明 waiting', '王小红 waiting']);
      expect(stage.heard('王妈妈').filter((text) => text.includes('没等到您回话'))).toHaveLength(1);
    });

    test('is not asked about when there is room for both', async () => {
      await stage.publish({ capacity: 5 });
      const said = await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '1', '王小红 2019-11-02', '2', '同意', '1');
      expect(said).toContain('王小明、王小红报上了');
    });
  });

  test('a yes and the end of its time at once: the place is given once, to one of the two', async () => {
    await full();
    await cancels('张爸爸');
    await stage.passes(10);
    stage.house.advance(120 * 60_000);
    const button = stage.house.adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await Promise.all([stage.forges('王妈妈', button), stage.house.app.tick()]);
    await stage.passes(1);
    const holding = (await stage.list()).filter((line) => /offered|confirmed/u.test(line));
    expect(holding).toHaveLength(1);
    expect(['王小明 confirmed', '甜甜 offered']).toContain(holding[0]);
  });
});
