import { describe, expect, it, onTestFinished } from 'vitest';
import { createWriteProbe, sql, type Storage } from '../../src/storage/index.js';
import { databases, type DatabaseKind } from '../support/databases.js';

async function probing({ open }: DatabaseKind): Promise<{ storage: Storage; ask: () => Promise<string>; pass: (ms: number) => void }> {
  // Its own: limits that a test sets here must meet no other, nor the room that others left.
  const { storage, close } = await open({});
  onTestFinished(close);
  let now = 0;
  return { storage, ask: createWriteProbe(storage, { clock: () => now, everyMs: 1_000 }), pass: (ms) => void (now += ms) };
}

describe.each(databases)('whether $name can be written', (kind) => {
  const fresh = () => probing(kind);

  it('is found out by writing, again and again in one row', async () => {
    const { storage, ask, pass } = await fresh();
    for (let round = 0; round < 3; round += 1, pass(1_000)) expect(await ask()).toBe('ok');
    expect(await storage.read.setting.count({ where: { key: 'writeProbe' } })).toBe(1);
  });

  it('is said to be slow rather than kept waiting for, and the answer that came late counts', async () => {
    const { storage } = await fresh();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const transaction: Storage['transaction'] = (work, options) => held.then(() => storage.transaction(work, options));
    const ask = createWriteProbe({ transaction }, { clock: () => 0, withinMs: 1 });
    expect(await ask()).toBe('slow');
    const patient = createWriteProbe({ transaction }, { clock: () => 0 });
    const answer = patient();
    release();
    expect(await answer).toBe('ok');
  });

  it('is not asked of the disk more than once in a while', async () => {
    const { storage } = await fresh();
    let writes = 0;
    const transaction: Storage['transaction'] = (work, options) => ((writes += 1), storage.transaction(work, options));
    let now = 0;
    const ask = createWriteProbe({ transaction }, { clock: () => now, everyMs: 1_000 });
    await Promise.all(Array.from({ length: 20 }, ask));
    now = 999;
    await ask();
    expect(writes).toBe(1);
    now = 1_000;
    await ask();
    expect(writes).toBe(2);
  });
});

describe.each(databases.filter(({ name }) => name === 'sqlite'))('whether $name can be written: no', (kind) => {
  const fresh = () => probing(kind);

  it('when the disk is full, though all can be read, and yes when there is room', async () => {
    const { storage, ask, pass } = await fresh();
    const limit = (pages: number): Promise<unknown> => storage.read.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`);
    await limit(1);
    expect(await ask()).toBe('full');
    // The control: what was looked at before goes on well.
    expect(await storage.read.setting.count()).toBe(0);
    await limit(1_000_000);
    expect(await ask()).toBe('full');
    pass(1_000);
    expect(await ask()).toBe('ok');
  });

  it('when it may only be read', async () => {
    const { storage, ask, pass } = await fresh();
    expect(await ask()).toBe('ok');
    await storage.read.$queryRaw(sql`PRAGMA query_only = ON`);
    pass(1_000);
    expect(await ask()).toBe('readOnly');
    await storage.read.$queryRaw(sql`PRAGMA query_only = OFF`);
    pass(1_000);
    expect(await ask()).toBe('ok');
  });
});
