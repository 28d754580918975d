import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { databases, sqlite, type TestDatabase } from '../support/databases.js';
import { buildHouse, code, group, type TestHouse } from '../support/house.js';
import { tallies, tallyFeature } from '../support/tally.js';

const person = (name: string) => ({ id: name, name, privateChat: name });
const wang = person('王妈妈');
const zhang = person('张爸爸');
const li = person('社工小李');

describe.each(databases)('a turn that goes wrong on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let house: TestHouse;
  const broken = new Set<string>();
  const hanging = new Set<string>();
  beforeEach(async () => {
    broken.clear();
    hanging.clear();
    database = await open();
    storage = database.storage;
    house = await buildHouse(storage, {
      extra: [tallyFeature({ throwFor: (name) => broken.has(name), hangFor: (name) => hanging.has(name) })],
    });
  });
  afterEach(async () => {
    await house.app.stop();
    await database.close();
  });

  const shown = (chat: string) => house.adapter.shown(chat).map(({ text }) => text);
  const nextTry = async () => {
    house.advance(10_000);
    await house.app.tick();
    await house.app.settle();
  };

  test('leaves nothing behind but itself, and takes effect when the fault is gone', async () => {
    broken.add('a');
    await house.adapter.says(wang, wang.id, '/tally a');
    expect(await storage.read.inbox.findMany({ select: { state: true, tries: true } })).toEqual([{ state: 'waiting', tries: 1 }]);
    expect(await storage.read.identity.count()).toBe(0);
    broken.clear();
    await nextTry();
    expect(shown(wang.id)).toEqual(['ok a']);
    expect(await tallies(storage.read)).toEqual({ a: 1 });
    expect(await storage.read.inbox.findMany({ select: { state: true, payload: true } })).toEqual([{ state: 'done', payload: null }]);
  });

  test('is set aside after three tries: the person and the administrator are told an id, nobody is told the words', async () => {
    await house.adapter.says(li, li.id, `/claim ${code}`);
    broken.add('秘密');
    await house.adapter.says(wang, wang.id, '/tally 秘密');
    await nextTry();
    expect(shown(wang.id)).toEqual([]);
    await nextTry();
    const [row] = await storage.read.inbox.findMany({ where: { state: 'quarantined' } });
    const id = row?.faultId ?? 'none';
    expect(shown(wang.id)).toEqual([expect.stringContaining(id)]);
    expect(shown(li.id).at(-1)).toContain(id);
    expect(house.logged.some((line) => line.includes(id))).toBe(true);
    expect([...house.logged, ...shown(li.id)].join()).not.toContain('秘密');
    await house.adapter.says(wang, wang.id, '/tally b');
    await house.app.settle();
    expect(shown(wang.id).at(-1)).toBe('ok b');
  });

  test('holds up only its own person, whose later messages come after it in their order', async () => {
    broken.add('a');
    await house.adapter.says(wang, wang.id, '/tally a');
    await house.adapter.says(wang, wang.id, '/tally b');
    await house.adapter.says(wang, wang.id, '/tally c');
    await house.adapter.says(zhang, zhang.id, '/tally d');
    await house.app.settle();
    expect(shown(wang.id)).toEqual([]);
    expect(shown(zhang.id)).toEqual(['ok d']);
    broken.clear();
    await nextTry();
    expect(shown(wang.id)).toEqual(['ok a', 'ok b', 'ok c']);
  });

  test('does not take the others of its batch along', async () => {
    broken.add('3');
    await Promise.all(Array.from({ length: 8 }, (_, n) => house.adapter.says(person(`邻居${n}`), `邻居${n}`, `/tally ${n}`)));
    await house.app.settle();
    expect(Object.keys(await tallies(storage.read)).sort()).toEqual(['0', '1', '2', '4', '5', '6', '7']);
  });

  test('is found among many in a few commits', async () => {
    broken.add('33');
    await Promise.all(Array.from({ length: 64 }, (_, n) => house.adapter.says(person(`邻居${n}`), `邻居${n}`, `/tally ${n}`)));
    await house.app.settle();
    expect(Object.keys(await tallies(storage.read))).toHaveLength(63);
    // The whole batch and the eighth of it that holds the fault; the other seven eighths share their commits.
    expect(house.logged.filter((line) => line.includes('a shared commit failed'))).toHaveLength(2);
  });

  test('and hangs delays only its chat', async () => {
    hanging.add('a');
    const hung = house.adapter.says(wang, wang.id, '/tally a');
    // The deadline of this database is a minute: a neighbour who waited for it would be too late for the test.
    await house.adapter.says(zhang, zhang.id, '/tally b');
    await house.adapter.says(zhang, group.id, '/tally c');
    await hung;
    await house.app.settle();
    expect(shown(zhang.id)).toEqual(['ok b']);
    expect(shown(group.id)).toEqual(['ok c']);
    expect(shown(wang.id)).toEqual([]);
    expect(await storage.read.inbox.findMany({ where: { state: 'waiting' }, select: { tries: true } })).toEqual([{ tries: 1 }]);
    await nextTry();
    await nextTry();
    expect(await storage.read.inbox.count({ where: { state: 'quarantined' } })).toBe(1);
  });

  test('waits over a restart, and is tried again by the next process', async () => {
    broken.add('a');
    await house.adapter.says(wang, wang.id, '/tally a');
    await house.app.stop();
    house = await buildHouse(storage, { extra: [tallyFeature()], salt: 'x', sealer: house.sealer, now: '2026-07-28T10:01' });
    await house.app.settle();
    expect(shown(wang.id)).toEqual(['ok a']);
  });
});

describe('the control of the hang', () => {
  test('without the idle guard a neighbour waits for the whole deadline', async () => {
    const database = await sqlite.open({ idleMs: 60_000 });
    const house = await buildHouse(database.storage, { extra: [tallyFeature({ hangFor: (name) => name === 'a' })] });
    const hung = house.adapter.says(wang, wang.id, '/tally a');
    await Promise.resolve();
    const began = performance.now();
    await house.adapter.says(zhang, zhang.id, '/tally b');
    expect(performance.now() - began).toBeGreaterThan(900);
    await hung;
    await house.app.stop();
    await database.close();
  });
});
