import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import en from '../../locales/en/storage.json' with { type: 'json' };
import zh from '../../locales/zh-CN/storage.json' with { type: 'json' };
import { openStorage, sql, StorageError, type Storage, type StorageErrorCode, type StorageOptions } from '../../src/storage/index.js';
import { OneConnectionLibSql } from '../../src/storage/libsql.js';
import { pathOfUrl } from '../../src/storage/sqliteFile.js';
import { databases, type DatabaseKind } from '../support/databases.js';

const byName = (name: string): readonly DatabaseKind[] => databases.filter((kind) => kind.name === name);
const put = (storage: Storage, key: string, size = 1): Promise<unknown> =>
  storage.transaction((tx) => tx.setting.create({ data: { key, value: new Uint8Array(size) } }));
const fault = (code: StorageErrorCode): object => ({ name: 'StorageError', code });

async function fresh({ create }: DatabaseKind): Promise<string> {
  const { url, remove } = await create();
  onTestFinished(remove);
  return url;
}

async function opened(options: StorageOptions): Promise<Storage> {
  const storage = await openStorage(options);
  onTestFinished(() => storage.close());
  return storage;
}

it('has a text for every fault in both languages', () => {
  const texts: Readonly<Record<StorageErrorCode, string>>[] = [en.errors, zh.errors];
  for (const code of Object.keys(en.errors) as StorageErrorCode[]) {
    for (const text of texts) expect(text[code]).toMatch(/\S/);
    expect(new StorageError(code).hint).toMatch(/\S/);
  }
  expect(Object.keys(zh.errors)).toEqual(Object.keys(en.errors));
});

