/** How much is taken within a time. */
export interface Rule {
  readonly most: number;
  readonly withinMs: number;
}

/** What the web chat takes, so that nobody alone can use it up for all. */
export interface LimitRules {
  /** Words, presses and files of one visitor: each rule holds. Somebody who presses quickly passes, a program does not. */
  readonly acts: readonly Rule[];
  /** Questions of all kinds from one address. Behind one address may be a whole community centre. */
  readonly requests: Rule;
  /** New visitors from one address. */
  readonly visitors: Rule;
  /** Files that are on their way at once, in all and from one address. */
  readonly uploads: Uploads;
  /** Bytes of the files of one visitor that are kept at the same time. */
  readonly storedBytes: number;
}

interface Uploads {
  readonly atOnce: number;
  readonly ofAnAddress: number;
}

/** Each stands in memory while it comes, and may come slowly: 8 files of 5 MB are 40 MB. */
const uploadsAtOnce = 8;

export const usualLimits: LimitRules = {
  acts: [
    { most: 20, withinMs: 10_000 },
    { most: 200, withinMs: 600_000 },
  ],
  requests: { most: 1_200, withinMs: 60_000 },
  visitors: { most: 60, withinMs: 3_600_000 },
  // Several in one household or centre send together, and whoever keeps three waiting, with however many passes, leaves five to all others.
  uploads: { atOnce: uploadsAtOnce, ofAnAddress: 3 },
  // Ten of the largest, or some 150 photos as the page sends them, within the month for which files are kept: far more than a resident
  // sends, and a thousand residents who send as much fit on a small disk.
  storedBytes: 50 * 1024 * 1024,
};

/** Counts what comes. Each answer is how long (ms) to wait before the same may be tried again; 0: it was taken. */
export interface Limits {
  act(person: string): number;
  request(address: string): number;
  visitor(address: string): number;
  readonly uploads: Uploads;
  readonly storedBytes: number;
}

/** Where only this computer may ask, nothing is counted; but its memory has an end as well. */
export const noLimits: Limits = {
  act: () => 0,
  request: () => 0,
  visitor: () => 0,
  uploads: { atOnce: uploadsAtOnce, ofAnAddress: Infinity },
  storedBytes: Infinity,
};

/** Counts in memory: a restart forgives everybody. */
export function createLimits(rules: LimitRules, clock: () => number): Limits {
  const acts = rules.acts.map((rule) => createLimit(rule, clock));
  const requests = createLimit(rules.requests, clock);
  const visitors = createLimit(rules.visitors, clock);
  return {
    act: (person) => {
      const wait = Math.max(0, ...acts.map((limit) => limit.wait(person)));
      // Only what is taken counts, so that asking too early does not lengthen the wait.
      if (wait === 0) for (const limit of acts) limit.count(person);
      return wait;
    },
    request: (address) => take(requests, addressKey(address)),
    visitor: (address) => take(visitors, addressKey(address)),
    uploads: rules.uploads,
    storedBytes: rules.storedBytes,
  };
}

interface Limit {
  wait(key: string): number;
  count(key: string): void;
}

function take(limit: Limit, key: string): number {
  const wait = limit.wait(key);
  if (wait === 0) limit.count(key);
  return wait;
}

/** A window begins with the first that is counted in it. */
function createLimit({ most, withinMs }: Rule, clock: () => number): Limit {
  const windows = new Map<string, { readonly endsAt: number; count: number }>();
  let cleanAt = 0;
  const open = (key: string): { readonly endsAt: number; count: number } | undefined => {
    const window = windows.get(key);
    const now = clock();
    // A clock that is set back does not shut anybody out for longer than a window.
    return window && window.endsAt > now && window.endsAt - now <= withinMs ? window : undefined;
  };
  const clean = (now: number): void => {
    if (now < cleanAt && cleanAt - now <= withinMs) return;
    cleanAt = now + withinMs;
    for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
  };
  return {
    wait: (key) => {
      const window = open(key);
      return window && window.count >= most ? window.endsAt - clock() : 0;
    },
    count: (key) => {
      const now = clock();
      clean(now);
      const window = open(key);
      if (window) window.count += 1;
      else windows.set(key, { endsAt: now + withinMs, count: 1 });
    },
  };
}

/** Whose address it is: with IPv6 a household is given 2^64 of them, told apart by the first half. */
export function addressKey(ip: string): string {
  const [, asV4] = /^::ffff:(\d+(?:\.\d+){3})$/iu.exec(ip) ?? [];
  if (asV4 !== undefined || !ip.includes(':')) return asV4 ?? ip;
  const [before = '', after] = ip.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const whole = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return whole
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}
