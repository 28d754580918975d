import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createPlanner, createScheduler, type Job } from '../../src/schedule/index.js';
import type * as Rows from '../../src/schedule/rows.js';
import { createSealer } from '../../src/seal/index.js';
import { sql, type Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';

const guards = vi.hoisted(() => ({ claim: true, end: true }));

// The same rows, whose guards can be taken away.
vi.mock('../../src/schedule/rows.js', async (original) => {
  const rows = await original<typeof Rows>();
  return {
    ...rows,
    claimRow: async (...[tx, parts]: Parameters<typeof rows.claimRow>) => {
      const row = await rows.claimRow(tx, parts);
      if (row && !guards.claim) await tx.$executeRaw(sql`UPDATE "Occurrence" SET "leaseUntil" = 0 WHERE "key" = ${row.key}`);
      return row;
    },
    endRow: async (...[tx, row, state]: Parameters<typeof rows.endRow>) => {
      if (guards.end) return rows.endRow(tx, guards.claim ? row : { ...row, leaseUntil: 0 }, state);
      await tx.$executeRaw(sql`UPDATE "Occurrence" SET "state" = ${state} WHERE "key" = ${row.key}`);
      return true;
    },
  };
});

const noon = Date.UTC(2026, 6, 28, 4);

describe.each(databases)('one occurrence and two schedulers on $name', ({ open }) => {
  /** The second looks for what is due after the first has claimed it, and before the first does it. How often was it done? */
  async function race(): Promise<number> {
    const database = await open();
    try {
      const { storage } = database;
      const sealer = createSealer(randomBytes(32));
      const planner = createPlanner({ sealer });
      await storage.transaction((tx) => planner.plan(tx, [{ key: 'k', communityId: 'c1', kind: 'note', dueAt: noon }]));
      const job: Job = async (tx) => void (await tx.setting.create({ data: { key: randomUUID(), value: Buffer.from('1') } }));
      const quiet = { info: () => {}, warn: () => {}, error: () => {} };
      const common = { sealer, jobs: { note: job }, clock: () => noon, log: quiet, newId: () => 'F' };
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
    Object.assign(guards, which);
    expect(await race()).toBe(1);
  });

  it('negative control: without both guards they do it twice', async () => {
    Object.assign(guards, { claim: false, end: false });
    expect(await race()).toBe(2);
  });
});
