import { means } from '../dialog/index.js';

/** Where one emoji stands several times, or in another colour of skin, it says the same. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '')
    .replace(/(\p{Extended_Pictographic})\1+/gu, '$1');

/** What people say to whoever has just done something for them: a thank-you, that they have read it, or a mere "fine". It calls nothing, and is answered kindly. */
export function courtesyOf(text: string): 'thanks' | 'noted' | 'agreed' | null {
  if (/[?？]/u.test(text)) return null;
  const said = plain(text.slice(0, 100));
  if (means(said, 'thanks')) return 'thanks';
  if (means(said, 'noted')) return 'noted';
  return means(said, 'agreed') ? 'agreed' : null;
}
