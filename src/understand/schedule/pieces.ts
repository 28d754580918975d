import { readClocks, readPart } from '../dates/clock.js';
import { weekdayOf, type Day } from '../dates/day.js';
import { readOneDay } from '../dates/days.js';
import { matchAt, numberOf, small } from '../dates/scan.js';
import type { FoundClocks, PartOfDay } from '../dates/time.js';
import { readExtent, readRule, type Extent, type Rule } from './rules.js';

/** What a part of a schedule says, before it is known what they say together. */
export type PieceValue =
  | { readonly kind: 'day'; readonly day: Day; readonly weak: boolean }
  /** Between two days: all from one to the other; before one alone: until then. */
  | { readonly kind: 'to' }
  /** The day beside it is the first. */
  | { readonly kind: 'since' }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'extent'; readonly extent: Extent }
  | { readonly kind: 'clocks'; readonly clocks: FoundClocks }
  | { readonly kind: 'part'; readonly part: PartOfDay }
  /** How long each session lasts, in minutes. */
  | { readonly kind: 'duration'; readonly minutes: number }
  /** The day before it is left out. */
  | { readonly kind: 'except' }
  /** These weekdays are left out. */
  | { readonly kind: 'weekdaysOff'; readonly weekdays: readonly number[] }
  | { readonly kind: 'holidays'; readonly text: string }
  /** The sessions are offered for a choice. */
  | { readonly kind: 'or' };

/** A part of a schedule with its place. */
export type Piece = PieceValue & {
  readonly from: number;
  readonly to: number;
  /** Nothing but spaces, commas and brackets lies between it and the piece before it. */
  readonly joined: boolean;
};

/** Pieces that stand one after another. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly pieces: readonly Piece[];
}

interface Found {
  readonly value: PieceValue | readonly PieceValue[];
  readonly to: number;
}

/** Longer runs than this are no schedule. */
const mostPieces = 60;

const filler =
  /(?:[ ,、;&()|的]|T(?=\d)|于|在(?=[早上中下晚\d])|[和及与](?=[\d一二三四五六日天周星礼本下上每明后早中晚])|以及|并于|\/(?=周|星期|礼拜|[一二三四五六日天](?:[\s/]|\d|[早晚上下]))|第[一二三四五六七八九十\d]{1,3}[场次节期讲课批轮天]\s?:?|[上下]午场\s?:|时间\s?:?|上课|授课|各一[场次节]|:(?=\s?[\d周星每上下早晚中])|(?:\b(?:on|and|in the(?=\s(?:morning|afternoon|evening)))\s)){1,6}/y;
const joining = /^[ ,()的于在T]*$/;
const to = /\s?(?:[-~]{1,3}|至|直?到|截止到?|持续到|until|till?|through|thru|to)(?![a-z])\s?/iy;
const ends = /(?:为止|结束|止(?!步))/y;
const sinceBefore =
  /(?:从|自(?!带|备|行)|首[次节场期]课?\s?:?|开[课班](?:时间|日期)?\s?:?|(?:starting|beginning|starts|from)(?:\son)?\s(?!\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m|to|-)))/iy;
const sinceAfter = /\s?(?:日?起(?!来)|开始|开课|开班)/y;
const except = /\s?(?:除外|停课|休息|不上课|不开课|停一次|暂停(?:一次)?)/y;
const exceptBefore = /(?:除(?:了)?|(?:except|excluding|but not)\s(?=[a-z\d]))/iy;
const holidays =
  /(?:(?:除|避开|跳过|不含|不包括)了?(?:国家)?(?:法定)?(?:节假日|假期|寒暑假)(?:除?外)?|(?:遇|逢)?(?:国家)?(?:法定)?(?:节假日|节日|假期|寒暑假)(?:除外|不含|休息|停课|不上课|暂停|放假|顺延|不开放)|(?:except|excluding|not on|no (?:class|classes|session|sessions) on)\s(?:(?:public|bank|national)\s)?holidays)/iy;
