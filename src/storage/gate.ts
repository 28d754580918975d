/** Lets a limited number of tasks run at once; the others wait in order of arrival, however long. */
export interface Gate {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs or waits. */
  empty(): Promise<void>;
}

/** The queue before the database: whoever waits here holds no connection and is not timed. */
export function createGate(limit: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  const listeners: (() => void)[] = [];

  const leave = (): void => {
    const next = waiting.shift();
    if (next !== undefined) return next();
    running -= 1;
    if (running === 0) for (const tell of listeners.splice(0)) tell();
  };

  return {
    async run(task) {
      if (running < limit) running += 1;
      else await new Promise<void>((enter) => waiting.push(enter));
      try {
        return await task();
      } finally {
        leave();
      }
    },
    empty: () => (running === 0 ? Promise.resolve() : new Promise((tell) => listeners.push(tell))),
  };
}
