/** The middle of some numbers. */
export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Rounds of every measurement. */
export const rounds = 5;

/**
 * Measures several sides by turns, each round in another order, so that whatever else the machine does falls on all alike.
 * Gives each side's numbers by round: ratios are taken within a round.
 * @param sides by name, functions that measure once and give a number
 */
export async function alternate(sides, { times = rounds } = {}) {
  const names = Object.keys(sides);
  const found = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < times; round += 1) {
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(at + round) % names.length];
      found[name].push(await sides[name](round));
    }
  }
  return found;
}

/** The median of the ratios of two sides, round by round. */
export const ratio = (one, other) => median(one.map((value, round) => value / other[round]));

/** How far the ratios of the rounds lie apart: `0.16–0.21`. */
export function spread(one, other) {
  const ratios = one.map((value, round) => value / other[round]);
  return `${short(Math.min(...ratios))}–${short(Math.max(...ratios))}`;
}

/** CPU time of this process per call, in µs, over so many calls. */
export async function cpuPerCall(call, calls) {
  const before = process.cpuUsage();
  for (let count = 0; count < calls; count += 1) await call(count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Calls per second of wall time, while `talkers` run side by side. `after` belongs to the time too. */
export async function perSecond(talkers, after = async () => {}) {
  const start = performance.now();
  const counts = await Promise.all(talkers.map((talk) => talk()));
  await after();
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - start) / 1000);
}

/** Numbers as a person reads them: three digits that count. */
export function short(value) {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}
