import { symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStorage } from '../../src/storage/index.js';
import { OneConnectionLibSql } from '../../src/storage/libsql.js';
import { pathOfUrl } from '../../src/storage/sqliteFile.js';
import { databases } from '../support/databases.js';
import { runChild } from './child.js';

const sqlite = databases.filter(({ name }) => name === 'sqlite');

describe.each(sqlite)('one process for each SQLite file', ({ create }) => {
  const make = async (): Promise<string> => {
    const { url, remove } = await create();
    onTestFinished(remove);
    return url;
  };

  it('refuses a second process, until the first was killed', async () => {
    const url = await make();
    const holder = await runChild('holdDatabase', [url]);
    await holder.says('open');
    await expect(openStorage({ url })).rejects.toMatchObject({
      code: 'inUse',
      message: expect.stringContaining('Another Linli is using this database'),
    });
    // Only our lock refuses: SQLite itself would let a second process in.
    const intruder = new OneConnectionLibSql({ url }).createClient({ url });
    await intruder.execute('DELETE FROM "Setting"');
    intruder.close();
    await holder.kill();
    const storage = await openStorage({ url });
    expect(await storage.read.setting.count()).toBe(0);
    await storage.close();
  });

  it('waits for a first process that is about to go, and then holds the file', async () => {
    const url = await make();
    const holder = await runChild('holdDatabase', [url]);
    await holder.says('open');
    const tries: number[] = [];
    const storage = await openStorage({
      url,
      stillInUse: async (count) => {
        tries.push(count);
        if (count === 3) await holder.kill();
        return true;
      },
    });
    expect(tries).toEqual([1, 2, 3]);
    expect(await (await runChild('holdDatabase', [url])).ended()).toMatchObject({ code: 1, output: expect.stringContaining('inUse') });
    await storage.close();
  });

  it('waits as long as it is told to', async () => {
    const url = await make();
    const storage = await openStorage({ url });
    const tries: number[] = [];
    const stillInUse = (count: number): Promise<boolean> => Promise.resolve(tries.push(count) < 2);
    await expect(openStorage({ url, stillInUse })).rejects.toMatchObject({ code: 'inUse' });
    expect(tries).toEqual([1, 2]);
    await storage.close();
  });

  it('lets other files be used meanwhile', async () => {
    const holder = await runChild('holdDatabase', [await make()]);
    await holder.says('open');
    const storage = await openStorage({ url: await make() });
    await storage.close();
  });

  it('refuses a second opening in the same process, also through a link', async () => {
    const url = await make();
    const path = pathOfUrl(url);
    const link = join(dirname(path), 'link.db');
    await symlink(path, link);
    const storage = await openStorage({ url });
    await expect(openStorage({ url })).rejects.toMatchObject({ code: 'inUse' });
    await expect(openStorage({ url: `file:${link}` })).rejects.toMatchObject({ code: 'inUse' });
    // Trying did not loosen the lock (closing a file in the wrong way would).
    expect(await (await runChild('holdDatabase', [url])).ended()).toMatchObject({ code: 1, output: expect.stringContaining('inUse') });
    await storage.close();
    await (await openStorage({ url })).close();
  });
});
