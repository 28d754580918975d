import { createClient } from '@libsql/client';
import { pathToFileURL } from 'node:url';
import { StorageError } from './errors.js';
import { explainFileFault } from './faults.js';

/** A lock held on a file. */
export interface FileLock {
  release(): Promise<void>;
}

/**
 * Holds the side file `<database>.lock` for the life of this process, so that two never write one SQLite file.
 * The lock is the operating system's: SIGKILL and power loss free it. Nobody may open the file otherwise while it is held
 * (closing any descriptor of it drops the lock). Throws `inUse` when another one holds it.
 */
export async function lockDatabaseFile(databasePath: string): Promise<FileLock> {
  let client;
  try {
    client = createClient({ url: pathToFileURL(`${databasePath}.lock`).href });
    // An exclusive transaction on an empty SQLite file: it is never written, only locked.
    await client.execute('BEGIN EXCLUSIVE');
  } catch (error) {
    client?.close();
    const fault = explainFileFault(error);
    throw fault instanceof StorageError && fault.code === 'locked' ? new StorageError('inUse', { cause: error }) : fault;
  }
  const held = client;
  return {
    async release() {
      // libsql closes the file only when its statements are collected, so the lock is given up first.
      await held.execute('ROLLBACK');
      held.close();
    },
  };
}
