import type { Address } from './address.js';
import type { Inbound } from './inbound.js';
import type { Outbound } from './outbound.js';

/** What a platform can do. The core asks these, never the platform's name. */
export interface Capabilities {
  readonly buttons: boolean;
  /** A sent message can be changed in place. */
  readonly edits: boolean;
  /** A file can be shown or saved; without it the line `instead` of the file is shown (`withoutFile`). */
  readonly files: boolean;
  /** What people send as pictures and files comes in (`file`); without it no update has one. */
  readonly filesIn: boolean;
  /** Who comes into a group and who leaves it comes in (`member`). */
  readonly membership: boolean;
  /** A message can be shown as the answer to another, and what people answer comes in as such; without it each message stands for itself. */
  readonly replies: boolean;
  /** Somebody in a group can be named so that they hear of it; without it their name stands before the words (`withName`). */
  readonly mentions: boolean;
  /** A press is answered by a line that the presser alone sees (`Receipt.notice`); without it that line is left out. */
  readonly notices: boolean;
  /** Sending twice under one key shows one message: a send in doubt may simply be repeated. */
  readonly idempotentSends: boolean;
  /** A sender's id stays the same across logins of the bot. */
  readonly stableIds: boolean;
  /** Longest text of one message, in UTF-16 code units; a longer one is sent in several (`piecesOf`). Infinity: any is shown whole. */
  readonly maxText: number;
}

/** Why a message did not go out, each with one consequence in `delivery/`. */
export type SendFailure =
  /** Surely not sent; come again after this many ms. Does not count as a try. */
  | { readonly type: 'throttled'; readonly retryAfterMs: number }
  /** Surely not sent: no connection was made. */
  | { readonly type: 'unreachable' }
  /** The recipient does not want messages: suspended until they write again. */
  | { readonly type: 'blocked' }
  /** The chat, or the message to change, is no more. */
  | { readonly type: 'gone' }
  /** The chat has another id now. */
  | { readonly type: 'migrated'; readonly chat: string }
  /** The platform refuses this content. */
  | { readonly type: 'rejected'; readonly reason: string }
  /** The bot's own account is not accepted: sending pauses. */
  | { readonly type: 'misconfigured'; readonly reason: string }
  /** It may or may not have arrived. */
  | { readonly type: 'inDoubt'; readonly reason: string };

/**
 * The outcome of a send or an edit. `messageId` is the platform's. `rest`: pieces of a long text went out before the failure, which is that
 * of the next one; this is what is still to be sent, and all that a next try under the same key sends (`piecesOf`).
 */
export type SendResult =
  { readonly ok: true; readonly messageId: string } | { readonly ok: false; readonly failure: SendFailure; readonly rest?: Outbound };

/** Why a file cannot be had. */
export type FetchFailure =
  /** Come again after this many ms. */
  | { readonly type: 'throttled'; readonly retryAfterMs: number }
  /** No connection, or it broke: come again. */
  | { readonly type: 'unreachable' }
  /** There is no such file in this chat, or the platform keeps it no longer. */
  | { readonly type: 'gone' }
  /** It has more bytes than were asked for, or than the platform hands to bots. */
  | { readonly type: 'tooLarge' }
  /** The bot's own account is not accepted. */
  | { readonly type: 'misconfigured'; readonly reason: string };

/** The bytes of a file that came in, or why not. */
export type FetchResult = { readonly ok: true; readonly data: Uint8Array } | { readonly ok: false; readonly failure: FetchFailure };

/** What the core answers to an update once a commit holds it. */
export interface Receipt {
  /** A short line for the presser alone, where the platform can show one; best effort, at most 200 characters. */
  readonly notice?: string;
}

/** Hands one update to the core. Resolves when a commit holds it, so only then may the platform be told; rejects when it should be delivered again. */
export type Receive = (inbound: Inbound) => Promise<Receipt>;

/** One HTTP route in the words of the fetch standard, so that no server library crosses the platform line. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** A route that takes more than the server's limit: so many bytes, and so many such requests at once, because each stands in memory. */
  readonly large?: {
    readonly maxBytes: number;
    readonly atOnce: number;
    /** Of those, so many whose peers are the same to `whose`; a request of theirs beyond that gets `full` before its body is read. */
    readonly share?: { readonly most: number; whose(peer: { readonly ip: string }): string; full(): Response };
    /** Looks at a request before its body is read and before it counts among those; an answer is all that it gets. */
    refuse?(request: Request, peer: { readonly ip: string }): Promise<Response | null>;
  };
  /** `ip` is the peer's address as the server, or a proxy that it trusts, saw it. A body over the limit never gets here. */
  handle(request: Request, peer: { readonly ip: string }): Promise<Response>;
}

/** One platform account, spoken to only in the words of `chat/`. */
export interface Adapter {
  readonly platform: string;
  readonly account: string;
  readonly capabilities: Capabilities;
  readonly routes?: readonly Route[];
  /** Begins to take updates. Resolves when the adapter listens. */
  start(receive: Receive): Promise<void>;
  /** Shows a message. `key` is unique per message and the same on every try of it. */
  send(to: Address, message: Outbound, key: string): Promise<SendResult>;
  /** Changes a message that was sent. Showing what is already shown is a success; a text longer than one message is `rejected`, and nothing changes. */
  edit(to: Address, messageId: string, message: Outbound): Promise<SendResult>;
  /** The bytes of a file that came in this chat, at most `maxBytes` of them. May be called again, also after a restart; throws nothing. */
  fetchFile(from: Address, id: string, maxBytes: number): Promise<FetchResult>;
  /** Takes no more updates, waits for those under way, closes. Final; may be called again. */
  stop(): Promise<void>;
}
