/** Whether a whole message is written as codes are: `8306-2741`, `8306 2741`, `83062741`, `ABCD-2345`. A date such as 20260801 is none. */
function looksLikeCode(text: string): boolean {
  const line = text.trim().normalize('NFKC').toUpperCase();
  return /^[3-9]\d{3}[ -]?\d{4}$/u.test(line) || /^(?=.*\d)[2-9A-Z]{4}-[2-9A-Z]{4}$/u.test(line);
}

/** The same inside a sentence. */
const written = /(?<![0-9A-Z-])(?:[3-9]\d{3}[ -]\d{4}|(?=[2-9A-Z-]*\d)[2-9A-Z]{4}-[2-9A-Z]{4})(?![0-9A-Z-])/gu;

/** No message of the house that carries a code is longer. */
const longestWithCode = 250;

/** What is written like a code behind these is a telephone number. */
const phoneWords = /电话|座机|热线|手机|tel|phone/iu;

/**
 * The code in a message: the whole of it, also with marks around it, or the one piece of a sentence that is written like a code, as when a
 * message of the bot is handed on as it stands. Null where there is none, or more than one.
 */
export function codeIn(text: string): string | null {
  if (text.length > longestWithCode) return null;
  const bare = text.normalize('NFKC').replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
  if (looksLikeCode(bare)) return bare;
  if (phoneWords.test(text)) return null;
  const found = new Set([...text.normalize('NFKC').toUpperCase().matchAll(written)].map(([code]) => code.replace(' ', '-')));
  const [only, second] = found;
  return only !== undefined && second === undefined ? only : null;
}
