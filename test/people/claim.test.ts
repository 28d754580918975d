import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, firstCommunity, openClaim } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

describe.each(databases)('the one-time code on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let communityId: string;
  let made: number;
  const sealer = createSealer(new Uint8Array(randomBytes(32)));
  const ids = countingIds();

  /** What a start of the program does. */
  const start = (given?: string) =>
    storage.transaction((tx) => openClaim(tx, { sealer, communityId, given, make: () => `MADE-000${(made += 1)}` }));
  const claims = (personId: string, code: string, now = 1_000) =>
    storage.transaction((tx) => claim(tx, { code, personId, communityId, now, newId: ids.id }));
  const administrators = async () => (await storage.read.role.findMany()).map(({ personId, role }) => `${role} ${personId}`);

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    made = 0;
    communityId = (
      await storage.transaction((tx) => firstCommunity(tx, { name: '费家营社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' }, ids.id, 0))
    ).id;
    for (const id of ['li', 'chen']) await storage.read.person.create({ data: { id, name: id } });
  });
  afterEach(() => database.close());

  test('makes its user an administrator, once', async () => {
    const code = (await start()) ?? '';
    expect(await claims('li', code)).toBe('granted');
    expect(await claims('li', code)).toBe('already');
    expect(await claims('chen', code)).toBe('wrong');
    expect(await administrators()).toEqual(['administrator li']);
  });

  test('is understood in small letters, full width and with spaces around it', async () => {
    await start('Linli-2026');
    expect(await claims('li', ' ｌｉｎｌｉ-２０２６ ')).toBe('granted');
  });

  test.each(['', 'MADE-0002', 'MADE-000', '%', "' OR 1=1 --", '__proto__'])('%j in its place is refused', async (code) => {
    await start();
    expect(await claims('li', code)).toBe('wrong');
    expect(await administrators()).toEqual([]);
  });

  test('is not looked at for an hour after five wrong ones; control: when they are forgotten, it is', async () => {
    const code = (await start()) ?? '';
    for (let n = 0; n < 5; n += 1) expect(await claims('li', `WRONG-${n}`)).toBe('wrong');
    expect(await claims('li', code)).toBe('tooMany');
    expect(await administrators()).toEqual([]);
    expect(await claims('li', code, 60 * 60 * 1000)).toBe('tooMany');
    await storage.read.auditEntry.deleteMany();
    expect(await claims('li', code)).toBe('granted');
  });

  test('can be had again when the hour is over', async () => {
    const code = (await start()) ?? '';
    for (let n = 0; n < 5; n += 1) await claims('li', `WRONG-${n}`);
    expect(await claims('li', code, 1_001 + 60 * 60 * 1000)).toBe('granted');
  });

  test('cannot be guessed by many together either', async () => {
    const code = (await start()) ?? '';
    for (let n = 0; n < 50; n += 1) expect(await claims(`guest${n % 10}`, `WRONG-${n}`)).toBe('wrong');
    expect(await claims('li', code)).toBe('tooMany');
  });

  test('is refused in another community', async () => {
    const code = (await start()) ?? '';
    await storage.read.community.create({ data: { id: 'other', name: '别的社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    const elsewhere = { code, personId: 'li', communityId: 'other', now: 1_000, newId: ids.id };
    expect(await storage.transaction((tx) => claim(tx, elsewhere))).toBe('wrong');
  });

  test('used by two at once makes exactly one administrator', async () => {
    const code = (await start()) ?? '';
    expect((await Promise.all([claims('li', code), claims('chen', code)])).sort()).toEqual(['granted', 'wrong']);
    expect(await administrators()).toHaveLength(1);
  });

  test('control: with a code that is made new after each use, both are in', async () => {
    const code = (await start()) ?? '';
    await claims('li', code);
    await storage.read.claimCode.updateMany({ data: { usedAt: null, usedBy: null } });
    expect(await claims('chen', code)).toBe('granted');
    expect(await administrators()).toHaveLength(2);
  });

  test('stays the same over restarts until it is used, and then there is none', async () => {
    const code = await start();
    expect(await start()).toBe(code);
    expect(made).toBe(1);
    await claims('li', code ?? '');
    expect(await start()).toBeNull();
    expect(await start('GIVEN-2026')).toBeNull();
  });

  test('of the configuration takes the place of a made one, which is worth nothing then', async () => {
    const first = (await start()) ?? '';
    expect(await start('GIVEN-2026')).toBe('GIVEN-2026');
    expect(await start('GIVEN-2026')).toBe('GIVEN-2026');
    expect(await claims('li', first)).toBe('wrong');
    expect(await claims('li', 'GIVEN-2026')).toBe('granted');
  });

  test('once used stays used, also when the configuration still names it and nobody is administrator any more', async () => {
    await start('GIVEN-2026');
    await claims('li', 'GIVEN-2026');
    await storage.read.role.deleteMany();
    expect(await start('GIVEN-2026')).toBeNull();
    expect(await claims('chen', 'GIVEN-2026')).toBe('wrong');
    expect(await administrators()).toEqual([]);
  });

  test('cannot be read in the table', async () => {
    const code = (await start()) ?? '';
    const stored = async () =>
      JSON.stringify(await storage.read.claimCode.findMany(), (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
      );
    expect(await stored()).not.toContain(code);
    await claims('li', code);
    expect((await storage.read.claimCode.findMany()).map((row) => row.code)).toEqual([null]);
  });
});
