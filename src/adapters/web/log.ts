/** One message that the web chat keeps: to a browser, Linli itself is the platform. */
export interface LoggedMessage {
  /** Opaque; the platform's message id. */
  readonly id: string;
  /** Id of the person who wrote it; null for the bot. */
  readonly sender: string | null;
  /** ms since the epoch. */
  readonly at: number;
  /** What is shown, as JSON that only this folder reads. Personal data: to be sealed at rest. */
  readonly payload: string;
}

/** A message to be kept. */
export interface NewMessage {
  /** The same on every try: a second message under it is not written. At most 300 characters. */
  readonly key: string;
  readonly chat: string;
  readonly sender: string | null;
  /** ms since the epoch. */
  readonly at: number;
  readonly payload: string;
  /** The file that comes with it, kept apart because it may be large. Personal data like the payload. */
  readonly content?: Uint8Array;
}

/** Where the web chat keeps what it has shown. A rejected promise means a fault of the store, never an expected outcome. */
export interface MessageLog {
  /** Keeps a message once. The same key gives the first row's id and time, and `fresh: false`. */
  append(message: NewMessage): Promise<{ readonly id: string; readonly at: number; readonly fresh: boolean }>;
  /** Changes what a message shows, its file as well: without `content` it has none any more. False when there is no such message. */
  replace(id: string, payload: string, content?: Uint8Array): Promise<boolean>;
  /** One message of a chat; null when it has none with this id. */
  one(chat: string, id: string): Promise<LoggedMessage | null>;
  /** The file that came with a message of a chat; null when none did. */
  content(chat: string, id: string): Promise<Uint8Array | null>;
  /** How many bytes the files come to that somebody sent and that are kept, without that of the message under a key. */
  bytesOf(sender: string, except: string): Promise<number>;
  /** The newest `limit` messages of a chat, oldest first; with `before`, of those that stand before the message with this id. */
  list(chat: string, limit: number, before?: string): Promise<readonly LoggedMessage[]>;
  /**
   * What people said since then (ms since the epoch) that the core never took, oldest first. `updates` is what stands before a message's
   * key, freed of its `in:`, in the names of the core's updates. What somebody said before something that was taken is left out: it would
   * come after it, and a "1" answer another question.
   */
  unheard(options: { readonly since: number; readonly updates: string }): Promise<readonly (LoggedMessage & { readonly chat: string })[]>;
}
