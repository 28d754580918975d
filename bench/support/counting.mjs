import { alternate, median } from './measure.mjs';

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

/** What one raw statement and one typed call inside a transaction take here, and what a durable transaction takes besides its one statement (ms). */
export async function pricesOf({ transaction, read }) {
  await read.setting.create({ data: { key: 'bench', value: new Uint8Array([1]) } });
  const found = await alternate({
    statement: () => transaction((tx) => msPerCall(50, () => tx.$queryRaw`SELECT 1 AS "one"`)),
    typed: () => transaction((tx) => msPerCall(50, () => tx.community.findMany({ take: 1, include: { chats: { take: 1 } } }))),
    whole: () => msPerCall(20, () => transaction((tx) => tx.$executeRaw`UPDATE "Setting" SET "value" = "value" WHERE "key" = 'bench'`)),
  });
  const [statement, typed, whole] = [found.statement, found.typed, found.whole].map(median);
  return { statement, typed, commit: Math.max(0, whole - statement) };
}

async function msPerCall(calls, call) {
  const start = performance.now();
  for (let count = 0; count < calls; count += 1) await call();
  return (performance.now() - start) / calls;
}
