import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataKey, type Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

describe.each(databases)('the data key of a database on $name', ({ open }) => {
  const fresh = async (): Promise<{ storage: Storage; file: string }> => {
    const [database, folder] = await Promise.all([open(), mkdtemp(join(tmpdir(), 'linli-key-'))]);
    onTestFinished(async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    });
    return { storage: database.storage, file: join(folder, 'data.key') };
  };

  it('is made on the first start and fits on the next', async () => {
    const { storage, file } = await fresh();
    const sealed = (await openDataKey(storage, { file })).seal('小雏鹰', 'a');
    expect((await openDataKey(storage, { file })).open(sealed, 'a')).toBe('小雏鹰');
  });

  it('is not made anew when it is lost', async () => {
    const { storage, file } = await fresh();
    await openDataKey(storage, { file });
    await rm(file);
    await expect(openDataKey(storage, { file })).rejects.toMatchObject({ code: 'dataKeyMissing' });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is refused when it is the key of another database', async () => {
    const [one, other] = await Promise.all([fresh(), fresh()]);
    await openDataKey(one.storage, one);
    await openDataKey(other.storage, other);
    await expect(openDataKey(one.storage, other)).rejects.toMatchObject({ code: 'dataKeyMismatch' });
    await openDataKey(one.storage, one);
  });

  it('is one even when two processes with files of their own start at once', async () => {
    const [{ storage, file }, { file: otherFile }] = await Promise.all([fresh(), fresh()]);
    const starts = await Promise.allSettled([openDataKey(storage, { file }), openDataKey(storage, { file: otherFile })]);
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
