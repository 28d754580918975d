/**
 * Gathers calls that come close together, so that they are done as one: on a disk, what is written together is made safe once.
 * What comes while one lot is done makes the next. `run` gives a result for each item, in their order. A lot that fails is tried again
 * one by one, so that nobody's item fails for another's sake.
 */
export function together<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (fault: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let busy = false;

  const settle = async (lot: readonly Waiting[]): Promise<void> => {
    try {
      const results = await run(lot.map(({ item }) => item));
      if (results.length !== lot.length) throw new Error('A lot came back with another number of results.');
      // As many results as items: the line above looked.
      lot.forEach(({ resolve }, at) => resolve(results[at] as Result));
    } catch (fault) {
      const [first, ...others] = lot;
      if (others.length === 0) return first?.reject(fault);
      for (const one of lot) await settle([one]);
    }
  };
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lot = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await settle(lot);
      // Whoever was answered may have more to add, and what came in meanwhile is read now.
      await new Promise((resolve) => void setImmediate(resolve));
    }
    busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      // Everything that has come in by now goes along.
      setImmediate(() => void work());
    });
}
