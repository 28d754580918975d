import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Connection } from '../../src/storage/connection.js';
import { quickFolder } from '../support/quickFolder.js';

afterEach(() => vi.restoreAllMocks());

async function open() {
  const folder = await mkdtemp(join(quickFolder, 'linli-connection-'));
  const connection = new Connection({ path: join(folder, 'a.db') });
  onTestFinished(async () => {
    connection.close();
    await rm(folder, { recursive: true });
  });
  connection.script('CREATE TABLE "t" ("n" INTEGER PRIMARY KEY, "word" TEXT UNIQUE, "bytes" BLOB)');
  const compiled = vi.spyOn(Database.prototype, 'prepare');
  const words = () => connection.execute('SELECT "word" FROM "t" ORDER BY "n"').rows.map(({ word }) => word);
  return { connection, compiled: () => compiled.mock.calls.map(([text]) => text), words };
}

const insert = 'INSERT INTO "t" ("n", "word", "bytes") VALUES (?, ?, ?)';

describe('a connection', () => {
  it('compiles a text once, and keeps nothing of its last values or rows', async () => {
    const { connection, compiled, words } = await open();
    connection.execute(insert, [1, '春', new Uint8Array([1, 2])]);
    connection.execute(insert, [2, null, null]);
    const select = 'SELECT * FROM "t" WHERE "n" >= ? ORDER BY "n"';
    expect(connection.execute(select, [1]).rows).toHaveLength(2);
    expect(connection.execute(select, [3]).rows).toEqual([]);
    expect(connection.execute(select, [2]).rows).toEqual([{ length: 3, 0: 2, 1: null, 2: null, n: 2, word: null, bytes: null }]);
    expect(new Uint8Array(connection.execute(select, [1]).rows[0]?.['bytes'] as ArrayBuffer)).toEqual(new Uint8Array([1, 2]));
    expect(compiled()).toEqual([insert, select]);
    expect(words()).toEqual(['春', null]);
  });

  it('says how many rows a statement changed', async () => {
    const { connection } = await open();
    connection.execute(insert, [1, '春', null]);
    connection.execute(insert, [2, '夏', null]);
    expect(connection.execute('UPDATE "t" SET "bytes" = NULL').rowsAffected).toBe(2);
    expect(connection.execute('UPDATE "t" SET "bytes" = NULL WHERE "n" = ?', [9]).rowsAffected).toBe(0);
  });

  it('goes on after a statement that failed, and names SQLite’s code', async () => {
    const { connection, compiled, words } = await open();
    connection.execute(insert, [1, '春', null]);
    expect(() => connection.execute(insert, [2, '春', null])).toThrow(
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE', rawCode: 2067 }),
    );
    connection.execute(insert, [2, '夏', null]);
    expect(words()).toEqual(['春', '夏']);
    // The one that failed was thrown away.
    expect(compiled().filter((text) => text === insert)).toHaveLength(2);
  });

  it('sees a table as it is after a script changed it', async () => {
    const { connection } = await open();
    connection.execute(insert, [1, '春', null]);
    const all = 'SELECT * FROM "t"';
    expect(connection.execute(all).columns).toEqual(['n', 'word', 'bytes']);
    connection.script('ALTER TABLE "t" ADD COLUMN "more" TEXT DEFAULT \'新\'');
    expect(connection.execute(all).rows).toEqual([expect.objectContaining({ length: 4, word: '春', more: '新' })]);
  });

  it('leaves no transaction open when a script fails in its middle', async () => {
    const { connection, words } = await open();
    const script = `BEGIN; INSERT INTO "t" VALUES (1, '春', NULL); INSERT INTO "t" VALUES (1, '夏', NULL); COMMIT;`;
    expect(() => connection.script(script)).toThrow('UNIQUE');
    connection.execute(insert, [2, '秋', null]);
    expect(words()).toEqual(['秋']);
  });

  it('keeps what is used, of more texts than it has room for', async () => {
    const { connection, compiled } = await open();
    const often = 'SELECT 1 AS "often"';
    for (let n = 0; n < 1_000; n += 1) {
      connection.execute(often);
      connection.execute(`SELECT ${n}`);
    }
    expect(compiled().filter((text) => text === often)).toHaveLength(1);
    connection.execute('SELECT 0');
    expect(compiled().filter((text) => text === 'SELECT 0')).toHaveLength(2);
  });

  it('gives whole numbers as numbers, and refuses those that would be rounded', async () => {
    const { connection } = await open();
    expect(connection.execute('SELECT 1099511627776 AS "n"').rows[0]?.['n']).toBe(1_099_511_627_776);
    expect(() => connection.execute('SELECT 9007199254740993 AS "n"')).toThrow(RangeError);
  });

  it('is another one after it was renewed, on the same file', async () => {
    const { connection, words } = await open();
    connection.execute('BEGIN IMMEDIATE');
    connection.execute(insert, [1, '春', null]);
    connection.renew();
    expect(words()).toEqual([]);
  });
});