const weekdaysOff =
  /除了?(?:双休日|周末|周六[、和]?周?[日天]|周([一二三四五六日天]))(?:之?外|除外)|(?:双休日|周末|周六[、和]?周?[日天]|周([一二三四五六日天]))(?:除外|休息|停课|不上课?|不开课?|放假)/y;
const or = /(?:或者?|任选[一其]?[一1]?[场次个]?|二选一|or(?![a-z]))/iy;
const duration = new RegExp(
  `(?:每[次节场堂课]|时长|为时|(?:for|each)\\s)?\\s?(?:约)?(?:(${small}|半)(?:\\.(5))?\\s?个?(半)?(?:小时|钟头|hours?)(半)?|(\\d{2,3})\\s?(?:分钟|minutes|mins?))`,
  'iy',
);
const yearEnd = /(?:(今|明)年)?年?[底末](?=[为止结,。;\s)]|$)/y;
const monthEnd = new RegExp(`(?:(${small})月(?:份)?|(本|这个|当|下个?)月|月)[底末]`, 'y');
const monthAlone = new RegExp(`(${small})月(?:份)?(?=[为止结,。;\\s)]|$)`, 'y');
const months = new RegExp(
  `(${small})月?(?:(?:至|到|-|~|、)(${small})月)?(?<=月)份?(?:期间|里|内)?的?\\s?(?=每|工作日|隔|周[一二三四五六日末])`,
  'y',
);
const endOfYear = /(?:the\s)?end of (?:the|this) (year|month)(?![a-z])/iy;
const listed = /(\d{1,2})(?=(?:\s?[、,和]\s?\d{1,2}){0,12}\s?[日号])/y;
// Aug 1, 8 and 15 at 10am; Aug 1-21. A number before other words is something else: Aug 1, 10 kids.
const englishListed = /(\d{1,2})(?:st|nd|rd|th)?(?=$|\s?[,;)&]|\s(?:and|at|from)\s)/y;
const englishEnd = /(\d{1,2})(?:st|nd|rd|th)?(?=$|\s?[,;)&]|\s(?:and|at|from|every|daily|\d))(?!\s?[ap]m)/y;
const weekdaySign = /([一二三四五六日天])(?=$|[\s,、;)和及至到~-]|\d{1,2}[:点]|[早晚]|[上中下]午|共)/y;

/** 年底, 8月底, 本月底: a day only where something lasts until then. */
function readEnd(text: string, at: number): { readonly day: Day; readonly to: number } | undefined {
  const year = matchAt(yearEnd, text, at);
  if (year !== undefined && /[底末]/.test(year[0])) {
    if (year[1] === '明') return undefined;
    return { day: { kind: 'lastDay', month: 12 }, to: at + year[0].length };
  }
  const month = matchAt(monthEnd, text, at);
  if (month !== undefined) {
    const named = numberOf(month[1]);
    const day: Day =
      named === undefined
        ? { kind: 'lastDay', monthFromNow: month[2]?.startsWith('下') === true ? 1 : 0 }
        : { kind: 'lastDay', month: named };
    return named !== undefined && (named < 1 || named > 12) ? undefined : { day, to: at + month[0].length };
  }
  const whole = matchAt(monthAlone, text, at);
  const named = numberOf(whole?.[1]);
  if (whole !== undefined && named !== undefined && named >= 1 && named <= 12)
    return { day: { kind: 'lastDay', month: named }, to: at + whole[0].length };
  const words = matchAt(endOfYear, text, at);
  if (words === undefined) return undefined;
  const day: Day = /year/i.test(words[0]) ? { kind: 'lastDay', month: 12 } : { kind: 'lastDay', monthFromNow: 0 };
  return { day, to: at + words[0].length };
}

