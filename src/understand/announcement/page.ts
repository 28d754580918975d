import { clean, fold } from '../normalize.js';
import type { Span } from '../identifiers.js';

/**
 * An announcement while it is being read. Every finder looks at the folded text and takes the stretches that it understood; the next one
 * sees only what is left. Places are the same in both texts.
 */
export interface Page {
  /** As it was written. */
  readonly raw: string;
  /** Half-width, with the same length. */
  readonly text: string;
  take(span: Span): void;
  isFree(at: number): boolean;
  /** Whether nothing of a stretch is taken. */
  isWhole(span: Span): boolean;
  /** What was written in a stretch, without spaces and punctuation around it. */
  words(span: Span): string;
  /** The end of the free stretch that starts at a place, up to the first sign that `stops` names, or `limit`. */
  freeUntil(from: number, stops: RegExp, limit?: number): number;
  /** Free stretches between signs that separate: spaces, commas, line ends, and whatever is taken. */
  tokens(): Token[];
}

/** A free stretch without separators. `after` is what separates it from the token before it. */
export interface Token extends Span {
  readonly words: string;
  /** Only a space lies between it and the token before it. */
  readonly follows: boolean;
}

/** Signs that end a clause. */
export const clauseEnd = /[\n,。;!?|]/;
const separator = /[\s,。;!?|]/;

const around = /^[\s\p{P}\p{S}\u200d\ufe0f\u20e3]+|[\s\p{P}\p{S}\u200d\ufe0f\u20e3]+$/gu;
const opening = '《“"‘「『【〈(（[';
const closing = '》”"’」』】〉)）]';

/** Words without the punctuation and emoji around them, but with their own brackets: 《小王子》读书会. */
export function trimmed(words: string): string {
  const core = words.replace(around, '');
  if (core === '') return '';
  const at = words.indexOf(core);
  const [before, after] = [words[at - 1] ?? '', words[at + core.length] ?? ''];
  const [opens, closes] = [opening.indexOf(before), closing.indexOf(after)];
  const mark = (sign: string): boolean => sign !== '' && core.includes(sign);
  const pre = before !== '' && opens !== -1 && (mark(closing[opens] ?? '') || opens === closes) ? before : '';
  const post = after !== '' && closes !== -1 && (mark(opening[closes] ?? '') || opens === closes) ? after : '';
  return `${pre}${core}${post}`;
}

/** Lays a text out for reading. */
export function pageOf(written: string): Page {
  const raw = clean(written);
  const text = fold(raw);
  const taken = new Uint8Array(text.length);
  const isFree = (at: number): boolean => taken[at] === 0;

  const page: Page = {
    raw,
    text,
    take: ({ from, to }) => {
      taken.fill(1, from, to);
    },
    isFree,
    isWhole: ({ from, to }) => taken.subarray(from, to).every((mark) => mark === 0),
    words: ({ from, to }) => trimmed(raw.slice(from, to).replace(/\s+/g, ' ')),
    freeUntil: (from, stops, limit = text.length) => {
      let at = from;
      while (at < limit && isFree(at) && !stops.test(text[at] ?? '')) at += 1;
      return at;
    },
    tokens: () => {
      const found: Token[] = [];
      let at = 0;
      let last = -1;
      while (at < text.length) {
        if (!isFree(at) || separator.test(text[at] ?? '')) {
          at += 1;
          continue;
        }
        const to = page.freeUntil(at, separator);
        const follows = last !== -1 && /^ +$/.test(text.slice(last, at)) && page.isWhole({ from: last, to: at });
        const words = page.words({ from: at, to });
        if (words !== '') found.push({ from: at, to, words, follows });
        last = to;
        at = to;
      }
      return found;
    },
  };
  return page;
}
