import type { Storage, Tx } from '../storage/index.js';
import { faultFields, type Log } from '../log.js';
import type { Mark } from './row.js';
import { markRows } from './rows.js';

/** Records what became of messages, many in one commit where many are there. */
export interface Marks {
  /**
   * Resolves after the commit: true when the row took the change, false when its claim has passed to somebody else (or the process
   * ends and the database does not answer). While the database fails, it is tried again: that a message was sent must not be forgotten.
   * `effect` runs in the same transaction, when the change was taken.
   */
  record(mark: Mark, effect?: (tx: Tx) => Promise<void>): Promise<boolean>;
  /** Gives up what the database does not take. */
  close(): void;
}

interface Entry {
  readonly mark: Mark;
  readonly effect: ((tx: Tx) => Promise<void>) | undefined;
  resolve(taken: boolean): void;
}

const marksACommit = 500;

/** Makes the recorder. `retryMs`: the pause after a commit that failed. */
export function createMarks({ storage, log, retryMs = 250 }: { storage: Storage; log: Log; retryMs?: number }): Marks {
  const waiting: Entry[] = [];
  let writing = false;
  let closed = false;

  const commit = async (entries: readonly Entry[]): Promise<void> => {
    // One statement needs no transaction around it, which would cost as much again.
    const taken = await markRows(
      storage.read,
      entries.map(({ mark }) => mark),
    );
    for (const { mark, resolve } of entries) resolve(taken.has(mark.row.id));
  };

  const commitWithEffect = async (entry: Entry): Promise<void> => {
    const { mark, effect, resolve } = entry;
    try {
      const taken = await storage.transaction(async (tx) => {
        const ids = await markRows(tx, [mark]);
        if (ids.has(mark.row.id)) await effect?.(tx);
        return ids.has(mark.row.id);
      });
      resolve(taken);
    } catch (fault) {
      log.error({ outbox: mark.row.id, ...faultFields(fault) }, 'what follows from a message that failed could not be done');
      // The effect may be at fault: the message itself must not be sent for ever.
      await commit([entry]);
    }
  };

  const write = async (): Promise<void> => {
    writing = true;
    // Results of the same moment share the commit.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, marksACommit);
      const left = new Set(batch);
      try {
        const plain = batch.filter(({ effect }) => !effect);
        if (plain.length > 0) await commit(plain);
        for (const entry of plain) left.delete(entry);
        for (const entry of batch.filter(({ effect }) => effect)) {
          await commitWithEffect(entry);
          left.delete(entry);
        }
      } catch (fault) {
        log.error({ marks: left.size, ...faultFields(fault) }, 'results of sending could not be recorded');
        waiting.unshift(...left);
        if (!closed) await new Promise((resolve) => setTimeout(resolve, retryMs));
        if (closed) for (const { resolve } of waiting.splice(0)) resolve(false);
      }
    }
    writing = false;
  };

  return {
    record: (mark, effect) =>
      new Promise((resolve) => {
        waiting.push({ mark, effect, resolve });
        if (!writing) void write();
      }),
    close() {
      closed = true;
    },
  };
}
