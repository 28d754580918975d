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
    expect(await stage.says('王妈妈', '1')).toContain('取消了');
    expect(await seats()).toEqual(['guest leaving']);
  });

  test('for somebody without a name it is said how to write one', async () => {
    await stage.publish(grownUps);
    expect(await stage.says('王妈妈', '给邻居报名')).toContain('比如：报名 张三');
    expect(await seats()).toEqual([]);
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
    expect(await stage.talks('王妈妈', '报名 王小红', '1')).toContain('好，给王小红报名。');
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
    expect(await stage.says('王妈妈', '报名 书法')).toContain('给谁报名“高尔夫”');
    expect(await seats()).toEqual([]);
  });

  test('more than one may bring are not taken', async () => {
    await stage.publish({ ...grownUps, capacity: 30 });
    expect(await stage.says('王妈妈', '报名 张三、李四、王五、赵六、钱七、孙八')).toContain('一个人最多带5位');
    await stage.talks('王妈妈', '带9个朋友', '1');
    expect(await seats()).toEqual([]);
  });
});
