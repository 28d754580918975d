import type { Sealer } from '../seal/index.js';
import type { Storage } from '../storage/index.js';
import { type Cron, everySecond } from './cron.js';
import { faultFields, type Log } from '../log.js';
import type { Job } from './occurrence.js';
import { payloadContext } from './planner.js';
import * as rows from './rows.js';
import type { Row } from './rows.js';

/** What a scheduler is made of. Times in ms. */
export interface SchedulerParts {
  readonly storage: Storage;
  readonly sealer: Sealer;
  /** Which job does occurrences of which kind. Those of other kinds are left alone. */
  readonly jobs: Readonly<Record<string, Job>>;
  readonly clock: () => number;
  readonly log: Log;
  /** Makes the id under which the log tells of a job that failed for good. */
  readonly newId: () => string;
  readonly cron?: Cron;
  /** Called after each job's commit, so that its messages can leave at once. */
  readonly onDone?: () => void;
  /** The guards by which an occurrence is done once; only a test that shows what they are for brings others. */
  readonly guards?: Pick<typeof rows, 'claimRow' | 'endRow'>;
}

/** Does what has become due. */
export interface Scheduler {
  start(): void;
  /** Does all that is due now, one after another. While another tick of this scheduler runs, waits for that one instead. */
  tick(): Promise<void>;
  /** Begins no more jobs and waits for the one that runs. */
  stop(): Promise<void>;
}

const minute = 60_000;
const maxTries = 5;
// Longer than the deadline of a transaction, so nobody takes a job that runs.
const leaseMs = 15_000;
const longestPauseMs = 8 * minute;

/** The pause after the `tries`-th run that failed. */
const pauseAfter = (tries: number): number => Math.min(longestPauseMs, minute * 2 ** (tries - 1));

/** Makes the scheduler. Any number of them may share a database: each occurrence is done once. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { storage, sealer, jobs, clock, log, newId, cron = everySecond, onDone } = parts;
  const { claimRow, endRow } = parts.guards ?? rows;
  const kinds = Object.keys(jobs);
  let stopping = false;
  let running: Promise<void> | null = null;
  let stopCron: (() => Promise<void>) | null = null;

  const run = async (row: Row): Promise<boolean> => {
    const { key, communityId, kind, dueAt } = row;
    const job = jobs[kind];
    return storage.transaction(async (tx) => {
      // First, so that a second scheduler waits here and then finds it done.
      const ours = await endRow(tx, row, 'done');
      if (!ours || !job) return false;
      const payload: unknown = row.payload === null ? undefined : JSON.parse(sealer.open(row.payload, payloadContext(key)));
      await job(tx, { key, communityId, kind, dueAt, now: clock(), payload });
      return true;
    });
  };

  const expire = async (row: Row): Promise<void> => {
    await storage.transaction((tx) => endRow(tx, row, 'expired'));
    log.warn({ occurrence: row.key, lateMs: clock() - row.dueAt }, 'an occurrence came too late to make sense, and was left out');
  };

  const afterFault = async (row: Row, fault: unknown): Promise<void> => {
    const fields = { occurrence: row.key, tries: row.tries, ...faultFields(fault) };
    if (row.tries < maxTries) {
      await storage.transaction((tx) => rows.postponeRow(tx, row, clock() + pauseAfter(row.tries)));
      log.warn(fields, 'a job failed, and will be tried again');
      return;
    }
    await storage.transaction((tx) => endRow(tx, row, 'failed'));
    log.error({ fault: newId(), ...fields }, 'a job failed for good');
  };

  const doNext = async (): Promise<boolean> => {
    const now = clock();
    const row = await storage.transaction((tx) => claimRow(tx, { provider: storage.provider, kinds, now, leaseMs, longestPauseMs }));
    if (!row) return false;
    if (row.expiresAt !== null && row.expiresAt <= now) {
      await expire(row);
      return true;
    }
    try {
      // Its last run never came back: it may be what kills the process.
      if (row.tries > maxTries) throw new Error('The last run of this job did not end.');
      if (await run(row)) onDone?.();
    } catch (fault) {
      await afterFault(row, fault);
    }
    return true;
  };

  const doAll = async (): Promise<void> => {
    try {
      while (!stopping && (await doNext()));
    } catch (fault) {
      log.error(faultFields(fault), 'what is due could not be read');
    }
  };

  const tick = async (): Promise<void> => {
    if (stopping || kinds.length === 0) return;
    running ??= doAll().finally(() => {
      running = null;
    });
    await running;
  };

  return {
    start() {
      stopCron ??= cron(tick);
    },
    tick,
    async stop() {
      stopping = true;
      await stopCron?.();
      await running;
    },
  };
}
