import type { Job } from './occurrence.js';
import type { Planner } from './planner.js';
import { purgeRows } from './rows.js';

/** The kind of the occurrences that delete what is no longer needed. */
export const purgeKind = 'purge';

const minute = 60_000;
const day = 24 * 60 * minute;
const batch = 500;

// It serves all communities at once.
const everybody = '*';

/** The first run, to be planned at every start: it is the same all day. `now` in ms. */
export const firstPurge = (now: number) => purgeAt(Math.floor(now / day) * day);

/**
 * Makes the job that deletes, in bounded batches, what was done more than 7 days ago and what nobody touched for 30 days. Each run plans the next: in a minute while there is more, else on the next day.
 */
export function createPurge({ planner }: { planner: Planner }): Job {
  return async (tx, { now, dueAt }) => {
    const most = await purgeRows(tx, { week: now - 7 * day, month: now - 30 * day, limit: batch });
    const next = most >= batch ? Math.max(now, dueAt) + minute : (Math.floor(now / day) + 1) * day;
    await planner.plan(tx, [purgeAt(next)]);
  };
}

const purgeAt = (dueAt: number) => ({ key: `${purgeKind}:${dueAt}`, communityId: everybody, kind: purgeKind, dueAt });
