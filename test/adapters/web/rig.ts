import { readFileSync } from 'node:fs';
import {
  createWebAdapter,
  type LoggedMessage,
  type MessageLog,
  type OnMode,
  type TryMode,
  type TryPerson,
  type WebAdapter,
  type WebAdapterOptions,
} from '../../../src/adapters/web/index.js';
import type { Inbound, Outbound, Receipt } from '../../../src/chat/index.js';
import { createServer } from '../../../src/server/index.js';

/** Tuesday 2026-07-28 10:00 in Shanghai. */
export const now = Date.UTC(2026, 6, 28, 2);

export const people: readonly TryPerson[] = [
  { id: 'gao', name: '高社工', note: '社工' },
  { id: 'fang', name: '方小雨', note: '妈妈,孩子8岁' },
  { id: 'he', name: '何奶奶', note: '奶奶,带孙子' },
];
export const groups = [{ id: 'g1', title: '幸福里居民群' }];

const readTexts = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../../locales/${locale}/web.json`, import.meta.url), 'utf8')) as Record<string, string>; // the locale test checks its shape
export const texts = { 'zh-CN': readTexts('zh-CN'), en: readTexts('en') };

export interface MemoryLog extends MessageLog {
  readonly rows: (LoggedMessage & { readonly chat: string; readonly key: string })[];
  /** With false, a key that comes again is written again: the guard off. */
  dedupes: boolean;
  /** Names of the updates that the core took, as its inbox would know them. */
  readonly heard: Set<string>;
}

export function createMemoryLog(): MemoryLog {
  const rows: MemoryLog['rows'] = [];
  const contents = new Map<string, Uint8Array>();
  const log: MemoryLog = {
    rows,
    dedupes: true,
    heard: new Set(),
    append: async ({ content, ...message }) => {
      const known = log.dedupes ? rows.find(({ key }) => key === message.key) : undefined;
      if (known) return { id: known.id, at: known.at, fresh: false };
      const row = { ...message, id: String(rows.length + 1) };
      rows.push(row);
      if (content) contents.set(row.id, content);
      return { id: row.id, at: row.at, fresh: true };
    },
    replace: async (id, payload, content) => {
      const at = rows.findIndex((row) => row.id === id);
      const old = rows[at];
      if (!old) return false;
      rows[at] = { ...old, payload };
      contents.delete(id);
      if (content) contents.set(id, content);
      return true;
    },
    content: async (chat, id) => (rows.some((row) => row.chat === chat && row.id === id) ? (contents.get(id) ?? null) : null),
    bytesOf: async (sender, except) =>
      rows.filter((row) => row.sender === sender && row.key !== except).reduce((sum, { id }) => sum + (contents.get(id)?.length ?? 0), 0),
    one: async (chat, id) => rows.find((row) => row.chat === chat && row.id === id) ?? null,
    list: async (chat, limit, before) =>
      rows.filter((row) => row.chat === chat && (before === undefined || Number(row.id) < Number(before))).slice(-limit),
    unheard: async ({ since, updates }) => {
      const heard = (key: string): boolean => log.heard.has(`${updates}${key.slice(3)}`);
      const wentOn = (sender: string, from: number): boolean => rows.slice(from).some((row) => row.sender === sender && heard(row.key));
      return rows.filter(({ key, sender, at }, place) => sender !== null && at >= since && !heard(key) && !wentOn(sender, place));
    },
  };
  return log;
}

export interface Rig {
  readonly url: string;
  readonly web: WebAdapter;
  readonly log: MemoryLog;
  /** What the core was handed, in order. */
  readonly inbounds: Inbound[];
  /** Logged by the server. */
  readonly logged: { readonly fields: Readonly<Record<string, unknown>>; readonly message: string }[];
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Posts a file as the page does; `message` overrides what its header says. */
  upload(bytes: Uint8Array<ArrayBuffer>, message?: Readonly<Record<string, unknown>>, headers?: Record<string, string>): Promise<Response>;
  send(chat: string, message: Outbound, key: string): Promise<string>;
  close(): Promise<void>;
}

/** The mode, `try` unless told, and whatever else is not as usual. */
export type RigOptions = Partial<Omit<WebAdapterOptions, 'mode'>> & {
  readonly way?: TryMode | OnMode;
  /** Who may say for whom a request is passed on. */
  readonly trustedProxy?: string;
};

type Core = (inbound: Inbound, rig: Rig) => Promise<Receipt>;

/** A core that takes everything but while `failing` says otherwise. */
export const coreFailingWhile =
  (failing: () => boolean, receipt: Receipt = {}): Core =>
  async () => {
    if (failing()) throw new Error('commit failed');
    return receipt;
  };

/** The web adapter behind a real port, before a core of the test's own. `after` starts it where another one stood, with what that one kept. */
export async function createRig(
  core: Core = async () => ({}),
  { way = { mode: 'try', people, groups }, trustedProxy, ...options }: RigOptions = {},
  after?: Rig,
): Promise<Rig> {
  const log = after?.log ?? createMemoryLog();
  const inbounds: Inbound[] = [];
  const logged: Rig['logged'] = [];
  const web = createWebAdapter({
    ...way,
    log,
    texts,
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    page: new URL('../../../src/adapters/web/page/', import.meta.url),
    clock: () => now,
    ...options,
  });
  const write = (fields: Readonly<Record<string, unknown>>, message: string): void => void logged.push({ fields, message });
  let faults = 0;
  const server = createServer({
    host: '127.0.0.1',
    port: after ? Number(new URL(after.url).port) : 0,
    routes: web.routes,
    trustedProxy,
    health: async () => ({ live: true, ready: true, parts: {} }),
    log: { info: write, error: write },
    texts: texts['zh-CN'] as Record<'bodyTooLarge' | 'notFound' | 'badRequest' | 'fault' | 'tooManyAtOnce', string>, // the locale test checks that they are there
    newId: () => `F${++faults}`,
  });
  const listening = await server.listen();
  if (!listening.ok) throw new Error(listening.code);
  const rig: Rig = {
    url: listening.url,
    web,
    log,
    inbounds,
    logged,
    post: (path, body, headers = {}) =>
      fetch(new URL(path, listening.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    upload: (bytes, message = {}, headers = {}) => {
      const said = { as: 'fang', chat: 'p-fang', clientId: 'client-0001', name: 'a.bin', type: '', text: '', ...message };
      return fetch(new URL('/web/files', listening.url), {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'linli-message': encodeURIComponent(JSON.stringify(said)), ...headers },
        body: bytes,
      });
    },
    send: async (chat, message, key) => {
      const result = await web.send({ platform: 'web', account: web.account, chat }, message, key);
      if (!result.ok) throw new Error(result.failure.type);
      return result.messageId;
    },
    close: async () => {
      await web.stop();
      await server.close();
    },
  };
  await web.start(async (inbound) => {
    inbounds.push(inbound);
    const receipt = await core(inbound, rig);
    log.heard.add(`web:${web.account}:${inbound.id}`);
    return receipt;
  });
  return rig;
}
