import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { buildHouse, group, type TestHouse } from '../support/house.js';
import { tallies, tallyFeature } from '../support/tally.js';

const person = (name: string) => ({ id: name, name, privateChat: name });
const wang = person('王妈妈');
const picture = { name: '合影.jpg', mimeType: 'image/jpeg', data: new Uint8Array([1, 2, 3]) };

describe.each(databases)('what is no words on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let house: TestHouse;
  const broken = new Set<string>();
  beforeEach(async () => {
    broken.clear();
    database = await open();
    storage = database.storage;
    house = await buildHouse(storage, { extra: [tallyFeature({ throwFor: (name) => broken.has(name) })] });
  });
  afterEach(async () => {
    await house.app.stop();
    await database.close();
  });
  const nextTry = async () => {
    house.advance(10_000);
    await house.app.tick();
    await house.app.settle();
  };
  const inbox = () => storage.read.inbox.findMany({ select: { state: true }, orderBy: { receivedAt: 'asc' } });

  test('a picture whose turn failed waits sealed, without its bytes, and its words take effect later', async () => {
    broken.add('a');
    await house.adapter.attaches(wang, wang.id, [picture], { text: '/tally a' });
    const [row] = await storage.read.inbox.findMany();
    const { uid, state, payload } = row ?? { uid: '', state: '', payload: null };
    expect(state).toBe('waiting');
    const kept = house.sealer.open(payload ?? new Uint8Array(), `inbox:${uid}`);
    expect(JSON.parse(kept)).toMatchObject({
      content: { type: 'file', text: '/tally a', files: [{ id: 'f1', name: '合影.jpg', mimeType: 'image/jpeg', size: 3 }] },
    });
    expect(Buffer.from(payload ?? []).includes(Buffer.from('合影'))).toBe(false);
    broken.clear();
    await nextTry();
    expect(house.adapter.shown(wang.id).map(({ text }) => text)).toEqual(['ok a']);
    expect(await tallies(storage.read)).toEqual({ a: 1 });
  });

  test('who comes into a group and leaves it is taken once, answered by silence, and written down nowhere', async () => {
    const people = await storage.read.person.count();
    await house.adapter.brings(wang, group.id, { type: 'member', what: 'joined' });
    await house.adapter.brings(wang, group.id, { type: 'member', what: 'left' });
    const [joined] = house.adapter.updates;
    if (joined) await house.adapter.deliver(joined);
    await house.app.settle();
    expect(await inbox()).toEqual([{ state: 'done' }, { state: 'done' }]);
    expect(house.adapter.shown(group.id)).toEqual([]);
    expect(await storage.read.person.count()).toBe(people);
    // Control: whoever writes there is known from then on.
    await house.adapter.says(wang, group.id, '大家好');
    expect(await storage.read.person.count()).toBe(people + 1);
  });

  test('a coming behind a message that waits is taken after it', async () => {
    broken.add('a');
    await house.adapter.says(wang, wang.id, '/tally a');
    await house.adapter.brings(wang, group.id, { type: 'member', what: 'left' });
    expect((await inbox()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    broken.clear();
    await nextTry();
    expect((await inbox()).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('a voice message is still named as what it is, and several files at once are one message', async () => {
    await house.adapter.brings(wang, wang.id, { type: 'unknown', what: 'voice' });
    await house.adapter.attaches(wang, wang.id, [picture, { ...picture, name: '证明.pdf', mimeType: 'application/pdf' }]);
    await house.app.settle();
    const said = house.adapter.shown(wang.id).map(({ text }) => text);
    expect(said.filter((text) => text.includes('语音'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('文件我还打不开'))).toHaveLength(1);
  });
});
