import { describe, expect, test } from 'vitest';
import { eventByRef, type ReadLocked } from '../../src/programme/index.js';
import type { Receive, Sender } from '../../src/chat/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { readConversation, writeConversation, type Conversation } from '../../src/turn/conversation.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { at, buildHouse, countingIds, timeZone, type TestHouse } from '../support/house.js';

const person = (n: number): Sender => ({ id: `n${n}`, name: `邻居${n}`, privateChat: `n${n}` });

type Guard = { readLocked?: ReadLocked; maxBatch?: number };

/** So many houses on one database, as so many processes: one chat platform, whose messages they take in turns. */
async function openHouses(storages: readonly Storage[], guard: Guard): Promise<[TestHouse, ...TestHouse[]]> {
  const receivers: Receive[] = [];
  const open = (storage: Storage, more: Parameters<typeof buildHouse>[1]) =>
    buildHouse(storage, {
      ...guard,
      ...more,
      wrap: (adapter) => ({ ...adapter, start: async (receive) => void receivers.push(receive) }),
    });
  const [first, ...others] = storages;
  if (!first) throw new Error('No storage');
  const house = await open(first, {});
  const { adapter, sealer } = house;
  const houses: [TestHouse, ...TestHouse[]] = [house];
  for (const [n, storage] of others.entries()) houses.push(await open(storage, { adapter, sealer, salt: `of${n}-` }));
  let taken = 0;
  await adapter.start((inbound) => {
    const receive = receivers[(taken += 1) % receivers.length];
    if (!receive) throw new Error('Nobody receives');
    return receive(inbound);
  });
  return houses;
}

/** An event with one place, and everybody at the point where only 对 is missing. */
async function crowd(storages: readonly Storage[], people: number, guard: Guard) {
  const houses = await openHouses(storages, guard);
  const [house] = houses;
  const [storage] = storages;
  const { app, community, adapter } = house;
  if (!storage) throw new Error('No storage');
  const staff = await storage.read.person.create({ data: { id: 'staff', name: '社工小陈' } });
  const event = {
    title: '书法班',
    bring: null,
    minAge: 18,
    maxAge: null,
    capacity: 1,
    timeZone,
    sessions: [{ date: '2026-08-01', start: '10:00', end: '11:00', place: '二楼' }],
    groups: [],
  };
  await storage.transaction((tx) =>
    app.signup.publish(tx, event, {
      communityId: community.id,
      actorId: staff.id,
      now: at('2026-07-28T10:00'),
      newId: countingIds('event').id,
    }),
  );
  const first = person(0);
  for (const word of ['报名', '1']) await adapter.says(first, first.id, word);
  const others = Array.from({ length: people - 1 }, (_, n) => person(n + 1));
  await bringToSamePoint(storage, house, first, others);
  return { houses, house, storage, everybody: [first, ...others] };
}

/** Has everybody else where the first one stands, without their two thousand turns: known, and with the same question open. */
async function bringToSamePoint(storage: Storage, { sealer }: TestHouse, first: Sender, others: readonly Sender[]): Promise<void> {
  const { person: known, ...identity } = await storage.read.identity.findFirstOrThrow({
    where: { externalId: first.id },
    include: { person: true },
  });
  const chat = await storage.read.chat.findFirstOrThrow({ where: { externalId: first.id } });
  const { key, state, updatedAt } = await storage.read.conversation.findFirstOrThrow();
  const open = JSON.stringify(readConversation(sealer, key, state));
  const as = ({ id, name }: Sender) => ({ id: `person-${id}`, name, externalId: id, key: key.replaceAll(first.id, id) });
  const all = others.map(as);
  await storage.transaction(async (tx) => {
    await tx.person.createMany({ data: all.map(({ id, name }) => ({ ...known, id, name })) });
    await tx.identity.createMany({
      data: all.map(({ id, name, externalId }) => ({ ...identity, id, name, externalId, personId: id, privateChat: externalId })),
    });
    await tx.chat.createMany({ data: all.map(({ id, externalId }) => ({ ...chat, id, externalId })) });
    await tx.conversation.createMany({
      data: all.map(({ id, key }) => {
        const theirs = JSON.parse(open.replaceAll(known.id, id)) as Conversation; // as it was read, under another name
        return { key, state: writeConversation(sealer, key, theirs), updatedAt };
      }),
    });
  });
}

async function race(storages: readonly Storage[], people: number, guard: Guard = {}) {
  const { houses, house, storage, everybody } = await crowd(storages, people, guard);
  // In the order of their messages on SQLite; on PostgreSQL several batches run at once.
  await Promise.all(everybody.map((one) => house.adapter.says(one, one.id, '1')));
  // Whoever waited too long for the lock comes with a later try.
  for (let tries = 0; tries < 2; tries += 1) {
    for (const one of houses) {
      await one.app.settle();
      one.advance(10_000);
      await one.app.tick();
    }
  }
  for (const { app } of houses) await app.settle();
  const signUps = await storage.read.signUp.findMany({ orderBy: { position: 'asc' } });
  const said = everybody.map(({ id }) => house.adapter.shown(id).at(-1)?.text ?? '');
  for (const { app } of houses) await app.stop();
  return { signUps, said };
}

/** The storage of a database, and on PostgreSQL three more, as other processes have them. */
async function instances({ storage, url }: TestDatabase): Promise<{ storages: Storage[]; close(): Promise<void> }> {
  const others = storage.provider === 'sqlite' ? [] : await Promise.all([1, 2, 3].map(() => openStorage({ url, maxConnections: 5 })));
  return { storages: [storage, ...others], close: async () => void (await Promise.all(others.map((other) => other.close()))) };
}

// On SQLite one process, on PostgreSQL four.
describe.each(databases)('one place on $name', ({ open }) => {
  test(
    'and 1,000 sign-ups at once: exactly one is in, 999 wait in order, and each was told the rank they have',
    { timeout: 180_000 },
    async () => {
      const database = await open();
      const all = await instances(database);
      const { signUps, said } = await race(all.storages, 1_000);
      await all.close();
      await database.close();
      expect(signUps.map(({ status }) => status)).toEqual(['confirmed', ...Array.from({ length: 999 }, () => 'waiting')]);
      expect(signUps.map(({ position }) => position)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
      const toldIn = said.filter((text) => text.includes('报上了'));
      const ranks = said.flatMap((text) => /候补第(\d+)位/u.exec(text)?.[1] ?? []).map(Number);
      expect(toldIn).toHaveLength(1);
      expect(ranks.sort((one, other) => one - other)).toEqual(Array.from({ length: 999 }, (_, n) => n + 1));
    },
  );

  test('control: with the places counted before the transaction, the same oversells', { timeout: 60_000 }, async () => {
    const { storage, close } = await open();
    let counted: ReturnType<ReadLocked> | undefined;
    const { signUps } = await race([storage], 60, { readLocked: (tx, communityId, ref) => (counted ??= eventByRef(tx, communityId, ref)) });
    await close();
    expect(signUps.filter(({ status }) => status === 'confirmed').length).toBeGreaterThan(1);
  });
});

test('control on postgresql: with the places counted without their lock, the same oversells', { timeout: 60_000 }, async () => {
  const postgres = databases.find(({ name }) => name === 'postgresql');
  if (!postgres) throw new Error('There is no PostgreSQL to test on');
  const { storage, close } = await postgres.open();
  const { signUps } = await race([storage], 60, { readLocked: eventByRef, maxBatch: 8 });
  await close();
  expect(signUps.filter(({ status }) => status === 'confirmed').length).toBeGreaterThan(1);
});
