import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTasks, staffOf, type TaskKind } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

const hour = 60 * 60 * 1000;

describe.each(databases)('tasks on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  const tasks = createTasks(createSealer(new Uint8Array(randomBytes(32))));
  const ids = countingIds();
  const make = (key: string, now: number, kind: TaskKind = 'help') =>
    storage.transaction((tx) =>
      tasks.make(
        tx,
        { communityId: 'here', kind, key, personId: 'wang', payload: { name: '王妈妈', group: '居民群' } },
        { newId: ids.id, now },
      ),
    );
  const finish = (id: string, actorId: string) =>
    storage.transaction((tx) => tasks.finish(tx, id, { communityId: 'here', actorId, now: hour, newId: ids.id }));

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    for (const id of ['here', 'there'])
      await storage.read.community.create({ data: { id, name: id, timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    for (const id of ['li', 'chen', 'wang']) await storage.read.person.create({ data: { id, name: id } });
  });
  afterEach(() => database.close());

  test('are written once, listed oldest first, for their community alone, and cannot be read in the table', async () => {
    expect(await make('second', 2_000, 'paper')).toBe(true);
    expect(await make('first', 1_000)).toBe(true);
    expect(await make('first', 3_000)).toBe(false);
    const open = await tasks.open(storage.read, 'here');
    expect(open.map(({ kind, name, group, createdAt }) => [kind, name, group, createdAt])).toEqual([
      ['help', '王妈妈', '居民群', 1_000],
      ['paper', '王妈妈', '居民群', 2_000],
    ]);
    expect(await tasks.open(storage.read, 'there')).toEqual([]);
    expect(await tasks.get(storage.read, 'there', open[0]?.id ?? '')).toBeNull();
    const payloads = (await storage.read.task.findMany()).map(({ payload }) => Buffer.from(payload ?? []).toString('utf8')).join('');
    expect(payloads).not.toContain('王');
  });

  test('are done by one, who is named to the second; also when both press at once', async () => {
    await make('k', 1_000);
    const [task] = await tasks.open(storage.read, 'here');
    const id = task?.id ?? '';
    const came = await Promise.all([finish(id, 'li'), finish(id, 'chen')]);
    expect(came.filter((done) => done)).toHaveLength(1);
    expect(await tasks.open(storage.read, 'here')).toEqual([]);
    const seen = await tasks.get(storage.read, 'here', id);
    const audits = await storage.read.auditEntry.findMany();
    expect(audits.map(({ action, actorId, subject }) => [action, actorId, subject])).toEqual([['task.done', seen?.doneBy, id]]);
    expect(await finish(id, 'li')).toBe(false);
  });

  test('of help are counted, and fresh for an hour while they are open', async () => {
    expect(await tasks.helpOf(storage.read, 'wang', 0)).toEqual({ count: 0, fresh: false });
    await make('help:wang:0', 1_000);
    expect(await tasks.helpOf(storage.read, 'wang', 2_000)).toEqual({ count: 1, fresh: true });
    expect(await tasks.helpOf(storage.read, 'wang', 1_000 + hour)).toEqual({ count: 1, fresh: false });
    const [task] = await tasks.open(storage.read, 'here');
    await finish(task?.id ?? '', 'li');
    expect(await tasks.helpOf(storage.read, 'wang', 2_000)).toEqual({ count: 1, fresh: false });
    expect(await tasks.timesDone(storage.read, 'help:wang')).toBe(1);
    expect(await tasks.timesDone(storage.read, 'help:wan')).toBe(0);
  });

  test('are for administrators and organisers of the community, each once', async () => {
    const role = (personId: string, name: string, communityId = 'here') => ({ id: ids.id(), communityId, personId, role: name });
    await storage.read.role.createMany({
      data: [role('li', 'administrator'), role('li', 'organiser'), role('chen', 'check-in helper'), role('wang', 'organiser', 'there')],
    });
    expect(await staffOf(storage.read, 'here')).toEqual([{ personId: 'li', locale: 'zh-CN' }]);
  });
});
