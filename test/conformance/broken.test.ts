import { describe, expect, test } from 'vitest';
import type { MemoryAdapter } from '../../src/adapters/memory.js';
import type { Receive, SendResult } from '../../src/chat/index.js';
import { counting, incoming, outgoing } from './breaking.js';
import { brokenFailing } from './brokenFailing.js';
import { brokenIncoming } from './brokenIncoming.js';
import { brokenMedia } from './brokenMedia.js';
import { clauses } from './clauses/index.js';
import { withRig } from './proving.js';
import type { OpenRig } from './rig.js';
import { memoryRig, type Breaks } from './rigs/memory.js';

const clause = {
  shown: 'words are shown as they are, in order, whatever stands in them',
  choices: 'choices are buttons, or lines with their numbers',
  picked: 'who picks a label brings the value that was saved with it',
  once: 'sent twice under one key, a message is there once where the platform can tell',
  long: 'a text longer than a message comes in several, in order, each within its room, with the choices under the last',
  file: 'a file is shown as it is, or as the line that stands for it',
  whom: 'a message in a group names whom it is for and what it answers',
  answersGone: 'what answers a message that is gone is sent all the same',
  notice: 'what the core answers to a press is shown to whoever pressed alone, where the platform can',
  card: 'a card changes in place, also to what it shows already, or the platform says that it cannot',
  stop: 'a stop waits for what is under way, is final, and may be asked for again',
  takenUp: 'after a restart an update that was not taken is taken, under its id',
  away: 'started while the platform is away, it takes what comes once the platform is back',
  cardAfter: 'after a restart a card changes as it did before',
  logs: 'no log holds a name, a word that was said, or a secret',
} as const;

/** What has buttons is changed otherwise. */
const cards =
  (edit: (adapter: MemoryAdapter, ...asked: Parameters<MemoryAdapter['edit']>) => Promise<SendResult>): Breaks =>
  (adapter) => ({
    ...adapter,
    edit: (to, id, message) => (message.choices ? edit(adapter, to, id, message) : adapter.edit(to, id, message)),
  });

const variants: readonly (readonly [name: string, breaks: Breaks, fails: string])[] = [
  ...brokenIncoming,
  [
    'escapes what could be markup',
    outgoing((message) => ({ message: { ...message, text: message.text.replaceAll('<', '&lt;') } })),
    clause.shown,
  ],
  [
    'turns the choices round',
    outgoing(({ choices = [], ...rest }) => ({ message: { ...rest, choices: choices.toReversed() } })),
    clause.choices,
  ],
  [
    'brings the label instead of the value',
    (adapter) =>
      incoming((one, receive) => receive(one.content.type === 'press' ? { ...one, content: { ...one.content, value: '添加孩子' } } : one))(
        adapter,
        () => undefined,
      ),
    clause.picked,
  ],
  [
    'brings what an older menu had there',
    incoming((one, receive) => receive(one.content.type === 'press' ? { ...one, content: { ...one.content, value: 'old:1' } } : one)),
    clause.picked,
  ],
  [
    'forgets its keys',
    (adapter) => {
      const next = counting();
      return outgoing((_message, key) => ({ key: `${key}:${next()}` }))(adapter, () => undefined);
    },
    clause.once,
  ],
  ['cuts long texts off', outgoing((message) => ({ message: { ...message, text: message.text.slice(0, 8_000) } })), clause.long],
  [
    'loses files that come with few words',
    outgoing(({ file, ...message }) => ({ message: file && message.text.length > 100 ? { ...message, file } : message })),
    clause.file,
  ],
  ['names nobody', outgoing(({ mention: _, ...message }) => ({ message })), clause.whom],
  ['answers nothing', outgoing(({ replyTo: _, ...message }) => ({ message })), clause.whom],
  [
    'does not send what answers a message that is gone',
    (adapter) => ({
      ...adapter,
      send: async (to, message, key) =>
        message.replyTo !== undefined && adapter.shown(to.chat).every(({ id }) => id !== message.replyTo)
          ? { ok: false, failure: { type: 'gone' } }
          : adapter.send(to, message, key),
    }),
    clause.answersGone,
  ],
  ['tells whoever presses nothing', incoming((one, receive) => receive(one).then(() => ({}))), clause.notice],
  ['sends a card anew instead of changing it', cards((adapter, to, id, card) => adapter.send(to, card, `${id}:${card.text}`)), clause.card],
  ['says that it changed a card, and does not', cards(async (_adapter, _to, messageId) => ({ ok: true, messageId })), clause.card],
  ['does not wait when it stops', (adapter) => ({ ...adapter, stop: () => Promise.resolve() }), clause.stop],
  ['cannot be stopped twice', stopsOnce, clause.stop],
  ['does not start where the platform is away', startsOnlyThere, clause.away],
  ['starts where the platform is away, and hears nothing ever after', deafWhereAway, clause.away],
  ['gives updates other ids after a restart', countsFromStart(), clause.takenUp],
  ['knows only the cards that it sent itself since it was started', knowsOwnCards, clause.cardAfter],
  ['writes down what is said', writesDown, clause.logs],
  [
    'writes down what a fault says',
    (adapter, log) =>
      incoming((one, receive) =>
        receive(one).catch((fault: unknown) => {
          log(String(fault));
          throw fault;
        }),
      )(adapter, log),
    clause.logs,
  ],
  ...brokenMedia,
  ...brokenFailing,
];

