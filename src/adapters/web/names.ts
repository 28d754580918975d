/** Longest name of a file, in code points. */
export const longestName = 200;

/** Signs that no name needs: controls, halves of signs, line ends, and marks that turn a line round, so that `gpj.exe` could be shown as `exe.jpg`. */
const odd = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * The name of a file without the folders before it, without signs that mislead, at most 200 code points with its ending kept; empty
 * where nothing is left.
 */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  const plain = last
    .replace(odd, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '');
  const signs = Array.from(plain);
  if (signs.length <= longestName) return plain;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? '';
  return `${signs.slice(0, longestName - ending.length).join('')}${ending}`;
}
