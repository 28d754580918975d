import { keyOf } from './intake.js';
import type { MessageLog } from './log.js';

/** Whether there is room for a person's file among those of theirs that are kept. */
export interface Room {
  /** Does the work that keeps it; null, and nothing done, where it would be too much. The same file once more needs no room of its own. */
  within<T>(
    file: { readonly person: string; readonly clientId: string; readonly bytes: number },
    work: () => Promise<T>,
  ): Promise<T | null>;
}

/** Keeps the files of each person within so many bytes; what is just coming counts as kept, so that many at once do not get past. */
export function createRoom(log: MessageLog, most: number): Room {
  const coming = new Map<string, number>();
  return {
    within: async ({ person, clientId, bytes }, work) => {
      if (most === Infinity) return work();
      const before = coming.get(person) ?? 0;
      coming.set(person, before + bytes);
      try {
        const kept = await log.bytesOf(person, keyOf(person, clientId));
        return kept + before + bytes > most ? null : await work();
      } finally {
        const left = (coming.get(person) ?? 0) - bytes;
        if (left > 0) coming.set(person, left);
        else coming.delete(person);
      }
    },
  };
}
