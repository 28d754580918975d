import { randomBytes, randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { Adapter, Address, Capabilities, Outbound, OutboundFile, SendFailure, SendResult } from '../../src/chat/index.js';
import {
  type Card,
  createOutbox,
  createSender,
  type Kind,
  type Outgoing,
  type Planned,
  type RenderPaper,
  type Sender,
  type SenderParts,
} from '../../src/delivery/index.js';
import type { Log } from '../../src/log.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { wordsAndPresses } from '../support/capabilities.js';

/** One answer of the scripted platform. `hang` never answers. */
export type Answer = SendFailure | 'ok' | 'hang' | 'throw' | (() => Promise<SendResult>);

/** A platform that answers as told, and remembers what it showed. */
export interface Platform {
  readonly adapter: Adapter;
  /** Answers for the next sends and edits to a chat (or to any chat); afterwards all is well. */
  next(...answers: Answer[]): void;
  nextIn(chat: string, ...answers: Answer[]): void;
  /** Every send that reached the platform: what a person may have seen, in order. */
  readonly sends: { chat: string; text: string; key: string; file?: string }[];
  readonly edits: { chat: string; messageId: string; text: string }[];
  /** What stands in a chat now. */
  shown(chat: string): string[];
  /** Most sends and edits at once so far. */
  busiest(): number;
}

export function createPlatform(capabilities: Partial<Capabilities> = {}, account = 'bot'): Platform {
  const anywhere: Answer[] = [];
  const inChat = new Map<string, Answer[]>();
  const sends: Platform['sends'] = [];
  const edits: Platform['edits'] = [];
  const messages: { id: string; chat: string; text: string; key: string }[] = [];
  let busy = 0;
  let busiest = 0;

  const answer = async (to: Address, ok: () => string): Promise<SendResult> => {
    const next = inChat.get(to.chat)?.shift() ?? anywhere.shift() ?? 'ok';
    if (typeof next === 'function') return next();
    busy += 1;
    busiest = Math.max(busiest, busy);
    await new Promise(setImmediate);
    if (next === 'hang') return new Promise<never>(() => {});
    busy -= 1;
    if (next === 'throw') throw new Error('fetch of https://platform.example/bot-token-4711 failed for 13800000000');
    if (next === 'ok') return { ok: true, messageId: ok() };
    return { ok: false, failure: next };
  };

  const adapter: Adapter = {
    platform: 'scripted',
    account,
    capabilities: { ...wordsAndPresses, ...capabilities },
    start: async () => {},
    stop: async () => {},
    fetchFile: async () => ({ ok: false, failure: { type: 'gone' } }),
    send(to, message, key) {
      sends.push({ chat: to.chat, text: message.text, key, ...(message.file === undefined ? {} : { file: message.file.name }) });
      return answer(to, () => {
        const there = messages.find((one) => capabilities.idempotentSends === true && one.key === key);
        if (there) return there.id;
        const id = `m${messages.length + 1}`;
        messages.push({ id, chat: to.chat, text: message.text, key });
        return id;
      });
    },
    edit(to, messageId, message) {
      edits.push({ chat: to.chat, messageId, text: message.text });
      return answer(to, () => {
        for (const one of messages) if (one.id === messageId) one.text = message.text;
        return messageId;
      });
    },
  };
  return {
    adapter,
    next: (...answers) => void anywhere.push(...answers),
    nextIn: (chat, ...answers) => void inChat.set(chat, [...(inChat.get(chat) ?? []), ...answers]),
    sends,
    edits,
    shown: (chat) => messages.filter((one) => one.chat === chat).map(({ text }) => text),
    busiest: () => busiest,
  };
}

/** A log that tests can read as the lines that operators would. */
export function createTestLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (fields: object, text: string) => void lines.push(JSON.stringify({ level, ...fields, text }));
  return { lines, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}

/** A file as a maker would draw it. */
export const drawn = (name: string): OutboundFile => ({
  name,
  mimeType: 'text/csv',
  data: new TextEncoder().encode(name),
  instead: `no file ${name} here`,
});

const key = randomBytes(32);

/** Noon of 2026-07-28 in Shanghai. */
export const noon = Date.UTC(2026, 6, 28, 4);

/** The outbox of one database with senders on it, under a clock that only tests move. */
export function createRig(storage: Storage, defaults: Partial<SenderParts> = {}) {
  let now = noon;
  const clock = () => now;
  const sealer = createSealer(key);
  const { log, lines } = createTestLog();
  const outbox = createOutbox({ sealer, clock });
  const senders: Sender[] = [];

  return {
    storage,
    outbox,
    lines,
    clock,
    pass: (ms: number) => void (now += ms),
    sender(adapters: readonly Adapter[], parts: Partial<SenderParts> = {}): Sender {
      const renderCard = async (_: unknown, card: Card): Promise<Outbound> => ({ text: `card of ${card.eventId}` });
      const renderPaper: RenderPaper = async ({ name }) => ({ file: drawn(name) });
      const all = {
        storage,
        sealer,
        adapters,
        clock,
        log,
        renderCard,
        renderPaper,
        timeoutMs: 250,
        pollMs: 3_600_000,
        ...defaults,
        ...parts,
      };
      const sender = createSender(all);
      senders.push(sender);
      return sender;
    },
    /** A planned message; its text is its dedupe key where no other is given. */
    planned(chat: string, kind: Kind, text: string, more: Partial<Planned> = {}): Planned {
      const address = { platform: 'scripted', account: 'bot', chat };
      return { communityId: 'c1', address, kind, dedupeKey: text, message: { text }, ...more };
    },
    async write(...messages: Planned[]): Promise<Outgoing[]> {
      return storage.transaction((tx) => outbox.enqueue(tx, messages));
    },
    /** Each message with its state, in order: `text state`, and the failure where there is one. */
    async states(): Promise<string[]> {
      const rows = await storage.read.outbox.findMany({ orderBy: { id: 'asc' } });
      return rows.map(({ dedupeKey, state, failure }) => `${dedupeKey} ${state}${failure === null ? '' : ` (${failure})`}`);
    },
    row: (dedupeKey: string) => storage.read.outbox.findUniqueOrThrow({ where: { dedupeKey } }),
    async event(eventId: string): Promise<void> {
      await storage.read.community.upsert({
        where: { id: 'c1' },
        create: { id: 'c1', name: '费家营', timeZone: 'Asia/Shanghai', locale: 'zh-CN' },
        update: {},
      });
      await storage.read.event.create({
        data: { id: eventId, communityId: 'c1', ref: randomUUID(), title: '书法班', status: 'published', createdBy: 'p1' },
      });
    },
    /** Ends all senders hard, whatever hangs. */
    stop: () => Promise.all(senders.map((sender) => sender.stop(100))),
  };
}

export type Rig = ReturnType<typeof createRig>;

/** Waits until something that nobody can be asked to drain has come true; long, since the machine may be busy. */
export const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 15_000, interval: 10 });
