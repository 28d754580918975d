import type { Address } from '../chat/index.js';

/** Where a message stands. `sending` is committed before the platform is called, so a crash in `ready` or `claimed` surely sent nothing. */
export type State = 'ready' | 'claimed' | 'sending' | 'sent' | 'inDoubt' | 'dead' | 'cancelled' | 'expired';

/** One message as its row says. Times are ms since the epoch. */
export interface Row {
  readonly id: number;
  readonly communityId: string;
  readonly address: Address;
  readonly kind: string;
  readonly dedupeKey: string;
  readonly state: State;
  readonly tries: number;
  readonly createdAt: number;
  /** 0: at once. */
  readonly notBefore: number;
  readonly expiresAt: number | null;
  /** Why the last try failed, or why it is dead. */
  readonly failure: string | null;
  /** Raised by every claim. Who holds an older one may change nothing. */
  readonly fence: number;
  /** Sealed; null once it needs no more sending. */
  readonly payload: Uint8Array | null;
}

/** A message about to be written. */
export type NewRow = Pick<Row, 'communityId' | 'address' | 'kind' | 'dedupeKey' | 'createdAt' | 'notBefore' | 'expiresAt'> & {
  readonly state: 'ready' | 'sending';
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly leaseUntil: number;
};

/** What is to become of a row. Fields left out stay as they are. */
export interface Change {
  readonly state: State;
  readonly tries?: number;
  readonly notBefore?: number;
  readonly finishedAt?: number;
  readonly messageId?: string;
  readonly failure?: string;
  readonly leaseUntil?: number;
  /** The payload is no longer needed. */
  readonly forget?: true;
}

/** A change of one row by whom its claim belongs to. */
export interface Mark {
  readonly row: Pick<Row, 'id' | 'fence'>;
  readonly change: Change;
}
