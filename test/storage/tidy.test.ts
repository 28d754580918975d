import { readdir, readFile, writeFile, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTidier, openStorage, type Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

const day = 24 * 60 * 60_000;
const [sqlite, postgres] = databases;
if (!sqlite || !postgres) throw new Error('no databases');

describe.each([{ kind: 'plain' }, { kind: 'encrypted', encryptionKey: 'a key of 16 letters' }])('the file, $kind', ({ encryptionKey }) => {
  let storage: Storage;
  let path: string;
  let remove: () => Promise<void>;
  let now: number;
  beforeEach(async () => {
    const made = await sqlite.create(encryptionKey === undefined ? 'migrated' : 'empty');
    remove = made.remove;
    storage = await openStorage({ url: made.url, ...(encryptionKey === undefined ? {} : { encryptionKey }) });
    if (encryptionKey !== undefined)
      await storage.read.$executeRawUnsafe('CREATE TABLE "Setting" ("key" TEXT PRIMARY KEY, "value" BLOB NOT NULL)');
    path = storage.file?.path ?? '';
    now = Date.UTC(2026, 6, 28, 2);
  });
  afterEach(async () => {
    await storage.close();
    await remove();
  });
  /** Everything that lies on disk for this database, as one text. */
  const bytes = async () => {
    const names = (await readdir(dirname(path))).filter((name) => name.startsWith(basename(path)));
    return (await Promise.all(names.map((name) => readFile(join(dirname(path), name), 'latin1')))).join('');
  };
  const secret = 'zhangsan-was-here';
  const put = () => storage.read.setting.create({ data: { key: secret, value: Buffer.from(secret.repeat(2_000)) } });
  const drop = () => storage.read.setting.delete({ where: { key: secret } });

  test.each(encryptionKey === undefined ? ['anew'] : [])(
    'written %s holds nothing that was deleted; control: before, it does',
    async () => {
      await put();
      await drop();
      expect(await bytes()).toContain(secret);
      await storage.file?.scrub();
      expect(await bytes()).not.toContain(secret);
      expect(await storage.read.$queryRawUnsafe('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    },
  );

  test('is written anew when it was asked for and the time has come, once, also by the next process', async () => {
    await put();
    const first = createTidier(storage, () => now);
    await storage.transaction((tx) => first.want(tx, now + day));
    await first.run();
    expect(await storage.read.setting.count()).toBe(2);
    now += day;
    const next = createTidier(storage, () => now);
    await next.run();
    expect(await storage.read.setting.findMany({ select: { key: true } })).toEqual([{ key: secret }]);
  });

  test('copies that migrations made go after 30 days; other files stay', async () => {
    const folder = join(dirname(path), 'backups');
    await mkdir(folder);
    const names = [
      '20260628T015959Z-before-20260601_x.db',
      '20260628T020001Z-before-20260601_x.db',
      'my-own-copy.db',
      '20200101T000000Z-mine.db',
    ];
    for (const name of names) await writeFile(join(folder, name), 'x');
    await createTidier(storage, () => now).run();
    expect((await readdir(folder)).sort()).toEqual(names.slice(1).sort());
  });
});

test('on PostgreSQL there is nothing to do', async () => {
  const { storage, close } = await postgres.open();
  const tidier = createTidier(storage, () => 0);
  await storage.transaction((tx) => tidier.want(tx, 0));
  await tidier.run();
  expect(await storage.read.setting.count()).toBe(0);
  await close();
});
