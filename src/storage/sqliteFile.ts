import { access, constants, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { explainFileFault } from './faults.js';

/** What only a SQLite database has: a file. */
export interface SqliteFile {
  /** Absolute path. */
  readonly path: string;
  /** Runs statements all or nothing. Foreign keys are checked at the end only, so that a migration may rebuild a table. */
  runScript(statements: string): Promise<void>;
  /** Writes a copy as of now, mode 0600, encrypted when the database is. The copy appears whole or not at all. */
  copyTo(target: string): Promise<void>;
  /** Writes the file anew, so that nothing deleted can be found in its bytes, nor beside it. Everybody waits meanwhile. */
  scrub(): Promise<void>;
  /** Removes the copies in `backups/` that migrations made before this instant (ms). Files of other names are left alone. Gives how many. */
  removeCopies(before: number): Promise<number>;
}

/** The absolute path in a `file:` URL. Relative ones start at the working directory. */
export function pathOfUrl(url: string): string {
  const path = url.replace(/^file:(\/\/(?=\/))?/, '').replace(/\?.*$/, '');
  try {
    return resolve(decodeURIComponent(path));
  } catch {
    return resolve(path);
  }
}

/** Makes sure that the file is there, readable by its owner only. Returns its real path, the same through any link. */
export async function ensureFile(path: string): Promise<string> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await (await open(path, 'a', 0o600)).close();
    const real = await realpath(path);
    // SQLite keeps its journal, and we our lock, beside the file.
    await access(dirname(real), constants.W_OK);
    return real;
  } catch (error) {
    throw explainFileFault(error);
  }
}

/** The URL under which libsql opens a path, whatever characters it holds. */
export const urlOfPath = (path: string): string => pathToFileURL(path).href;

/** The file side of an open SQLite database. `database` runs several statements in turn with everything else on the connection. */
export function createSqliteFile(path: string, database: { script(statements: string): Promise<void> }): SqliteFile {
  return {
    path,
    async runScript(statements) {
      try {
        // Dropping a table deletes its rows, and those of others with them, while foreign keys are on.
        await database.script(`PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; ${statements}; ${checkForeignKeys} COMMIT;`);
      } catch (error) {
        throw explainFileFault(error);
      } finally {
        await database.script('PRAGMA foreign_keys = ON;');
      }
    },
    async copyTo(target) {
      const unfinished = join(dirname(target), `.${basename(target)}.unfinished`);
      try {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await rm(unfinished, { force: true });
        await (await open(unfinished, 'wx', 0o600)).close();
        await database.script(`VACUUM INTO '${unfinished.replaceAll("'", "''")}';`);
        await flush(unfinished);
        await rename(unfinished, target);
        await flush(dirname(target));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw explainFileFault(error);
      }
    },
    async scrub() {
      try {
        await database.script('VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
      } catch (error) {
        throw explainFileFault(error);
      }
    },
    async removeCopies(before) {
      const names = await readdir(copiesOf(path)).catch(() => []);
      // Their names begin with their time, so they sort by it.
      const old = names.filter((name) => /^\d{8}T\d{6}Z-before-.+\.db$/.test(name) && name < stampOf(before));
      for (const name of old) await rm(join(copiesOf(path), name), { force: true });
      return old.length;
    },
  };
}

/** Where copies are. */
const copiesOf = (path: string): string => join(dirname(path), 'backups');

/** The path of a copy made at an instant (ms). */
export const copyPath = (path: string, at: number, why: string): string => join(copiesOf(path), `${stampOf(at)}-${why}.db`);

const stampOf = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');

// Fails, and so undoes the script, when a row points at nothing.
const checkForeignKeys = `
  CREATE TEMP TABLE "foreign_key_faults" ("count" INTEGER CHECK ("count" = 0));
  INSERT INTO "foreign_key_faults" SELECT count(*) FROM pragma_foreign_key_check;
  DROP TABLE "foreign_key_faults";`;

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
