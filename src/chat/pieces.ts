import type { Capabilities } from './adapter.js';
import type { Outbound } from './outbound.js';
import { withName, withNumberedChoices, withoutFile } from './plain.js';
import { splitText } from './split.js';

type Shows = Pick<Capabilities, 'buttons' | 'files' | 'mentions' | 'replies' | 'maxText'>;

/** One message of those in which a long text goes out. */
export interface Piece {
  readonly shown: Outbound;
  /** What is given back as `rest` where this piece meets a failure; absent with the first, before which nothing went out. */
  readonly rest?: Outbound;
}

/** A message with lines of text for what a platform cannot show, and without what it has no means for. */
export function asShown(message: Outbound, { buttons, files, mentions, replies }: Shows): Outbound {
  const named = mentions ? message : withName(message);
  const whole = files ? named : withoutFile(named);
  const { choices, replyTo, ...rest } = whole;
  return {
    ...rest,
    ...(buttons ? (choices === undefined ? {} : { choices }) : { text: withNumberedChoices(whole) }),
    ...(replyTo === undefined || !replies ? {} : { replyTo }),
  };
}

/** A message as a platform shows it, in as many pieces as its longest text asks for: the first answers and mentions, the last has the choices and the file. */
export function piecesOf(message: Outbound, shows: Shows): readonly Piece[] {
  const { text: whole, choices, file, ...opening } = asShown(message, shows);
  const ending = { ...(choices === undefined ? {} : { choices }), ...(file === undefined ? {} : { file }) };
  const texts = splitText(whole, shows.maxText);
  let left = whole.trim();
  return texts.map((text, at) => {
    const piece = {
      shown: { text, ...(at === 0 ? opening : {}), ...(at === texts.length - 1 ? ending : {}) },
      ...(at === 0 ? {} : { rest: { text: left, ...ending } }),
    };
    // A piece is what its rest begins with, without the blanks at the cut.
    left = left.slice(text.length).trimStart();
    return piece;
  });
}
