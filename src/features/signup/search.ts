import { pinyin } from 'pinyin-pro';

/** Words as they are compared. */
export const fold = (words: string): string => words.normalize('NFKC').toLowerCase().trim();

/** What a search for an event looks in: title, teacher and organisation as they are written, and their pinyin, whole and by first letters. */
export function searchOf({ title, teacher, organisation }: { title: string; teacher: string | null; organisation: string | null }): string {
  const words = [title, teacher, organisation].filter((word) => word !== null).map(fold);
  const sounds = words.flatMap((word) => {
    const syllables = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
    return [syllables.join(''), syllables.map((syllable) => syllable.slice(0, 1)).join('')];
  });
  return [...words, ...sounds].join('\n');
}
