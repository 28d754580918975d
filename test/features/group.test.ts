import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { sqlite } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, person, type Stage } from './stage.js';

const hour = 60 * 60 * 1000;
const silence = { group: [], privately: [] };
const asked = `给孩子报名“${artClass}”。您是孩子的：`;

describe('报名 in the group', () => {
  let stage: Stage;
  let storage: Storage;
  onStage(sqlite.open, (ground) => {
    ({ stage, storage } = ground);
  });
  const cardOf = (title: string) => stage.house.adapter.shown(group.id).find(({ text }) => text.includes(title))?.id ?? '';

  test('is for nobody while no list is open', async () => {
    expect(await stage.inGroup('王妈妈', '报名')).toEqual(silence);
  });

  test.each(['报名', '我报名', '+1', '报名！'])('%s is for the one list that is open, and goes on in private', async (word) => {
    await stage.publish();
    const { group: inGroup, privately } = await stage.inGroup('王妈妈', word);
    expect(inGroup).toEqual(['我私聊您了，到那边接着填。']);
    expect(privately).toEqual([expect.stringContaining(asked)]);
  });

  test.each(['怎么报名', '报名了吗', '报名？', '老王也报名', '爬山的扣1', '取消', '帮助', '活动', '开始', '管理', '名单', '收到', '1'])(
    '%s is for nobody',
    async (words) => {
      await stage.publish();
      expect(await stage.inGroup('王妈妈', words)).toEqual(silence);
    },
  );

  test('is for nobody while two lists are open; an answer to one of the cards is', async () => {
    await stage.publish();
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    expect(await stage.inGroup('王妈妈', '报名')).toEqual(silence);
    const { privately } = await stage.inGroup('王妈妈', '报名', { replyTo: cardOf('书法班') });
    expect(privately).toEqual(['给谁报名“书法班”？']);
  });

  test('counts the lists that are still open: one that has begun is not', async () => {
    await stage.publish({ title: '书法班', date: '2026-07-28', start: '10:30', end: '12:00' });
    await stage.publish();
    stage.house.advance(hour);
    expect((await stage.inGroup('王妈妈', '报名')).privately).toEqual([expect.stringContaining(asked)]);
  });

  test('is for nobody when the only list has begun', async () => {
    await stage.publish({ date: '2026-07-28', start: '10:30', end: '12:00' });
    stage.house.advance(hour);
    expect(await stage.inGroup('王妈妈', '报名')).toEqual(silence);
  });

  test('counts for a day after the card was posted; an answer to it for longer', async () => {
    await stage.publish();
    stage.house.advance(24 * hour);
    expect((await stage.inGroup('王妈妈', '报名')).group).toHaveLength(1);
    stage.house.advance(1);
    expect(await stage.inGroup('张爸爸', '报名')).toEqual(silence);
    expect((await stage.inGroup('张爸爸', '报名', { replyTo: cardOf(artClass) })).privately).toEqual([expect.stringContaining(asked)]);
  });

  test('as an answer to a card whose event has begun, or is over, is told so', async () => {
    await stage.publish({ date: '2026-07-28', start: '10:30', end: '12:00' });
    stage.house.setClock('2026-07-28T11:00');
    expect((await stage.inGroup('王妈妈', '报名', { replyTo: cardOf(artClass) })).privately).toEqual([
      `“${artClass}”已经开始了，现在报不了名。`,
    ]);
    stage.house.setClock('2026-07-28T12:00');
    await stage.house.app.tick();
    expect((await stage.inGroup('王妈妈', '报名', { replyTo: cardOf(artClass) })).privately).toEqual([
      `“${artClass}”已经结束了，欢迎下次来。`,
    ]);
  });

  test('as an answer to a neighbour is for the neighbour', async () => {
    await stage.publish();
    for (const words of ['活动', '开始', '好的'])
      expect(await stage.inGroup('王妈妈', words, { replyTo: 'a-neighbours-words' })).toEqual(silence);
  });

  test('with a mention any word of the bot counts, and what it answers is not for all to read', async () => {
    await stage.publish();
    const { group: inGroup, privately } = await stage.inGroup('王妈妈', '活动', { mentioned: true });
    expect(inGroup).toEqual(['我私聊回您了。']);
    expect(privately).toEqual(['现在有1个活动：']);
    expect((await stage.inGroup('王妈妈', '帮助', { mentioned: true })).group).toEqual([expect.stringContaining('想报名')]);
    expect((await stage.inGroup('王妈妈', '今天吃什么', { mentioned: true })).group).toEqual([expect.stringContaining('没看懂')]);
  });

  test('取消报名 leads to one’s own list, in private', async () => {
    await stage.publish();
    expect(await stage.inGroup('王妈妈', '取消报名')).toEqual({ group: [], privately: ['您现在没有报着名的活动。'] });
  });

  test('by somebody whom the bot cannot write to is answered there, and asked for numbers only', async () => {
    await stage.publish();
    const { adapter, app } = stage.house;
    await adapter.says({ id: '幸福奶奶', name: '幸福奶奶' }, group.id, '报名');
    await app.settle();
    expect(adapter.shown(group.id).at(-1)).toMatchObject({
      text: `报“${artClass}”吗？8月1日(周六) 10:00–11:30`,
      mention: { id: '幸福奶奶', name: '幸福奶奶' },
    });
  });

  test('in a group of no community the bot is silent', async () => {
    const { adapter, app } = stage.house;
    for (const text of ['报名', '/help', '/events'])
      await adapter.deliver({
        id: `far-${text}`,
        at: stage.house.now(),
        address: { platform: 'memory', account: 'test', chat: 'far' },
        kind: 'group',
        from: person('路人'),
        content: { type: 'text', text, mentioned: true },
      });
    await app.settle();
    expect(adapter.shown('far')).toEqual([]);
    expect(await storage.read.person.findMany({ where: { name: '路人' } })).toEqual([]);
  });

  test('pressing the card twice asks the same question again, and tells the presser alone', async () => {
    await stage.publish();
    expect(await stage.presses('王妈妈', '报名', group.id)).toEqual({ notice: '我私聊您了，到那边接着填。' });
    await stage.presses('王妈妈', '报名', group.id);
    expect(stage.heard('王妈妈')).toEqual([expect.stringContaining(asked), expect.stringContaining(asked)]);
    expect(stage.heard(group.id)).toHaveLength(1);
  });

  test('报名 under a card, while something else is open in private: leaving that goes on with this very card', async () => {
    await stage.publish({ title: '书法班', groups: [] });
    await stage.publish();
    await stage.says('王妈妈', '我的家人');
    await stage.says('王妈妈', '添加孩子');
    await stage.inGroup('王妈妈', '报名');
    expect(stage.heard('王妈妈').at(-1)).toContain('先离开');
    expect(await stage.says('王妈妈', '2')).toContain(artClass);
  });

  test('the group never sees a child’s name', async () => {
    await stage.publish();
    await stage.inGroup('王妈妈', '报名');
    await stage.talks('王妈妈', '爸妈', '王小明 2018-05-20', '2', '同意', '1');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(stage.heard(group.id).join('\n')).not.toContain('王小明');
    expect(stage.heard(group.id).join('\n')).toContain('已报 1/20');
  });
});
