import {
  asShown,
  piecesOf,
  type Adapter,
  type Address,
  type Capabilities,
  type Choice,
  type Content,
  type FetchFailure,
  type FetchResult,
  type Inbound,
  type Outbound,
  type OutboundFile,
  type Receipt,
  type Receive,
  type Sender,
  type SendFailure,
  type SendResult,
} from '../chat/index.js';

/** One message as a person sees it now; edits change it in place. */
export interface SeenMessage {
  readonly id: string;
  readonly key: string;
  /** With the choices as numbered lines where the adapter has no buttons. */
  readonly text: string;
  /** Empty where the adapter has no buttons. */
  readonly choices: readonly Choice[];
  /** Absent where the adapter has no files. */
  readonly file?: OutboundFile;
  readonly replyTo?: string;
  readonly mention?: { readonly id: string; readonly name: string };
  /** How often it was changed in place. */
  readonly edits: number;
}

export interface MemoryAdapterOptions {
  readonly platform?: string;
  readonly account?: string;
  /** What differs from everything and 4096 characters. */
  readonly capabilities?: Partial<Capabilities>;
  /** Chats that are groups; every other chat is a private one. */
  readonly groups?: readonly { readonly id: string; readonly title: string }[];
  /** Now, ms since the epoch. */
  readonly clock: () => number;
}

/** A failure that is to be met: after so many pieces of a long text, and whether the one that meets it is shown all the same. */
interface Failing {
  readonly failure: SendFailure;
  readonly arrived: boolean;
  readonly after: number;
}

/** What people may add to what they send. */
interface Addressed {
  readonly replyTo?: string;
  readonly mentioned?: boolean;
}

/** A file as somebody sends it. */
type SentFile = Omit<OutboundFile, 'instead'>;

/** An adapter without a wire: for tests and for the terminal chat. */
export interface MemoryAdapter extends Adapter {
  /** Somebody writes. Update ids are given in order: u1, u2, … A `replyTo` that is no message of the bot is left out, as a platform's adapter does. */
  says(person: Sender, chat: string, text: string, extra?: Addressed): Promise<Receipt>;
  /** Somebody sends files, with words or without. */
  attaches(person: Sender, chat: string, files: readonly SentFile[], extra?: Addressed & { readonly text?: string }): Promise<Receipt>;
  /** Somebody presses the newest button in the chat that has this label, value or key. Throws when the chat shows none. */
  presses(person: Sender, chat: string, button: string): Promise<Receipt>;
  /** Hands over any content as a new update: a forged press, a deep link, something unreadable. */
  brings(person: Sender, chat: string, content: Content): Promise<Receipt>;
  /** Delivers an update as it is, such as one of `updates` a second time. */
  deliver(inbound: Inbound): Promise<Receipt>;
  /** Every update so far, oldest first, repeats left out. */
  readonly updates: readonly Inbound[];
  /** What the chat shows now, oldest first. */
  shown(chat: string): readonly SeenMessage[];
  /** The next file that is fetched cannot be had, for this reason. */
  failFetch(failure: FetchFailure): void;
  /** The next send or edit fails like this; `arrived` lets it be shown all the same, as a send in doubt may be; `after`: only after so many pieces of a long text. Calls queue up. */
  failNext(failure: SendFailure, options?: Partial<Omit<Failing, 'failure'>>): void;
  /** Calls back after each message that was shown or changed. */
  onShown(listener: (chat: string, message: SeenMessage) => void): void;
}

const everything: Capabilities = {
  buttons: true,
  edits: true,
  files: true,
  filesIn: true,
  membership: true,
  replies: true,
  mentions: true,
  notices: true,
  idempotentSends: true,
  stableIds: true,
  maxText: 4096,
};

/**
 * Builds a memory adapter.
 * @example
 * const chat = createMemoryAdapter({ clock: () => 0, groups: [{ id: 'g', title: '居民群' }] });
 * await chat.start(core.receive);
 * await chat.says({ id: 'wang', name: '王芳', privateChat: 'p-wang' }, 'g', '报名');
 */
