import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { createMemoryAdapter, type MemoryAdapter } from '../../src/adapters/memory.js';
import { createApp, type App, type AppParts } from '../../src/app.js';
import type { Adapter } from '../../src/chat/index.js';
import { readTexts } from '../../src/i18n/index.js';
import type { Ids } from '../../src/ids.js';
import { firstCommunity, linkGroup, openClaim, type Community } from '../../src/people/index.js';
import { createSealer, type Sealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { createTalk, type Talk } from '../../src/transcript.js';
import { readAnnouncement } from '../../src/understand/index.js';

export const timeZone = 'Asia/Shanghai';
export const code = 'LINLI-2026';
export const group = { id: 'group', title: '居民群' };
export const texts = readTexts(fileURLToPath(new URL('../../locales', import.meta.url)));

// The first reading of a process is slow, and on a busy machine a turn has no time for it.
readAnnouncement('新活动 书法班 8月5日19:00-20:30 党群活动中心一楼 名额2人 18岁以上', { now: 0, timeZone });

/** ms since the epoch of a wall time in Shanghai. */
export const at = (wall: string): number => Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds;

/** Ids that come out the same in every run. `salt` keeps two processes on one database apart. */
export function countingIds(salt = ''): Ids {
  let count = 0;
  let codes = 0;
  const next = (name: string) => `${name}${salt}${String((count += 1)).padStart(8, '0')}`;
  let pins = 0;
  let places = 0;
  return {
    id: () => next('id'),
    ref: () => next('ref'),
    token: () => next('tok'),
    pass: () => next('pass').padEnd(43, '_'),
    visitor: () => next('v'),
    fault: () => next('F'),
    // Such digits as real ones have: 0 and 1 look like letters.
    code: () =>
      `CODE-${(codes += 1)
        .toString(8)
        .padStart(4, '0')
        .replace(/\d/gu, (digit) => String(Number(digit) + 2))}`,
    placeCode: () =>
      (places += 1)
        .toString(8)
        .padStart(6, '0')
        .replace(/\d/gu, (digit) => String(Number(digit) + 2)),
    pin: () => `8306-${String((pins += 1)).padStart(4, '0')}`,
  };
}

/** A whole Linli on a memory adapter, with a clock that stands still. */
export interface TestHouse {
  readonly app: App;
  readonly adapter: MemoryAdapter;
  readonly community: Community;
  readonly sealer: Sealer;
  readonly talk: Talk;
  /** What was logged: fields and words. */
  readonly logged: readonly string[];
  now(): number;
  setClock(wall: string): void;
  advance(ms: number): void;
}

type Options = Partial<Pick<AppParts, 'extra' | 'readLocked' | 'maxBatch' | 'subscriptions'>> & {
  readonly now?: string;
  readonly salt?: string;
  readonly sealer?: Sealer;
  /** Instead of the memory adapter that the house makes. */
  readonly adapter?: MemoryAdapter;
  readonly wrap?: (adapter: Adapter) => Adapter;
};

/** Builds a house on a database. The caller starts what it needs; nothing runs by itself but turns and sends. */
export async function buildHouse(storage: Storage, options: Options = {}): Promise<TestHouse> {
  let now = at(options.now ?? '2026-07-28T10:00');
  const clock = () => now;
  const ids = countingIds(options.salt);
  const sealer = options.sealer ?? createSealer(new Uint8Array(randomBytes(32)));
  const adapter = options.adapter ?? createMemoryAdapter({ clock, groups: [group] });
  const logged: string[] = [];
  const write = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`);
  const log = { info: write, warn: write, error: write };
  const app = createApp({
    storage,
    sealer,
    adapters: [options.wrap?.(adapter) ?? adapter],
    texts,
    locale: 'zh-CN',
    clock,
    ids,
    log,
    minEditMs: 0,
    cron: () => () => Promise.resolve(),
    ...(options.extra ? { extra: options.extra } : {}),
    ...(options.subscriptions ? { subscriptions: options.subscriptions } : {}),
    ...(options.readLocked ? { readLocked: options.readLocked } : {}),
    ...(options.maxBatch === undefined ? {} : { maxBatch: options.maxBatch }),
  });
  const community = await storage.transaction(async (tx) => {
    const made = await firstCommunity(tx, { name: '费家营社区', timeZone, locale: 'zh-CN' }, ids.id, now);
    await linkGroup(tx, { platform: adapter.platform, account: adapter.account, chat: group.id, title: group.title }, made.id, ids.id);
    await openClaim(tx, { sealer, communityId: made.id, given: code, make: ids.code });
    return made;
  });
  await app.start();
  const talk = createTalk({
    adapter,
    groups: [group],
    settle: app.settle,
    moveClock: async (wall) => {
      now = at(wall);
      await app.tick();
    },
  });
  return {
    app,
    adapter,
    community,
    sealer,
    talk,
    logged,
    now: clock,
    setClock: (wall) => void (now = at(wall)),
    advance: (ms) => void (now += ms),
  };
}
