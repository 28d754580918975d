import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { openHouse, type Opened } from '../src/open.js';
import { DataKeyError } from '../src/seal/index.js';
import { StorageError } from '../src/storage/index.js';
import { texts } from './support/house.js';
import { migrationsFolder } from './support/migrationsFolder.js';
import { quickFolder } from './support/quickFolder.js';

// What main.ts says of these, and how it ends, stands in main/process.test.ts, as does what needs another right on the files.

/** A place for a house on SQLite, opened as often as a test likes; `code` is why it could not be opened. */
async function makePlace() {
  const folder = await mkdtemp(join(quickFolder, 'linli-open-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [file, key] = [join(folder, 'data/linli.db'), join(folder, 'keys/data.key')];
  const open = async (more: Record<string, string> = {}): Promise<Opened> => {
    const config = readConfig({ DATABASE_URL: `file:${file}`, DATA_KEY_FILE: key, ...more });
    if (!config.ok) throw new Error('Wrong settings');
    const pause = () => Promise.resolve();
    return openHouse(config.config, { migrations: migrationsFolder, communityName: '费家营社区', clock: Date.now, pause });
  };
  const code = async (more?: Record<string, string>): Promise<string> => {
    try {
      await (await open(more)).storage.close();
    } catch (fault) {
      if (fault instanceof StorageError) return `errors.${fault.code}`;
      if (fault instanceof DataKeyError) return `dataKey.${fault.reason}`;
      throw fault;
    }
    throw new Error('It opened');
  };
  return { folder, file, key, open, code };
}

const said = (code: string): string => texts.in('zh-CN')(`storage.${code}`);

test('a house does not open where its files are not what they were, says which, and opens when they are back', async () => {
  const { file, key, open, code } = await makePlace();
  await (await open()).storage.close();
  const whole = await readFile(file);
  const goodKey = await readFile(key, 'utf8');

  await writeFile(file, '这不是数据库，只是一些字。');
  expect(said(await code())).toContain('这个文件读不出来');
  await writeFile(file, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0xff)]));
  expect(said(await code())).toContain('数据库文件损坏了');
  await truncate(file);
  expect(said(await code())).toContain('数据库文件是空的，可是它的数据密钥还在');
  await writeFile(file, whole);
  await rm(key);
  expect(said(await code())).toContain('没有密钥');
  await writeFile(key, 'no key');
  expect(said(await code())).toContain('不是数据密钥');
  await writeFile(key, `${Buffer.alloc(32, 7).toString('base64')}\n`);
  expect(said(await code())).toContain('不是加密这些数据的那一把');

  await writeFile(key, goodKey);
  await (await open()).storage.close();
});

test('an encrypted file opens with its own key alone', async () => {
  const { open, code } = await makePlace();
  const right = { DATABASE_ENCRYPTION_KEY: 'a long secret of the house' };
  await (await open(right)).storage.close();
  expect(said(await code())).toContain('这个文件读不出来');
  expect(said(await code({ DATABASE_ENCRYPTION_KEY: 'some other secret of a house' }))).toContain('这个文件读不出来');
  await (await open(right)).storage.close();
});

test('an empty file that was prepared before the first start is no loss, nor is a key without a file', async () => {
  const { folder, file, open } = await makePlace();
  await mkdir(join(folder, 'data'));
  await writeFile(file, '');
  await (await open()).storage.close();
  await rm(join(folder, 'data'), { recursive: true });
  await (await open()).storage.close();
});
