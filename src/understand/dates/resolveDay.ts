import { Temporal } from 'temporal-polyfill';
import type { Day } from './day.js';
import { festivalIn, lunarDay, nthWeekdayOf } from './festivals.js';
import { refuse, type DateNote, type DayRefusal, type Refused } from './types.js';

/** The day that words mean, with what was assumed; or why they mean none. */
export type ResolvedDay =
  { readonly ok: true; readonly date: Temporal.PlainDate; readonly notes: readonly DateNote[] } | Refused<DayRefusal>;

interface Reading {
  readonly date: Temporal.PlainDate;
  readonly notes: readonly DateNote[];
}

const earliestYear = 1900;
const latestYear = 2100;

const dayIn = (year: number, month: number, day: number): Temporal.PlainDate | undefined => {
  if (month < 1 || month > 12 || year < earliestYear || year > latestYear) return undefined;
  return day < 1 || day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth
    ? undefined
    : Temporal.PlainDate.from({ year, month, day });
};

const rolled = (date: Temporal.PlainDate, today: Temporal.PlainDate): DateNote => ({ type: 'rolledOver', days: today.until(date).days });
const isPast = (date: Temporal.PlainDate, today: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(date, today) < 0;

function calendar(day: Extract<Day, { kind: 'calendar' }>, today: Temporal.PlainDate): Reading | undefined {
  const named = day.year ?? (day.yearFromNow === undefined ? undefined : today.year + day.yearFromNow);
  if (named !== undefined) {
    const date = dayIn(named, day.month, day.day);
    return date && { date, notes: [] };
  }
  const inYear = dayIn(today.year, day.month, day.day);
  // 29 February may be there next year only.
  const passed = inYear === undefined ? day.month <= today.month : isPast(inYear, today);
  const date = passed ? dayIn(today.year + 1, day.month, day.day) : inYear;
  if (date === undefined) return undefined;
  return { date, notes: [{ type: 'yearAssumed', year: date.year }, ...(date.year === today.year ? [] : [rolled(date, today)])] };
}

function dayOfMonth(day: Extract<Day, { kind: 'dayOfMonth' }>, today: Temporal.PlainDate): Reading | undefined {
  const month = today.toPlainYearMonth();
  if (day.monthFromNow !== undefined) {
    const named = month.add({ months: day.monthFromNow });
    const date = dayIn(named.year, named.month, day.day);
    return date && { date, notes: [] };
  }
  const here = dayIn(month.year, month.month, day.day);
  if (here !== undefined && !isPast(here, today)) return { date: here, notes: [] };
  if (here === undefined) return undefined;
  const following = month.add({ months: 1 });
  const date = dayIn(following.year, following.month, day.day);
  return date && { date, notes: [rolled(date, today)] };
}

function weekday(day: Extract<Day, { kind: 'weekday' }>, today: Temporal.PlainDate): Reading {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const coming = today.add({ days: (day.weekday - today.dayOfWeek + 7) % 7 });
  if (day.week === undefined) return { date: coming, notes: [] };
  const date = monday.add({ days: day.week * 7 + day.weekday - 1 });
  const also = day.unsure === true && !coming.equals(today) && !coming.equals(date);
  return { date, notes: also ? [{ type: 'nextUnclear', also: coming.toString() }] : [] };
}

/** The month that words name. */
function monthOf(day: { readonly month?: number; readonly monthFromNow?: number }, today: Temporal.PlainDate): Temporal.PlainYearMonth {
  const here = today.toPlainYearMonth();
  return day.month === undefined ? here.add({ months: day.monthFromNow ?? 0 }) : here.with({ month: day.month });
}

/** A day that a month has by rule, not by number: its last Friday, its last day. */
function inMonth(
  day: Extract<Day, { kind: 'nthWeekday' | 'lastDay' }>,
  today: Temporal.PlainDate,
  find: (month: Temporal.PlainYearMonth) => Temporal.PlainDate | undefined,
): Reading | undefined {
  const month = monthOf(day, today);
  const date = find(month);
  if (date === undefined) return undefined;
  if (!isPast(date, today) || day.monthFromNow !== undefined) return { date, notes: [] };
  const later = find(month.add(day.month === undefined ? { months: 1 } : { years: 1 }));
  return later && { date: later, notes: [rolled(later, today)] };
}

/** A day that comes once a year: this year's, or next year's once that is past. */
function yearly(
  named: number | undefined,
  today: Temporal.PlainDate,
  find: (year: number) => Temporal.PlainDate | undefined,
): Reading | undefined {
  if (named !== undefined) {
    const date = find(named);
    return date && { date, notes: [] };
  }
  const here = find(today.year);
  if (here !== undefined && !isPast(here, today)) return { date: here, notes: [] };
  const next = find(today.year + 1);
  return next && { date: next, notes: [rolled(next, today)] };
}

function read(day: Day, today: Temporal.PlainDate): Reading | DayRefusal {
  switch (day.kind) {
    case 'calendar':
      return calendar(day, today) ?? 'noSuchDay';
    case 'dayOfMonth':
      return dayOfMonth(day, today) ?? 'noSuchDay';
    case 'daysFromNow':
      return { date: today.add({ days: day.days }), notes: [] };
    case 'monthsFromNow':
      return { date: today.add({ months: day.months }), notes: [] };
    case 'weekday':
      return weekday(day, today);
    case 'nthWeekday':
      return inMonth(day, today, ({ year, month }) => nthWeekdayOf(year, month, day.weekday, day.nth)) ?? 'noSuchDay';
    case 'lastDay':
      return inMonth(day, today, (month) => month.toPlainDate({ day: month.daysInMonth })) ?? 'noSuchDay';
    case 'lunar':
      // The lunar year that began last year is still going on in January.
      return (
        [today.year - 1, today.year, today.year + 1]
          .map((year) => lunarDay(year, day.month, day.day))
          .filter((date) => date !== undefined && !isPast(date, today))
          .map((date) => date && { date, notes: [] })[0] ?? 'noSuchDay'
      );
    case 'festival': {
      const { word, year, yearFromNow } = day;
      if (word === undefined) return 'festival';
      const named = year ?? (yearFromNow === undefined ? undefined : today.year + yearFromNow);
      return yearly(named, today, (inYear) => festivalIn(inYear, word)) ?? 'noSuchDay';
    }
    case 'vague':
    case 'recurring':
      return day.kind;
  }
}

const order: Record<Day['kind'], number> = {
  calendar: 0,
  dayOfMonth: 1,
  daysFromNow: 2,
  monthsFromNow: 2,
  nthWeekday: 1,
  lastDay: 1,
  lunar: 1,
  festival: 1,
  weekday: 3,
  vague: 4,
  recurring: 4,
};

/** What the ways of naming a day say together. The most definite one is taken; the others are checked against it. */
export function resolveDay(days: readonly Day[], today: Temporal.PlainDate): ResolvedDay | undefined {
  if (days.some(({ kind }) => kind === 'recurring')) return refuse('recurring');
  const [first, ...others] = days.toSorted((a, b) => order[a.kind] - order[b.kind]);
  if (first === undefined) return undefined;
  const reading = read(first, today);
  if (typeof reading === 'string') return refuse(reading);
  return {
    ok: true,
    date: reading.date,
    notes: [...reading.notes, ...others.flatMap((other) => disagreement(other, reading.date, today))],
  };
}

function disagreement(other: Day, date: Temporal.PlainDate, today: Temporal.PlainDate): DateNote[] {
  if (other.kind === 'weekday' && other.weekday !== date.dayOfWeek) {
    return [{ type: 'weekdayMismatch', written: other.weekday, actual: date.dayOfWeek }];
  }
  if (other.kind === 'weekday' && other.week === undefined) return [];
  const also = read(other, today);
  return typeof also === 'string' || also.date.equals(date) ? [] : [{ type: 'dayMismatch', also: also.date.toString() }];
}
