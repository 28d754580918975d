import type { Address } from './address.js';

/** Who wrote or pressed, as the platform names them. Not yet a person: `people/` decides that. */
export interface Sender {
  readonly id: string;
  /** The name shown on the platform. Personal data: never logged. */
  readonly name: string;
  /** The chat id in which the bot may write to this person privately; absent where the platform does not allow it yet. */
  readonly privateChat?: string;
}

/** A file that somebody sent, by name: its bytes are fetched when they are wanted (`Adapter.fetchFile`), so that updates stay small. */
export interface InboundFile {
  /** Opaque; the adapter that brought it finds the file by it as long as the platform keeps it. */
  readonly id: string;
  /** With its ending, where the platform tells one; else the adapter makes one. Personal data: never logged. */
  readonly name: string;
  /** As the platform tells it, or `application/octet-stream`. A claim, no proof. */
  readonly mimeType: string;
  /** In bytes; absent where the platform does not tell. A claim as well: `fetchFile` keeps to a limit of its own. */
  readonly size?: number;
}

/** What came in: words, a pressed button, a deep link, files, somebody's coming or going, or something Linli does not read. */
export type Content =
  | {
      readonly type: 'text';
      readonly text: string;
      /** Id of the message this one answers, only when that is one of Linli's own: an answer to a neighbour is not for the bot. */
      readonly replyTo?: string;
      /** True when the bot was addressed by name in a group. */
      readonly mentioned?: boolean;
    }
  | {
      readonly type: 'press';
      /** The value that the button carried; made by Linli, but forgeable by a client. */
      readonly value: string;
      /** The message that the button hangs on. */
      readonly messageId?: string;
    }
  | { readonly type: 'link'; readonly payload: string }
  | {
      readonly type: 'file';
      /** What came in one message: at least one. */
      readonly files: readonly InboundFile[];
      /** The words that came with them; empty where none did. */
      readonly text: string;
      /** As of words. */
      readonly replyTo?: string;
      /** As of words. */
      readonly mentioned?: boolean;
    }
  /** Whoever the update is from has come into a group, or is no longer in it. The bot's own coming and going is no update. */
  | { readonly type: 'member'; readonly what: 'joined' | 'left' }
  | { readonly type: 'unknown'; readonly what: string };

/** One update from a platform, normalised. The only shape in which something enters Linli. */
export interface Inbound {
  /** The same update always carries the same id, unique within (platform, account). */
  readonly id: string;
  /** When it was sent, ms since the epoch. */
  readonly at: number;
  readonly address: Address;
  readonly kind: 'private' | 'group';
  /** The group's title, where there is one. */
  readonly title?: string;
  readonly from: Sender;
  readonly content: Content;
}
