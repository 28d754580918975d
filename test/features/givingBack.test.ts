import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

describe.each(databases)('giving back and bringing back, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const statuses = async () => (await storage.read.signUp.findMany({ orderBy: { position: 'asc' } })).map(({ status }) => status);

  test('what somebody else has brought back already is said to be there still', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.talks('王妈妈', '我的报名', '1', '1', '撤销');
    expect(await stage.says('王妈妈', '撤销')).toContain(`您的报名都还在：王小明（${artClass}）`);
    // The button that she still has says the same.
    await stage.talks('王妈妈', '我的报名', '1', '1');
    await storage.read.signUp.updateMany({ data: { status: 'confirmed', until: null } });
    expect(await stage.says('王妈妈', '2')).toContain(`王小明的“${artClass}”报名还在，放心`);
    expect(await statuses()).toEqual(['confirmed']);
  });

  test('single sessions are told apart by their number and day, on the buttons and in what is said', async () => {
    const sessions = [1, 2].map((one) => ({ date: `2026-08-0${one}`, start: '10:00', end: '11:00', place: '二楼' }));
    await stage.publish({ title: '书法班', signUpFor: 'single', sessions, minAge: 18, maxAge: null });
    expect(await stage.talks('张爸爸', '报名', '1')).toContain('要报哪几节');
    expect(stage.buttons('张爸爸')[0]).toContain('还有20个名额');
    // Chosen, how full they are is of no interest.
    expect(await stage.says('张爸爸', '1 2')).toContain('哪几节：第1节 8月1日(周六) 10:00–11:00、第2节 8月2日(周日) 10:00–11:00');
    await stage.talks('张爸爸', '1', '我的报名');
    expect(stage.buttons('张爸爸').slice(0, 2)).toEqual([
      '取消张爸爸 · 书法班 第1节 8月1日(周六)',
      '取消张爸爸 · 书法班 第2节 8月2日(周日)',
    ]);
    expect(await stage.talks('张爸爸', '2', '1')).toContain('张爸爸不去“书法班 第2节 8月2日(周日)”了');
  });

  test('in the group one of several can be given back by whoever has no private chat', async () => {
    await stage.publish({ minAge: 18, maxAge: null });
    const says = async (text: string, mentioned = false) => {
      await stage.house.adapter.says({ id: '赵奶奶', name: '赵奶奶' }, group.id, text, { mentioned });
      await stage.house.app.settle();
    };
    for (const text of ['报名', '带2个人']) await says(text, true);
    await says('1');
    await says('报名 王五', true);
    const before = await statuses();
    await says('我不去了', true);
    const labels =
      stage.house.adapter
        .shown(group.id)
        .at(-1)
        ?.choices.map(({ label }) => label) ?? [];
    expect(labels[0]).toBe(`${before.length}个都取消`);
    expect(labels).toContain('只取消我自己');
    await says('2');
    expect((await statuses()).filter((status) => status === 'leaving')).toHaveLength(1);
    expect(await storage.read.signUp.count({ where: { status: 'leaving', participant: { startsWith: 'p:' } } })).toBe(1);
  });

  test('a place held for a child is not used up by a grown-up with its code', async () => {
    await stage.publish({ minAge: null, maxAge: null });
    await stage.talks('姑姑', '报名', '加一个孩子', '王小 2018-5-20', '就这些', '都不是', '1');
    const code = /\d{4}-?\d{4}/u.exec(await stage.says('姑姑', '1'))?.[0] ?? '';
    expect(await stage.says('王妈妈', code)).toContain('孩子叫什么名字');
    expect(stage.buttons('王妈妈')).not.toContain('我自己');
    await stage.talks('王妈妈', '王小 2018-5-20', '就这些', '爸妈', '同意', '1');
    expect(await stage.list()).toEqual(['王小 confirmed']);
  });

  test('with no place at all it is not promised that whoever fits gets one now', async () => {
    await stage.publish({ capacity: 1 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    const asked = await stage.talks('李妈妈', '报名', '爸妈', '李天 2018-02-02', '1', '李地 2019-02-02', '2');
    expect(asked).toContain('回“不是”，就各排各的候补');
    expect(asked).not.toContain('能报几个先报几个');
  });

  test('with one place free what is promised comes true: a no gives it to the first, a yes leaves it and says no word of full', async () => {
    await stage.publish({ capacity: 2 });
    await stage.joins('王妈妈', '王小明 2018-05-20');
    const asks = (name: string, ...children: string[]) =>
      stage.talks(name, '报名', '爸妈', `${children[0]} 2018-02-02`, '1', `${children[1]} 2019-02-02`, '2');
    expect(await asks('李妈妈', '李天', '李地')).toContain('回“不是”，就能报几个先报几个');
    const together = await stage.talks('李妈妈', '是', '同意', '1');
    expect(together).toContain('李天排在候补第1位。有了名额，我马上问您。');
    expect(together).not.toContain('名额满了');
    await stage.talks('李妈妈', '我的报名', '取消李天', '1', '我的报名', '取消李地', '1');
    await stage.passes(11);
    expect(await asks('张爸爸', '张乐', '张欢')).toContain('就能报几个先报几个');
    expect(await stage.talks('张爸爸', '不是', '同意', '1')).toContain('张乐报上了。\n名额满了，张欢排在候补第1位。');
    expect((await stage.list()).slice(-2)).toEqual(['张乐 confirmed', '张欢 waiting']);
  });

  test('an age that fits no more stays with staff as a task', async () => {
    await stage.claims('社工小李');
    await stage.publish();
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2', '同意', '1');
    await stage.talks('王妈妈', '我的家人', '1', '1');
    await stage.talks('王妈妈', '生日', '2010-05-20', '1');
    expect(await storage.read.task.count({ where: { kind: 'call' } })).toBe(1);
    expect(await stage.says('社工小李', '待办')).toContain('有1件事等着');
  });

  test('in words to the bot alone: of one it is asked at once, of several which; a name or a title says it', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20', '王小红 2019-01-02');
    expect(await stage.says('王妈妈', '我不去了')).toBe('要取消哪个？');
    expect(
      stage
        .buttons('王妈妈')
        .slice(0, 2)
        .map((label) => label.slice(0, 5)),
    ).toEqual(['取消王小明', '取消王小红']);
    for (const words of ['王小红不去了', '取消王小红', '孩子病了，王小红来不了了']) {
      expect(await stage.says('王妈妈', words)).toContain('王小红');
      expect(await stage.says('王妈妈', '不用')).not.toContain('取消好了');
    }
    await stage.talks('王妈妈', '王小红不去了', '好');
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小红 leaving']);
    // What is left is meant now, and what was just given back is not brought back by it.
    expect(await stage.says('王妈妈', '我不去了')).toContain('王小明');
    await stage.says('王妈妈', '1');
    expect(await stage.list()).toEqual(['王小明 leaving', '王小红 leaving']);
    expect(await stage.says('李妈妈', '张三不去了')).toContain('没有报着名的活动');
  });
});
