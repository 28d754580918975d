import { median } from './measure.mjs';

/**
 * The same storage, which counts the calls on the database and the transactions: what a turn costs where statements, not the disk, are dear.
 * A plain call counts as a transaction of its own.
 */
export function countCalls(storage) {
  const counts = { raw: 0, typed: 0, transactions: 0 };
  const counting = (client, plain) =>
    new Proxy(client, {
      get(target, name) {
        const value = target[name];
        const count =
          (kind, call) =>
          (...args) => {
            counts[kind] += 1;
            if (plain) counts.transactions += 1;
            return call(...args);
          };
        if (name === '$queryRaw' || name === '$executeRaw') return count('raw', value);
        if (typeof value !== 'object' || value === null) return value;
        return new Proxy(value, {
          get: (model, method) => (typeof model[method] === 'function' ? count('typed', model[method]) : model[method]),
        });
      },
    });
  return {
    counts,
    storage: {
      ...storage,
      read: counting(storage.read, true),
      transaction: (work, options) => {
        counts.transactions += 1;
        return storage.transaction((tx) => work(counting(tx, false)), options);
      },
    },
  };
}

/** What one raw statement inside a transaction, and an empty transaction, take here (ms). */
export async function pricesOf({ transaction, read }) {
  const times = [];
  const empty = [];
  for (let round = 0; round < 5; round += 1) {
    await transaction(async (tx) => {
      const start = performance.now();
      for (let count = 0; count < 50; count += 1) await tx.$queryRaw`SELECT 1 AS "one"`;
      times.push((performance.now() - start) / 50);
    });
    const start = performance.now();
    for (let count = 0; count < 20; count += 1) {
      await transaction((tx) => tx.$executeRaw`UPDATE "Setting" SET "value" = "value" WHERE "key" = 'bench'`);
    }
    empty.push((performance.now() - start) / 20);
  }
  await read.setting.deleteMany({ where: { key: 'bench' } });
  return { statement: median(times), commit: Math.max(0, median(empty) - median(times)) };
}
