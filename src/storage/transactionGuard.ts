import { DeadlineError, IdleTransactionError } from './errors.js';
import type { RunCall } from './watch.js';

/** How long a transaction may take, and how long its work may do nothing on the database; both in ms. */
export interface GuardLimits {
  readonly deadlineMs: number;
  readonly idleMs: number;
}

/** Watches the calls of one transaction. */
export interface TransactionGuard {
  readonly run: RunCall;
  /** Resolves with what the work returns; rejects when the guard ends it first, or when a call failed however the work took it. */
  watch<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Ends work that hangs or waits for something that is not the database. From then on its late calls are refused, so they write nothing.
 * A failed call dooms the transaction on both databases: PostgreSQL would roll back at COMMIT without a word.
 */
export function createTransactionGuard({ deadlineMs, idleMs }: GuardLimits, explain: (error: unknown) => unknown): TransactionGuard {
  let inFlight = 0;
  let calls = 0;
  let deadlineAt = Infinity;
  let over: Error | undefined;
  let failure: { readonly error: unknown } | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let end: (error: Error) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = (error) => {
      over ??= error;
      reject(error);
    };
  });
  ended.catch(() => {});

  const expectCall = (): void => {
    const seen = calls;
    // One turn of the event loop more: after a stall of the whole process the timer comes before the work's own turn.
    const check = (): void => void setImmediate(() => calls === seen && end(new IdleTransactionError(idleMs)));
    idleTimer = setTimeout(check, idleMs);
  };

  const refuseWhenOver = (): void => {
    if (over !== undefined) throw over;
  };

  const run: RunCall = async (call) => {
    // SQLite answers without a turn of the event loop, so work that only calls the database lets no timer through.
    if (performance.now() > deadlineAt) end(new DeadlineError(deadlineMs));
    refuseWhenOver();
    if (failure !== undefined) throw failure.error;
    clearTimeout(idleTimer);
    inFlight += 1;
    calls += 1;
    try {
      const result = await call();
      refuseWhenOver();
      return result;
    } catch (error) {
      const explained = explain(error);
      if (!isNotFound(error)) failure ??= { error: explained };
      throw explained;
    } finally {
      inFlight -= 1;
      if (inFlight === 0 && over === undefined) expectCall();
    }
  };

  return {
    run,
    async watch(work) {
      deadlineAt = performance.now() + deadlineMs;
      const deadlineTimer = setTimeout(() => end(new DeadlineError(deadlineMs)), deadlineMs);
      expectCall();
      try {
        const result = await Promise.race([work(), ended]);
        if (failure !== undefined) throw failure.error;
        if (inFlight > 0) throw new Error('The work of a transaction ended before its database calls did: await them all.');
        return result;
      } finally {
        over ??= new Error('The transaction is over.');
        clearTimeout(deadlineTimer);
        clearTimeout(idleTimer);
      }
    },
  };
}

/** Prisma found no row to change. The database saw no error, so the transaction is still sound. */
const isNotFound = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2025';
