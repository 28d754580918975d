import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPlanner, createScheduler, type Job } from '../../src/schedule/index.js';
import * as rows from '../../src/schedule/rows.js';
import { createSealer } from '../../src/seal/index.js';
import { sql, type Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

/** What the schedule does to its rows, with guards that can be taken away. */
const guardsThat = (hold: { claim: boolean; end: boolean }): Pick<typeof rows, 'claimRow' | 'endRow'> => ({
  claimRow: async (...[tx, parts]) => {
    const row = await rows.claimRow(tx, parts);
    if (row && !hold.claim) await tx.$executeRaw(sql`UPDATE "Occurrence" SET "leaseUntil" = 0 WHERE "key" = ${row.key}`);
    return row;
  },
  endRow: async (...[tx, row, state]) => {
    if (hold.end) return rows.endRow(tx, hold.claim ? row : { ...row, leaseUntil: 0 }, state);
    await tx.$executeRaw(sql`UPDATE "Occurrence" SET "state" = ${state} WHERE "key" = ${row.key}`);
    return true;
  },
});

const noon = Date.UTC(2026, 6, 28, 4);

describe.each(databases)('one occurrence and two schedulers on $name', ({ open }) => {
  /** The second looks for what is due after the first has claimed it, and before the first does it. How often was it done? */
  async function race(hold: Parameters<typeof guardsThat>[0]): Promise<number> {
    const database = await open();
    try {
      const { storage } = database;
      const sealer = createSealer(randomBytes(32));
      const planner = createPlanner({ sealer });
      await storage.transaction((tx) => planner.plan(tx, [{ key: 'k', communityId: 'c1', kind: 'note', dueAt: noon }]));
      const job: Job = async (tx) => void (await tx.setting.create({ data: { key: randomUUID(), value: Buffer.from('1') } }));
      const quiet = { info: () => {}, warn: () => {}, error: () => {} };
      const common = { guards: guardsThat(hold), sealer, jobs: { note: job }, clock: () => noon, log: quiet, newId: () => 'F' };
      /** A scheduler on this database that does `then` between its first claim and what follows. */
      const scheduler = (then: () => Promise<unknown>) => {
        let claimed = false;
        const transaction: Storage['transaction'] = async (work, options) => {
          const result = await storage.transaction(work, options);
          if (!claimed) {
            claimed = true;
            await then();
          }
          return result;
        };
        return createScheduler({ ...common, storage: { ...storage, transaction } });
      };
      let secondDone: Promise<void> | undefined;
      const first = scheduler(
        () =>
          new Promise<void>((claimed) => {
            secondDone = scheduler(async () => claimed()).tick();
          }),
      );
      await first.tick();
      await secondDone;
      return await storage.read.setting.count();
    } finally {
      await database.close();
    }
  }

  it.each([
    { claim: true, end: true },
    { claim: false, end: true },
    { claim: true, end: false },
  ])('do it once with guards %j', async (which) => {
    expect(await race(which)).toBe(1);
  });

  it('negative control: without both guards they do it twice', async () => {
    expect(await race({ claim: false, end: false })).toBe(2);
  });
});
