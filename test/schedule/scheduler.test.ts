import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createPlanner,
  createScheduler,
  type Cron,
  type Job,
  type Occurrence,
  type PlannedOccurrence,
  type SchedulerParts,
} from '../../src/schedule/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Tx } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';

const minute = 60_000;
const noon = Date.UTC(2026, 6, 28, 4);
const sealer = createSealer(randomBytes(32));
const planner = createPlanner({ sealer });

describe.each(databases)('what becomes due, on $name', ({ open }) => {
  let database: TestDatabase;
  let now: number;
  let lines: string[];
  let told: Occurrence[];

  beforeEach(async () => {
    database = await open();
    now = noon;
    lines = [];
    told = [];
  });

  afterEach(() => database.close());

  const one = (key: string, more: Partial<PlannedOccurrence> = {}): PlannedOccurrence => ({
    key,
    communityId: 'c1',
    kind: 'note',
    dueAt: noon,
    ...more,
  });
  const plan = (...occurrences: PlannedOccurrence[]) => database.storage.transaction((tx) => planner.plan(tx, occurrences));
  const states = async () => {
    const rows = await database.storage.read.occurrence.findMany({ orderBy: { key: 'asc' } });
    return rows.map(({ key, state }) => `${key} ${state}`);
  };
  const effects = async () => (await database.storage.read.setting.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key);
  const leave = (tx: Tx, key: string) => tx.setting.create({ data: { key, value: Buffer.from('1') } });
  const note: Job = async (tx, occurrence) => {
    told.push(occurrence);
    await leave(tx, `did ${occurrence.key}`);
  };
  const write = (fields: object, text: string) => void lines.push(JSON.stringify({ ...fields, text }));
  const scheduler = (parts: Partial<SchedulerParts> = {}) =>
    createScheduler({
      storage: database.storage,
      sealer,
      jobs: { note },
      clock: () => now,
      log: { info: write, warn: write, error: write },
      newId: () => 'F-1',
      ...parts,
    });

  it('is done once, in order of time, and tells its job what was planned', async () => {
    await plan(one('b', { dueAt: noon - 1 }), one('a', { payload: { session: 's1', names: ['陈垚'] } }), one('later', { dueAt: noon + 1 }));
    const all = scheduler();
    await all.tick();
    await all.tick();
    expect(told).toEqual([
      { key: 'b', communityId: 'c1', kind: 'note', dueAt: noon - 1, now: noon, payload: undefined },
      { key: 'a', communityId: 'c1', kind: 'note', dueAt: noon, now: noon, payload: { session: 's1', names: ['陈垚'] } },
    ]);
    expect(await states()).toEqual(['a done', 'b done', 'later planned']);
    now = noon + 1;
    await all.tick();
    expect(await effects()).toEqual(['did a', 'did b', 'did later']);
  });

  it('keeps payloads sealed, and forgets them when done', async () => {
    await plan(one('a', { payload: '陈垚' }));
    const row = () => database.storage.read.occurrence.findUniqueOrThrow({ where: { key: 'a' } });
    expect(Buffer.from((await row()).payload ?? []).includes('陈垚')).toBe(false);
    await scheduler().tick();
    expect((await row()).payload).toBeNull();
  });

  it('is planned once under one key, also when done', async () => {
    expect(await plan(one('a'), one('a'), one('b'))).toEqual(['a', 'b']);
    await scheduler().tick();
    expect(await plan(one('a'), one('c'))).toEqual(['c']);
    await scheduler().tick();
    expect(await effects()).toEqual(['did a', 'did b', 'did c']);
  });

  it('plans a great many, and nothing', async () => {
    const keys = await plan(...Array.from({ length: 1_203 }, (_, at) => one(`k${at}`)));
    expect(keys).toHaveLength(1_203);
    expect(await plan()).toEqual([]);
  });

  it('can be cancelled by key or by the beginning of keys, but not once done', async () => {
    await plan(one('done'));
    await scheduler().tick();
    await plan(one('s:1:a'), one('s:1:b'), one('s:10:a'), one('S:1:c'), one('s_1:d'), one('x'), one('y'));
    const cancel = (which: Parameters<typeof planner.cancelPlanned>[1]) =>
      database.storage.transaction((tx) => planner.cancelPlanned(tx, which));
    expect(await cancel({ prefix: 's:1:' })).toBe(2);
    expect(await cancel({ keys: ['x', 'done', 'unknown'] })).toBe(1);
    expect(await cancel({ keys: [] })).toBe(0);
    await scheduler().tick();
    expect(await effects()).toEqual(['did S:1:c', 'did done', 'did s:10:a', 'did s_1:d', 'did y']);
  });

  it('is done once, late, after Linli was down', async () => {
    await plan(one('a'), one('b', { expiresAt: noon + 60 * minute }));
    now = noon + 59 * minute;
    await scheduler().tick();
    expect(told.map(({ now: at, dueAt }) => at - dueAt)).toEqual([59 * minute, 59 * minute]);
  });

  it('expires when it makes no more sense, with a log line', async () => {
    await plan(one('a', { expiresAt: noon + minute }), one('b'));
    now = noon + minute;
    await scheduler().tick();
    expect(await states()).toEqual(['a expired', 'b done']);
    expect(await effects()).toEqual(['did b']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('too late');
  });

  it('leaves kinds alone that it has no job for', async () => {
    await plan(one('a', { kind: 'other' }));
    await scheduler().tick();
    await scheduler({ jobs: {} }).tick();
    expect(await states()).toEqual(['a planned']);
  });

  it('tells after each commit, so that its messages can leave', async () => {
    await plan(one('a'), one('b', { expiresAt: noon }));
    const after: string[][] = [];
    const pending: Promise<void>[] = [];
    await scheduler({ onDone: () => void pending.push(states().then((found) => void after.push(found))) }).tick();
    await Promise.all(pending);
    expect(after).toHaveLength(1);
  });

  describe('a job that fails', () => {
    const failing = (times: number): Job => {
      let left = times;
      return async (tx, { key }) => {
        await leave(tx, `did ${key}`);
        left -= 1;
        if (left >= 0) throw new Error('陈垚 13800000000');
      };
    };

    it('has done nothing, and is tried again after growing pauses', async () => {
      await plan(one('a'));
      const all = scheduler({ jobs: { note: failing(3) } });
      for (const pause of [1, 2, 4]) {
        await all.tick();
        expect(await effects()).toEqual([]);
        now += pause * minute - 1;
        await all.tick();
        expect(await effects()).toEqual([]);
        now += 1;
      }
      await all.tick();
      expect(await states()).toEqual(['a done']);
      expect(await effects()).toEqual(['did a']);
    });

    it('is left after 5 tries, with an id in the log and nothing personal', async () => {
      await plan(one('a'), one('b'));
      const all = scheduler({
        jobs: { note: (tx, occurrence) => (occurrence.key === 'a' ? failing(1)(tx, occurrence) : note(tx, occurrence)) },
      });
      for (let round = 0; round < 8; round += 1) {
        await all.tick();
        now += 10 * minute;
      }
      expect(await states()).toEqual(['a failed', 'b done']);
      expect(lines).toHaveLength(5);
      expect(lines.at(-1)).toContain('"fault":"F-1"');
      expect(lines.join()).not.toMatch(/陈垚|13800000000/);
    });

    it('that ends the process each time is left too', async () => {
      await plan(one('a'));
      await database.storage.read.occurrence.updateMany({ data: { tries: 5, leaseUntil: BigInt(noon - 1) } });
      await scheduler().tick();
      expect(await states()).toEqual(['a failed']);
      expect(told).toEqual([]);
    });

    it('with a payload that cannot be opened is left after its tries', async () => {
      await plan(one('a', { payload: 1 }), one('b', { payload: 2 }));
      const { payload } = await database.storage.read.occurrence.findUniqueOrThrow({ where: { key: 'b' } });
      await database.storage.read.occurrence.update({ where: { key: 'a' }, data: { payload } });
      const all = scheduler();
      for (let round = 0; round < 6; round += 1) {
        await all.tick();
        now += 10 * minute;
      }
      expect(await states()).toEqual(['a failed', 'b done']);
    });
  });

  it('two schedulers at once do each thing once', async () => {
    await plan(...Array.from({ length: 20 }, (_, at) => one(`k${at}`)));
    await Promise.all([scheduler().tick(), scheduler().tick(), scheduler().tick()]);
    expect(told.map(({ key }) => key).sort()).toEqual(Array.from({ length: 20 }, (_, at) => `k${at}`).sort());
    expect(await effects()).toHaveLength(20);
  });

  it('ticks of one scheduler do not overlap', async () => {
    let running = 0;
    let most = 0;
    const slow: Job = async (tx) => {
      running += 1;
      most = Math.max(most, running);
      await tx.setting.count();
      running -= 1;
    };
    await plan(one('a'), one('b'), one('c'));
    const all = scheduler({ jobs: { note: slow } });
    await Promise.all([all.tick(), all.tick(), all.tick()]);
    expect(most).toBe(1);
    expect(await states()).toEqual(['a done', 'b done', 'c done']);
  });

  describe('a clock that jumps', () => {
    it('forth by an hour: everything is done once', async () => {
      await plan(one('a'), one('b', { dueAt: noon + 30 * minute }));
      const all = scheduler();
      await all.tick();
      now += 60 * minute;
      await all.tick();
      expect(await effects()).toEqual(['did a', 'did b']);
    });

    it('back by an hour: nothing is done twice, and what waits for its next try does not wait an hour', async () => {
      await plan(one('a'), one('b', { dueAt: noon - 2 * 60 * minute }));
      let broken = true;
      const all = scheduler({
        jobs: { note: async (tx, what) => (broken && what.key === 'b' ? Promise.reject(new Error('x')) : note(tx, what)) },
      });
      await all.tick();
      broken = false;
      now -= 60 * minute;
      await all.tick();
      expect(await states()).toEqual(['a done', 'b done']);
      expect(told).toHaveLength(2);
    });
  });

  it('is taken again when the process that had claimed it died', async () => {
    await plan(one('a'));
    await database.storage.read.occurrence.updateMany({ data: { tries: 1, leaseUntil: BigInt(noon + 15_000) } });
    await scheduler().tick();
    expect(await states()).toEqual(['a planned']);
    now += 15_000;
    await scheduler().tick();
    expect(await states()).toEqual(['a done']);
  });

  it('waits for the running job when it stops, and begins no other', async () => {
    await plan(one('a'), one('b', { dueAt: noon + 1 }));
    now = noon + 1;
    let began = () => {};
    const begun = new Promise<void>((resolve) => (began = resolve));
    const all = scheduler({
      jobs: {
        note: async (tx, occurrence) => {
          began();
          await note(tx, occurrence);
        },
      },
    });
    const ticking = all.tick();
    await begun;
    await all.stop();
    expect(await states()).toEqual(['a done', 'b planned']);
    await ticking;
    await all.tick();
    expect(await states()).toEqual(['a done', 'b planned']);
  });

  it('is driven by whatever ticks, until stopped', async () => {
    let run = async () => {};
    let stopped = false;
    const cron: Cron = (tick) => {
      run = tick;
      return async () => void (stopped = true);
    };
    await plan(one('a'));
    const all = scheduler({ cron });
    all.start();
    await run();
    expect(await states()).toEqual(['a done']);
    await all.stop();
    expect(stopped).toBe(true);
  });

  it('survives a database that does not answer', async () => {
    await plan(one('a'));
    let down = true;
    const storage = {
      ...database.storage,
      transaction: ((work, options) =>
        down ? Promise.reject(new Error('down')) : database.storage.transaction(work, options)) as typeof database.storage.transaction,
    };
    const all = scheduler({ storage });
    await all.tick();
    expect(lines).toHaveLength(1);
    down = false;
    await all.tick();
    expect(await states()).toEqual(['a done']);
  });

  it('runs by the real clock of every second', async () => {
    await plan(one('a'));
    const all = scheduler();
    all.start();
    await vi.waitFor(async () => expect(await states()).toEqual(['a done']), { timeout: 10_000, interval: 100 });
    await all.stop();
  });
});
