import { describe, expect, it, onTestFinished } from 'vitest';
import { lockKeys, type Storage, type Tx } from '../../src/storage/index.js';
import { databases, type DatabaseKind } from '../support/databases.js';

/** Adds one to a number in the way that loses updates when two do it at once. */
async function addOne(tx: Tx): Promise<void> {
  const row = await tx.setting.findUniqueOrThrow({ where: { key: 'counter' } });
  await tx.setting.update({ where: { key: 'counter' }, data: { value: new Uint8Array([(row.value[0] ?? 0) + 1]) } });
}

async function countTo40(storage: Storage, keys: (turn: number) => string[]): Promise<number | undefined> {
  await storage.read.setting.create({ data: { key: 'counter', value: new Uint8Array([0]) } });
  await Promise.all(
    Array.from({ length: 40 }, (_, turn) =>
      storage.transaction(async (tx) => {
        await lockKeys(tx, storage, keys(turn));
        await addOne(tx);
      }),
    ),
  );
  return (await storage.read.setting.findUniqueOrThrow({ where: { key: 'counter' } })).value[0];
}

async function fresh(open: DatabaseKind['open']): Promise<Storage> {
  // Settings of its own, so that deadlines hold.
  const database = await open({});
  onTestFinished(database.close);
  return database.storage;
}

describe.each(databases)('lockKeys on $name', ({ open }) => {
  it('makes transactions with a key in common wait for each other, whatever order they name them in', async () => {
    expect(await countTo40(await fresh(open), (turn) => (turn % 2 === 0 ? ['a', 'b', 'c'] : ['c', 'b', 'a']))).toBe(40);
  });

  it('takes no keys as nothing to do', async () => {
    const storage = await fresh(open);
    await storage.transaction((tx) => lockKeys(tx, storage, []));
  });
});

describe.each(databases.filter(({ name }) => name === 'postgresql'))('lockKeys on $name', ({ open }) => {
  it('lets transactions without one run at once, so the same counting loses updates', async () => {
    expect(await countTo40(await fresh(open), (turn) => [`own ${turn}`])).toBeLessThan(40);
  });

  it('says that the database is locked when a key is not had in time', async () => {
    const storage = await fresh(open);
    let held: () => void = () => {};
    const holding = new Promise<void>((resolve) => (held = resolve));
    const first = storage.transaction(async (tx) => {
      await lockKeys(tx, storage, ['a']);
      held();
      for (let tries = 0; tries < 20; tries += 1) await tx.setting.count().then(() => tx.$executeRawUnsafe('SELECT pg_sleep(0.05)'));
    });
    await holding;
    await expect(storage.transaction((tx) => lockKeys(tx, storage, ['a']), { deadlineMs: 200 })).rejects.toSatisfy(
      (error: { name: string }) => ['DeadlineError', 'StorageError'].includes(error.name),
    );
    await first;
  });
});
