/** One choice of a menu or one button of a card. */
export interface Choice {
  /** The digit(s) that a person may type instead of pressing; absent on cards, whose buttons are only pressed. */
  readonly key?: string;
  readonly label: string;
  /** What comes back in a press. At most 64 bytes of ASCII (the Bot API's limit of callback data). */
  readonly value: string;
  /** Goes back or leaves: shown so that nobody takes it for what is asked. */
  readonly quiet?: boolean;
}

/** A file that comes with a message: shown as a picture where it is one, else offered to be saved. */
export interface OutboundFile {
  /** With its ending; shown to people in their language, so it holds no personal data. */
  readonly name: string;
  readonly mimeType: string;
  readonly data: Uint8Array;
  /** The line that stands there instead where no file can be shown, in the reader's language. */
  readonly instead: string;
}

/** One message to be shown. The adapter shows `choices` as buttons, or as lines `key label` where it has none. */
export interface Outbound {
  /** Plain text; any markup in it is shown literally. */
  readonly text: string;
  readonly choices?: readonly Choice[];
  readonly file?: OutboundFile;
  /** The platform's id of the message that this one answers. Where that is gone, this one is sent all the same. */
  readonly replyTo?: string;
  /** The person whom a message in a group is for. */
  readonly mention?: { readonly id: string; readonly name: string };
}
