import { fieldText } from './normalize.js';
import { matchAt, numberOf } from './dates/scan.js';

/** `boundUnclear`: 12岁以下 may be meant with or without the twelve-year-olds; they were counted in. */
export interface AgeNote {
  readonly type: 'boundUnclear';
  readonly age: number;
}

/** Ages in whole years, both bounds inclusive; a missing bound is none. */
export interface Ages {
  readonly min?: number;
  readonly max?: number;
  readonly notes: readonly AgeNote[];
}

/** What ages a text names; `reversed`: 12-6岁. */
export type AgesReading =
  ({ readonly ok: true } & Ages) | { readonly ok: false; readonly reason: 'unreadable' | 'outOfRange' | 'reversed' };

interface FoundAges {
  readonly reading: AgesReading;
  readonly to: number;
}

const oldest = 120;
const number = '(\\d{1,3}(?!\\d)|[零〇一二两三四五六七八九十百]{1,4})';
const years = '\\s?(?:周岁|岁|周)';
const range = new RegExp(`(?:年?满)?${number}(?:${years})?\\s?(?:[-~]{1,3}|至|到)\\s?(未满|不满)?${number}${years}(?:之?间)?`, 'y');
const bareRange = new RegExp(`${number}\\s?(?:[-~]{1,3}|至|到)\\s?${number}`, 'y');
const from = new RegExp(
  `(?:年?满)?${number}${years}\\s?(?:\\(?含\\)?|及|或)?\\s?(?:以上|起|\\+)(?:\\(含(?:${number}${years})?\\))?|年?满${number}${years}`,
  'y',
);
const under = new RegExp(`(?:不满|未满|小于|低于)${number}${years}|${number}${years}\\s?以下\\(不含(?:${number}${years})?\\)`, 'y');
const upTo = new RegExp(
  `(?:不超过|不大于)${number}${years}|${number}${years}\\s?(?:(\\(含\\)|含|及|或|\\(含)?\\s?(?:以下|以内|之内)\\)?(\\(含(?:${number}${years})?\\))?)`,
  'y',
);
const link = /[ ,、且]{0,2}/y;
const adults = /(?:仅限|限)?(?:成年人|成人|大人)/y;
const minors = /未成年人?/y;
const everybody = /(?:年龄|岁数)?(?:不限|没有限制|无限制|不限制)(?:年龄|岁数)?|所有(?:年龄|人)|全年龄|老少皆宜|任何年龄|谁都可以/y;

type Bound = { readonly min: number } | { readonly max: number; readonly unclear?: boolean };

function readBound(text: string, at: number): { readonly bound: Bound; readonly to: number } | undefined {
  const found = (pattern: RegExp, make: (age: number, match: RegExpExecArray) => Bound) => {
    const match = matchAt(pattern, text, at);
    const age = match && numberOf(match.slice(1).find((group) => group !== undefined && /^[\d零〇一二两三四五六七八九十百]/.test(group)));
    return match === undefined || age === undefined ? undefined : { bound: make(age, match), to: at + match[0].length };
  };
  return (
    found(under, (age) => ({ max: age - 1 })) ??
    found(upTo, (age, match) => ({ max: age, unclear: !/含|及|或|不超过|不大于/.test(match[0]) })) ??
    found(from, (age) => ({ min: age }))
  );
}

function within(min: number | undefined, max: number | undefined, notes: readonly AgeNote[] = []): AgesReading {
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
  const first = readBound(text, at);
  if (first === undefined) return undefined;
  const next = first.to + (matchAt(link, text, first.to)?.[0].length ?? 0);
  const second = readBound(text, next);
  const both = second === undefined || 'min' in second.bound === 'min' in first.bound ? [first] : [first, second];
  const bounds = both.map(({ bound }) => bound);
  const low = bounds.find((bound) => 'min' in bound);
  const high = bounds.find((bound) => 'max' in bound);
  const notes: AgeNote[] = high?.unclear === true ? [{ type: 'boundUnclear', age: high.max }] : [];
  return { reading: within(low?.min, high?.max, notes), to: both.at(-1)?.to ?? first.to };
}

const before = /^(?:适合|适龄|面向|年龄|对象|限|仅限)?\s?[:是为]?\s?/;
const after = /^\s?的?(?:健康)?(?:少年儿童|青少年|儿童|孩子|小朋友|少年|小学生|学生|居民|老人|老年人|成人|宝宝|人)?[。.]?$/;

/** Reads whom an event is for: `6-12岁`, `6岁以上`, `12岁以下`, `不满7岁`, `成人`, `不限`; here also `6-12` alone. A single age is `unreadable`: it may be meant as either bound. */
export function parseAges(text: string): AgesReading {
  const field = fieldText(text)?.replace(before, '');
  if (field === undefined) return { ok: false, reason: 'unreadable' };
  const bare = matchAt(bareRange, field, 0);
  const [min, max] = [numberOf(bare?.[1]), numberOf(bare?.[2])];
  if (bare?.[0].length === field.length && min !== undefined && max !== undefined) return within(min, max);
  const fixed = (
    [
      [everybody, { ok: true, notes: [] }],
      [adults, { ok: true, min: 18, notes: [] }],
      [minors, { ok: true, max: 17, notes: [] }],
    ] as const
  ).find(
    ([pattern]) =>
      after.test(field.slice(matchAt(pattern, field, 0)?.[0].length ?? field.length)) && matchAt(pattern, field, 0) !== undefined,
  );
  if (fixed !== undefined) return fixed[1];
  const found = agesAt(field, 0);
  return found !== undefined && after.test(field.slice(found.to)) ? found.reading : { ok: false, reason: 'unreadable' };
}
