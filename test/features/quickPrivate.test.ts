import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import type { Stage } from './stage.js';

describe.each(databases)('signing up in one line, to the bot alone, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const grownUps = { title: '健步走', minAge: 18, maxAge: null, capacity: 5 } as const;
  const seats = async () =>
    (await storage.read.signUp.findMany({ orderBy: { position: 'asc' } })).map(
      ({ participant, status }) => `${participant.startsWith('g:') ? 'guest' : 'self'} ${status}`,
    );
  const choices = (name: string) =>
    stage.house.adapter
      .shown(name)
      .at(-1)
      ?.choices.map(({ label }) => label);

  test('a neighbour is signed up by name, once that was confirmed', async () => {
    await stage.publish(grownUps);
    expect(await stage.says('王妈妈', '报名 张三')).toContain('要报“健步走”，对吗？');
    expect(choices('王妈妈')).toEqual(['对，给张三报名', '我和张三一起报', '返回', '找人帮忙']);
    expect(await seats()).toEqual([]);
    expect(await stage.says('王妈妈', '1')).toContain('报上“健步走”了，一共1位');
    expect(await seats()).toEqual(['guest confirmed']);
    // Pressed twice, and said once more: there is one place.
    await stage.talks('王妈妈', '报名张三', '1');
    expect(await seats()).toEqual(['guest confirmed']);
    expect(await stage.says('王妈妈', '我的报名')).toContain('张三');
  });

  test('together with them, and with two friends', async () => {
    await stage.publish(grownUps);
    await stage.talks('王妈妈', '给张三报名', '2');
    expect(await seats()).toEqual(['self confirmed', 'guest confirmed']);
    expect(await stage.says('李叔叔', '带2个朋友')).toContain('要报“健步走”');
    expect(choices('李叔叔')?.[0]).toBe('对，我带2位，一共3位');
    await stage.says('李叔叔', '1');
    expect((await seats()).filter((seat) => seat.endsWith('confirmed'))).toHaveLength(5);
    expect(await stage.says('周奶奶', '报名 吴老师')).toContain('要报');
    expect(await stage.says('周奶奶', '1')).toContain('名额满了');
  });

  test('what is to be given back can be chosen at once', async () => {
    await stage.publish(grownUps);
    await stage.talks('王妈妈', '报名 张三', '1');
    // A second 1 changes nothing.
    expect(await stage.says('王妈妈', '1')).toBe('好，到时候见。');
    await stage.talks('王妈妈', '我的报名', '取消张三', '1');
    expect(await seats()).toEqual(['guest leaving']);
    // Signed up again, it is the same place.
    expect(await stage.talks('王妈妈', '报名 张三', '1')).toContain('一共1位');
    expect(await seats()).toEqual(['guest confirmed']);
  });

  test('for somebody without a name it is said how to write one', async () => {
    await stage.publish(grownUps);
    expect(await stage.says('王妈妈', '给邻居报名')).toContain('请写名字，比如：张三');
    expect(await stage.says('王妈妈', '老李')).toContain('要报“健步走”，对吗');
    expect(choices('王妈妈')?.[0]).toBe('对，给老李报名');
    expect(await seats()).toEqual([]);
    await stage.says('王妈妈', '好');
    expect(await seats()).toEqual(['guest confirmed']);
  });

  test('a child at home is chosen already; another name is heard, and the talk asks', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.publish({ title: '书法课', date: '2026-08-03' });
    expect(await stage.says('王妈妈', '报名 王小明')).toBe('您要报哪一个？');
    const asked = await stage.says('王妈妈', '2');
    expect(asked).toContain('王小明');
    expect(asked).not.toContain('给谁报名');
    await stage.says('王妈妈', '退出');
    // The name is not asked again.
    expect(await stage.talks('王妈妈', '报名 王小红', '1')).toContain('王小红是哪天出生的？');
    expect(await stage.says('王妈妈', '2019-3-4')).toContain('王小红');
    await stage.says('王妈妈', '退出');
    // Whoever is there already is said to be.
    expect(await stage.talks('王妈妈', '报名 王小明', '1')).toContain('王小明（8岁）：已经报过');
  });

  test('a child that is too young is not chosen by its name either', async () => {
    await stage.publish();
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.publish({ title: '少年宫', minAge: 12, maxAge: 16 });
    await stage.talks('王妈妈', '报名 王小明', '2');
    await stage.talks('王妈妈', '1', '同意', '1');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
  });

  test('the name of an event comes before that of a person, and 书法 is nobody', async () => {
    await stage.publish({ ...grownUps, title: '高尔夫' });
    expect(await stage.says('王妈妈', '报名 高尔夫')).toContain('给谁报名');
    await stage.says('王妈妈', '退出');
    for (const words of ['书法', '谢谢', '明天', '周六', '我妈', '3号楼老王', '张三;DROP TABLE', '王'.repeat(300)])
      expect(await stage.says('王妈妈', `报名 ${words}`)).toContain('要给别人报名，请写名字');
    expect(await stage.says('王妈妈', '报名 高尔夫 张三')).toContain('要报“高尔夫”，对吗');
    expect(await stage.says('王妈妈', '不用')).not.toContain('没看懂');
    expect(await seats()).toEqual([]);
  });

  test('who was signed up before is counted in', async () => {
    await stage.publish({ ...grownUps, capacity: 10 });
    expect(await stage.talks('王妈妈', '报名 张三', '1')).toContain('报上“健步走”了，一共1位。');
    expect(await stage.talks('王妈妈', '报名 张三 李四 王五', '1')).toContain('“健步走”又报上2位，加上之前的一共3位。');
    expect(await stage.talks('王妈妈', '/language en', '带2个朋友', '1')).toContain('“健步走”: 3 more signed up, 6 in all.');
  });

  test.each(['110101201805200011', '我的电话是13800138000', '13800138000'])(
    '%s, which nothing asked for, is not needed and not kept; what a feature understands is not taken for it',
    async (text) => {
      await stage.says('王妈妈', '你好');
      expect(await stage.says('王妈妈', text)).toBe('身份证号和电话都用不着，我没有记。报名只要名字；要找社工，回9。');
      expect(choices('王妈妈')).toEqual(['报名', '返回', '找人帮忙']);
      for (const { state } of await storage.read.conversation.findMany())
        expect(Buffer.from(state).toString('latin1')).not.toContain('1380013');
      await stage.says('王妈妈', '/language en');
      expect(await stage.says('王妈妈', text)).toContain('I have not kept this one');
    },
  );

  test.each(['不用了', '我改主意了', '孩子生病了来不了', '孩子发烧了，去不了', 'I changed my mind'])(
    '%s leads to what they are signed up for, whatever was looked at last',
    async (text) => {
      await stage.publish();
      await stage.joins('王妈妈', '王小明 2018-05-20');
      expect(await stage.says('王妈妈', text)).toContain('王小明');
      expect(choices('王妈妈')?.[0]).toContain('取消');
      expect(await stage.list()).toEqual(['王小明 confirmed']);
    },
  );

  test('control: 不用了 by whoever is signed up for nothing leads nowhere', async () => {
    await stage.publish();
    await stage.says('张爸爸', '你好');
    expect(await stage.says('张爸爸', '不用了')).not.toContain('报名：');
  });

  test('more than one may bring are not taken', async () => {
    await stage.publish({ ...grownUps, capacity: 30 });
    expect(await stage.says('王妈妈', '报名 张三、李四、王五、赵六、钱七、孙八')).toContain('一个人最多带5位');
    await stage.says('王妈妈', '带9个朋友');
    expect(await seats()).toEqual([]);
  });

  test('where children may come too it is asked whether it is one, and then its birth date', async () => {
    await stage.publish({ ...grownUps, minAge: null });
    await stage.says('王妈妈', '报名 王小明');
    expect(choices('王妈妈')?.slice(0, 3)).toEqual(['对，给王小明报名（大人）', '我和王小明一起报', '王小明是孩子']);
    expect(await stage.talks('王妈妈', '3', '1')).toContain('王小明是哪天出生的？');
    expect(await seats()).toEqual([]);
  });

  test('how many places are left is said before it counts, and with oneself', async () => {
    await stage.publish({ ...grownUps, capacity: 2 });
    expect(await stage.says('王妈妈', '带2个朋友')).toContain('现在只剩2个名额，多出来的先排候补。');
    expect(await stage.says('李叔叔', '报名 我和张三')).not.toContain('只剩');
    await stage.says('李叔叔', '1');
    expect(await stage.says('李叔叔', '我的报名')).toContain('张三');
    expect(await seats()).toEqual(['self confirmed', 'guest confirmed']);
    expect(await stage.says('李叔叔', '带9个朋友')).toContain('一个人最多带5位');
  });

  test('one person whom two have signed up is pointed out to staff', async () => {
    await stage.publish(grownUps);
    await stage.talks('王妈妈', '报名 张三', '1');
    await stage.talks('李叔叔', '报名 张三', '1');
    await stage.claims('社工小李');
    expect(await stage.says('社工小李', '名单')).toContain('可能是同一个人');
  });
});
