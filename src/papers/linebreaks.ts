// Holds two letters on one line and is not seen.
const joiner = '\u2060';
const longestWord = 8;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** A text whose lines break between words, as a person would set a notice: 美术 stays together, and so do 第4节 and 10:00–11:30. */
export function unbroken(text: string): string {
  const joined = Array.from(words.segment(text), ({ segment }) => {
    const letters = Array.from(segment);
    return /\p{Script=Han}/u.test(segment) && letters.length <= longestWord ? letters.join(joiner) : segment;
  });
  return joined
    .join('')
    .replace(/(?<=\d)(?=\p{Script=Han})|(?<=第)(?=\d)/gu, joiner)
    .replace(/(?<=\d)[:：–—~](?=\d)|(?<=[\d\p{L}])-(?=[\d\p{L}])/gu, `${joiner}$&${joiner}`);
}
