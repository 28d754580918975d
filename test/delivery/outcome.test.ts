import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/chat/index.js';
import { type Kind, kinds, policyOf } from '../../src/delivery/kinds.js';
import { afterDoubt, afterSend, pauseAfter } from '../../src/delivery/outcome.js';
import type { Row } from '../../src/delivery/row.js';
import { noon } from './rig.js';

const minute = 60_000;

const row = (kind: Kind, more: Partial<Row> = {}): Row => ({
  id: 1,
  communityId: 'c1',
  address: { platform: 'scripted', account: 'bot', chat: 'a' },
  kind,
  dedupeKey: 'k',
  state: 'sending',
  tries: 0,
  createdAt: noon,
  notBefore: 0,
  expiresAt: null,
  failure: null,
  fence: 1,
  payload: null,
  ...more,
});

const failed = (failure: Exclude<SendResult, { ok: true }>['failure']): SendResult => ({ ok: false, failure });
const inDoubt = failed({ type: 'inDoubt', reason: '502' });

describe('what a result does to a message', () => {
  it.each<[string, SendResult, object]>([
    ['ok', { ok: true, messageId: 'm1' }, { state: 'sent', messageId: 'm1', forget: true, tries: 1 }],
    [
      'throttled: no try counts',
      failed({ type: 'throttled', retryAfterMs: 5_000 }),
      { state: 'ready', notBefore: noon + 5_000, failure: 'throttled' },
    ],
    ['unreachable', failed({ type: 'unreachable' }), { state: 'ready', tries: 1, notBefore: noon + 1_000, failure: 'unreachable' }],
    ['misconfigured', failed({ type: 'misconfigured', reason: '401' }), { state: 'ready' }],
    ['blocked', failed({ type: 'blocked' }), { state: 'dead', failure: 'blocked', forget: true }],
    ['gone', failed({ type: 'gone' }), { state: 'dead', failure: 'gone', forget: true }],
    ['rejected', failed({ type: 'rejected', reason: 'too long' }), { state: 'dead', failure: 'rejected: too long', forget: true }],
    ['migrated', failed({ type: 'migrated', chat: 'b' }), { state: 'ready', tries: 1 }],
    ['migrated to itself', failed({ type: 'migrated', chat: 'a' }), { state: 'dead', failure: 'migrated' }],
  ])('%s', (_, result, expected) => {
    const change = afterSend(row('confirmation'), result, noon, false);
    expect(change).toMatchObject(expected);
    if (!('tries' in expected)) expect(change.tries).toBeUndefined();
  });

  it('gives up on chats that name each other as successor', () => {
    const tired = row('confirmation', { tries: kinds.confirmation.maxTries - 1 });
    expect(afterSend(tired, failed({ type: 'migrated', chat: 'b' }), noon, false)).toMatchObject({ state: 'dead' });
  });

  it('pauses longer after each try, but never longer than a minute', () => {
    expect([1, 2, 3, 6, 7, 500].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
  });
});

describe('a message in doubt', () => {
  it.each<Kind>(['reply', 'notice', 'confirmation', 'change', 'reminder'])('%s goes out once more, then is dropped', (kind) => {
    const first = afterSend(row(kind), inDoubt, noon + minute, false);
    expect(first).toMatchObject({ state: 'ready', failure: 'inDoubt', tries: 1 });
    const second = row(kind, { tries: 1, failure: first.failure ?? null });
    expect(afterSend(second, inDoubt, noon + minute, false)).toMatchObject({ state: 'dead', failure: 'inDoubt', forget: true });
  });

  it.each<[Kind, string]>([
    ['reply', 'dead'],
    ['notice', 'dead'],
    ['confirmation', 'ready'],
    ['change', 'ready'],
    ['reminder', 'ready'],
  ])('%s more than 2 minutes later is %s', (kind, state) => {
    expect(afterDoubt(row(kind), noon + 2 * minute + 1, false)).toMatchObject({ state });
  });

  it('an announcement waits for staff, with its text kept', () => {
    const change = afterSend(row('announcement'), inDoubt, noon, false);
    expect(change).toMatchObject({ state: 'inDoubt', failure: 'inDoubt' });
    expect(change.forget).toBeUndefined();
  });

  it('remembers that it had its second chance, whatever came between', () => {
    for (const between of [
      failed({ type: 'unreachable' }),
      failed({ type: 'throttled', retryAfterMs: 1 }),
      failed({ type: 'misconfigured', reason: '' }),
    ]) {
      const doubted = row('confirmation', { failure: 'inDoubt' });
      const then = { ...doubted, failure: afterSend(doubted, between, noon, false).failure ?? doubted.failure };
      expect(afterSend(then, inDoubt, noon, false)).toMatchObject({ state: 'dead' });
    }
  });

  it('is simply repeated where the platform knows a key again, up to the tries of its kind', () => {
    for (const kind of Object.keys(kinds) as Kind[]) {
      expect(afterSend(row(kind, { failure: 'inDoubt' }), inDoubt, noon + 60 * minute, true)).toMatchObject({ state: 'ready', tries: 1 });
      expect(afterSend(row(kind, { tries: kinds[kind].maxTries - 1 }), inDoubt, noon, true)).toMatchObject({ state: 'dead' });
    }
  });

  it('of a kind that this version does not know waits for staff', () => {
    expect(policyOf('constructor')).toBe(kinds.announcement);
    expect(afterDoubt({ ...row('reply'), kind: 'greeting' }, noon, false)).toMatchObject({ state: 'inDoubt' });
  });
});