/** The weekday, or the day of a month, that goes on a list without saying so: the 四 of 周二、四, the 3 of 8月1、3日. */
function readListed(text: string, at: number, before: readonly Piece[]): Found | undefined {
  const last = before.findLast(({ kind }) => kind !== 'to');
  if (last?.kind !== 'day') return undefined;
  if (last.day.kind === 'weekday') {
    const found = matchAt(weekdaySign, text, at);
    const weekday = weekdayOf(found?.[1] ?? '');
    const { week } = last.day;
    if (found === undefined || weekday === undefined) return undefined;
    return { value: { kind: 'day', day: { kind: 'weekday', weekday, ...(week === undefined ? {} : { week }) }, weak: false }, to: at + 1 };
  }
  if (last.day.kind !== 'calendar' && last.day.kind !== 'dayOfMonth') return undefined;
  if (/[a-z]/i.test(text.slice(last.from, last.to))) {
    const found = matchAt(before.at(-1)?.kind === 'to' ? englishEnd : englishListed, text, at);
    if (found !== undefined)
      return { value: { kind: 'day', day: { kind: 'dayOfMonth', day: Number(found[1]) }, weak: false }, to: at + found[0].length };
  }
  const found = matchAt(listed, text, at);
  if (found === undefined || matchAt(/\d{1,2}\s?月/y, text, at) !== undefined) return undefined;
  const end = at + found[0].length;
  return {
    value: { kind: 'day', day: { kind: 'dayOfMonth', day: Number(found[1]) }, weak: false },
    to: end + (/^\s?[日号]/.exec(text.slice(end, end + 2))?.[0].length ?? 0),
  };
}

/** 8月每周六, 7-8月的工作日: whole months in which something comes again. */
function readMonths(text: string, at: number): Found | undefined {
  const found = matchAt(months, text, at);
  const [first, last] = [numberOf(found?.[1]), numberOf(found?.[2] ?? found?.[1])];
  if (found === undefined || first === undefined || last === undefined || [first, last].some((month) => month < 1 || month > 12))
    return undefined;
  return {
    value: [
      { kind: 'day', day: { kind: 'calendar', month: first, day: 1 }, weak: false },
      { kind: 'to' },
      { kind: 'day', day: { kind: 'lastDay', month: last }, weak: false },
    ],
    to: at + found[0].length,
  };
}

function readDuration(text: string, at: number): Found | undefined {
  const found = matchAt(duration, text, at);
  if (found === undefined) return undefined;
  const [all, hours, tenth, halfBefore, halfAfter, minutes] = found;
  const half = tenth !== undefined || halfBefore !== undefined || halfAfter !== undefined ? 30 : 0;
  const total = minutes !== undefined ? Number(minutes) : hours === '半' ? 30 : (numberOf(hours) ?? 0) * 60 + half;
  return total < 10 || total > 12 * 60 ? undefined : { value: { kind: 'duration', minutes: total }, to: at + all.length };
}

