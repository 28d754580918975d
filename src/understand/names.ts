import { looksLikeIdNumber, looksLikePhone } from './identifiers.js';
import { cleanLine } from './normalize.js';

/** The longest name, in code points: the longest names of people here fit twice. */
export const longestName = 40;

/** A person's name as it may be stored, or why the text is none. */
export type NameReading =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: 'empty' | 'tooLong' | 'idNumber' | 'phone' | 'notAName' };

const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1f1e6}-\u{1f1ff}\u{e0020}-\u{e007f}\u200d\ufe0f\u20e3]/gu;
// Private-use characters stay: some computers write rare characters of names with them.
const written = /^[\p{L}\p{M}\p{Nl}\p{Co}\d ·•・.'’\-‐()（）]+$/u;
const introduction = /^(?:(?:姓名|名字)\s?[:：是]\s?|(?:我|他|她|孩子|宝宝)?叫\s?)/u;

/**
 * Reads a person's name: Chinese (rare characters too), minority names with ·, Latin names. Emoji around it and 我叫 are left away;
 * signs of markup, lists of names, numbers and questions are no name.
 */
export function readName(text: string): NameReading {
  if (looksLikeIdNumber(text)) return { ok: false, reason: 'idNumber' };
  if (looksLikePhone(text)) return { ok: false, reason: 'phone' };
  const line = cleanLine(text, { max: longestName });
  if (!line.ok) return line;
  const name = line.line.replace(emoji, '').replace(introduction, '').replace(/ {2,}/g, ' ').trim();
  return written.test(name) && /\p{L}|\p{Nl}|\p{Co}/u.test(name) ? { ok: true, name } : { ok: false, reason: 'notAName' };
}
