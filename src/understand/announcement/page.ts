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
  /** Whether a place lies inside a quotation or a title in 《》: what stands there is a name. */
  isQuoted(at: number): boolean;
  /** Whether a word starts at a place: after a separator, or after what is taken. */
  startsWord(at: number): boolean;
  /** What was written in a stretch, without spaces and punctuation around it. */
  words(span: Span): string;
  /** The end of the free stretch that starts at a place, up to the first sign that `stops` names, or `limit`. */
  freeUntil(from: number, stops: RegExp, limit?: number): number;
  /** Free stretches between signs that separate: spaces, commas, line ends, and whatever is taken. */
  tokens(): Token[];
}

/** A free stretch without separators. */
export interface Token extends Span {
  readonly words: string;
  /** Only a space lies between it and the token before it. */
  readonly follows: boolean;
}

const separator = /[\s,。;!?|]/;
const quotation = /《[^《》\n]{1,40}》|“[^“”\n]{1,40}”|「[^「」\n]{1,40}」/g;

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

/** What remains of a sentence when its facts are taken out; it says nothing by itself. */
export const remains =
  /^(?:我们|将|于|定|在|的|欢迎|参加|报名|请|至|到|和|与|及|或|为|是|前|约|本|期|活动|有|招收|招募|孩子们|小朋友们|开课|举办|举行|开展|通知|公告|预告|第[一二三四五六七八九十\d]{1,2}[场次节期讲批])+$/u;

/** Lays a text out for reading. */
export function pageOf(written: string): Page {
  const raw = clean(written);
  const text = fold(raw);
  const taken = new Uint8Array(text.length);
  const quoted = new Uint8Array(text.length);
  for (const match of text.matchAll(quotation)) quoted.fill(1, match.index, match.index + match[0].length);
  const isFree = (at: number): boolean => taken[at] === 0;

  const page: Page = {
    raw,
    text,
    take: ({ from, to }) => {
      taken.fill(1, from, to);
    },
    isFree,
    isWhole: ({ from, to }) => taken.subarray(from, to).every((mark) => mark === 0),
    isQuoted: (at) => quoted[at] === 1,
    startsWord: (at) => at === 0 || !isFree(at - 1) || separator.test(text[at - 1] ?? '') || text[at - 1] === ':',
    words: ({ from, to }) => trimmed(raw.slice(from, to).replace(/\s+/g, ' ')),
    freeUntil: (from, stops, limit = text.length) => {
      let at = from;
      while (at < limit && isFree(at) && (quoted[at] === 1 || !stops.test(text[at] ?? ''))) at += 1;
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
