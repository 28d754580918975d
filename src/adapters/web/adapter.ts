import type { Adapter, Capabilities, Receive, Route } from '../../chat/index.js';
import { refuser } from './answers.js';
import { tryEntrance } from './entrance.js';
import { fetchFile } from './files.js';
import { isFromHere } from './guard.js';
import { createHub, type StreamLimits } from './hub.js';
import { createIntake, type Intake } from './intake.js';
import { noLimits } from './limits.js';
import type { MessageLog } from './log.js';
import type { TryGroup, TryPerson, WebChat } from './neighbours.js';
import { openToVisitors, type OnMode } from './onMode.js';
import { readPage } from './page.js';
import { asView, shownBy, type MessageView } from './payload.js';
import type { ForwardStep } from './requests.js';
import { webRoutes } from './routes.js';

/** Anybody on this computer may be any of the sample people; nobody else may come in. */
export interface TryMode {
  readonly mode: 'try';
  readonly people: readonly TryPerson[];
  readonly groups: readonly TryGroup[];
}

interface WebAdapterParts {
  readonly log: MessageLog;
  /** Locale → the texts of its `web.json`. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The locale of what is said before the page knows its reader's. */
  readonly locale: string;
  /** The zone (IANA) of the times that stand on the page: those that the bot writes are the community's, wherever the reader's device is. */
  readonly zone: string;
  /** The folder with the page's files (`src/adapters/web/page/`), with a slash at its end: a bundle does not stand where its sources do. */
  readonly page: URL;
  /** Now, ms since the epoch. */
  readonly clock: () => number;
  /** Puts the clock of the community forward, where it may be; false when it may go no further. */
  readonly forward?: (step: ForwardStep) => Promise<boolean>;
  /** How many pages may be open at once. */
  readonly streams?: StreamLimits;
  readonly heartbeatMs?: number;
}

export type WebAdapterOptions = WebAdapterParts & (TryMode | OnMode);

/** The web chat as an adapter: it always has routes. */
export interface WebAdapter extends Adapter {
  readonly routes: readonly Route[];
}

const platform = 'web';

/** Words older than this (ms) are no longer taken up: nobody waits for their answer. Far below the week after which the core forgets what it took. */
const takenUpWithinMs = 24 * 60 * 60 * 1000;

/** Where only this computer may come, everybody has one address, and several may be one sample person. */
const usualStreams: Readonly<Record<'try' | 'on', StreamLimits>> = {
  try: { inAll: 200, ofAPerson: 200, ofAnAddress: 200 },
  on: { inAll: 2_000, ofAPerson: 6, ofAnAddress: 200 },
};

/** Any text is shown whole, a long one in a bubble that opens on demand. Whoever comes is in the group from the start and stays. */
const capabilities: Capabilities = {
  buttons: true,
  edits: true,
  files: true,
  filesIn: true,
  membership: false,
  replies: true,
  mentions: true,
  notices: true,
  idempotentSends: true,
  stableIds: true,
  maxText: Infinity,
};

/**
 * Builds the web chat: a page, its data and its events. Throws when the page's files are missing or ids are there twice.
 * @example
 * const web = createWebAdapter({ mode: 'try', people, groups, log, texts, locale: 'zh-CN', clock, page: new URL('../src/adapters/web/page/', import.meta.url) });
 * const server = createServer({ routes: web.routes, … });
 * await web.start(core.receive);
 */
export function createWebAdapter(options: WebAdapterOptions): WebAdapter {
  const { mode: account, log, texts, locale, zone, clock, streams = usualStreams[options.mode], heartbeatMs = 20_000 } = options;
  const refuse = refuser(texts[locale] ?? {});
  const botNames = [...new Set(Object.values(texts).flatMap((some) => some['bot'] ?? []))];
  const hub = createHub({ most: streams, heartbeatMs });
  const underWay = new Set<Promise<unknown>>();
  /** Null while no updates are taken. */
  let taking: { readonly intake: Intake; readonly receive: Receive } | null = null;

  const track = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };

  const openOn = (on: OnMode) => {
    const visitors = openToVisitors(on, {
      platform,
      clock,
      botNames,
      otherLocales: Object.keys(texts).filter((one) => one !== locale),
      refuse,
      close: hub.end,
      settled: () => Promise.allSettled(underWay),
      receive: async (inbound) => {
        if (!taking) return false;
        return track(taking.receive(inbound)).then(
          () => true,
          () => false,
        );
      },
    });
    return { entrance: visitors.entrance, visitors };
  };
  const { entrance, visitors } =
    options.mode === 'try' ? { entrance: tryEntrance(options.people, options.groups), visitors: null } : openOn(options);
  const mayHear =
    (chat: WebChat) =>
    (person: string): boolean =>
      entrance.hears(person, chat);
  const show = (chat: WebChat, message: MessageView): void => {
    const by = chat.kind === 'group' && message.sender !== null ? entrance.nameOf(message.sender) : undefined;
    hub.tell({ event: 'message', data: { chat: chat.id, message, by } }, mayHear(chat));
  };

  const routes = webRoutes({
    entrance,
    desk: visitors?.desk ?? null,
    admits: visitors?.admits ?? isFromHere,
    limits: visitors?.limits ?? noLimits,
    says: visitors ? { elsewhere: 'notHere', notIn: 'unknownChat' } : { elsewhere: 'forbidden', notIn: 'forbidden' },
    texts,
    page: readPage(options.page, locale, texts[locale] ?? {}),
    log,
    hub,
    refuse,
    ourTexts: texts[locale] ?? {},
    intake: () => taking?.intake ?? null,
    track,
    clock,
    zone,
    forward: options.mode === 'try' ? options.forward : undefined,
  });

  return {
    platform,
    account,
    capabilities,
    routes,
    start: async (receive: Receive) => {
      const opened = createIntake({ platform, account, botNames, log, clock, receive, show });
      const left = await log.unheard({ since: clock() - takenUpWithinMs, updates: `${platform}:${account}:` });
      // Before anything new is taken, so that everybody's words keep their order.
      for (const row of left) {
        const from = await entrance.person(row.sender ?? '');
        const chat = await entrance.chat(row.chat);
        if (from && chat) await opened.takeUp({ from, chat }, row);
      }
      taking = { intake: opened, receive };
      visitors?.begin();
    },
    send: async (to, message, key) => {
      const chat = await entrance.chat(to.chat);
      if (!chat) return { ok: false, failure: { type: 'gone' } };
      const payload = shownBy(message);
      const row = await log.append({
        key: `out:${key}`,
        chat: chat.id,
        sender: null,
        at: clock(),
        payload: JSON.stringify(payload),
        ...(message.file ? { content: message.file.data } : {}),
      });
      if (row.fresh) show(chat, asView(payload, { id: row.id, sender: null, at: row.at }));
      return { ok: true, messageId: row.id };
    },
    edit: async (to, messageId, message) => {
      const chat = await entrance.chat(to.chat);
      const payload = shownBy(message);
      if (!chat || !(await log.replace(messageId, JSON.stringify(payload), message.file?.data)))
        return { ok: false, failure: { type: 'gone' } };
      const { at: _, ...changed } = asView(payload, { id: messageId, sender: null, at: 0 });
      hub.tell({ event: 'changed', data: { chat: chat.id, message: changed } }, mayHear(chat));
      return { ok: true, messageId };
    },
    fetchFile: ({ chat }, id, maxBytes) => fetchFile(log, chat, id, maxBytes),
    stop: async () => {
      taking = null;
      await visitors?.end();
      await Promise.allSettled(underWay);
      hub.close();
    },
  };
}