export function createMemoryAdapter(options: MemoryAdapterOptions): MemoryAdapter {
  const { platform = 'memory', account = 'test', clock } = options;
  const capabilities: Capabilities = { ...everything, ...options.capabilities };
  const titles = new Map((options.groups ?? []).map(({ id, title }) => [id, title]));
  const chats = new Map<string, SeenMessage[]>();
  const failures: Failing[] = [];
  const listeners: ((chat: string, message: SeenMessage) => void)[] = [];
  const updates: Inbound[] = [];
  const files = new Map<string, Uint8Array>();
  const unfetched: FetchFailure[] = [];
  const underWay = new Set<Promise<unknown>>();
  let messages = 0;
  let receive: Receive | null = null;

  const inChat = (chat: string): SeenMessage[] => {
    const list = chats.get(chat) ?? [];
    chats.set(chat, list);
    return list;
  };
  const seen = ({ choices = [], ...message }: Outbound, id: string, key: string, edits: number): SeenMessage => ({
    id,
    key,
    ...message,
    choices,
    edits,
  });
  const tell = (chat: string, message: SeenMessage): void => listeners.forEach((listener) => listener(chat, message));

  /** Shows a message, all of its pieces unless one fails, and gives the outcome: the id of the last, under which stand the choices. */
  const show = (to: Address, message: Outbound, key: string, fails?: Failing): SendResult => {
    const list = inChat(to.chat);
    const failed = (failing: Failing, rest?: Outbound): SendResult => ({
      ok: false,
      failure: failing.failure,
      ...(rest === undefined ? {} : { rest }),
    });
    const known = capabilities.idempotentSends ? list.findLast((candidate) => candidate.key === key) : undefined;
    if (known) return fails ? failed(fails) : { ok: true, messageId: known.id };
    const pieces = piecesOf(message, capabilities);
    for (const [at, { shown, rest }] of pieces.entries()) {
      const failing = fails?.after === at ? fails : undefined;
      if (failing && !failing.arrived) return failed(failing, rest);
      // The key is that of the whole, which is there with its last piece.
      const fresh = seen(shown, `m${++messages}`, at === pieces.length - 1 ? key : `${key} ${at}`, 0);
      list.push(fresh);
      tell(to.chat, fresh);
      if (failing) return failed(failing, rest);
    }
    return { ok: true, messageId: list.at(-1)?.id ?? '' };
  };
  const change = (to: Address, id: string, message: Outbound): boolean => {
    const list = inChat(to.chat);
    const at = list.findIndex((candidate) => candidate.id === id);
    const old = list[at];
    if (!old) return false;
    const changed = seen(asShown(message, capabilities), id, old.key, old.edits + 1);
    list[at] = changed;
    tell(to.chat, changed);
    return true;
  };

  const deliver = async (inbound: Inbound): Promise<Receipt> => {
    if (!receive) throw new Error('The memory adapter takes no updates: it was not started, or was stopped.');
    const answer = receive(inbound);
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };
  const brings = (from: Sender, chat: string, content: Content): Promise<Receipt> => {
    // The bot itself, whose id is its account's, comes and goes without an update.
    if (content.type === 'member' && from.id === account) return Promise.resolve({});
    const title = titles.get(chat);
    const inbound: Inbound = {
      id: `u${updates.length + 1}`,
      at: clock(),
      address: { platform, account, chat },
      kind: title === undefined ? 'private' : 'group',
      ...(title === undefined ? {} : { title }),
      from,
      content,
    };
    updates.push(inbound);
    return deliver(inbound);
  };

  /** Kept with the chat in the id's place: a file is had only where it was sent. */
  const fileKey = (chat: string, id: string): string => JSON.stringify([chat, id]);
  const addressed = (chat: string, { replyTo, mentioned }: Addressed): Addressed => ({
    ...(mentioned === undefined ? {} : { mentioned }),
    ...(replyTo !== undefined && capabilities.replies && inChat(chat).some(({ id }) => id === replyTo) ? { replyTo } : {}),
  });

  return {
    platform,
    account,
    capabilities,
    updates,
    start: async (core) => {
      receive = core;
    },
    stop: async () => {
      receive = null;
      await Promise.allSettled(underWay);
    },
    send: async (to, message, key) => show(to, message, key, failures.shift()),
    edit: async (to, messageId, message): Promise<SendResult> => {
      if (!capabilities.edits) return { ok: false, failure: { type: 'rejected', reason: 'no edits here' } };
      const { text } = asShown(message, capabilities);
      if (text.length > capabilities.maxText) return { ok: false, failure: { type: 'rejected', reason: 'too long to change' } };
      const next = failures.shift();
      if (next && !next.arrived) return { ok: false, failure: next.failure };
      const found = change(to, messageId, message);
      if (next) return { ok: false, failure: next.failure };
      return found ? { ok: true, messageId } : { ok: false, failure: { type: 'gone' } };
    },
    fetchFile: async ({ chat }, id, maxBytes): Promise<FetchResult> => {
      const failure = unfetched.shift();
      if (failure) return { ok: false, failure };
      const data = files.get(fileKey(chat, id));
      if (!data) return { ok: false, failure: { type: 'gone' } };
      return data.length > maxBytes ? { ok: false, failure: { type: 'tooLarge' } } : { ok: true, data };
    },
    says: (person, chat, text, extra = {}) => brings(person, chat, { type: 'text', text, ...addressed(chat, extra) }),
    attaches: (person, chat, sent, { text = '', ...extra } = {}) => {
      if (!capabilities.filesIn) throw new Error('This platform takes no files from people.');
      const named = sent.map(({ name, mimeType, data }) => {
        const id = `f${files.size + 1}`;
        files.set(fileKey(chat, id), data);
        return { id, name, mimeType, size: data.length };
      });
      return brings(person, chat, { type: 'file', files: named, text, ...addressed(chat, extra) });
    },
    presses: (person, chat, button) => {
      const found = findButton(inChat(chat), button);
      if (!found) throw new Error(`No button "${button}" in this chat.`);
      return brings(person, chat, { type: 'press', ...found });
    },
    brings,
    deliver,
    shown: (chat) => [...inChat(chat)],
    failFetch: (failure) => void unfetched.push(failure),
    failNext: (failure, { arrived = false, after = 0 } = {}) => void failures.push({ failure, arrived, after }),
    onShown: (listener) => void listeners.push(listener),
  };
}

function findButton(messages: readonly SeenMessage[], button: string): { value: string; messageId: string } | null {
  for (const { id, choices } of [...messages].reverse()) {
    const choice = choices.find(({ label, value, key }) => label === button || value === button || key === button);
    if (choice) return { value: choice.value, messageId: id };
  }
  return null;
}
