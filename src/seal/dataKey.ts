import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DataKey } from './sealer.js';

/** The data key cannot be had. The path is not in the message: it may hold a user name. */
export class DataKeyError extends Error {
  override readonly name = 'DataKeyError';
  constructor(
    readonly reason: 'missing' | 'malformed' | 'unreadable',
    options?: { readonly cause?: unknown },
  ) {
    super(
      {
        missing: 'There is no data key at DATA_KEY_FILE.',
        malformed: 'The file at DATA_KEY_FILE does not hold a data key: 32 bytes in base64.',
        unreadable: 'The data key at DATA_KEY_FILE can neither be read nor made.',
      }[reason],
      options,
    );
  }
}

/**
 * Reads the data key from its file. When there is none and `mayCreate` says so, makes one: mode 0600 in a folder of mode 0700,
 * on the disk before this returns, and never over an existing file. One that others can read is closed to them: `onOpen` hears of it,
 * and whether that was possible (a secret that is mounted read-only stays as it is). Throws `DataKeyError`.
 */
export async function loadDataKey({
  file,
  mayCreate,
  onOpen = () => undefined,
}: {
  readonly file: string;
  readonly mayCreate: boolean;
  readonly onOpen?: (closed: boolean) => void;
}): Promise<DataKey> {
  try {
    const found = await readKey(file);
    if (found !== undefined) {
      if (await isOpenToOthers(file)) onOpen(await closeToOthers(file));
      return found;
    }
    if (!mayCreate) throw new DataKeyError('missing');
    await writeKey(file, randomBytes(keyLength));
    // Another process may have been faster; the file says which key counts.
    const written = await readKey(file);
    if (written === undefined) throw new DataKeyError('missing');
    return written;
  } catch (error) {
    throw error instanceof DataKeyError ? error : new DataKeyError('unreadable', { cause: error });
  }
}

const keyLength = 32;

// Windows keeps no such rights in a mode.
const isOpenToOthers = async (file: string): Promise<boolean> => process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0;

const closeToOthers = (file: string): Promise<boolean> =>
  chmod(file, 0o600).then(
    () => true,
    () => false,
  );

async function readKey(file: string): Promise<DataKey | undefined> {
  let text;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text, 'base64');
  // Node skips what is not base64, so the text itself is compared.
  if (key.length !== keyLength || key.toString('base64') !== text) throw new DataKeyError('malformed');
  return new Uint8Array(key);
}

async function writeKey(file: string, key: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `.data-key-${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(`${Buffer.from(key).toString('base64')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link, unlike a rename, replaces nothing.
    await link(unfinished, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
