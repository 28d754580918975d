import type { Address } from '../chat/index.js';
import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { chatKey } from './address.js';
import { type Kind, kinds } from './kinds.js';
import { type Contents, sealMessage } from './payload.js';
import type { NewRow, Row } from './row.js';
import { insertRows } from './rows.js';

/** A message to be sent once a transaction has committed. Times are ms since the epoch. */
export interface Planned extends Contents {
  readonly communityId: string;
  readonly address: Address;
  readonly kind: Kind;
  /** Names this message for ever: planned again under the same key, it is not written again. */
  readonly dedupeKey: string;
  /** Not earlier than this; left out: at once. */
  readonly notBefore?: number;
  /** Later it makes no more sense; left out: the life of its kind. */
  readonly expiresAt?: number;
}

/** A message in hand: its row without the sealed payload, and what it says. */
export interface Outgoing extends Omit<Row, 'payload'>, Contents {}

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
    return messages.map(
      ({ communityId, address, kind, dedupeKey, message, paper, notBefore = 0, expiresAt = now + kinds[kind].lifeMs }) => {
        const chat = chatKey(address);
        // A reply behind a message that waits for the sender waits too, so that they leave in order. While a file is made, its message
        // was surely not sent.
        const state = notBefore > now || paper !== undefined || waiting.has(chat) ? 'ready' : kinds[kind].born;
        if (state === 'ready') waiting.add(chat);
        const payload = sealMessage(sealer, { message, ...(paper === undefined ? {} : { paper }) }, dedupeKey);
        return {
          communityId,
          address,
          kind,
          dedupeKey,
          createdAt: now,
          notBefore,
          expiresAt,
          state,
          payload,
          leaseUntil: now + bornLeaseMs,
        };
      },
    );
  };

  return {
    async enqueue(tx, messages) {
      if (messages.length === 0) return [];
      const rows = rowsOf(messages);
      const written = new Map((await insertRows(tx, rows)).map((row) => [row.dedupeKey, row]));
      return rows.flatMap((row, at): Outgoing[] => {
        const found = written.get(row.dedupeKey);
        const planned = messages[at];
        if (!found || !planned) return [];
        // Only the first of two messages with one key in one list was written.
        written.delete(row.dedupeKey);
        const { communityId, address, kind, dedupeKey, createdAt, notBefore, expiresAt } = row;
        const { message, paper } = planned;
        return [
          {
            id: found.id,
            state: found.state,
            communityId,
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
            ...(paper === undefined ? {} : { paper }),
          },
        ];
      });
    },
  };
}
