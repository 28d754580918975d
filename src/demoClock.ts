import type { ForwardStep } from './adapters/web/index.js';
import type { Storage } from './storage/index.js';

const steps: Readonly<Record<ForwardStep, number>> = { hour: 3_600_000, day: 86_400_000 };

/** The clock of the sample community: the real one, ahead by what visitors put it forward. */
export interface DemoClock {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Goes on from where it stood when the house was last closed. */
  resume(storage: Storage): Promise<void>;
  /** Puts it forward, and lets what becomes due on the way happen. False: it is a year ahead already, and stays. */
  forward(step: ForwardStep): Promise<boolean>;
}

/** What would be due in such a time (ms) happens at once. An offer is given for 30 minutes at the least, so none is passed over. */
const strideMs = 30 * 60_000;
/** Events are planned for a year at most; beyond it there is nothing to see. */
const furthestMs = 366 * 86_400_000;
const key = 'demoClock';

/**
 * Builds the clock of the mode `try`. It goes by strides, as if the time passed: an offer lapses before the next one is made, a reminder
 * comes before the event has begun. How far it is ahead is kept in the database before anything happens at the new time, so that a crash
 * on the way leaves nothing that happened in the future. `happen` does what is due.
 */
export function createDemoClock(real: () => number, happen: () => Promise<void>): DemoClock {
  let ahead = 0;
  let store: Storage | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const keep = async (ms: number): Promise<void> => {
    const value = new TextEncoder().encode(String(ms));
    await store?.transaction((tx) => tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } }));
    ahead = ms;
  };
  const goOn = async (step: ForwardStep): Promise<boolean> => {
    const until = ahead + steps[step];
    if (until > furthestMs) return false;
    while (ahead < until) {
      await keep(Math.min(until, ahead + strideMs));
      await happen();
    }
    return true;
  };

  return {
    now: () => real() + ahead,
    resume: async (storage) => {
      store = storage;
      const kept = await storage.read.setting.findUnique({ where: { key } });
      const ms = kept === null ? 0 : Number(new TextDecoder().decode(kept.value));
      ahead = Number.isFinite(ms) ? Math.min(Math.max(ms, 0), furthestMs) : 0;
    },
    forward: (step) => {
      // Two who press at once put it forward twice, one after the other.
      const mine = last.then(() => goOn(step));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
