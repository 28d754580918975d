import { createMemoryAdapter, type MemoryAdapter } from '../../../src/adapters/memory.js';
import type { Adapter, Capabilities, Inbound, Receive, Receipt, Sender } from '../../../src/chat/index.js';
import type { OpenRig, Posted, Rig } from '../rig.js';

const people = [
  { id: 'n1', name: '方小雨', privateChat: 'p-n1' },
  { id: 'n2', name: '何奶奶', privateChat: 'p-n2' },
] as const;
const group = { id: 'g', title: '居民群' };

/** What a broken variant does to the adapter and to the log beside it. */
export type Breaks = (adapter: MemoryAdapter, log: (line: string) => void, isAway?: () => boolean) => Adapter;

/** The memory adapter, whose wire are its own people; `breaks` makes a broken one of it. */
export const memoryRig =
  (capabilities: Partial<Capabilities> = {}, breaks: Breaks = (adapter) => adapter): OpenRig =>
  async () => {
    let time = Date.UTC(2026, 6, 28, 2);
    return rigOn(createMemoryAdapter({ clock: () => (time += 1_000), groups: [group], capabilities }), breaks);
  };

async function rigOn(platform: MemoryAdapter, breaks: Breaks, awayAtFirst = false): Promise<Rig> {
  let away = awayAtFirst;
  const lines: string[] = [];
  // What a variant changes of the adapter itself ends with it, as what a process remembers does.
  const memory = { ...platform };
  const adapter = breaks(
    memory,
    (line) => lines.push(line),
    () => away,
  );
  const received: Inbound[] = [];
  let core: Receive = async () => ({});
  await adapter.start((inbound) => {
    received.push(inbound);
    return core(inbound);
  });
  away = false;

  const post = async (receipt: Promise<Receipt>, update = memory.updates.at(-1)): Promise<Posted> => {
    const [result] = await Promise.allSettled([receipt]);
    const taken = result.status === 'fulfilled';
    const notice = taken && memory.capabilities.notices ? result.value.notice : undefined;
    return {
      taken,
      ...(update === undefined ? {} : { messageId: update.id }),
      ...(notice === undefined ? {} : { notice }),
      again: () => (update ? post(memory.deliver(update), update) : Promise.reject(new Error('Nothing was posted'))),
    };
  };
  const together = async (posting: readonly Promise<Posted>[]): Promise<Posted> => {
    const posted = await Promise.all(posting);
    return { taken: posted.every(({ taken }) => taken), again: () => together(posted.map(({ again }) => again())) };
  };
  const rig: Rig = {
    adapter,
    people,
    group,
    received,
    core: (receive) => void (core = receive),
    says: (from, chat, text, { replyTo, mentioning } = {}) =>
      post(
        memory.says(from, chat, text, {
          ...(replyTo === undefined ? {} : { replyTo }),
          ...(mentioning === undefined ? {} : { mentioned: mentioning }),
        }),
      ),
    picks: (from, chat, label) =>
      post(memory.capabilities.buttons ? memory.presses(from, chat, label) : memory.says(from, chat, numberOf(memory, chat, label))),
    attaches: (from, chat, file, { text, replyTo, mentioning } = {}) =>
      memory.capabilities.filesIn
        ? post(
            memory.attaches(from, chat, [file], {
              ...(text === undefined ? {} : { text }),
              ...(replyTo === undefined ? {} : { replyTo }),
              ...(mentioning === undefined ? {} : { mentioned: mentioning }),
            }),
          )
        : null,
    moves: (who, what) => {
      if (!memory.capabilities.membership) return null;
      const came = who.map((one) => (one === 'bot' ? { id: memory.account, name: '小邻' } : one));
      return together(came.map((from) => post(memory.brings(from, group.id, { type: 'member', what }))));
    },
    follows: (from, payload) => post(memory.brings(from, from.privateChat ?? '', { type: 'link', payload })),
    odd: (from: Sender, chat) => post(memory.brings(from, chat, { type: 'unknown', what: 'sticker' })),
    shown: async (chat) =>
      memory.shown(chat).map(({ id, text, choices, file, replyTo, mention }) => ({
        id,
        text,
        labels: choices.map(({ label }) => label),
        ...(file === undefined ? {} : { file: { name: file.name, data: file.data } }),
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mention === undefined ? {} : { mention: mention.id }),
      })),
    meets: (failure, after = 0) => {
      memory.failNext(failure, { after, arrived: failure.type === 'inDoubt' });
      return failure;
    },
    fetchMeets: (failure) => {
      if (!memory.capabilities.filesIn) return null;
      memory.failFetch(failure);
      return failure;
    },
    // The memory adapter is its own platform, which stays: it is started once more, as another one would be.
    restart: async (startsAway = false) => {
      await adapter.stop();
      return rigOn(platform, breaks, startsAway);
    },
    logged: () => lines.join('\n'),
    secrets: [],
    close: () => adapter.stop(),
  };
  return rig;
}

/** The number before a label in the newest message that has it. */
function numberOf(memory: MemoryAdapter, chat: string, label: string): string {
  for (const { text } of memory.shown(chat).toReversed()) {
    const line = text.split('\n').find((one) => one.endsWith(` ${label}`));
    if (line !== undefined) return line.slice(0, -label.length - 1);
  }
  throw new Error(`Nobody offers “${label}” in this chat`);
}
