import type { SendResult } from '../chat/index.js';
import { policyOf } from './kinds.js';
import type { Change, Row } from './row.js';

type Tried = Omit<Row, 'payload'>;

/** Longest pause of our own choice between two tries, in ms. */
export const longestPauseMs = 60_000;

/** The pause after the `tries`-th try that failed, in ms. */
export const pauseAfter = (tries: number): number => Math.min(longestPauseMs, 1_000 * 2 ** Math.min(tries - 1, 10));

const dead = (now: number, failure: string): Change => ({ state: 'dead', finishedAt: now, failure, forget: true });

/** The message was surely not sent, and may go as soon as it could before. */
export const released: Change = { state: 'ready' };

/** It makes no more sense. */
export const expired = (now: number): Change => ({ state: 'expired', finishedAt: now, forget: true });

/** Nobody can read what it said. */
export const unreadable = (now: number): Change => dead(now, 'unreadable');

/** What a result of a send does to its row: the one place that decides it. `idempotent`: the platform shows one message for one key, however often it is sent. */
export function afterSend(row: Tried, result: SendResult, now: number, idempotent: boolean): Change {
  if (result.ok) return { state: 'sent', finishedAt: now, messageId: result.messageId, forget: true, tries: row.tries + 1 };
  const { failure } = result;
  switch (failure.type) {
    case 'throttled':
      return { state: 'ready', notBefore: now + failure.retryAfterMs, failure: doubted(row) ? 'inDoubt, throttled' : 'throttled' };
    case 'unreachable':
      return later(row, now, doubted(row) ? 'inDoubt' : 'unreachable');
    case 'misconfigured':
      return released;
    case 'migrated':
      // Two chats that name each other as successor would send it in circles.
      return row.tries + 1 >= policyOf(row.kind).maxTries || failure.chat === row.address.chat
        ? dead(now, 'migrated')
        : { state: 'ready', tries: row.tries + 1 };
    case 'blocked':
    case 'gone':
      return dead(now, failure.type);
    case 'rejected':
      return dead(now, `rejected: ${failure.reason}`.slice(0, 200));
    case 'inDoubt':
      return afterDoubt(row, now, idempotent);
  }
}

/** What becomes of a message whose file could not be made. It was surely not sent. */
export function afterUnmade(row: Tried, now: number): Change {
  return row.tries + 1 >= policyOf(row.kind).maxTries ? dead(now, 'unmade') : later(row, now, doubted(row) ? 'inDoubt' : 'unmade');
}

/** What becomes of a message of which nobody knows whether it arrived: an answer that never came, or a process that died while sending. */
export function afterDoubt(row: Tried, now: number, idempotent: boolean): Change {
  const policy = policyOf(row.kind);
  if (idempotent) return row.tries + 1 >= policy.maxTries ? dead(now, 'inDoubt') : later(row, now, 'unconfirmed');
  if (policy.inDoubt.type === 'askStaff') return { state: 'inDoubt', tries: row.tries + 1, failure: 'inDoubt' };
  const { withinMs } = policy.inDoubt;
  const tooLate = withinMs !== null && now > row.createdAt + withinMs;
  return tooLate || doubted(row) ? dead(now, 'inDoubt') : later(row, now, 'inDoubt');
}

// The failure of a row that is ready again remembers that the coming try is its second and last.
const doubted = (row: Tried): boolean => row.failure?.startsWith('inDoubt') ?? false;

const later = (row: Tried, now: number, failure: string): Change => {
  const tries = row.tries + 1;
  return { state: 'ready', tries, notBefore: now + pauseAfter(tries), failure };
};
