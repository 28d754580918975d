/** The longest answer to a single question that is looked at, in UTF-16 code units; anything longer is no date, number or name. */
export const longestField = 200;

// Controls other than line breaks, soft hyphens, marks that turn the direction of writing, and letters or spaces that nobody sees.
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const unseen =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]|\p{Cs}/gu;
// A zero-width joiner means something only inside an emoji (families, professions).
const strayJoiner = /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** A text as its writer meant it, without what nobody sees: control characters, direction marks, invisible letters. Lines are kept. */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unseen, '')
    .replace(strayJoiner, '');
}

const pairs: readonly (readonly [string, string])[] = [
  ['\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f', ' '],
  ['–—―−‐‑‒⁃﹣〜∼', '-----------'],
  ['∶︰﹕', ':'],
  ['∕⁄', '/'],
  ['﹒', '.'],
  ['﹐', ','],
  ['•・‧∙', '·'],
  ['○', '〇'],
  // Traditional characters that occur in the words of times, ages and labels.
  ['點號週後禮兩時間鐘個歲齡報額費對動題請帶備攜組戶樓', '点号周后礼两时间钟个岁龄报额费对动题请带备携组户楼'],
];

const folded = new Map<string, string>();
for (const [from, to] of pairs) {
  Array.from(from).forEach((character, at) => folded.set(character, to.length === 1 ? to : (to[at] ?? character)));
}
const foldable = new RegExp(`[\\uff01-\\uff5e${[...folded.keys()].join('')}]`, 'g');

/**
 * Full-width letters, digits and punctuation as half-width ones, the many dashes as one, and the like. Keeps the length, so that a
 * place in the folded text is the same place in the original.
 */
export function fold(text: string): string {
  return text.replace(foldable, (character) => folded.get(character) ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

/** What was written, as the parsers read it: one line, nothing invisible, half-width, single spaces. Emoji stay. */
export function normalize(text: string): string {
  return fold(clean(text)).replace(/\s+/g, ' ').trim();
}

/** Normalised text of a single answer; undefined where it is empty or too long to be one. */
export function fieldText(text: string): string | undefined {
  if (text.length > longestField) return undefined;
  const field = normalize(text);
  return field === '' ? undefined : field;
}

/** Length as people count it: one rare character counts one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** A line that may be stored, or why not. */
export type LineReading = { readonly ok: true; readonly line: string } | { readonly ok: false; readonly reason: 'empty' | 'tooLong' };

/**
 * What a stored line may contain: visible characters as they were written, on one line, with single spaces.
 * @param limits `max` in code points. What is longer is refused, not cut.
 */
export function cleanLine(text: string, { max }: { readonly max: number }): LineReading {
  // Ten units for each allowed character leave room for what is taken out, and keep an enormous text cheap.
  if (text.length > max * 10) return { ok: false, reason: text.trim() === '' ? 'empty' : 'tooLong' };
  const line = clean(text).replace(/\s+/gu, ' ').trim();
  if (line === '') return { ok: false, reason: 'empty' };
  return lengthOf(line) > max ? { ok: false, reason: 'tooLong' } : { ok: true, line };
}
