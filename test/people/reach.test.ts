import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, type TestDatabase } from '../support/databases.js';
import { buildHouse, group, type TestHouse } from '../support/house.js';
import { tallyFeature } from '../support/tally.js';

const wang = { id: '王妈妈', name: '王妈妈', privateChat: '王妈妈' };

describe.each(databases)('where people can be reached on $name', ({ open }) => {
  let database: TestDatabase;
  let house: TestHouse;
  beforeEach(async () => {
    database = await open();
    house = await buildHouse(database.storage, { extra: [tallyFeature()] });
  });
  afterEach(async () => {
    await house.app.stop();
    await database.close();
  });
  const privateChat = async () => (await database.storage.read.identity.findFirstOrThrow()).privateChat;
  const says = async (text: string) => {
    await house.adapter.says(wang, wang.id, text);
    await house.app.settle();
  };

  test('whoever blocks the bot is not written to, until they write again', async () => {
    await says('/tally a');
    expect(await privateChat()).toBe(wang.id);
    house.adapter.failNext({ type: 'blocked' });
    await says('/tally b');
    expect(await privateChat()).toBeNull();
    await says('/tally c');
    expect(await privateChat()).toBe(wang.id);
    expect(house.adapter.shown(wang.id).map(({ text }) => text)).toEqual(['ok a', 'ok c']);
  });

  test('a group that goes on under another id keeps its community, and what was to be said is said there', async () => {
    await house.adapter.says(wang, group.id, '/tally a');
    await house.app.settle();
    house.adapter.failNext({ type: 'migrated', chat: 'supergroup' });
    await house.adapter.says(wang, group.id, '/tally b');
    await house.app.settle();
    expect(house.adapter.shown('supergroup').map(({ text }) => text)).toEqual(['ok b']);
    const chats = await database.storage.read.chat.findMany({ where: { kind: 'group' } });
    expect(chats.map(({ externalId, communityId }) => ({ externalId, communityId }))).toEqual([
      { externalId: 'supergroup', communityId: house.community.id },
    ]);
  });
});