function stopsOnce(adapter: MemoryAdapter) {
  let stopped = false;
  return {
    ...adapter,
    stop: async () => {
      if (stopped) throw new Error('It was stopped before');
      stopped = true;
      await adapter.stop();
    },
  };
}

/** Its ids are good as long as its process lives. */
function countsFromStart(): Breaks {
  const starts = counting();
  return (adapter) => {
    const start = starts();
    return incoming((one, receive) => receive({ ...one, id: `${start}:${one.id}` }))(adapter, () => undefined);
  };
}

function startsOnlyThere(adapter: MemoryAdapter, _log: (line: string) => void, isAway = () => false) {
  return {
    ...adapter,
    start: async (receive: Receive) => {
      if (isAway()) throw new Error('Cannot be reached');
      await adapter.start(receive);
    },
  };
}

function deafWhereAway(adapter: MemoryAdapter, _log: (line: string) => void, isAway = () => false) {
  return {
    ...adapter,
    start: async (receive: Receive) => {
      if (!isAway()) await adapter.start(receive);
    },
  };
}

function knowsOwnCards(adapter: MemoryAdapter) {
  const sent = new Set<string>();
  return {
    ...adapter,
    send: async (...asked: Parameters<MemoryAdapter['send']>) => {
      const result = await adapter.send(...asked);
      if (result.ok) sent.add(result.messageId);
      return result;
    },
    edit: async (...[to, id, message]: Parameters<MemoryAdapter['edit']>): Promise<SendResult> =>
      sent.has(id) ? adapter.edit(to, id, message) : { ok: false, failure: { type: 'gone' } },
  };
}

function writesDown(adapter: MemoryAdapter, log: (line: string) => void) {
  return {
    ...adapter,
    send: (...[to, message, key]: Parameters<MemoryAdapter['send']>) => {
      log(`sends ${message.text}`);
      return adapter.send(to, message, key);
    },
  };
}

/** The clauses that an adapter breaks. */
async function brokenBy(open: OpenRig): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { name, prove } of clauses) {
    let kept = false;
    // One that cannot be stopped is not well closed either.
    await withRig(open, async (rig) => {
      await prove(rig);
      kept = true;
    }).catch(() => undefined);
    if (!kept) broken.push(name);
  }
  return broken;
}

describe('an adapter that', () => {
  test.each(variants)('%s breaks that clause and no other', async (_name, breaks, fails) => {
    expect(await brokenBy(memoryRig({}, breaks))).toEqual([fails]);
  });
});
