import type { Address } from '../chat/index.js';
import type { Tx } from '../storage/index.js';
import { moveCards } from './cards.js';
import { moveWaiting } from './rows.js';

/** What the rest of the house does when a platform tells something about a chat; in the transaction that records it, so only database calls. */
export interface Hooks {
  /** The recipient wants no messages until they write again. */
  readonly onBlocked?: (tx: Tx, address: Address) => Promise<void>;
  /** The chat has another id now; messages and cards are moved already. */
  readonly onMigrated?: (tx: Tx, from: Address, to: Address) => Promise<void>;
}

/** Moves what delivery holds for a chat to its new id, then tells the rest of the house. */
export async function moveChat(tx: Tx, hooks: Hooks, from: Address, to: Address): Promise<void> {
  await moveWaiting(tx, from, to);
  await moveCards(tx, from, to);
  await hooks.onMigrated?.(tx, from, to);
}
