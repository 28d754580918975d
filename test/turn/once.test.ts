import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inbound } from '../../src/chat/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { forgetInbox } from '../support/guards.js';
import { buildHouse, type TestHouse } from '../support/house.js';
import { tallies, tallyFeature } from '../support/tally.js';

const wang = { id: '王妈妈', name: '王妈妈', privateChat: '王妈妈' };

describe.each(databases)('an update on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let house: TestHouse;
  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    house = await buildHouse(storage, { extra: [tallyFeature()] });
  });
  afterEach(async () => {
    await house.app.stop();
    await database.close();
  });

  const repeat = async (update: Inbound, times: number) => {
    await Promise.all(Array.from({ length: times }, () => house.adapter.deliver(update)));
    await house.app.settle();
  };

  test.each([2, 50])('that comes %d times takes effect once and is answered once', async (times) => {
    await house.adapter.says(wang, wang.id, '/tally a');
    await repeat(house.adapter.updates[0] as Inbound, times - 1);
    expect(await tallies(storage.read)).toEqual({ a: 1 });
    expect(house.adapter.shown(wang.id).map(({ text }) => text)).toEqual(['ok a']);
  });

  test('control: with an inbox that forgets, the same takes effect more than once', async () => {
    await forgetInbox(storage);
    await house.adapter.says(wang, wang.id, '/tally a');
    await repeat(house.adapter.updates[0] as Inbound, 4);
    expect((await tallies(storage.read))['a']).toBeGreaterThan(1);
  });

  test('whose id is lower than an earlier one is taken all the same: ids jump down after an idle week', async () => {
    await house.adapter.says(wang, wang.id, '/tally a');
    const [first] = house.adapter.updates as [Inbound];
    await house.adapter.deliver({ ...first, id: '-7', content: { type: 'text', text: '/tally b' } });
    await house.app.settle();
    expect(await tallies(storage.read)).toEqual({ a: 1, b: 1 });
  });

  test('leaves nothing readable in the tables of the core', async () => {
    await house.adapter.says(wang, wang.id, '/tally 悄悄话');
    await house.app.settle();
    const rows = JSON.stringify(
      [await storage.read.inbox.findMany(), await storage.read.outbox.findMany(), await storage.read.conversation.findMany()],
      (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    );
    expect(rows).not.toContain('悄悄话');
    expect(rows).not.toContain('ok ');
    expect((await storage.read.inbox.findMany()).map(({ state, payload }) => ({ state, payload }))).toEqual([
      { state: 'done', payload: null },
    ]);
    expect((await storage.read.outbox.findMany()).map(({ state, payload }) => ({ state, payload }))).toEqual([
      { state: 'sent', payload: null },
    ]);
  });

  test('one person’s messages are answered in their order, whatever comes at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => house.adapter.says(wang, wang.id, `/tally ${n}`)));
    await house.app.settle();
    expect(house.adapter.shown(wang.id).map(({ text }) => text)).toEqual(Array.from({ length: 40 }, (_, n) => `ok ${n}`));
  });

  test('many people’s turns share few commits', async () => {
    let transactions = 0;
    const counting: Storage = { ...storage, transaction: (work, options) => ((transactions += 1), storage.transaction(work, options)) };
    const other = await buildHouse(counting, { extra: [tallyFeature()], salt: 'x', sealer: house.sealer });
    transactions = 0;
    await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        other.adapter.says({ id: `n${n}`, name: `邻居${n}`, privateChat: `n${n}` }, `n${n}`, '/tally a'),
      ),
    );
    const shared = transactions;
    await other.app.stop();
    expect((await tallies(storage.read))['a']).toBe(64);
    // One by one it would be 64 and their marks.
    expect(shared).toBeLessThan(20);
  });
});
