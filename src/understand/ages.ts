import { gradesAt } from './grades.js';
import { matchAt, numberOf } from './dates/scan.js';

/** What was assumed about ages. */
export type AgeNote =
  /**
   * 12岁以下 may be meant with or without the twelve-year-olds; they were counted in. `side`: which bound it is. `shutOut`: the words say
   * who may not come (12岁以下勿报), so that 含 keeps the twelve-year-olds out.
   */
  | { readonly type: 'boundUnclear'; readonly age: number; readonly side: 'min' | 'max'; readonly shutOut?: true }
  /** 小学生, 一到三年级: a stage of school was written, and its usual ages were taken. */
  | { readonly type: 'gradeAges'; readonly text: string; readonly minAge: number; readonly maxAge: number };

/** Ages in whole years, both bounds inclusive; a missing bound is none. */
export interface Ages {
  readonly min?: number;
  readonly max?: number;
  readonly notes: readonly AgeNote[];
}

/** What ages a text names; `reversed`: 12-6岁. */
export type AgesReading =
  ({ readonly ok: true } & Ages) | { readonly ok: false; readonly reason: 'unreadable' | 'outOfRange' | 'reversed' };

/** Ages with the place where their words end. */
export interface FoundAges {
  readonly reading: AgesReading;
  readonly to: number;
}

/** Nobody is older. */
export const oldest = 120;
/** For patterns: an age. */
export const number = '(\\d{1,3}(?!\\d)|[零〇一二两三四五六七八九十百]{1,4})';
// 12周 are weeks: of a pregnancy, or of a course.
/** For patterns: what follows an age. */
export const years = '\\s?(?:周岁|岁)';
const range = new RegExp(`(?:年?满)?${number}(?:${years})?\\s?(?:[-~]{1,3}|至|到)\\s?(未满|不满)?${number}${years}(?:之?间)?`, 'y');
const labelledRange = new RegExp(
  `(?:适合)?(?:年龄|适龄)(?:要求|段|范围)?\\s?[:为是]?\\s?${number}\\s?(?:[-~]{1,3}|至|到)\\s?${number}(?!\\s?[\\d点:月日年岁周人])`,
  'y',
);
const from = new RegExp(
  `(?:年?满)?${number}${years}\\s?(?:\\(?含\\)?|及|或)?\\s?(?:以上|起|\\+)(?:\\(不?含(?:${number}${years})?\\))?|年?满${number}${years}`,
  'y',
);
const under = new RegExp(
  `(?:不满|未满|不到|不足|小于|低于)${number}${years}|${number}${years}\\s?以下\\(不含(?:${number}${years})?\\)`,
  'y',
);
const over = new RegExp(`(?:大于|超过|高于)${number}${years}`, 'y');
const english = new RegExp(
  '(?<![a-z\\d])(?:ages?d?\\s?:?\\s?)?(\\d{1,3})(?:\\s?(?:-|~|to)\\s?(\\d{1,3})(?![\\d:.]|\\s?[ap]m)|\\s?(\\+|(?:years?(?: old)?\\s)?(?:and|or) (?:over|older|up|above)|(?:years?(?: old)?\\s)?(?:and|or) (?:under|younger|below)))(?:\\s?(?:years?(?: old)?|year-olds?|yrs?(?: old)?|y/?o))?(?![a-z\\d:])',
  'iy',
);
const englishBound =
  /(?<![a-z])(?:children |kids |people )?(under|over|below|above)\s(?:the age of\s)?(\d{1,3})(?:s|\s?years(?: old)?)?(?![a-z\d:%])/iy;
const englishAdults = /(?<![a-z])(?:adults(?: only)?|grown-?ups(?: only)?)(?![a-z])/iy;
const upTo = new RegExp(
  `(?:不超过|不大于)${number}${years}|${number}${years}\\s?(?:(\\(含\\)|含|及|或|\\(含)?\\s?(?:以下|以内|之内)\\)?(\\(含(?:${number}${years})?\\))?)`,
  'y',
);
const link = /[ ,、且]{0,2}/y;

/** A bound of ages; `unclear`: nobody said whether the age itself is in. */
export type Bound = { readonly min: number; readonly unclear?: boolean } | { readonly max: number; readonly unclear?: boolean };

