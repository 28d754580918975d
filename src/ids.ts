import { customAlphabet, nanoid } from 'nanoid';
import { v7 } from 'uuid';

/** Everything random that Linli makes. Tests bring their own, so that a talk comes out the same each time. */
export interface Ids {
  /** Id of a row: unique, and sorted by time. */
  id(): string;
  /** Opaque reference that stands on a card's buttons for as long as the card does. */
  ref(): string;
  /** One-use token of a menu. */
  token(): string;
  /** Token of a visitor's pass in the web chat: 256 random bits, 43 signs. */
  pass(): string;
  /** Id of a visitor of the web chat: tells nothing, not even when they came. */
  visitor(): string;
  /** What a person is told when something went wrong: short enough to read out. */
  fault(): string;
  /** One-time code that makes an administrator. */
  code(): string;
  /** One-time code that people read out and type: digits only, two groups of four. */
  pin(): string;
  /** Code that stands on a sheet at a place and that many type: six digits. */
  placeCode(): string;
}

// Without letters and digits that look or sound alike.
const readable = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** The real ones. */
export function createIds(): Ids {
  const code = customAlphabet(readable, 8);
  // A first digit with which no date begins.
  const first = customAlphabet('3456789', 1);
  const digits = customAlphabet('0123456789', 7);
  return {
    id: () => v7(),
    ref: customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 12),
    token: customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 12),
    // 64 signs carry 6 bits each.
    pass: () => nanoid(43),
    visitor: () => nanoid(),
    fault: customAlphabet(readable, 6),
    code: () => code().replace(/^(.{4})/u, '$1-'),
    // Digits alone, so that nobody has to change the keyboard; 0 and 1 are mistaken for letters.
    placeCode: customAlphabet('23456789', 6),
    pin: () => (first() + digits()).replace(/^(.{4})/u, '$1-'),
  };
}
