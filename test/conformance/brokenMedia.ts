import type { MemoryAdapter } from '../../src/adapters/memory.js';
import type { Adapter, FetchFailure, FetchResult, Inbound } from '../../src/chat/index.js';
import { counting, incoming, outgoing } from './breaking.js';
import type { Breaks } from './rigs/memory.js';

const clause = {
  ids: 'an update keeps its id and its time when it comes again, and no other has it',
  sent: 'a file that somebody sends comes in by name, type and size, with its words, and its bytes can be fetched',
  unhad: 'a file that is not there, is of another chat, or is larger than asked for is not had, and it is said why',
  several: 'several who come into a group at once are an update each, and come again where one of them was not taken',
  fileAfter: 'after a restart a file that came before can still be fetched',
  caption: 'a file loses nothing of the words that come with it, however many a message may have',
  member: 'who comes into a group and who leaves it comes in, of that person and there; the bot itself does not',
  logs: 'no log holds a name, a word that was said, or a secret',
} as const;

const fetching = (type: FetchFailure['type']): string => `a file whose fetching meets “${type}” is had later, and until then it is said so`;

/** Files that people send come in otherwise. */
const attached = (change: (sent: Extract<Inbound['content'], { type: 'file' }>) => Inbound['content']): Breaks =>
  incoming((inbound, receive) => receive(inbound.content.type === 'file' ? { ...inbound, content: change(inbound.content) } : inbound));

/** Files are fetched otherwise. */
const fetched =
  (change: (result: FetchResult) => FetchResult): Breaks =>
  (adapter) => ({ ...adapter, fetchFile: async (...asked) => change(await adapter.fetchFile(...asked)) });

const misfetching = (type: FetchFailure['type'], as: FetchFailure): Breaks =>
  fetched((result) => (!result.ok && result.failure.type === type ? { ok: false, failure: as } : result));

/** Adapters that spoil files or the news of who is in a group, and the clause that each breaks. */
export const brokenMedia: readonly (readonly [name: string, breaks: Breaks, fails: string])[] = [
  ['loses the words under a picture', attached((sent) => ({ ...sent, text: '' })), clause.sent],
  [
    'calls every file the same',
    attached((sent) => ({ ...sent, files: sent.files.map((file) => ({ ...file, name: 'file.csv' })) })),
    clause.sent,
  ],
  [
    'takes every file for a picture',
    attached((sent) => ({ ...sent, files: sent.files.map((file) => ({ ...file, mimeType: 'image/png' })) })),
    clause.sent,
  ],
  ['does not know what a file answers', attached(({ replyTo: _, ...sent }) => sent), clause.sent],
  ['hears no mention under a picture', attached(({ mentioned: _, ...sent }) => sent), clause.sent],
  [
    'fetches files as if they were texts',
    fetched((result) => (result.ok ? { ok: true, data: new TextEncoder().encode(new TextDecoder().decode(result.data)) } : result)),
    clause.sent,
  ],
  [
    'cuts off long words under a file',
    outgoing((message) => ({ message: message.file ? { ...message, text: message.text.slice(0, 1_024) } : message })),
    clause.caption,
  ],
  ['gives a file another id each time it comes', renamesFiles, clause.ids],
  ['knows only the files that came since it was started', knowsOwnFiles, clause.fileAfter],
  ['gives the files of one chat to another', sharesFiles, clause.unhad],
  ['knows no limit of a file', (adapter) => ({ ...adapter, fetchFile: (from, id) => adapter.fetchFile(from, id, Infinity) }), clause.unhad],
  ['throws where a file is not there', throwsWithoutFile, clause.unhad],
  ['calls “gone” of a file something else', misfetching('gone', { type: 'unreachable' }), clause.unhad],
  ['calls “tooLarge” of a file something else', misfetching('tooLarge', { type: 'gone' }), clause.unhad],
  ...(['throttled', 'unreachable', 'misconfigured'] as const).map(
    (type) => [`calls “${type}” of a file something else`, misfetching(type, { type: 'gone' }), fetching(type)] as const,
  ),
  [
    'does not say who leaves',
    incoming((one, receive) => (one.content.type === 'member' && one.content.what === 'left' ? Promise.resolve({}) : receive(one))),
    clause.member,
  ],
  [
    'says of a coming that it is a going',
    incoming((one, receive) => receive(one.content.type === 'member' ? { ...one, content: { type: 'member', what: 'left' } } : one)),
    clause.member,
  ],
  ['hears itself come and go', hearsItselfMove, clause.member],
  [
    'names who let somebody in instead of who came',
    incoming((one, receive) => receive(one.content.type === 'member' ? { ...one, from: { id: 'host', name: '群主' } } : one)),
    clause.member,
  ],
  [
    'gives all who come into a group one id',
    incoming((one, receive) => receive(one.content.type === 'member' ? { ...one, id: `${one.address.chat}:${one.content.what}` } : one)),
    clause.several,
  ],
  [
    'has everybody who came when it has one of them',
    incoming((one, receive) => (one.content.type === 'member' ? receive(one).catch(() => ({})) : receive(one))),
    clause.several,
  ],
  [
    'writes down what files are called',
    (adapter, log) =>
      attached((sent) => {
        log(`takes ${sent.files.map(({ name }) => name).join()}`);
        return sent;
      })(adapter, log),
    clause.logs,
  ],
];

function hearsItselfMove(adapter: MemoryAdapter): Adapter {
  const { platform, account, brings } = adapter;
  const next = counting();
  // The platform's people go on through the adapter as it is.
  return Object.assign(adapter, {
    brings: (...[from, chat, content]: Parameters<typeof brings>) =>
      content.type === 'member' && from.id === account
        ? adapter.deliver({ id: `own${next()}`, at: 0, address: { platform, account, chat }, kind: 'group', from, content })
        : brings(from, chat, content),
  });
}

function renamesFiles(adapter: MemoryAdapter, log: (line: string) => void): Adapter {
  const next = counting();
  const renamed = attached((sent) => ({ ...sent, files: sent.files.map((file) => ({ ...file, id: `${next()}:${file.id}` })) }))(
    adapter,
    log,
  );
  return { ...renamed, fetchFile: (from, id, maxBytes) => adapter.fetchFile(from, id.replace(/^\d+:/u, ''), maxBytes) };
}

function knowsOwnFiles(adapter: MemoryAdapter): Adapter {
  const came = new Set<string>();
  return {
    ...attached((sent) => {
      for (const { id } of sent.files) came.add(id);
      return sent;
    })(adapter, () => undefined),
    fetchFile: async (from, id, maxBytes) =>
      came.has(id) ? adapter.fetchFile(from, id, maxBytes) : { ok: false, failure: { type: 'gone' } },
  };
}

function sharesFiles(adapter: MemoryAdapter): Adapter {
  const chats = new Set<string>();
  return {
    ...incoming((one, receive) => {
      chats.add(one.address.chat);
      return receive(one);
    })(adapter, () => undefined),
    fetchFile: async (from, id, maxBytes) => {
      for (const chat of chats) {
        const result = await adapter.fetchFile({ ...from, chat }, id, maxBytes);
        if (result.ok || result.failure.type !== 'gone') return result;
      }
      return adapter.fetchFile(from, id, maxBytes);
    },
  };
}

function throwsWithoutFile(adapter: MemoryAdapter): Adapter {
  return {
    ...adapter,
    fetchFile: async (...asked) => {
      const result = await adapter.fetchFile(...asked);
      if (!result.ok && result.failure.type === 'gone') throw new Error('No such file');
      return result;
    },
  };
}
