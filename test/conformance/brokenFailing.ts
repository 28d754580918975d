import type { MemoryAdapter } from '../../src/adapters/memory.js';
import type { SendFailure, SendResult } from '../../src/chat/index.js';
import { sendFailures } from './rig.js';
import type { Breaks } from './rigs/memory.js';

const clause = {
  part: 'where a part of a long text went out before a failure, the rest is given back, and sent again it is all there once',
  longEdit: 'an edit longer than a message is refused, and what stood there stays',
  goneEdit: 'an edit of what is no message says “gone”, where the platform can edit',
} as const;

const meeting = (what: 'a send' | 'an edit', type: SendFailure['type']): string =>
  `${what} that meets “${type}” says so, throws nothing, and the next one goes`;

/** What a send comes to is said otherwise. */
const sent =
  (change: (result: SendResult) => SendResult): Breaks =>
  (adapter) => ({ ...adapter, send: async (...asked) => change(await adapter.send(...asked)) });

/** A failure comes back as another; a part of a message is none of its business. */
const as =
  (type: SendFailure['type'], failure: SendFailure) =>
  (result: SendResult): SendResult =>
    !result.ok && result.failure.type === type && !result.rest ? { ok: false, failure } : result;

const otherThan = (type: SendFailure['type']): SendFailure =>
  type === 'rejected' ? { type: 'misconfigured', reason: 'something else' } : { type: 'rejected', reason: 'something else' };

/** The same of a message that is there, and could be changed. */
const misediting =
  (type: SendFailure['type']): Breaks =>
  (adapter) => ({
    ...adapter,
    edit: async (to, id, message) => {
      const result = await adapter.edit(to, id, message);
      const could = message.text.length <= adapter.capabilities.maxText && adapter.shown(to.chat).some((one) => one.id === id);
      return could ? as(type, otherThan(type))(result) : result;
    },
  });

/** Adapters that fail otherwise than they say, and the clause that each breaks. */
export const brokenFailing: readonly (readonly [name: string, breaks: Breaks, fails: string])[] = [
  ...sendFailures.flatMap(({ type }) => [
    [`calls “${type}” of a send something else`, sent(as(type, otherThan(type))), meeting('a send', type)] as const,
    [`calls “${type}” of an edit something else`, misediting(type), meeting('an edit', type)] as const,
  ]),
  ['names a throttled send rightly, and sends it again by itself', triesAgain, meeting('a send', 'throttled')],
  ['names a throttled edit rightly, and changes it again by itself', changesAgain, meeting('an edit', 'throttled')],
  ['does not say how long it has to wait', sent(as('throttled', { type: 'throttled', retryAfterMs: 0 })), meeting('a send', 'throttled')],
  [
    'does not say what is left of a long text',
    sent((result) => (result.ok ? result : { ok: false, failure: result.failure })),
    clause.part,
  ],
  [
    'gives a long text back as a whole',
    (adapter) => ({
      ...adapter,
      send: async (to, message, key) => {
        const result = await adapter.send(to, message, key);
        return !result.ok && result.rest ? { ...result, rest: message } : result;
      },
    }),
    clause.part,
  ],
  [
    'cuts off what it changes',
    (adapter) => ({
      ...adapter,
      edit: (to, id, message) => adapter.edit(to, id, { ...message, text: message.text.slice(0, adapter.capabilities.maxText) }),
    }),
    clause.longEdit,
  ],
  [
    'posts what it cannot find to change',
    (adapter) => ({
      ...adapter,
      edit: async (to, id, message) =>
        adapter.shown(to.chat).some((one) => one.id === id) ? adapter.edit(to, id, message) : adapter.send(to, message, `anew:${id}`),
    }),
    clause.goneEdit,
  ],
];

/** The outbox would send it a third time. */
function triesAgain(adapter: MemoryAdapter) {
  return {
    ...adapter,
    send: async (...[to, message, key]: Parameters<MemoryAdapter['send']>) => {
      const result = await adapter.send(to, message, key);
      if (!result.ok && result.failure.type === 'throttled' && !result.rest) await adapter.send(to, message, key);
      return result;
    },
  };
}

function changesAgain(adapter: MemoryAdapter) {
  return {
    ...adapter,
    edit: async (...asked: Parameters<MemoryAdapter['edit']>) => {
      const result = await adapter.edit(...asked);
      if (!result.ok && result.failure.type === 'throttled') await adapter.edit(...asked);
      return result;
    },
  };
}
