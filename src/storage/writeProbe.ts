import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StorageError } from './errors.js';
import { sql } from './sql.js';
import type { Storage } from './storage.js';

const row = 'writeProbe';

/** As much as a busy turn writes: a disk that has room for no more than a byte is full. */
const bytes = 16 * 1024;

/**
 * Finds out whether the database takes what is written, by writing: reading goes on for long on a full disk. Gives `ok`, the code of
 * what is wrong, or `slow` after `withinMs`: whoever asks shall not hang with it. Asked again within `everyMs`, it gives what it knows, so that nobody keeps the disk busy by asking.
 */
export function createWriteProbe(
  { transaction }: Pick<Storage, 'transaction'>,
  { clock, everyMs = 2_000, withinMs = 3_000 }: { readonly clock: () => number; readonly everyMs?: number; readonly withinMs?: number },
): () => Promise<string> {
  let known: { readonly at: number; readonly state: Promise<string> } | null = null;
  const write = (): Promise<string> =>
    transaction((tx) =>
      tx.$executeRaw(sql`
          INSERT INTO "Setting" ("key", "value") VALUES (${row}, ${new Uint8Array(randomBytes(bytes))})
          ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`),
    ).then(
      () => 'ok',
      (fault: unknown) => (fault instanceof StorageError ? fault.code : 'fault'),
    );
  let underWay = false;
  return async () => {
    const now = clock();
    if (known === null || (!underWay && (now - known.at >= everyMs || now < known.at))) {
      underWay = true;
      known = { at: now, state: write().finally(() => (underWay = false)) };
    }
    const patience = new AbortController();
    try {
      return await Promise.race([known.state, pause(withinMs, 'slow', { signal: patience.signal, ref: false })]);
    } finally {
      patience.abort();
    }
  };
}
