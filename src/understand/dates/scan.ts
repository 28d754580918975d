import { readNumeral } from '../numbers.js';

/** What a pattern (with the flag `y`) finds exactly at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** For patterns: a number of up to two digits, or up to 99 in Chinese. */
export const small = '(?:\\d{1,2}(?!\\d)|[零〇一二两三四五六七八九十廿卅]{1,4})';

/** Between the two ends of a range. 一 stands for a dash where somebody's keyboard made it so: 10:00一11:30. */
export const between = '\\s?(?:[-~]{1,3}|至|到|一(?=\\d))\\s?';

/** The number that a pattern found; undefined also where it found none. */
export function numberOf(found: string | undefined): number | undefined {
  return found === undefined ? undefined : readNumeral(found);
}
