import { describe, expect, test } from 'vitest';
import { bringCard, withdrawCard } from '../../src/delivery/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const announcement = '新活动 书法班 8月5日19:00-20:30 党群活动中心一楼 名额2人 18岁以上';

describe.each(databases)('in which groups a card stands, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });
  const linksSecond = async () => {
    const { adapter, community } = stage.house;
    const { platform, account } = adapter;
    const chat = { id: 'second', communityId: community.id, platform, account, externalId: 'young', kind: 'group', title: '青年群' };
    await storage.read.chat.create({ data: { ...chat, createdAt: new Date('2100-01-01') } });
  };
  const shown = (chat: string) => stage.house.adapter.shown(chat).map(({ text, choices }) => ({ text, buttons: choices.length }));
  const groups = () => stage.talks('社工小李', '管理', '1', '8', '报名卡在哪些群');

  test('with one group nothing is asked', async () => {
    expect(await stage.says('社工小李', announcement)).toContain('我是这样看的');
    await stage.says('社工小李', '确认发布');
    expect(shown(group.id)).toHaveLength(1);
    expect(await stage.talks('社工小李', '管理', '1')).not.toContain('报名卡在哪些群');
  });

  test.each([
    ['1', [1, 1]],
    ['全部', [1, 1]],
    ['2', [1, 0]],
    ['3', [0, 1]],
    ['青年群', [0, 1]],
  ])('with two, all are offered first: %s', async (answer, posted) => {
    await linksSecond();
    expect(await stage.says('社工小李', announcement)).toContain('报名卡发到哪些群');
    expect(stage.buttons('社工小李').slice(0, 3)).toEqual(['全部', '居民群', '青年群']);
    await stage.talks('社工小李', answer, '确认发布');
    expect([shown(group.id).length, shown('young').length]).toEqual(posted);
  });

  test('a draft keeps the choice; a group that is gone is asked about again', async () => {
    await linksSecond();
    await stage.talks('社工小李', announcement, '3', '存草稿');
    expect(JSON.parse((await storage.read.event.findFirstOrThrow()).groups)).toEqual(['second']);
    expect(await stage.talks('社工小李', '管理', '1', '1', '接着写')).toContain('发到：青年群');
    await storage.read.chat.delete({ where: { id: 'second' } });
    await stage.says('社工小李', '确认发布');
    expect([shown(group.id).length, shown('young').length]).toEqual([1, 0]);
  });

  test('a group is added later, and taken out: the card closes there alone, and follows no more', async () => {
    await linksSecond();
    await stage.talks('社工小李', announcement, '2', '确认发布');
    await groups();
    expect(stage.buttons('社工小李').slice(0, 2)).toEqual(['从居民群撤下', '发到青年群']);
    expect(await stage.says('社工小李', '发到青年群')).toContain('发到青年群了');
    expect(shown('young')).toEqual([{ text: expect.stringContaining('【报名】书法班'), buttons: 1 }]);
    await groups();
    expect(await stage.says('社工小李', '从青年群撤下')).toContain('关上了');
    expect(shown('young')).toEqual([{ text: '“书法班”不在这个群里报名了。', buttons: 0 }]);
    expect(shown(group.id)[0]?.buttons).toBe(1);

    await stage.talks('张爸爸', '报名', '1', '1');
    expect(shown(group.id)[0]?.text).toContain('已报 1/2');
    expect(shown('young')).toEqual([{ text: '“书法班”不在这个群里报名了。', buttons: 0 }]);
    // Once more it is a new message, and the old one stays closed.
    await groups();
    await stage.says('社工小李', '发到青年群');
    expect(shown('young')).toEqual([
      { text: '“书法班”不在这个群里报名了。', buttons: 0 },
      { text: expect.stringContaining('已报 1/2'), buttons: 1 },
    ]);
    expect(await storage.read.auditEntry.count({ where: { action: 'event.groups' } })).toBe(3);
  });

  test('pressed twice it happens once, and a card that was never posted is not posted to be closed', async () => {
    await linksSecond();
    await stage.talks('社工小李', announcement, '2', '确认发布');
    await groups();
    const add = stage.house.adapter.shown('社工小李').at(-1)?.choices[1]?.value ?? '';
    await Promise.all([stage.forges('社工小李', add), stage.forges('社工小李', add)]);
    expect(shown('young')).toHaveLength(1);
    const { id } = await storage.read.card.findFirstOrThrow({ where: { chat: 'young' } });
    await storage.read.card.update({ where: { id }, data: { state: 'ready', messageId: null, shown: 1, desired: 1 } });
    await groups();
    await stage.says('社工小李', '从青年群撤下');
    expect(await storage.read.card.count({ where: { chat: 'young' } })).toBe(0);
  });

  test('taken out and brought back before the message has closed, it simply stays', async () => {
    await stage.talks('社工小李', announcement, '确认发布');
    const { eventId, communityId, platform, account, chat } = await storage.read.card.findFirstOrThrow();
    const address = { platform, account, chat };
    await storage.transaction(async (tx) => {
      expect(await withdrawCard(tx, eventId, address, stage.house.now())).toBe(true);
      expect(await withdrawCard(tx, eventId, address, stage.house.now())).toBe(false);
      await bringCard(tx, { id: 'again', communityId, eventId, address }, stage.house.now());
    });
    await stage.house.app.settle();
    expect(shown(group.id)).toEqual([{ text: expect.stringContaining('【报名】书法班'), buttons: 1 }]);
    expect(await storage.read.card.count()).toBe(1);
  });

  test('报名 alone is for no list that was taken out; control: for one that stands there it is', async () => {
    await stage.talks('社工小李', announcement, '确认发布');
    expect((await stage.inGroup('王妈妈', '报名')).privately).toEqual([expect.stringContaining('给谁报名')]);
    await stage.says('王妈妈', '退出');
    await storage.read.card.updateMany({ data: { withdrawnAt: new Date(stage.house.now()) } });
    expect((await stage.inGroup('王妈妈', '报名')).privately).toEqual([]);
  });
});
