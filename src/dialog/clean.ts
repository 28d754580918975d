/** The longest text that any question looks at, in UTF-16 code units. */
export const longestInput = 4_000;

// Controls other than line breaks, lone surrogates, marks that turn the direction of writing, and invisible spaces.
// The zero-width joiner stays: families and professions among emoji are made with it.
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const unwanted = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;

/** What a person wrote without control characters and direction marks; lines are kept, everything else is literal. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unwanted, '')
    .trim();
}

/** The same on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/gu, ' ');
}

/** A word as it is compared: full-width and half-width, capitals, and the punctuation around it make no difference. */
export function fold(text: string): string {
  const plain = oneLine(text).normalize('NFKC').toLowerCase();
  const bare = plain.replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
  return bare === '' ? plain : bare;
}

/** The digits of a menu key as people type them (`2`, `２`, `2.`, `2️⃣`); undefined when it is something else. */
export function menuKey(text: string): string | undefined {
  const plain = oneLine(text)
    .normalize('NFKC')
    .replace(/[\ufe0f\u20e3]/g, '');
  return /^(\d{1,2})\s?[.。、,)!]?$/.exec(plain)?.[1];
}

/** Length in code points: a rare character of a name counts one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
