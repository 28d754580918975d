/** Who must wait, and until when. In memory: after a restart the platform says so again. */
export interface Pauses<K> {
  /** Makes `key` wait for `ms`. */
  set(key: K, ms: number): void;
  /** True while it must wait. */
  has(key: K): boolean;
}

/** Makes an empty list of pauses. One that seems to begin in the future is over: the clock was set back. */
export function createPauses<K>(clock: () => number): Pauses<K> {
  const pauses = new Map<K, { from: number; until: number }>();
  return {
    set(key, ms) {
      const from = clock();
      pauses.set(key, { from, until: from + ms });
    },
    has(key) {
      const pause = pauses.get(key);
      if (!pause) return false;
      const now = clock();
      if (pause.from <= now && now < pause.until) return true;
      pauses.delete(key);
      return false;
    },
  };
}
