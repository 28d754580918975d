import type { MemoryAdapter } from '../../src/adapters/memory.js';
import type { Adapter, Receive } from '../../src/chat/index.js';
import { content, counting, incoming, saying } from './breaking.js';
import type { Breaks } from './rigs/memory.js';

const clause = {
  words: 'words arrive as they were written, with who wrote them and where',
  ids: 'an update keeps its id and its time when it comes again, and no other has it',
  own: 'what the bot says itself is no update',
  odd: 'what Linli does not read disturbs nothing',
  mention: 'a mention reaches the bot without the name, and an answer names the message of the bot’s that it answers',
  neighbour: 'an answer to a neighbour, or to what is no message, is no answer to the bot',
  link: 'who comes by a link brings its payload, and who comes without one an empty one',
  told: 'the platform is told that an update is taken once the core has it, and not before',
  slow: 'while the core takes its time over one update, others are handed over',
  again: 'where the core fails, the update is not taken; it comes again, and others go on meanwhile',
} as const;

/** Adapters that spoil what comes in, and the clause that each breaks. */
export const brokenIncoming: readonly (readonly [name: string, breaks: Breaks, fails: string])[] = [
  ['makes plain digits of full-width ones', content((said) => ({ ...said, text: said.text.normalize('NFKC') })), clause.words],
  ['trims what was written', content((said) => ({ ...said, text: said.text.trim() })), clause.words],
  ['joins what was written in two signs', content((said) => ({ ...said, text: said.text.normalize('NFC') })), clause.words],
  [
    'names the sender by the chat',
    incoming((one, receive) => receive({ ...one, from: { ...one.from, name: one.address.chat } })),
    clause.words,
  ],
  [
    'gives every delivery an id of its own',
    (adapter) => {
      const next = counting();
      return saying((one, receive) => receive({ ...one, id: `${one.id}:${next()}` }))(adapter, () => undefined);
    },
    clause.ids,
  ],
  ['hears itself', hearsItself, clause.own],
  [
    'fails at what it does not read',
    incoming((one, receive) => (one.content.type === 'unknown' ? Promise.reject(new Error('What is this?')) : receive(one))),
    clause.odd,
  ],
  ['hears no mention', content(({ mentioned: _, ...said }) => said), clause.mention],
  ['knows no answers', content(({ replyTo: _, ...said }) => said), clause.mention],
  ['takes an answer to a neighbour for one to the bot', answersAll, clause.neighbour],
  [
    'takes a start for words',
    incoming((one, receive) =>
      receive(one.content.type === 'link' ? { ...one, content: { type: 'text', text: `/start ${one.content.payload}` } } : one),
    ),
    clause.link,
  ],
  ['says too early that it has something', tooEarly, clause.told],
  ['waits for the core before it hands over the next', oneByOne, clause.slow],
  ['says that it has what the core did not take', saying((one, receive) => receive(one).catch(() => ({}))), clause.again],
  ['takes nothing any more after a fault', diesOfFaults, clause.again],
];

function hearsItself(adapter: MemoryAdapter) {
  let receive: Receive | undefined;
  const me = { id: 'bot', name: '小邻' };
  return {
    ...adapter,
    start: (core: Receive) => adapter.start((receive = core)),
    send: async (...[to, message, key]: Parameters<MemoryAdapter['send']>) => {
      const result = await adapter.send(to, message, key);
      // Menus and the like are its own as well; words alone are enough to be found out.
      if (key.startsWith('own:'))
        await receive?.({ id: `own:${key}`, at: 0, address: to, kind: 'private', from: me, content: { type: 'text', text: message.text } });
      return result;
    },
  };
}

/** What is said goes past the people's own adapter, which knows what is the bot's. */
function answersAll(adapter: MemoryAdapter) {
  return Object.assign(adapter, {
    says: (...[from, chat, text, extra = {}]: Parameters<MemoryAdapter['says']>) =>
      adapter.brings(from, chat, { type: 'text', text, ...extra }),
  });
}

function oneByOne(adapter: MemoryAdapter): Adapter {
  let last: Promise<unknown> = Promise.resolve();
  return incoming((one, receive) => {
    const taking = last.then(() => receive(one));
    last = taking.catch(() => undefined);
    return taking;
  })(adapter, () => undefined);
}

function tooEarly(adapter: MemoryAdapter) {
  const underWay = new Set<Promise<unknown>>();
  return {
    ...adapter,
    start: (core: Receive) =>
      adapter.start((inbound) => {
        const taking = core(inbound);
        underWay.add(taking);
        // A fault that shows at once is still told.
        return Promise.race([taking, new Promise<object>((resolve) => setImmediate(resolve, {}))]);
      }),
    stop: async () => {
      await Promise.allSettled(underWay);
      await adapter.stop();
    },
  };
}

function diesOfFaults(adapter: MemoryAdapter) {
  let dead = false;
  return {
    ...adapter,
    start: (core: Receive) =>
      adapter.start(async (inbound) => {
        if (dead) throw new Error('Dead');
        if (inbound.content.type === 'member') return core(inbound);
        try {
          return await core(inbound);
        } catch (fault) {
          dead = true;
          throw fault;
        }
      }),
  };
}
