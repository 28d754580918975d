import { Temporal } from 'temporal-polyfill';
import { looksLikeIdNumber } from './identifiers.js';
import { fieldText } from './normalize.js';
import { readDigits, readNumeral } from './numbers.js';

/** A birth date `YYYY-MM-DD`, or why the text is none. `ambiguous`: it could be more than one day. */
export type BirthDateReading =
  | { readonly ok: true; readonly date: string }
  | { readonly ok: false; readonly reason: 'unreadable' | 'noSuchDay' | 'future' | 'tooOld' | 'ambiguous' | 'idNumber' };

const oldest = 120;

interface Written {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const numeral = '[零〇一二三四五六七八九十廿卅]{1,3}|\\d{1,2}';
const inWords = new RegExp(
  `^(\\d{4}|\\d{2}|[零〇一二三四五六七八九]{4}|[零〇一二三四五六七八九]{2})\\s?年\\s?(${numeral})\\s?月\\s?(${numeral})\\s?[日号]?$`,
);
const inDigits = /^(\d{4})\s?([-./ ])\s?(\d{1,2})\s?\2\s?(\d{1,2})$/;
const packed = /^(\d{4})(\d{2})(\d{2})$/;
const dayFirst = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const monthNamed = [
  new RegExp(`^${day}(?: of)?[ ,.-]*${month}[ ,.-]*(\\d{4})$`, 'i'),
  new RegExp(`^${month}[ .-]*${day}[ ,.-]+(\\d{4})$`, 'i'),
  new RegExp(`^(\\d{4})[ ,.-]*${month}[ .-]*${day}$`, 'i'),
];
const withoutCentury = /^\d{2}[-./]\d{1,2}[-./]\d{1,2}$|^\d{6,7}$/;
const around = /^(?:生日|出生日期|出生年月日?|出生|生于|born(?: on)?|date of birth|dob)\s?[:是于在]?\s?|\s?(?:出生的?|生的?)?[.。]?$/gi;

/** 18年 is 2018 and 98年 is 1998: the latest such year that has begun. */
function fullYear(text: string, thisYear: number): number | undefined {
  const year = /^\d/.test(text) ? Number(text) : readDigits(text);
  if (year === undefined || text.length === 4) return year;
  return 2000 + year <= thisYear ? 2000 + year : 1900 + year;
}

function read(text: string, thisYear: number): Written | 'ambiguous' | undefined {
  const words = inWords.exec(text);
  if (words !== null) {
    const year = fullYear(words[1] ?? '', thisYear);
    const month = readNumeral(words[2] ?? '');
    const day = readNumeral(words[3] ?? '');
    return year === undefined || month === undefined || day === undefined ? undefined : { year, month, day };
  }
  const digits = inDigits.exec(text);
  if (digits !== null) return { year: Number(digits[1]), month: Number(digits[3]), day: Number(digits[4]) };
  const eight = packed.exec(text);
  if (eight !== null) return { year: Number(eight[1]), month: Number(eight[2]), day: Number(eight[3]) };
  const foreign = dayFirst.exec(text);
  if (foreign !== null) {
    const [first, second, year] = [Number(foreign[1]), Number(foreign[2]), Number(foreign[3])];
    if (first === second || second > 12) return { year, month: first, day: second };
    return first > 12 ? { year, month: second, day: first } : 'ambiguous';
  }
  return inEnglish(text) ?? (withoutCentury.test(text) ? 'ambiguous' : undefined);
}

/** `2 November 2019`, `Nov 2, 2019`, `2019 Nov 2nd`: a month by its name is never mistaken for a day. */
function inEnglish(text: string): Written | undefined {
  for (const pattern of monthNamed) {
    const parts = pattern.exec(text)?.slice(1);
    const name = parts?.find((part) => /^[a-z]/i.test(part));
    const year = parts?.find((part) => /^\d{4}$/.test(part));
    const on = parts?.find((part) => /^\d{1,2}$/.test(part));
    if (name && year && on) return { year: Number(year), month: months.indexOf(name.slice(0, 3).toLowerCase()) + 1, day: Number(on) };
  }
  return undefined;
}

/**
 * Reads a birth date as parents write it: `2018-05-20`, `2018/5/20`, `2018.5.20`, `20180520`, `2018年5月20日`, `18年5月20日`, `二〇一八年五月二十日`, `20 May 2018`.
 * Without a day or a year it is `unreadable`; an identity number is refused before anything in it is looked at.
 * @param context `today` is `YYYY-MM-DD` where the person lives.
 */
export function parseBirthDate(text: string, { today }: { readonly today: string }): BirthDateReading {
  if (looksLikeIdNumber(text)) return { ok: false, reason: 'idNumber' };
  const field = fieldText(text);
  const now = Temporal.PlainDate.from(today);
  const written = field === undefined ? undefined : read(field.replace(around, ''), now.year);
  if (written === undefined) return { ok: false, reason: 'unreadable' };
  if (written === 'ambiguous') return { ok: false, reason: 'ambiguous' };
  const date = dayOf(written);
  if (date === undefined) return { ok: false, reason: 'noSuchDay' };
  if (Temporal.PlainDate.compare(date, now) > 0) return { ok: false, reason: 'future' };
  return ageOn(date.toString(), today) > oldest ? { ok: false, reason: 'tooOld' } : { ok: true, date: date.toString() };
}

/** Whether a whole text is written like a day with its year, whether or not there is such a day: it is no number of anything else. Of six digits alone 180520 and 201805 are. */
export function readsAsDate(text: string): boolean {
  const field = fieldText(text)?.replace(around, '');
  if (field === undefined || looksLikeIdNumber(text)) return false;
  const written = read(field, latestYear);
  if (written !== 'ambiguous') return written !== undefined;
  if (!/^\d{6,7}$/.test(field)) return Number(/[-./](\d{1,2})[-./]/.exec(field)?.[1]) <= 12;
  const [first, second, third] = [0, 2, 4].map((at) => Number(field.slice(at, at + 2)));
  const yearFirst = dayOf({ year: 2000 + (first ?? 0), month: second ?? 0, day: third ?? 0 }) !== undefined;
  return (
    field.length === 6 && (yearFirst || ([19, 20].includes(first ?? 0) && dayOf({ year: 2000, month: third ?? 0, day: 1 }) !== undefined))
  );
}

const latestYear = 2099;

function dayOf({ year, month, day }: Written): Temporal.PlainDate | undefined {
  const last = month < 1 || month > 12 ? 0 : Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
  return day < 1 || day > last ? undefined : Temporal.PlainDate.from({ year, month, day });
}

/**
 * Whole years on a day; both `YYYY-MM-DD`. Whoever was born on 29 February turns a year older on 1 March where that day is missing.
 * Negative before birth.
 */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
