import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OneConnectionLibSql } from '../../src/storage/libsql.js';
import { databases } from '../support/databases.js';
import { runChild } from './child.js';
import { quickFolder } from '../support/quickFolder.js';

const sqlite = databases.filter(({ name }) => name === 'sqlite');

describe.each(sqlite)('the libsql factory', ({ create }) => {
  it('runs 3,000 transactions with 256 descriptors', { timeout: 60_000 }, async () => {
    const { url, remove } = await create();
    onTestFinished(remove);
    const child = await runChild('manyTransactions', [url, '3000'], { maxFiles: 256 });
    expect(await child.ended()).toEqual({ code: 0, output: 'rows: 1500' });
  });

  it("which Prisma's own factory cannot", { timeout: 60_000 }, async () => {
    const { url, remove } = await create();
    onTestFinished(remove);
    const child = await runChild('manyStockTransactions', [url, '3000'], { maxFiles: 256 });
    expect((await child.ended()).output).not.toContain('done');
  });
});

describe('a transaction on the one connection', () => {
  const open = async () => {
    const folder = await mkdtemp(join(quickFolder, 'linli-libsql-'));
    const client = new OneConnectionLibSql({ url: 'file:' }).createClient({ url: `file:${join(folder, 'a.db')}` });
    onTestFinished(async () => {
      client.close();
      await rm(folder, { recursive: true });
    });
    await client.execute('CREATE TABLE "t" ("n" INTEGER UNIQUE)');
    return { client, count: async () => (await client.execute('SELECT count(*) AS "count" FROM "t"')).rows[0]?.['count'] };
  };

  it('takes no statement once it is over', async () => {
    const { client, count } = await open();
    const transaction = await client.transaction('write');
    await transaction.execute('INSERT INTO "t" VALUES (1)');
    await transaction.rollback();
    await expect(transaction.execute('INSERT INTO "t" VALUES (2)')).rejects.toThrow('over');
    expect(await count()).toBe(0);
  });

  it('takes no statement after one failed, and undoes all of it', async () => {
    const { client, count } = await open();
    const transaction = await client.transaction('write');
    await transaction.execute('INSERT INTO "t" VALUES (1)');
    // This makes SQLite end the transaction by itself, as a full disk does.
    await expect(transaction.execute('INSERT OR ROLLBACK INTO "t" VALUES (1)')).rejects.toThrow('UNIQUE');
    await expect(transaction.execute('INSERT INTO "t" VALUES (2)')).rejects.toThrow('over');
    await expect(transaction.commit()).rejects.toThrow('over');
    expect(await count()).toBe(0);
    // On the bare connection the next statement would have been committed alone.
    await client.execute('BEGIN');
    await expect(client.execute('INSERT OR ROLLBACK INTO "t" VALUES (1), (1)')).rejects.toThrow('UNIQUE');
    await client.execute('INSERT INTO "t" VALUES (2)');
    expect(await count()).toBe(1);
  });

  it('loses a plain write that gets inside, which is why the adapter locks', async () => {
    const { client, count } = await open();
    const transaction = await client.transaction('write');
    await client.execute('INSERT INTO "t" VALUES (1)');
    await transaction.rollback();
    expect(await count()).toBe(0);
  });
});
