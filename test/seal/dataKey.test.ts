import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDataKey } from '../../src/seal/index.js';

async function place(): Promise<{ folder: string; file: string }> {
  const root = await mkdtemp(join(tmpdir(), 'linli-key-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folder = join(root, 'keys');
  return { folder, file: join(folder, 'data.key') };
}

describe('the data key', () => {
  it('is made once, for its owner only, and read from then on', async () => {
    const { folder, file } = await place();
    const key = await loadDataKey({ file, mayCreate: true });
    expect(key).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['data.key']);
    expect(await loadDataKey({ file, mayCreate: true })).toEqual(key);
    expect(await loadDataKey({ file, mayCreate: false })).toEqual(key);
  });

  it('that others can read is closed to them, and that is told', async () => {
    const { file } = await place();
    const told: boolean[] = [];
    const load = () => loadDataKey({ file, mayCreate: true, onOpen: (closed) => told.push(closed) });
    const key = await load();
    await chmod(file, 0o640);
    expect(await load()).toEqual(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await load();
    expect(told).toEqual([true]);
  });

  it('is the same for everybody when several make it at once', async () => {
    const { file } = await place();
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadDataKey({ file, mayCreate: true })));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
  });

  it('is not made when it may not be', async () => {
    const { folder, file } = await place();
    await expect(loadDataKey({ file, mayCreate: false })).rejects.toMatchObject({ reason: 'missing' });
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['', 'c2hvcnQ=', 'A'.repeat(44), 'no base64 at all, but forty-four characters!', Buffer.alloc(33).toString('base64')])(
    'refuses a file that holds no key (%#), and leaves it as it is',
    async (text) => {
      const { folder, file } = await place();
      await mkdir(folder);
      await writeFile(file, text);
      await expect(loadDataKey({ file, mayCreate: true })).rejects.toMatchObject({ reason: 'malformed' });
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('says so when there can be no file', async () => {
    const { folder, file } = await place();
    await writeFile(folder, 'a file in the way');
    await expect(loadDataKey({ file, mayCreate: true })).rejects.toMatchObject({ reason: 'unreadable' });
  });
});
