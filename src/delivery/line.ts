import { policyOf } from './kinds.js';
import type { Outgoing } from './outbox.js';

/** What a chat does after one of its messages: `hold` when that message is to be tried again, so that nothing overtakes it. */
export type Next = 'next' | 'hold';

/** The messages in hand of one account: one after another within a chat, chats at once up to a limit. */
export interface Line {
  /** Takes a message to be delivered. */
  add(row: Outgoing): void;
  /** The chat's earliest message was claimed anew, so nothing can overtake it any more. */
  unhold(chat: string): void;
  /** How many more chats it takes; none while enough wait already. */
  free(): number;
  /** Ids of all messages in hand. */
  ids(): number[];
  /** Resolves when those in delivery now are done. */
  settled(): Promise<void>;
  /** Takes out all that were not begun. */
  empty(): Outgoing[];
}

/** Makes an empty line. `deliver` never rejects; `putBack` gives a message back to the database, unsent; `onDone` is called when a chat is free again after one of its messages. */
export function createLine(parts: {
  limit: number;
  deliver: (row: Outgoing) => Promise<Next>;
  putBack: (row: Outgoing) => Promise<void>;
  onDone: (row: Outgoing) => void;
}): Line {
  const { limit, deliver, putBack, onDone } = parts;
  const waiting = new Map<string, Outgoing[]>();
  const busy = new Map<string, Promise<void>>();
  const held = new Set<string>();
  // By object, not by id: a message that was put back may be claimed again before the hand that put it back lets go.
  const inHand = new Set<Outgoing>();

  const takeNext = (): Outgoing | undefined => {
    let best: Outgoing | undefined;
    for (const [chat, [row]] of waiting) {
      if (row && !busy.has(chat) && (!best || before(row, best))) best = row;
    }
    if (!best) return undefined;
    const { chat } = best.address;
    const line = waiting.get(chat) ?? [];
    line.shift();
    if (line.length === 0) waiting.delete(chat);
    return best;
  };

  const fill = (): void => {
    while (busy.size < limit) {
      const row = takeNext();
      if (!row) return;
      busy.set(row.address.chat, serve(row));
    }
  };

  const serve = async (row: Outgoing): Promise<void> => {
    const { chat } = row.address;
    const next = held.has(chat) ? await putBack(row).then((): Next => 'hold') : await deliver(row);
    inHand.delete(row);
    if (next === 'hold') await hold(chat);
    busy.delete(chat);
    fill();
    onDone(row);
  };

  const hold = async (chat: string): Promise<void> => {
    held.add(chat);
    const rest = waiting.get(chat) ?? [];
    waiting.delete(chat);
    await Promise.all(rest.map(putBack));
    for (const row of rest) inHand.delete(row);
  };

  return {
    add(row) {
      const { chat } = row.address;
      inHand.add(row);
      const line = waiting.get(chat);
      if (line) line.push(row);
      else waiting.set(chat, [row]);
      fill();
    },
    unhold: (chat) => void held.delete(chat),
    // Taken ahead in one go, since a claim reads all that waits; but no more than leave in about a second.
    free: () => (waiting.size < limit ? 4 * limit - waiting.size : 0),
    ids: () => [...inHand].map(({ id }) => id),
    async settled() {
      await Promise.all(busy.values());
    },
    empty() {
      const rows = [...waiting.values()].flat();
      waiting.clear();
      for (const row of rows) inHand.delete(row);
      return rows;
    },
  };
}

const before = (a: Outgoing, b: Outgoing): boolean => {
  const lanes = policyOf(a.kind).lane - policyOf(b.kind).lane;
  return lanes < 0 || (lanes === 0 && a.id < b.id);
};