describe.each(byName('sqlite'))('faults of $name', (kind) => {
  it('full: nothing of the transaction stays, and it goes on when there is room', async () => {
    const storage = await opened({ url: await fresh(kind) });
    const limit = (pages: number): Promise<unknown> => storage.read.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`);
    await limit(1);
    const work = storage.transaction(async (tx) => {
      await tx.setting.create({ data: { key: 'small', value: new Uint8Array(1) } });
      await tx.setting.create({ data: { key: 'big', value: new Uint8Array(1_000_000) } });
    });
    await expect(work).rejects.toMatchObject(fault('full'));
    expect(await storage.read.setting.count()).toBe(0);
    await limit(1_000_000);
    await put(storage, 'big', 1_000_000);
    expect(await storage.read.setting.count()).toBe(1);
  });

  it('readOnly', async () => {
    const storage = await opened({ url: await fresh(kind) });
    await storage.read.$queryRaw(sql`PRAGMA query_only = ON`);
    await expect(storage.read.setting.create({ data: { key: 'a', value: new Uint8Array(1) } })).rejects.toMatchObject(fault('readOnly'));
    await expect(put(storage, 'a')).rejects.toMatchObject(fault('readOnly'));
  });

  it('locked, by a program that does not know our lock; what is written after it is not lost', { timeout: 40_000 }, async () => {
    const url = await fresh(kind);
    const storage = await opened({ url });
    const other = new OneConnectionLibSql({ url }).createClient({ url });
    onTestFinished(() => other.close());
    await other.execute('BEGIN IMMEDIATE');
    await expect(storage.read.$executeRaw(sql`INSERT INTO "Setting" VALUES ('a', x'00')`)).rejects.toMatchObject(fault('locked'));
    await expect(put(storage, 'b')).rejects.toMatchObject(fault('locked'));
    await other.execute('ROLLBACK');
    await storage.read.$executeRaw(sql`INSERT INTO "Setting" VALUES ('c', x'00')`);
    await put(storage, 'd');
    // Seen through another connection: what was acknowledged is committed.
    expect((await other.execute('SELECT "key" FROM "Setting" ORDER BY "key"')).rows.map(({ key }) => key)).toEqual(['c', 'd']);
    // And foreign keys still count on the new connection.
    const orphan = { id: 'r', communityId: 'none', personId: 'none', role: 'organiser' };
    await expect(storage.read.role.create({ data: orphan })).rejects.toMatchObject({ code: 'P2003' });
  });

  it('corrupt: garbage in the middle of the file', async () => {
    const url = await fresh(kind);
    const first = await openStorage({ url });
    for (let row = 0; row < 50; row += 1) await put(first, `row ${row}`, 4_000);
    await first.close();
    const file = await open(pathOfUrl(url), 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size - 8_192, 0xa5), 0, size - 8_192, 8_192);
    await file.close();
    const reading = async (): Promise<unknown> => (await opened({ url })).read.setting.findMany();
    await expect(reading()).rejects.toMatchObject(fault('corrupt'));
  });

  it('wrongKey: another key, no key, a key where nothing is encrypted, no database at all', async () => {
    const { url, remove } = await kind.create('empty');
    onTestFinished(remove);
    const encryptionKey = 'the right phrase';
    const storage = await openStorage({ url, encryptionKey });
    await storage.read.$executeRaw(sql`CREATE TABLE "Secret" ("text" TEXT)`);
    await storage.read.$executeRaw(sql`INSERT INTO "Secret" VALUES ('美术公益课堂')`);
    await storage.close();
    const bytes = await readFile(pathOfUrl(url));
    expect(bytes.includes('美术公益课堂') || bytes.includes('SQLite format')).toBe(false);

    await expect(openStorage({ url, encryptionKey: 'a wrong phrase' })).rejects.toMatchObject(fault('wrongKey'));
    await expect(openStorage({ url })).rejects.toMatchObject(fault('wrongKey'));
    await expect(openStorage({ url: await fresh(kind), encryptionKey })).rejects.toMatchObject(fault('wrongKey'));
    const garbage = await fresh(kind);
    await writeFile(pathOfUrl(garbage), 'not a database '.repeat(1_000));
    await expect(openStorage({ url: garbage })).rejects.toMatchObject(fault('wrongKey'));

    const again = await opened({ url, encryptionKey });
    expect(await again.read.$queryRaw(sql`SELECT "text" FROM "Secret"`)).toEqual([{ text: '美术公益课堂' }]);
  });

  it('unreachable: a folder that is a file, and a file that is a folder', async () => {
    const url = await fresh(kind);
    await expect(openStorage({ url: `${url}/linli.db` })).rejects.toMatchObject(fault('unreachable'));
    await expect(openStorage({ url: url.slice(0, url.lastIndexOf('/')) })).rejects.toMatchObject(fault('unreachable'));
  });

  it('opens a file whatever characters its path holds, and keeps it to its owner', async () => {
    const url = await fresh(kind);
    const path = `${pathOfUrl(url)} 社区 #1 100%/a?b/linli.db`.replace('?', '');
    const storage = await opened({ url: `file:${path}` });
    expect(storage.file?.path).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

describe.each(byName('postgresql'))('faults of $name', (kind) => {
  it('unreachable: nothing listens, no such database, wrong password', async () => {
    const url = await fresh(kind);
    await expect(openStorage({ url: 'postgresql://linli@127.0.0.1:1/linli' })).rejects.toMatchObject(fault('unreachable'));
    await expect(openStorage({ url: `${url}_not` })).rejects.toMatchObject(fault('unreachable'));
    await expect(openStorage({ url: url.replace(/:[^:@]+@/, ':wrong@') })).rejects.toMatchObject(fault('unreachable'));
  });

  it('unreachable when the server ends the connection; the next call finds a new one', async () => {
    const storage = await opened({ url: await fresh(kind) });
    const work = storage.transaction((tx) => tx.$executeRaw(sql`SELECT pg_terminate_backend(pg_backend_pid())`));
    await expect(work).rejects.toMatchObject(fault('unreachable'));
    await put(storage, 'a');
    expect(await storage.read.setting.count()).toBe(1);
  });

  it('readOnly', async () => {
    const storage = await opened({ url: `${await fresh(kind)}?options=-c%20default_transaction_read_only%3Don` });
    await expect(put(storage, 'a')).rejects.toMatchObject(fault('readOnly'));
  });

  it('locked: a row that another transaction holds', async () => {
    const storage = await opened({ url: await fresh(kind), deadlineMs: 300, idleMs: 5_000 });
    await put(storage, 'a');
    const touch = sql`UPDATE "Setting" SET "value" = ${new Uint8Array([2])}`;
    await storage.transaction(
      async (tx) => {
        await tx.$executeRaw(touch);
        await expect(storage.read.$executeRaw(touch)).rejects.toMatchObject(fault('locked'));
      },
      { deadlineMs: 5_000 },
    );
  });
});
