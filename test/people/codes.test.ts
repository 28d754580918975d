import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIds } from '../../src/ids.js';
import { codeIn, createCodes, makeCode, readCode, spendCode, useCode, voidCodes, type CodeKind } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

const minute = 60 * 1000;
const hour = 60 * minute;

describe.each(databases)('codes on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  const sealer = createSealer(new Uint8Array(randomBytes(32)));
  const ids = countingIds();

  const make = (parts: { kind?: CodeKind; by?: string; payload?: unknown; expiresAt?: number; make?: () => string } = {}) =>
    storage.transaction((tx) =>
      makeCode(tx, {
        kind: parts.kind ?? 'link',
        communityId: 'here',
        createdBy: parts.by ?? 'wang',
        payload: parts.payload ?? { personId: 'wang' },
        expiresAt: parts.expiresAt ?? 10 * minute,
        make: parts.make ?? ids.pin,
        sealer,
        now: 0,
      }),
    );
  const typed = (code: string, personId: string, now = minute) => ({
    code,
    kinds: ['link', 'household'] as const,
    personId,
    communityId: 'here',
    now,
    newId: ids.id,
    sealer,
  });
  const use = (code: string, personId: string, now?: number) => storage.transaction((tx) => useCode(tx, typed(code, personId, now)));

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
  });
  afterEach(() => database.close());

  test('open what was sealed with them, once; who used it hears that, others that somebody did', async () => {
    const code = await make();
    expect(await use(code, 'li')).toEqual({
      type: 'used',
      kind: 'link',
      payload: { personId: 'wang' },
      createdBy: 'wang',
      communityId: 'here',
    });
    expect(await use(code, 'li')).toEqual({ type: 'again' });
    expect(await use(code, 'zhang')).toEqual({ type: 'taken', kind: 'link' });
  });

  test.each(['83069999', '8306 9999', ' 8306-9999 ', '８３０６－９９９９'])('are understood as people write them: %j', async (written) => {
    await make({ make: () => '8306-9999' });
    expect((await use(written.replace('－', '-'), 'li')).type).toBe('used');
  });

  test('are over when their time is', async () => {
    const code = await make();
    expect(await use(code, 'li', 10 * minute)).toEqual({ type: 'expired' });
    expect((await use(code, 'li', 10 * minute - 1)).type).toBe('used');
  });

  test('of another kind open nothing, and neither does one that a newer one has taken the place of', async () => {
    const code = await make({ kind: 'consent' });
    expect(await use(code, 'li')).toEqual({ type: 'wrong' });
    const first = await make();
    await storage.transaction((tx) => voidCodes(tx, { createdBy: 'wang', kind: 'link' }));
    expect(await use(first, 'li')).toEqual({ type: 'wrong' });
  });

  test('cannot be read in the table, nor what they are good for', async () => {
    const code = await make({ payload: { personId: 'secret person' } });
    const stored = JSON.stringify(await storage.read.code.findMany(), (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(stored).not.toContain(code);
    expect(stored).not.toContain('secret person');
  });

  test('used by two at once serve one', async () => {
    const code = await make();
    const came = await Promise.all([use(code, 'li'), use(code, 'zhang')]);
    expect(came.map(({ type }) => type).sort()).toEqual(['taken', 'used']);
  });

  test('control: looked at first and marked afterwards, a code serves both', async () => {
    const code = await make();
    const careless = async (tx: Tx) => {
      const found = await readCode(tx, typed(code, 'li'));
      return found.type;
    };
    expect(await Promise.all([storage.transaction(careless), storage.transaction(careless)])).toEqual(['open', 'open']);
    expect(await storage.transaction((tx) => spendCode(tx, typed(code, 'li')))).toBe(true);
    expect(await storage.transaction((tx) => spendCode(tx, typed(code, 'zhang')))).toBe(false);
  });

  test('guessed 100 times by one person do not open, also when a guess is right; control: with the wrong ones forgotten it does', async () => {
    const code = await make({ make: () => '8306-0099', expiresAt: hour });
    const came = [];
    for (let n = 0; n < 100; n += 1) came.push((await use(`8306-00${String(n).padStart(2, '0')}`, 'thief')).type);
    expect(came).toEqual([...Array.from({ length: 5 }, () => 'wrong'), ...Array.from({ length: 95 }, () => 'tooMany')]);
    await storage.read.auditEntry.deleteMany();
    expect((await use(code, 'thief')).type).toBe('used');
  });

  test('guessed by many together do not open either: after fifty wrong ones nothing is looked at, until an hour has gone', async () => {
    const code = await make({ make: () => '8306-0099', expiresAt: 3 * hour });
    for (let n = 0; n < 50; n += 1) expect((await use(`8306-10${String(n).padStart(2, '0')}`, `thief${n}`)).type).toBe('wrong');
    expect((await use(code, 'li')).type).toBe('tooMany');
    expect((await use(code, 'li', 2 * hour)).type).toBe('used');
  });

  test('old ones are deleted when new ones are made', async () => {
    await make({ expiresAt: -8 * 24 * hour });
    await make();
    expect(await storage.read.code.count()).toBe(1);
  });

  test('bound to their sealer and source they do the same', async () => {
    const codes = createCodes({ sealer, make: ids.pin });
    const about = {
      kind: 'household',
      communityId: 'here',
      createdBy: 'wang',
      payload: { householdId: 'h' },
      expiresAt: hour,
      now: 0,
    } as const;
    const code = await storage.transaction((tx) => codes.make(tx, about));
    const look = (kinds: readonly CodeKind[]) => storage.transaction((tx) => codes.lookUp(tx, { ...typed(code, 'li'), kinds }));
    expect((await look(['link'])).type).toBe('wrong');
    expect(await look(['household'])).toMatchObject({ type: 'open', payload: { householdId: 'h' } });
    expect((await storage.transaction((tx) => codes.use(tx, typed(code, 'li')))).type).toBe('used');
  });
});

describe('a message that is written like a code', () => {
  test('is one, with and without its dash', () => {
    const { pin, code } = createIds();
    fc.assert(
      fc.property(fc.integer(), () => {
        const [made, word] = [pin(), code()];
        for (const text of [made, made.replace('-', ''), ` ${made} `, `${made}。`, `请用${made}加入`]) expect(codeIn(text)).not.toBeNull();
        expect(codeIn(word) !== null || !/\d/u.test(word)).toBe(true);
      }),
    );
  });

  test.each([
    '20260801',
    '2026-0801',
    '13800138000',
    '8306',
    '报名 83060001',
    '1',
    '',
    '8306-00012',
    'GOOD-BYES',
    '8306-0001 8306-0002',
    '电话8306-2741',
    '2026-08-01 8306',
  ])('%j is none', (text) => {
    expect(codeIn(text)).toBeNull();
  });
});
