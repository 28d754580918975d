/** One entry of a queue, with its promise's ends. */
interface Entry<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (fault: unknown) => void;
}

/** Queues of turns that stand before the database. */
export interface Queues<Item, Result> {
  /** Resolves with the item's own result. */
  push(queue: string, item: Item): Promise<Result>;
  /** Resolves when nothing is left. */
  idle(): Promise<void>;
}

/**
 * Runs items of one queue one after another and gathers the heads of all queues that are ready into one batch, whose
 * transaction they share. While a batch is under way the next one fills up, so batches grow with the load by themselves.
 * `run` answers for each item of the batch in its order; where it throws, the whole batch is rejected.
 */
export function createQueues<Item, Result>(parts: {
  run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** How many a batch may hold at most; asked for each. */
  maxBatch: () => number;
  /** Batches under way at once: 1 where the database has one writer. */
  lanes: number;
}): Queues<Item, Result> {
  const queues = new Map<string, Entry<Item, Result>[]>();
  const ready: string[] = [];
  let underWay = 0;
  let left = 0;
  const waiters: (() => void)[] = [];

  const next = () => {
    while (underWay < parts.lanes && ready.length > 0) void runBatch(ready.splice(0, parts.maxBatch()));
  };

  const runBatch = async (names: string[]): Promise<void> => {
    underWay += 1;
    const entries = names.map((name) => queues.get(name)?.[0]).filter((entry) => entry !== undefined);
    try {
      const results = await parts.run(entries.map(({ item }) => item));
      // A batch answers for each of its items; the cast-free way to say so is to ask.
      entries.forEach((entry, place) => {
        if (place in results) entry.resolve(results[place] as Result);
        else entry.reject(new Error('A batch gave no result for one of its turns'));
      });
    } catch (fault) {
      for (const entry of entries) entry.reject(fault);
    }
    for (const name of names) advance(name);
    underWay -= 1;
    left -= entries.length;
    next();
    if (left === 0) for (const wake of waiters.splice(0)) wake();
  };

  const advance = (name: string) => {
    const queue = queues.get(name);
    queue?.shift();
    if (queue && queue.length > 0) ready.push(name);
    else queues.delete(name);
  };

  return {
    push: (name, item) =>
      new Promise<Result>((resolve, reject) => {
        const entry = { item, resolve, reject };
        const queue = queues.get(name);
        left += 1;
        if (queue) queue.push(entry);
        else {
          queues.set(name, [entry]);
          ready.push(name);
        }
        // Not at once: what arrives in the same tick shares the batch.
        queueMicrotask(next);
      }),
    idle: () => (left === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}
