import type { Address } from './address.js';

/** Who wrote or pressed, as the platform names them. Not yet a person: `people/` decides that. */
export interface Sender {
  readonly id: string;
  /** The name shown on the platform. Personal data: never logged. */
  readonly name: string;
  /** The chat id in which the bot may write to this person privately; absent where the platform does not allow it yet. */
  readonly privateChat?: string;
}

/** What came in: words, a pressed button, a deep link, or something Linli does not read. */
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