/** One piece exactly at a place. `begun`: pieces stand before it. */
function readPiece(text: string, at: number, before: readonly Piece[]): Found | undefined {
  const word = (pattern: RegExp, value: PieceValue): Found | undefined => {
    const match = matchAt(pattern, text, at);
    return match && { value, to: at + match[0].length };
  };
  const last = before.at(-1);
  const begun = last !== undefined;
  const free = matchAt(holidays, text, at);
  const off = matchAt(weekdaysOff, text, at);
  if (off !== undefined) {
    const weekday = weekdayOf(off[1] ?? off[2] ?? '');
    return { value: { kind: 'weekdaysOff', weekdays: weekday === undefined ? [6, 7] : [weekday] }, to: at + off[0].length };
  }
  if (free !== undefined) return { value: { kind: 'holidays', text: free[0] }, to: at + free[0].length };
  if (last?.kind === 'day') {
    const after = word(sinceAfter, { kind: 'since' }) ?? word(except, { kind: 'except' });
    if (after !== undefined) return after;
  }
  const left = matchAt(exceptBefore, text, at);
  const leftOut = left && readOneDay(text, at + left[0].length);
  if (left !== undefined && leftOut !== undefined && leftOut.day.kind !== 'vague' && leftOut.day.kind !== 'recurring') {
    const outer = matchAt(/\s?(?:之?外|除外)/y, text, leftOut.to)?.[0].length ?? 0;
    return { value: [{ kind: 'day', day: leftOut.day, weak: false }, { kind: 'except' }], to: leftOut.to + outer };
  }
  const listedDay = readListed(text, at, before);
  if (listedDay !== undefined) return listedDay;
  if (begun) {
    const gap = last.kind === 'to' ? undefined : matchAt(to, text, at);
    if (gap !== undefined) {
      const end = readEnd(text, at + gap[0].length);
      if (end !== undefined) {
        const close = matchAt(ends, text, end.to)?.[0].length ?? 0;
        return { value: [{ kind: 'to' }, { kind: 'day', day: end.day, weak: false }], to: end.to + close };
      }
      const next = readOneDay(text, at + gap[0].length);
      const more =
        next === undefined ? readListed(text, at + gap[0].length, [...before, { kind: 'to', from: at, to: at, joined: true }]) : undefined;
      if ((next !== undefined && next.day.kind !== 'vague' && next.day.kind !== 'recurring') || more !== undefined)
        return { value: { kind: 'to' }, to: at + gap[0].length };
    }
    const end = last.kind === 'day' ? word(ends, { kind: 'to' }) : undefined;
    if (end !== undefined && before.at(-2)?.kind === 'to') return { value: [], to: end.to };
    const choice = word(or, { kind: 'or' });
    if (choice !== undefined) return choice;
  }
  const extent = readExtent(text, at);
  if (extent !== undefined && (extent.headed || begun) && !(extent.extent.sessions === undefined && !extent.headed && last?.kind === 'to'))
    return { value: { kind: 'extent', extent: extent.extent }, to: extent.to };
  const lasting = begun ? readDuration(text, at) : undefined;
  if (lasting !== undefined) return lasting;
  const opening = matchAt(sinceBefore, text, at);
  if (opening !== undefined) {
    const next = readOneDay(text, at + opening[0].length + (text[at + opening[0].length] === ' ' ? 1 : 0));
    if (next !== undefined && next.day.kind !== 'vague' && next.day.kind !== 'recurring')
      return {
        value: [{ kind: 'day', day: next.day, weak: false }, { kind: 'since' }],
        to: next.to + (matchAt(sinceAfter, text, next.to)?.[0].length ?? 0),
      };
  }
  const month = readMonths(text, at);
  if (month !== undefined) return month;
  const rule = readRule(text, at);
  if (rule !== undefined) return { value: { kind: 'rule', rule: rule.rule }, to: rule.to };
  const clocks = readClocks(text, at);
  if (clocks !== undefined) return { value: { kind: 'clocks', clocks }, to: clocks.to };
  const day = readOneDay(text, at);
  if (day !== undefined) {
    if (day.day.kind === 'recurring') return undefined;
    if (day.day.kind !== 'vague') return { value: { kind: 'day', day: day.day, weak: day.weak === true }, to: day.to };
  }
  const part = readPart(text, at);
  return part === undefined || (part.short && !begun) ? undefined : { value: { kind: 'part', part: part.part }, to: part.to };
}

/** The place after what stands between two pieces and says nothing: spaces, commas, 第一场:. */
export const afterFiller = (text: string, at: number): number => at + (matchAt(filler, text, at)?.[0].length ?? 0);

/** The longest run of pieces that starts exactly at a place of a folded text. A line end ends it. */
export function readRun(text: string, from: number): Run | undefined {
  const pieces: Piece[] = [];
  let end = from;
  let next = from;
  while (pieces.length < mostPieces) {
    const found = readPiece(text, next, pieces);
    if (found === undefined || found.to === next) break;
    const joined = joining.test(text.slice(end, next));
    for (const value of Array.isArray(found.value) ? found.value : [found.value])
      pieces.push({ ...value, from: next, to: found.to, joined });
    end = found.to;
    next = afterFiller(text, end);
  }
  return pieces.length === 0 ? undefined : { from, to: end, pieces };
}
