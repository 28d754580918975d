import { lengthOf } from '../normalize.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';

const longest = 100;
const asks =
  '(?:请(?:各位|大家)?(?:家长|孩子|同学|小朋友)?们?(?:自行|提前)?(?:自带|自备|携带|带上|带好|备好|准备好?|带)|(?:需要?|须)(?:自行)?(?:自带|自备|携带|带)|自带|自备|携带|带上|带好)';
// 带 alone asks for something only at the start of a word, and not for a child or a person.
const pattern = new RegExp(`(?:${asks}|(带)(?!孩子|小朋友|家人|[着领队动来您你老一去头教路薪给大回走娃宝货]))\\s?:?\\s?`, 'g');
const negated = /(?:[无不免勿毋]|没有)[需用必要须]?$/;
const english = /(?<![a-z])(?:please\s)?bring(?:\salong)?\s(?:your\s(?:own\s)?)?([^\n,.;!|]{2,100})/gi;
const ends = /[\n,。;!?| ]/;

/** Finds what to bring, and takes it. */
export function findBring(page: Page, labels: readonly Labelled[]): string | undefined {
  for (const { kind, label, value } of labels) {
    if (kind !== 'bring') continue;
    const span = { from: value.from, to: page.freeUntil(value.from, /[\n。;!]/, value.to) };
    const words = page.words(span);
    if (words === '' || lengthOf(words) > longest) continue;
    page.take({ from: label.from, to: span.to });
    return words;
  }
  for (const match of page.text.matchAll(pattern)) {
    const from = match.index + match[0].length;
    if (!page.isWhole({ from: match.index, to: from })) continue;
    if (negated.test(page.text.slice(Math.max(0, match.index - 4), match.index))) continue;
    if (match[1] !== undefined && !page.startsWord(match.index)) continue;
    // No further than what would be too long (a rare character takes two units): a text that asks a thousand times stays cheap.
    const span = { from, to: page.freeUntil(from, ends, Math.min(page.text.length, from + 2 * longest + 1)) };
    const words = page.words(span);
    if (words === '' || lengthOf(words) > longest) continue;
    page.take({ from: match.index, to: span.to });
    return words;
  }
  for (const match of page.text.matchAll(english)) {
    const [all, words = ''] = match;
    const span = { from: match.index, to: match.index + all.length };
    if (!page.isWhole(span) || /(?:no need to|don't|do not|not)\s$/i.test(page.text.slice(Math.max(0, span.from - 12), span.from)))
      continue;
    page.take(span);
    return page.words({ from: span.to - words.length, to: span.to });
  }
  return undefined;
}
