import { describe, expect, it, onTestFinished } from 'vitest';
import { DeadlineError, IdleTransactionError, sql, type Storage, type StorageOptions, type Tx } from '../../src/storage/index.js';
import { databases, type DatabaseKind } from '../support/databases.js';

const never = new Promise<never>(() => {});
const put = (tx: Tx, key: string) => tx.setting.create({ data: { key, value: new Uint8Array([1]) } });
const keys = async (storage: Storage): Promise<string[]> =>
  (await storage.read.setting.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key);

describe.each(databases)('transactions on $name', ({ open, name }) => {
  const fresh = (options?: Omit<StorageOptions, 'url'>): Promise<Storage> => openFor(open, options);

  it('commits models and raw SQL together', async () => {
    const storage = await fresh();
    const answer = await storage.transaction(async (tx) => {
      await put(tx, 'a');
      await tx.$executeRaw(sql`INSERT INTO "Setting" ("key", "value") VALUES (${'b'}, ${new Uint8Array([2])})`);
      return 42;
    });
    expect(answer).toBe(42);
    expect(await storage.read.$queryRaw(sql`SELECT "key", "value" FROM "Setting" ORDER BY "key"`)).toEqual([
      { key: 'a', value: new Uint8Array([1]) },
      { key: 'b', value: new Uint8Array([2]) },
    ]);
  });

  it('rolls back what threw, and throws it on', async () => {
    const storage = await fresh();
    const fault = new Error('no');
    const work = storage.transaction(async (tx) => {
      await put(tx, 'a');
      throw fault;
    });
    await expect(work).rejects.toBe(fault);
    expect(await keys(storage)).toEqual([]);
  });

  it('keeps a plain write beside a transaction that is rolled back', async () => {
    const storage = await fresh();
    let plain: Promise<unknown> | undefined;
    await storage
      .transaction(async (tx) => {
        await put(tx, 'undone');
        plain = put(storage.read, 'kept').then((row) => row);
        await tx.setting.count();
        throw new Error('undo');
      })
      .catch(() => {});
    await plain;
    expect(await keys(storage)).toEqual(['kept']);
  });

  it('ends work that takes too long, and refuses its late calls', async () => {
    const storage = await fresh({ idleMs: 10_000 });
    let late: Promise<unknown> | undefined;
    const work = storage.transaction(
      async (tx) => {
        await put(tx, 'undone');
        late = new Promise((resolve) => setTimeout(resolve, 200)).then(() => put(tx, 'late'));
        late.catch(() => {});
        await late;
      },
      { deadlineMs: 80 },
    );
    await expect(work).rejects.toBeInstanceOf(DeadlineError);
    await expect(late).rejects.toBeInstanceOf(DeadlineError);
    expect(await keys(storage)).toEqual([]);
  });

  it('ends work that calls the database without end', async () => {
    const storage = await fresh();
    let stopped: unknown;
    const work = storage.transaction(
      async (tx) => {
        try {
          for (;;) await tx.setting.count();
        } catch (error) {
          stopped = error;
          throw error;
        }
      },
      { deadlineMs: 60 },
    );
    await expect(work).rejects.toBeInstanceOf(DeadlineError);
    await expect.poll(() => stopped).toBeInstanceOf(DeadlineError);
  });

  it('ends work that waits for something else, so that others go on', async () => {
    const storage = await fresh({ idleMs: 30 });
    let late: Promise<unknown> | undefined;
    const hung = storage.transaction(async (tx) => {
      await put(tx, 'undone');
      late = hung.catch(() => put(tx, 'late'));
      await never;
    });
    const next = storage.transaction((tx) => put(tx, 'next').then(() => 'done'));
    await expect(hung).rejects.toBeInstanceOf(IdleTransactionError);
    await expect(late).rejects.toBeInstanceOf(IdleTransactionError);
    expect(await next).toBe('done');
    expect(await keys(storage)).toEqual(['next']);
  });

  it('without the idle guard the same work stays until the deadline', async () => {
    const storage = await fresh({ idleMs: 10_000 });
    await expect(storage.transaction(() => never, { deadlineMs: 150 })).rejects.toBeInstanceOf(DeadlineError);
  });

  it('does not call work idle that computes or that has a call under way', async () => {
    const storage = await fresh({ idleMs: 30 });
    await storage.transaction(async (tx) => {
      await put(tx, 'a');
      const until = performance.now() + 90;
      while (performance.now() < until);
      await put(tx, 'b');
      if (name === 'postgresql') await tx.$executeRaw(sql`SELECT pg_sleep(0.09)`);
    });
    expect(await keys(storage)).toEqual(['a', 'b']);
  });

  it('commits nothing after a failed statement, even when the work caught the fault', async () => {
    const storage = await fresh();
    const work = storage.transaction(async (tx) => {
      await put(tx, 'a');
      await put(tx, 'a').catch(() => {});
      return 'fine';
    });
    await expect(work).rejects.toMatchObject({ code: 'P2002' });
    const onward = storage.transaction(async (tx) => {
      await put(tx, 'b');
      await put(tx, 'b').catch(() => {});
      await put(tx, 'c');
    });
    await expect(onward).rejects.toMatchObject({ code: 'P2002' });
    expect(await keys(storage)).toEqual([]);
  });

  it('goes on after a row was not found', async () => {
    const storage = await fresh();
    await storage.transaction(async (tx) => {
      await tx.setting.delete({ where: { key: 'none' } }).catch(() => {});
      await put(tx, 'a');
    });
    expect(await keys(storage)).toEqual(['a']);
  });

  it('does not commit work that forgot to await a call', async () => {
    const storage = await fresh();
    const work = storage.transaction(async (tx) => {
      put(tx, 'forgotten').then(
        () => {},
        () => {},
      );
    });
    await expect(work).rejects.toThrow('await them all');
    expect(await keys(storage)).toEqual([]);
  });

  it('ends a transaction that opens another and waits for it', async () => {
    const storage = await fresh({ idleMs: 30, maxConnections: 1 });
    const outer = storage.transaction(async (tx) => {
      await put(tx, 'outer');
      await storage.transaction((inner) => put(inner, 'inner').then(() => {}));
    });
    await expect(outer).rejects.toBeInstanceOf(IdleTransactionError);
  });

  it('answers 300 transactions that come at once', async () => {
    const storage = await fresh();
    await storage.transaction((tx) => put(tx, '1000').then(() => {}));
    await Promise.all(
      Array.from({ length: 300 }, () => storage.transaction((tx) => tx.setting.count().then((count) => expect(count).toBe(1)))),
    );
  });

  it('lets transactions under way end before it closes, and opens nothing again', async () => {
    const storage = await fresh();
    const work = storage.transaction((tx) => put(tx, 'a').then(() => 'done'));
    await storage.close();
    expect(await work).toBe('done');
    await expect(keys(storage)).rejects.toThrow('closed');
    await expect(storage.transaction((tx) => put(tx, 'b'))).rejects.toThrow('closed');
  });

  it('leads relations read by the fluent way through the guard too', async () => {
    const storage = await fresh();
    const chats = await storage.transaction(async (tx) => {
      await tx.community.create({
        data: { id: 'c', name: '费家营', timeZone: 'Asia/Shanghai', locale: 'zh-CN', chats: { create: chatOne } },
      });
      return tx.community.findUnique({ where: { id: 'c' } }).chats();
    });
    expect(chats?.map(({ id }) => id)).toEqual(['chat']);
  });
});

const chatOne = { id: 'chat', platform: 'web', account: 'try', externalId: 'group', kind: 'group' };

async function openFor(open: DatabaseKind['open'], options: Omit<StorageOptions, 'url'> = {}): Promise<Storage> {
  const database = await open(options);
  onTestFinished(database.close);
  return database.storage;
}
