import { createSealer, DataKeyError, loadDataKey, SealError, type Sealer } from '../seal/index.js';
import { StorageError } from './errors.js';
import { sql } from './sql.js';
import type { Storage } from './storage.js';

const row = 'dataKeyCheck';
const context = `setting:${row}`;
const constant = 'linli';

/**
 * Reads the data key, or makes one for a database in which nothing was sealed yet, and proves that it is the right one.
 * `onOpen` hears when others could read its file. Throws `StorageError` dataKeyMissing or dataKeyMismatch; `DataKeyError` when the file is no key or cannot be used.
 */
export async function openDataKey(
  storage: Storage,
  { file, onOpen }: { readonly file: string; readonly onOpen?: (closed: boolean) => void },
): Promise<Sealer> {
  const sealedBefore = (await storage.read.setting.count({ where: { key: row } })) > 0;
  try {
    const sealer = createSealer(await loadDataKey({ file, mayCreate: !sealedBefore, ...(onOpen ? { onOpen } : {}) }));
    await checkDataKey(storage, sealer);
    return sealer;
  } catch (error) {
    if (error instanceof DataKeyError && error.reason === 'missing') throw new StorageError('dataKeyMissing', { cause: error });
    throw error;
  }
}

/** Proves that this database was sealed with this key; the first time, leaves the value that proves it. Throws dataKeyMismatch. */
export async function checkDataKey(storage: Storage, sealer: Sealer): Promise<void> {
  await storage.read.$executeRaw(
    sql`INSERT INTO "Setting" ("key", "value") VALUES (${row}, ${sealer.seal(constant, context)}) ON CONFLICT DO NOTHING`,
  );
  const { value } = await storage.read.setting.findUniqueOrThrow({ where: { key: row } });
  try {
    if (sealer.open(value, context) === constant) return;
  } catch (error) {
    if (error instanceof SealError) throw new StorageError('dataKeyMismatch', { cause: error });
    throw error;
  }
  throw new StorageError('dataKeyMismatch');
}
