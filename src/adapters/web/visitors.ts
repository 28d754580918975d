import type { Sender } from '../../chat/index.js';
import type { Refusal } from './answers.js';
import type { Entrance } from './entrance.js';
import { isIn, privateChatOf, type TryGroup, type WebChat } from './neighbours.js';
import { hashOf, keptMs, type PassCookie } from './pass.js';
import type { Visitor, VisitorBook } from './visitorBook.js';

/** How often it is written down that somebody who writes is here, and somebody who only looks, ms. */
const writtenDown = { writing: 60_000, looking: 24 * 60 * 60 * 1000 };
/** How many names are kept at hand. */
const mostNames = 5_000;

export interface VisitorParts {
  readonly book: VisitorBook;
  readonly cookie: PassCookie;
  /** The group that every visitor is in; null for none. */
  readonly group: TryGroup | null;
  /** After how long (ms) without a touch a device that many use forgets its visitor. */
  readonly kioskMs: number;
  readonly clock: () => number;
  /** Unguessable, 43 signs of base64url. */
  readonly newToken: () => string;
  readonly newId: () => string;
  /** Ends the open pages of somebody who is forgotten. */
  readonly close: (id: string) => void;
  /** Tells whoever else knows them that they are forgotten. */
  readonly forgotten: (id: string) => Promise<void>;
}

/** Mode `on`: everybody who comes is a visitor of their own, known by a cookie, and stays until they leave or are forgotten. */
export interface Visitors extends Entrance {
  /** Writes a new visitor down. The cookie makes whoever gets it this visitor. */
  enter(name: string, kiosk: boolean): Promise<{ readonly visitor: Sender; readonly cookie: string }>;
  /** Forgets a visitor with everything that was said in their private chat: nobody could come back to it. */
  forget(id: string): Promise<void>;
  /** Forgets those whose time is over. */
  forgetOver(): Promise<void>;
}

export function createVisitors(parts: VisitorParts): Visitors {
  const { book, cookie, group, kioskMs, clock, newToken, newId, close, forgotten } = parts;
  /** When each visitor of a device that many use was here last, as far as this process knows. */
  const touches = new Map<string, number>();
  const names = new Map<string, string>();
  let lookedForOldAt = Number.NEGATIVE_INFINITY;

  const isOver = ({ kiosk, seenAt }: Pick<Visitor, 'kiosk' | 'seenAt'>): boolean => clock() - seenAt >= (kiosk ? kioskMs : keptMs);
  const senderOf = ({ id, name }: Pick<Visitor, 'id' | 'name'>): Sender => ({ id, name, privateChat: privateChatOf(id) });
  const remember = ({ id, name, kiosk, seenAt }: Visitor): void => {
    names.delete(id);
    names.set(id, name);
    const [first] = names.keys();
    if (names.size > mostNames && first !== undefined) names.delete(first);
    if (kiosk) touches.set(id, Math.max(seenAt, touches.get(id) ?? 0));
  };
  const touch = async (visitor: Visitor, writing: boolean): Promise<void> => {
    const now = clock();
    // What the page asks by itself is no touch: a device that many use would never forget.
    const due = visitor.kiosk ? writing : now - visitor.seenAt >= (writing ? writtenDown.writing : writtenDown.looking);
    if (!due) return;
    if (visitor.kiosk) touches.set(visitor.id, now);
    await book.seen(visitor.id, now);
  };
  const forget = async (id: string): Promise<void> => {
    // First nothing more is told, then it is taken away: the other way round, a page would hear what is forgotten already.
    close(id);
    await book.forget(id, privateChatOf(id));
    // And what was opened meanwhile.
    close(id);
    names.delete(id);
    touches.delete(id);
    await forgotten(id);
  };
  const visitorOf = async (request: Request): Promise<Visitor | null> => {
    const token = cookie.read(request);
    const visitor = token === null ? null : await book.byToken(hashOf(token));
    if (!visitor) return null;
    if (isOver(visitor)) {
      await forget(visitor.id);
      return null;
    }
    remember(visitor);
    await touch(visitor, request.method === 'POST');
    return visitor;
  };
  const known = async (id: string): Promise<Visitor | null> => {
    const visitor = await book.byId(id);
    return visitor && !isOver(visitor) ? visitor : null;
  };

  const who = async (request: Request, as: string | undefined): Promise<Sender | Refusal> => {
    // Nobody may ask in another's name, and a page that does is one of another mode.
    if (as !== undefined) return 'badRequest';
    const visitor = await visitorOf(request);
    return visitor ? senderOf(visitor) : 'notEntered';
  };
  const isHere = (id: string): boolean => {
    const touchedAt = touches.get(id);
    return touchedAt === undefined || !isOver({ kiosk: true, seenAt: touchedAt });
  };

  return {
    who,
    listener: who,
    person: async (id) => {
      const visitor = await known(id);
      return visitor && senderOf(visitor);
    },
    chat: async (id): Promise<WebChat | null> => {
      if (group && id === group.id) return { ...group, kind: 'group' };
      const person = id.slice(privateChatOf('').length);
      return id === privateChatOf(person) && (await known(person)) ? { id, kind: 'private', person } : null;
    },
    hears: (id, chat) => isIn(id, chat) && isHere(id),
    names: async (ids) => Object.fromEntries((await book.these(ids)).map(({ id, name }) => [id, name])),
    nameOf: (id) => names.get(id),
    introduce: async (request) => {
      const visitor = await visitorOf(request);
      const token = cookie.read(request);
      if (!visitor || token === null) return 'notEntered';
      const me = { id: visitor.id, name: visitor.name, privateChat: privateChatOf(visitor.id) };
      const about = { people: [me], groups: group ? [group] : [], me: me.id, ...(visitor.kiosk ? { forgetsAfterMs: kioskMs } : {}) };
      // Given anew at each opening, so that it lasts for as long as its visitor comes.
      return { about, cookie: cookie.give(token, visitor.kiosk) };
    },
    enter: async (name, kiosk) => {
      const visitor = { id: newId(), name, kiosk, seenAt: clock() };
      const token = newToken();
      await book.add({ ...visitor, tokenHash: hashOf(token) });
      remember(visitor);
      return { visitor: senderOf(visitor), cookie: cookie.give(token, kiosk) };
    },
    forget,
    forgetOver: async () => {
      const now = clock();
      // Asked each second, so those who are kept for long are looked for once an hour.
      const old = Math.abs(now - lookedForOldAt) >= 3_600_000;
      if (old) lookedForOldAt = now;
      const over = [
        ...(await book.lastSeenBefore(now - kioskMs + 1, true)),
        ...(old ? await book.lastSeenBefore(now - keptMs + 1, false) : []),
      ];
      for (const id of over) await forget(id);
    },
  };
}
