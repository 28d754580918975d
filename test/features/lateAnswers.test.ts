import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('offers that nobody answered in time, on $name', ({ open }) => {
  let stage: Stage;
  onStage(open, (ground) => {
    ({ stage } = ground);
  });
  const last = (name: string) => stage.heard(name).at(-1) ?? '';
  /** 王 gives the one place back, and the offers to 李 and 赵 lapse as often as that. */
  const lapses = async (times: number) => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('李妈妈', '李天 2018-02-02');
    await stage.joins('赵爸爸', '赵乐 2017-03-08');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    await stage.passes(10);
    for (let time = 0; time < times; time += 1) await stage.passes(120);
  };

  test('when everybody has let one pass the first is asked again, before anybody new', async () => {
    await lapses(1);
    expect(last('李妈妈')).toContain('先问下一位了');
    expect(await stage.list()).toEqual(['王小明 cancelled', '李天 waiting', '赵乐 offered']);
    await stage.passes(120);
    expect(await stage.list()).toEqual(['王小明 cancelled', '李天 offered', '赵乐 waiting']);
    expect(last('李妈妈')).toContain(`“${artClass}”的名额还空着，再问您一次：李天还要吗？`);
    // Somebody new waits behind them.
    expect(await stage.talks('陈奶奶', '报名', '爸妈', '小宝 2018-01-01', '2', '同意', '1')).toContain('候补第2位');
    expect(await stage.says('李妈妈', '要')).toContain('李天报上');
  });

  test('nobody is asked a third time, and whoever comes then gets the place', async () => {
    await lapses(4);
    expect(await stage.list()).toEqual(['王小明 cancelled', '李天 waiting', '赵乐 waiting']);
    expect(last('李妈妈')).toContain('排到候补最后了');
    const heard = [stage.heard('李妈妈').length, stage.heard('赵爸爸').length];
    await stage.passes(600);
    expect([stage.heard('李妈妈').length, stage.heard('赵爸爸').length]).toEqual(heard);
    expect(await stage.talks('陈奶奶', '报名', '爸妈', '小宝 2018-01-01', '2', '同意', '1')).toContain('小宝报上');
  });

  test.each(['要', '我要', '要这个'])('%s takes the free place later, whatever was looked at since', async (yes) => {
    await lapses(4);
    await stage.talks('赵爸爸', '活动', '我的家人');
    expect(await stage.says('赵爸爸', yes)).toContain('赵乐报上');
  });

  test('a free place can be had from 我的报名', async () => {
    await lapses(4);
    expect(await stage.says('李妈妈', '我的报名')).toContain('还有名额空着');
    await stage.presses('李妈妈', `要这个名额：李天 · ${artClass}`);
    expect(last('李妈妈')).toContain('李天报上');
    // Taken, it is nobody else's.
    expect(await stage.says('赵爸爸', '我的报名')).not.toContain('还有名额空着');
    expect(await stage.says('赵爸爸', '要')).toContain('刚给了别人');
  });

  test('a yes that came too late is remembered: should the place be free again, it is asked for first', async () => {
    await lapses(1);
    expect(await stage.says('李妈妈', '要')).toContain('刚给了别人');
    await stage.says('赵爸爸', '不要');
    expect(await stage.list()).toEqual(['王小明 cancelled', '李天 offered', '赵乐 cancelled']);
  });

  test('whoever waits alone is asked twice, and told once each', async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('李妈妈', '李天 2018-02-02');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    const heard = stage.heard('李妈妈').length;
    await stage.passes(10);
    await stage.passes(120);
    await stage.passes(120);
    const told = stage.heard('李妈妈').slice(heard);
    expect(told.map((text) => text.slice(0, 4))).toEqual(['好消息，', '“美术公', '“美术公']);
    expect(told[1]).toContain('再问您一次');
    expect(told[2]).toContain('又没等到您回话');
    // Nobody comes after them.
    expect(told[2]).not.toContain('下一位');
  });
});

describe.each(databases)('two who go together or not at all, on $name', ({ open }) => {
  let stage: Stage;
  onStage(open, (ground) => {
    ({ stage } = ground);
  });
  const card = () => stage.heard(group.id)[0] ?? '';
  const pair = async () => {
    await stage.publish({ capacity: 3 });
    await stage.joins('王妈妈', '王小明 2018-05-20', '王小红 2019-05-20');
    await stage.talks('李妈妈', '报名', '爸妈', '李天 2018-02-02', '1', '李地 2019-02-02', '2', '是', '同意', '1');
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小红 confirmed', '李天 waiting', '李地 waiting']);
  };

  test('one cancelled: it is asked whether the other comes alone, who is then offered the place that is free', async () => {
    await pair();
    const said = await stage.talks('李妈妈', '我的报名', '1', '1');
    expect(said).toContain('李地还留着，一个人也可以去。不去的话，点“李地也不去了”');
    await stage.passes(10);
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小红 confirmed', '李天 cancelled', '李地 offered']);
    expect(card()).toContain('已报 3/3');
    expect(await stage.says('李妈妈', '要')).toContain('李地报上');
  });

  test('taken back within ten minutes they go together as before', async () => {
    await pair();
    await stage.talks('李妈妈', '我的报名', '1', '1', '撤销');
    await stage.passes(10);
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小红 confirmed', '李天 waiting', '李地 waiting']);
  });

  test('neither: the other goes with one press, and whoever comes gets the place', async () => {
    await pair();
    await stage.talks('李妈妈', '我的报名', '1', '1');
    await stage.presses('李妈妈', '李地也不去了');
    await stage.says('李妈妈', '1');
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小红 confirmed', '李天 cancelled', '李地 cancelled']);
    expect(await stage.talks('陈奶奶', '报名', '爸妈', '小宝 2018-01-01', '2', '同意', '1')).toContain('小宝报上');
  });
});

describe.each(databases)('an offer for a child whose parents both look after it, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const last = (name: string) => stage.heard(name).at(-1) ?? '';
  /** 李天 is offered a place; 李妈妈 signed him up, 李爸爸 is a parent too. */
  const offered = async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('李妈妈', '李天 2018-02-02');
    await stage.says('李爸爸', '你好');
    const { householdId } = await storage.read.dependant.findFirstOrThrow({ where: { signUps: { some: { status: 'waiting' } } } });
    await storage.read.householdMember.create({ data: { householdId, personId: await stage.personId('李爸爸'), bond: 'parent' } });
    await stage.talks('王妈妈', '我的报名', '1', '1');
    await stage.passes(10);
    expect(last('李妈妈')).toContain('轮到李天了');
  };

  test.each([['from 我的报名', ['我的报名', '1']] as const, ['by a word', ['要']] as const])(
    'is taken by the other one %s, and whoever signed up hears of it',
    async (_how, texts) => {
      await offered();
      expect(await stage.talks('李爸爸', ...texts)).toContain('李天报上');
      expect(last('李妈妈')).toBe(`李爸爸替您回了：李天报上“${artClass}”了。`);
      expect(await stage.list()).toEqual(['王小明 cancelled', '李天 confirmed']);
      expect(await stage.says('李妈妈', '要')).not.toContain('没看懂');
    },
  );

  test('control: by nobody outside the family', async () => {
    await offered();
    const { id } = await storage.read.signUp.findFirstOrThrow({ where: { status: 'offered' } });
    await stage.talks('路人', '要', `/take ${id}`, `/decline ${id}`);
    expect(await stage.list()).toEqual(['王小明 cancelled', '李天 offered']);
  });
});
