import { stat } from 'node:fs/promises';
import { StorageError } from './errors.js';
import { pathOfUrl } from './sqliteFile.js';

/**
 * Refuses to begin a new community in a database file that was emptied: a file of no bytes while the data key of an earlier one is there.
 * A file that is not there yet, and an empty one that was prepared before the first start, have no such key or are no file. Throws `emptied`.
 */
export async function refuseEmptied({ url, dataKeyFile }: { readonly url: string; readonly dataKeyFile: string }): Promise<void> {
  if (!url.startsWith('file:')) return;
  const path = pathOfUrl(url);
  const [file, journal, key] = await Promise.all([sizeOf(path), sizeOf(`${path}-wal`), sizeOf(dataKeyFile)]);
  if (file === 0 && !journal && key) throw new StorageError('emptied');
}

/** Null where there is no such file, or none that may be looked at: opening it will say why. */
const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );
