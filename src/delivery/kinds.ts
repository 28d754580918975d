const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** What happens to a message of which nobody knows whether it arrived. */
export type InDoubt =
  /** It goes out once more, at most `withinMs` after it was written (null: until it expires). In doubt again, it is dropped. */
  | { readonly type: 'sendOnceMore'; readonly withinMs: number | null }
  /** Never again by itself: it waits, listed to staff. */
  | { readonly type: 'askStaff' };

/** How messages of one kind are treated on their way out. */
export interface Policy {
  /** Lower goes first when more chats are due than can be sent to at once. */
  readonly lane: number;
  /** `sending`: the turn that wrote it sends it right after its commit, without a claim. */
  readonly born: 'sending' | 'ready';
  readonly inDoubt: InDoubt;
  /** After so many tries that the platform took and did not confirm, it is dead. A platform that cannot be reached ends only by expiry. */
  readonly maxTries: number;
  /** After this many ms it makes no more sense, where `expiresAt` does not say otherwise. */
  readonly lifeMs: number;
}

/** Every kind of message that leaves Linli. What decides about resending is whether one message too many or one too few hurts more. */
export const kinds = {
  /** Answers the person who just wrote; menus too. */
  reply: { lane: 0, born: 'sending', inDoubt: { type: 'sendOnceMore', withinMs: 2 * minute }, maxTries: 5, lifeMs: hour },
  /** Tells a person that something went wrong, with an id. */
  notice: { lane: 0, born: 'sending', inDoubt: { type: 'sendOnceMore', withinMs: 2 * minute }, maxTries: 5, lifeMs: hour },
  /** A place was confirmed, offered or given up, where the person did not just ask. */
  confirmation: { lane: 1, born: 'ready', inDoubt: { type: 'sendOnceMore', withinMs: null }, maxTries: 8, lifeMs: 3 * day },
  /** An event was moved or cancelled. */
  change: { lane: 1, born: 'ready', inDoubt: { type: 'sendOnceMore', withinMs: null }, maxTries: 8, lifeMs: 3 * day },
  reminder: { lane: 2, born: 'ready', inDoubt: { type: 'sendOnceMore', withinMs: null }, maxTries: 8, lifeMs: 12 * hour },
  /** From staff to many, also a survey's invitation or a call-out in a group: twice would annoy everybody. */
  announcement: { lane: 3, born: 'ready', inDoubt: { type: 'askStaff' }, maxTries: 5, lifeMs: 3 * day },
} as const satisfies Record<string, Policy>;

/** Name of a kind of message. */
export type Kind = keyof typeof kinds;

/** The policy of a stored row. A kind that this version does not know (the database was written by another) is treated as the most careful one. */
export function policyOf(kind: string): Policy {
  return Object.hasOwn(kinds, kind) ? kinds[kind as Kind] : kinds.announcement;
}
