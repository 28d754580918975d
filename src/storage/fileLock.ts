import { createClient, type Client } from '@libsql/client';
import { pathToFileURL } from 'node:url';
import { StorageError } from './errors.js';
import { explainFileFault } from './faults.js';
import type { StillInUse } from './storage.js';

/** A lock held on a file. */
export interface FileLock {
  release(): Promise<void>;
}

/**
 * Holds the side file `<database>.lock` for the life of this process, so that two never write one SQLite file.
 * The lock is the operating system's: SIGKILL and power loss free it. Nobody may open the file otherwise while it is held
 * (closing any descriptor of it drops the lock). While another one holds it, `stillInUse` says whether to try again, after waiting as long
 * as it likes; throws `inUse` when it says no.
 */
export async function lockDatabaseFile(databasePath: string, stillInUse: StillInUse = giveUp): Promise<FileLock> {
  let held: Client | undefined;
  try {
    held = createClient({ url: pathToFileURL(`${databasePath}.lock`).href });
    for (let tries = 1; !(await take(held)); tries += 1) {
      if (!(await stillInUse(tries))) throw new StorageError('inUse');
    }
  } catch (error) {
    held?.close();
    throw explainFileFault(error);
  }
  const lock = held;
  return {
    async release() {
      // libsql closes the file only when its statements are collected, so the lock is given up first.
      await lock.execute('ROLLBACK');
      lock.close();
    },
  };
}

const giveUp: StillInUse = () => Promise.resolve(false);

/** True: locked. An exclusive transaction on an empty SQLite file: it is never written, only locked. */
async function take(client: Client): Promise<boolean> {
  try {
    await client.execute('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    const fault = explainFileFault(error);
    if (fault instanceof StorageError && fault.code === 'locked') return false;
    throw error;
  }
}
