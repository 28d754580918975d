import type { Address, Outbound } from '../chat/index.js';
import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { chatKey } from './address.js';
import { type Kind, kinds } from './kinds.js';
import { sealMessage } from './payload.js';
import type { NewRow, Row } from './row.js';
import { insertRows } from './rows.js';

/** A message to be sent once a transaction has committed. Times are ms since the epoch. */
export interface Planned {
  readonly communityId: string;
  readonly address: Address;
  readonly kind: Kind;
  /** Names this message for ever: planned again under the same key, it is not written again. */
  readonly dedupeKey: string;
  readonly message: Outbound;
  /** Not earlier than this; left out: at once. */
  readonly notBefore?: number;
  /** Later it makes no more sense; left out: the life of its kind. */
  readonly expiresAt?: number;
}

/** A message that is ready to be shown: its row without the sealed payload, and what it says. */
export interface Outgoing extends Omit<Row, 'payload'> {
  readonly message: Outbound;
}

/** Where features and turns put messages. */
export interface Outbox {
  /**
   * Writes messages in the given order, in the transaction of what they tell about. Returns what was written; the caller hands it
   * to `sender.sendNow` after its commit. What is left out was there before under its dedupe key.
   *
   * @example
   * const written = await storage.transaction((tx) => outbox.enqueue(tx, [{ communityId, address, kind: 'reply', dedupeKey: `${uid}:0`, message }]));
   * sender.sendNow(written);
   */
  enqueue(tx: Tx, messages: readonly Planned[]): Promise<Outgoing[]>;
}

// How long the writer of a message that is born `sending` has for its commit and for handing it to the sender.
const bornLeaseMs = 30_000;

/** Makes the outbox. */
export function createOutbox({ sealer, clock }: { sealer: Sealer; clock: () => number }): Outbox {
  const rowsOf = (messages: readonly Planned[]): NewRow[] => {
    const now = clock();
    const waiting = new Set<string>();
    return messages.map(({ communityId, address, kind, dedupeKey, message, notBefore = 0, expiresAt = now + kinds[kind].lifeMs }) => {
      const chat = chatKey(address);
      // A reply behind a message that waits for the sender waits too, so that they leave in order.
      const state = notBefore > now || waiting.has(chat) ? 'ready' : kinds[kind].born;
      if (state === 'ready') waiting.add(chat);
      const payload = sealMessage(sealer, message, dedupeKey);
      return { communityId, address, kind, dedupeKey, createdAt: now, notBefore, expiresAt, state, payload, leaseUntil: now + bornLeaseMs };
    });
  };

  return {
    async enqueue(tx, messages) {
      if (messages.length === 0) return [];
      const rows = rowsOf(messages);
      const written = new Map((await insertRows(tx, rows)).map((row) => [row.dedupeKey, row]));
      return rows.flatMap((row, at): Outgoing[] => {
        const found = written.get(row.dedupeKey);
        const message = messages[at]?.message;
        if (!found || !message) return [];
        // Only the first of two messages with one key in one list was written.
        written.delete(row.dedupeKey);
        const { address, kind, dedupeKey, createdAt, notBefore, expiresAt } = row;
        return [
          {
            id: found.id,
            state: found.state,
            address,
            kind,
            dedupeKey,
            createdAt,
            notBefore,
            expiresAt,
            tries: 0,
            failure: null,
            fence: 0,
            message,
          },
        ];
      });
    },
  };
}
