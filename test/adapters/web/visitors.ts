import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { OnMode, Visitor, VisitorBook } from '../../../src/adapters/web/index.js';
import { createRig, now, type Rig, type RigOptions } from './rig.js';

export interface MemoryBook extends VisitorBook {
  readonly rows: Map<string, Visitor & { readonly tokenHash: string }>;
  /** Chats whose words were taken away. */
  readonly emptied: string[];
}

/** Visitors in memory. */
function createMemoryBook(): MemoryBook {
  const rows: MemoryBook['rows'] = new Map();
  const emptied: string[] = [];
  return {
    rows,
    emptied,
    add: async (visitor) => void rows.set(visitor.id, visitor),
    byToken: async (tokenHash) => [...rows.values()].find((row) => row.tokenHash === tokenHash) ?? null,
    byId: async (id) => rows.get(id) ?? null,
    these: async (ids) => ids.flatMap((id) => rows.get(id) ?? []),
    seen: async (id, at) => {
      const row = rows.get(id);
      if (row && row.seenAt < at) rows.set(id, { ...row, seenAt: at });
    },
    lastSeenBefore: async (time, kiosk) => [...rows.values()].filter((row) => row.kiosk === kiosk && row.seenAt < time).map(({ id }) => id),
    forget: async (id, chat) => {
      rows.delete(id);
      emptied.push(chat);
    },
  };
}

/** Somebody who has come in, as their browser is. */
export interface Guest {
  readonly id: string;
  readonly chat: string;
  /** `NAME=TOKEN`, as the browser sends it. */
  readonly cookie: string;
  get(path: string): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  /** What stands in a chat. */
  reads(chat?: string): Promise<readonly string[]>;
}

export interface OnRig extends Rig {
  readonly book: MemoryBook;
  /** Who was told to be forgotten. */
  readonly told: readonly string[];
  /** Moves the house's clock on by so many ms. */
  advance(ms: number): void;
  enter(name: string, kiosk?: boolean): Promise<Guest>;
  guest(cookie: string): Promise<Guest>;
  /** Starts another adapter where this one stood, before the same core or another one. */
  again(next?: Parameters<typeof createRig>[0]): Promise<OnRig>;
}

const introduction = z.object({ me: z.string() });
const history = z.object({ messages: z.array(z.object({ text: z.string() })) });

export const lobby = { id: 'lobby', title: '幸福里居民群' };

/** Another adapter may stand at the same port next: no connection to this one is used again. */
export const once = { connection: 'close' };

const postTo = (url: string, path: string, body: unknown, cookie: string): Promise<Response> =>
  fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...once },
    body: JSON.stringify(body),
  });

/** Whoever this cookie makes one, at this address. */
export async function guestAt(url: string, cookie: string): Promise<Guest> {
  const get = (path: string) => fetch(new URL(path, url), { headers: { cookie, ...once } });
  const { me } = introduction.parse(await (await get('/web/people')).json());
  const chat = `p-${me}`;
  return {
    id: me,
    chat,
    cookie,
    get,
    post: (path, body) => postTo(url, path, body, cookie),
    reads: async (where = chat) =>
      history.parse(await (await get(`/web/history?chat=${encodeURIComponent(where)}`)).json()).messages.map(({ text }) => text),
  };
}

/** Comes in at this address under a name. */
export async function enterAt(url: string, name: string, kiosk = false): Promise<Guest> {
  const response = await postTo(url, '/web/enter', { name, kiosk }, '');
  if (response.status !== 200) throw new Error(`enter: ${response.status} ${await response.text()}`);
  return guestAt(url, (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
}

type Options = Omit<RigOptions, 'way' | 'clock'> & { readonly way?: Partial<OnMode> };

/** The web chat in mode `on`, behind a real port. */
export async function createOnRig(core?: Parameters<typeof createRig>[0], options: Options = {}, after?: OnRig): Promise<OnRig> {
  const book = after?.book ?? createMemoryBook();
  const told: string[] = [];
  let ahead = 0;
  let count = book.rows.size;
  const { way, ...others } = options;
  const rig = await createRig(
    core,
    {
      ...others,
      clock: () => now + ahead,
      way: {
        mode: 'on',
        visitors: book,
        publicUrl: undefined,
        group: lobby,
        onForgotten: async (id) => void told.push(id),
        newToken: () => randomBytes(32).toString('base64url'),
        newVisitorId: () => `v${String((count += 1)).padStart(4, '0')}`,
        ...way,
      },
    },
    after,
  );

  const opened: OnRig = {
    ...rig,
    book,
    told,
    advance: (ms) => void (ahead += ms),
    enter: (name, kiosk) => enterAt(rig.url, name, kiosk),
    guest: (cookie) => guestAt(rig.url, cookie),
    again: async (next = core) => {
      await rig.close();
      return createOnRig(next, options, opened);
    },
  };
  return opened;
}
