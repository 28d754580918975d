import type { Tx } from '../storage/index.js';

/** Something that becomes due once. Times are ms since the epoch. */
export interface PlannedOccurrence {
  /** Names it for ever, such as `session.end:ID:REVISION`: planned again under the same key, nothing happens. */
  readonly key: string;
  readonly communityId: string;
  /** Which job does it. */
  readonly kind: string;
  readonly dueAt: number;
  /** After this it makes no more sense; left out: it always does. */
  readonly expiresAt?: number;
  /** JSON; sealed in the database. */
  readonly payload?: unknown;
}

/** What a job is told. */
export interface Occurrence {
  readonly key: string;
  readonly communityId: string;
  readonly kind: string;
  readonly dueAt: number;
  /** The time of this run; later than `dueAt` by much when Linli was down. */
  readonly now: number;
  /** As it was planned; undefined when none was. Its shape is the job's to check. */
  readonly payload: unknown;
}

/** Does what has become due, in the transaction that also marks it done: so only database calls, and a job that throws has done nothing. */
export type Job = (tx: Tx, occurrence: Occurrence) => Promise<void>;
