import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { createRig, noon, type Rig } from './rig.js';

describe.each(databases)('the outbox on $name', ({ open }) => {
  let database: TestDatabase;
  let rig: Rig;

  beforeEach(async () => {
    database = await open();
    rig = createRig(database.storage);
  });

  afterEach(() => database.close());

  const keys = async () => (await database.storage.read.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ dedupeKey }) => dedupeKey);

  it('writes many messages in their order', async () => {
    const texts = Array.from({ length: 1_203 }, (_, at) => `t${at}`);
    const written = await rig.write(...texts.map((text) => rig.planned(`chat ${text}`, 'announcement', text)));
    expect(await keys()).toEqual(texts);
    expect(written.map(({ dedupeKey, message }) => [dedupeKey, message.text])).toEqual(texts.map((text) => [text, text]));
    expect(new Set(written.map(({ id }) => id)).size).toBe(texts.length);
  });

  it('writes nothing for nothing', async () => {
    expect(await rig.write()).toEqual([]);
  });

  it('keeps the message sealed, and gives it the life of its kind', async () => {
    await rig.write(
      rig.planned('a', 'reply', 'k1', { message: { text: '明天见' } }),
      rig.planned('a', 'reminder', 'k2', { expiresAt: noon + 5, notBefore: noon + 1 }),
    );
    const first = await rig.row('k1');
    expect(Buffer.from(first.payload ?? []).includes('明天见')).toBe(false);
    expect(first).toMatchObject({ expiresAt: BigInt(noon + 3_600_000), notBefore: 0n, lane: 0, createdAt: BigInt(noon) });
    expect(await rig.row('k2')).toMatchObject({ expiresAt: BigInt(noon + 5), notBefore: BigInt(noon + 1), lane: 2 });
  });

  it('writes nothing when the transaction is rolled back', async () => {
    const lost = database.storage.transaction(async (tx) => {
      await rig.outbox.enqueue(tx, [rig.planned('a', 'reply', 'one')]);
      throw new Error('rolled back');
    });
    await expect(lost).rejects.toThrow('rolled back');
    expect(await keys()).toEqual([]);
  });

  describe('one message for one dedupe key', () => {
    const writeTwice = async () => {
      const first = await rig.write(rig.planned('a', 'confirmation', 'k', { message: { text: 'first' } }));
      const second = await rig.write(
        rig.planned('a', 'confirmation', 'k', { message: { text: 'second' } }),
        rig.planned('a', 'confirmation', 'new', { message: { text: 'x' } }),
        rig.planned('a', 'confirmation', 'new', { message: { text: 'y' } }),
      );
      return [...first, ...second].map(({ message }) => message.text);
    };

    it('is written and returned', async () => {
      expect(await writeTwice()).toEqual(['first', 'x']);
      expect(await keys()).toEqual(['k', 'new']);
    });

    it('negative control: without the unique key there are more', async () => {
      await database.storage.read.$executeRaw(raw('DROP INDEX "Outbox_dedupeKey_key"'));
      await writeTwice();
      expect(await keys()).toEqual(['k', 'k', 'new', 'new']);
    });
  });

  describe('a reply', () => {
    it('is born in sending', async () => {
      const written = await rig.write(
        rig.planned('a', 'reply', 'one'),
        rig.planned('a', 'notice', 'two'),
        rig.planned('b', 'reply', 'three'),
      );
      expect(await rig.states()).toEqual(['one sending', 'two sending', 'three sending']);
      expect(written.map(({ state }) => state)).toEqual(['sending', 'sending', 'sending']);
    });

    it('waits behind a message of its chat that waits, written before or together', async () => {
      await rig.write(rig.planned('a', 'confirmation', 'earlier'));
      const written = await rig.write(
        rig.planned('a', 'reply', 'one'),
        rig.planned('b', 'change', 'two'),
        rig.planned('b', 'reply', 'three'),
        rig.planned('c', 'reply', 'four'),
      );
      expect(written.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'sending']);
      expect(await rig.states()).toEqual(['earlier ready', 'one ready', 'two ready', 'three ready', 'four sending']);
    });
  });
});
