import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlanner, createPurge, createScheduler, firstPurge, purgeKind } from '../../src/schedule/index.js';
import { createSealer } from '../../src/seal/index.js';
import { databases, type TestDatabase } from '../support/databases.js';

const day = 24 * 60 * 60_000;
const noon = Date.UTC(2026, 6, 28, 12);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

describe.each(databases)('what nobody needs any more, on $name', ({ open }) => {
  let database: TestDatabase;
  let now: number;

  beforeEach(async () => {
    database = await open();
    now = noon;
  });

  afterEach(() => database.close());

  const begin = async () => {
    const sealer = createSealer(randomBytes(32));
    const planner = createPlanner({ sealer });
    await database.storage.transaction((tx) => planner.plan(tx, [firstPurge(now)]));
    const jobs = { [purgeKind]: createPurge({ planner }) };
    return createScheduler({ storage: database.storage, sealer, jobs, clock: () => now, log: quiet, newId: () => 'F' });
  };

  const inbox = (uid: string, state: string, receivedAt: number) =>
    database.storage.read.inbox.create({ data: { uid, queue: 'q', state, receivedAt: BigInt(receivedAt), dueAt: 0n } });

  const outbox = (dedupeKey: string, state: string, finishedAt: number | null) =>
    database.storage.read.outbox.create({
      data: {
        communityId: 'c1',
        platform: 'scripted',
        account: 'bot',
        chat: 'a',
        kind: 'reply',
        lane: 0,
        state,
        dedupeKey,
        createdAt: 0n,
        notBefore: 0n,
        finishedAt: finishedAt === null ? null : BigInt(finishedAt),
      },
    });

  const conversation = (key: string, updatedAt: number) =>
    database.storage.read.conversation.create({ data: { key, state: Buffer.from('x'), updatedAt: BigInt(updatedAt) } });

  const webMessage = (key: string, createdAt: number) =>
    database.storage.read.webMessage.create({ data: { chat: 'group', key, payload: Buffer.from('x'), createdAt: BigInt(createdAt) } });

  it('keeps the message of a card that is still kept right, however old', async () => {
    const { read } = database.storage;
    await read.community.create({ data: { id: 'c1', name: '社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    for (const [id, status] of [
      ['open', 'published'],
      ['over', 'ended'],
    ] as const) {
      await webMessage(id, noon - 90 * day);
      const message = await read.webMessage.findUniqueOrThrow({ where: { key: id } });
      await read.event.create({ data: { id, communityId: 'c1', ref: id, title: '书法班', status, createdBy: 'p1' } });
      const chat = { platform: 'web', account: 'try', chat: id };
      await read.card.create({
        data: { id, communityId: 'c1', eventId: id, ...chat, messageId: String(message.id), postedAt: new Date(noon) },
      });
    }
    await (await begin()).tick();
    expect((await read.webMessage.findMany()).map(({ key }) => key)).toEqual(['open']);
  });

  it('is deleted when its time is over, and nothing else', async () => {
    const week = noon - 7 * day;
    const month = noon - 30 * day;
    await Promise.all([
      ...['done', 'waiting', 'quarantined'].map((state) => inbox(`old ${state}`, state, week - 1)),
      inbox('new done', 'done', week),
      ...['sent', 'dead', 'cancelled', 'expired'].map((state) => outbox(`old ${state}`, state, week - 1)),
      outbox('new sent', 'sent', week),
      ...['ready', 'sending', 'inDoubt'].map((state) => outbox(`old ${state}`, state, null)),
      inbox('ancient quarantined', 'quarantined', month - 1),
      webMessage('old', month - 1),
      webMessage('new', month),
      conversation('old', month - 1),
      conversation('new', month),
    ]);
    await (await begin()).tick();
    const { read } = database.storage;
    expect((await read.inbox.findMany({ orderBy: { uid: 'asc' } })).map(({ uid }) => uid)).toEqual([
      'new done',
      'old quarantined',
      'old waiting',
    ]);
    expect((await read.outbox.findMany({ orderBy: { dedupeKey: 'asc' } })).map(({ dedupeKey }) => dedupeKey)).toEqual([
      'new sent',
      'old inDoubt',
      'old ready',
      'old sending',
    ]);
    expect((await read.conversation.findMany()).map(({ key }) => key)).toEqual(['new']);
    expect((await read.webMessage.findMany()).map(({ key }) => key)).toEqual(['new']);
  });

  it('goes in bounded batches, a minute apart while there is more, and then daily', async () => {
    const data = Array.from({ length: 1_100 }, (_, at) => ({ key: `k${at}`, state: Buffer.from('x'), updatedAt: 0n }));
    await database.storage.read.conversation.createMany({ data });
    const all = await begin();
    const left: number[] = [];
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await all.tick();
      left.push(await database.storage.read.conversation.count());
      now += 60_000;
    }
    expect(left).toEqual([600, 100, 0, 0]);
    const planned = await database.storage.read.occurrence.findMany({ where: { state: 'planned' } });
    expect(planned.map(({ dueAt }) => Number(dueAt))).toEqual([Date.UTC(2026, 6, 29)]);
  });

  it('is looked for once a day, however often Linli starts', async () => {
    for (let starts = 0; starts < 3; starts += 1) await (await begin()).tick();
    expect(await database.storage.read.occurrence.count()).toBe(2);
  });

  it('is looked for once after days of being down', async () => {
    await (await begin()).tick();
    now += 5 * day;
    await (await begin()).tick();
    const rows = await database.storage.read.occurrence.findMany({ orderBy: { dueAt: 'asc' } });
    expect(rows.map(({ dueAt, state }) => [(Number(dueAt) - Date.UTC(2026, 6, 28)) / day, state])).toEqual([
      [0, 'done'],
      [1, 'done'],
      [5, 'done'],
      [6, 'planned'],
    ]);
  });
});
