import type { Storage, Tx } from './storage.js';

/** How long the copies that migrations make stay. */
export const copyDays = 30;

/** What is done to the file of a SQLite database besides its transactions. On PostgreSQL nothing: its server keeps its files. */
export interface Tidier {
  /** Asks for the file to be written anew at an instant (ms), so that what was deleted cannot be found in it. Holds over a restart. */
  want(tx: Tx, dueAt: number): Promise<void>;
  /** Does what is due: writes the file anew, removes old copies. A tick calls it. */
  run(): Promise<void>;
}

const prefix = 'tidy:';
const lookMs = 10 * 60_000;
const dayMs = 24 * 60 * 60_000;

/** Makes the tidier. `clock` in ms. */
export function createTidier({ read, file }: Pick<Storage, 'read' | 'file'>, clock: () => number): Tidier {
  let nextLook = 0;
  return {
    want: async (tx, dueAt) => {
      if (file === undefined) return;
      const key = `${prefix}${dueAt}`;
      await tx.setting.upsert({ where: { key }, create: { key, value: new Uint8Array([1]) }, update: {} });
      nextLook = Math.min(nextLook, dueAt);
    },
    run: async () => {
      const now = clock();
      if (file === undefined || now < nextLook) return;
      nextLook = now + lookMs;
      await file.removeCopies(now - copyDays * dayMs);
      const wanted = (await read.setting.findMany({ where: { key: { startsWith: prefix } } })).map(({ key }) => key);
      const dueAt = (key: string): number => Number(key.slice(prefix.length));
      const due = wanted.filter((key) => dueAt(key) <= now);
      nextLook = Math.min(nextLook, ...wanted.filter((key) => dueAt(key) > now).map(dueAt));
      if (due.length === 0) return;
      await file.scrub();
      // Only now: a crash before it lets the next start do it again.
      await read.setting.deleteMany({ where: { key: { in: due } } });
    },
  };
}