/** The one bound that stands exactly at a place of a folded text. */
export function readBound(text: string, at: number): { readonly bound: Bound; readonly to: number } | undefined {
  const found = (pattern: RegExp, make: (age: number, match: RegExpExecArray) => Bound) => {
    const match = matchAt(pattern, text, at);
    const age = match && numberOf(match.slice(1).find((group) => group !== undefined && /^[\d零〇一二两三四五六七八九十百]/.test(group)));
    return match === undefined || age === undefined ? undefined : { bound: make(age, match), to: at + match[0].length };
  };
  return (
    found(under, (age) => ({ max: age - 1 })) ??
    found(upTo, (age, match) => ({ max: age, unclear: !/含|及|或|不超过|不大于/.test(match[0]) })) ??
    found(over, (age) => ({ min: age, unclear: true })) ??
    found(from, (age, match) => ({ min: age, ...(/不含/.test(match[0]) ? { min: age + 1 } : {}) }))
  );
}

/** Ages between two bounds, or why there are none. */
export function within(min: number | undefined, max: number | undefined, notes: readonly AgeNote[] = []): AgesReading {
  if ([min, max].some((age) => age !== undefined && (age < 0 || age > oldest))) return { ok: false, reason: 'outOfRange' };
  if (min !== undefined && max !== undefined && min > max) return { ok: false, reason: 'reversed' };
  return { ok: true, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), notes };
}

/** The ages that stand exactly at a place of a folded text: with 岁, so that 6-12 alone is none. */
export function agesAt(text: string, at: number): FoundAges | undefined {
  const pair = matchAt(range, text, at);
  const [min, max] = [numberOf(pair?.[1]), numberOf(pair?.[3])];
  if (pair !== undefined && min !== undefined && max !== undefined) {
    return { reading: within(min, pair[2] === undefined ? max : max - 1), to: at + pair[0].length };
  }
  const labelled = matchAt(labelledRange, text, at);
  const [lowest, highest] = [numberOf(labelled?.[1]), numberOf(labelled?.[2])];
  if (labelled !== undefined && lowest !== undefined && highest !== undefined)
    return { reading: within(lowest, highest), to: at + labelled[0].length };
  const words = englishAges(text, at);
  if (words !== undefined) return words;
  const stage = gradesAt(text, at);
  if (stage !== undefined) {
    const { min, max, to } = stage;
    return { reading: { ok: true, min, max, notes: [{ type: 'gradeAges', text: text.slice(at, to), minAge: min, maxAge: max }] }, to };
  }
  const first = readBound(text, at);
  if (first === undefined) return undefined;
  const next = first.to + (matchAt(link, text, first.to)?.[0].length ?? 0);
  const second = readBound(text, next);
  const both = second === undefined || 'min' in second.bound === 'min' in first.bound ? [first] : [first, second];
  const bounds = both.map(({ bound }) => bound);
  const low = bounds.find((bound) => 'min' in bound);
  const high = bounds.find((bound) => 'max' in bound);
  const notes: AgeNote[] = [
    ...(low?.unclear === true ? [{ type: 'boundUnclear' as const, age: low.min, side: 'min' as const }] : []),
    ...(high?.unclear === true ? [{ type: 'boundUnclear' as const, age: high.max, side: 'max' as const }] : []),
  ];
  return { reading: within(low?.min, high?.max, notes), to: both.at(-1)?.to ?? first.to };
}

/** `6-12 years old`, `ages 6-12`, `60+`, `18 and over`, `under 7`, `adults`. */
function englishAges(text: string, at: number): FoundAges | undefined {
  const grown = matchAt(englishAdults, text, at);
  if (grown !== undefined) return { reading: { ok: true, min: 18, notes: [] }, to: at + grown[0].length };
  const bound = matchAt(englishBound, text, at);
  if (bound !== undefined) {
    const age = Number(bound[2]);
    const side = /under|below/i.test(bound[1] ?? '') ? 'max' : 'min';
    return {
      reading: within(side === 'min' ? age : undefined, side === 'max' ? age : undefined, [{ type: 'boundUnclear', age, side }]),
      to: at + bound[0].length,
    };
  }
  const found = matchAt(english, text, at);
  if (found === undefined) return undefined;
  const [all, first, second, open] = found;
  // 6-12 alone may be anything.
  if (open === undefined && !/age|year|y\/?o|yr/i.test(all)) return undefined;
  const to = at + all.length;
  if (second !== undefined) return { reading: within(Number(first), Number(second)), to };
  return { reading: /under|younger|below/i.test(open ?? '') ? within(undefined, Number(first)) : within(Number(first), undefined), to };
}
