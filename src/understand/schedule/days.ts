import { Temporal } from 'temporal-polyfill';
import type { Day } from '../dates/day.js';
import { resolveDay, type ResolvedDay } from '../dates/resolveDay.js';
import { refuse, type DayRefusal, type Refused } from '../dates/types.js';
import type { ScheduleNote } from './types.js';

/** A stretch of days, both ends in it. */
export interface DayRange {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  readonly notes: readonly ScheduleNote[];
}

const before = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(a, b) < 0;

const isOpen = (days: readonly Day[]): boolean =>
  days.every(
    (day) =>
      (day.kind === 'calendar' && day.year === undefined && day.yearFromNow === undefined) ||
      (day.kind === 'weekday' && day.week === undefined) ||
      (day.kind === 'dayOfMonth' && day.monthFromNow === undefined) ||
      (day.kind === 'lastDay' && day.monthFromNow === undefined),
  );

/** The first day that words mean on or after another: until 2月 in a course that starts in September is next year's. */
export function onOrAfter(
  days: readonly Day[],
  first: Temporal.PlainDate,
  today: Temporal.PlainDate,
): ResolvedDay | Refused<'endsBeforeStart'> {
  const found = resolveDay(days, isOpen(days) ? first : today);
  if (found === undefined) return refuse('vague');
  if (!found.ok) return found;
  return before(found.date, first) ? refuse('endsBeforeStart') : { ...found, notes: [] };
}

/**
 * The stretch that two days mean together. 7月15日到8月2日, read in between, has begun already: the end decides the year.
 */
export function rangeOf(
  from: readonly Day[],
  to: readonly Day[],
  today: Temporal.PlainDate,
): DayRange | Refused<DayRefusal | 'endsBeforeStart'> {
  const [start] = from;
  const end = resolveDay(to, today);
  if (start?.kind === 'calendar' && isOpen(from) && isOpen(to) && end?.ok === true) {
    const years = [end.date.year, end.date.year - 1];
    for (const year of years) {
      const first = resolveDay([{ kind: 'calendar', year, month: start.month, day: start.day }], today);
      if (first?.ok === true && !before(end.date, first.date) && !reversed(first.date, end.date))
        return { from: first.date, to: end.date, notes: rolled(first.date, today) };
    }
  }
  const first = resolveDay(from, today);
  if (first === undefined) return refuse('vague');
  if (!first.ok) return first;
  const last = onOrAfter(to, first.date, today);
  if (!last.ok) return last;
  return reversed(first.date, last.date)
    ? refuse('endsBeforeStart')
    : { from: first.date, to: last.date, notes: rolled(first.date, today) };
}

/** The longest stretch across a new year without a year written: a school year. 8月8日到8月1日 is a slip, not a year. */
const schoolYear = 310;
const reversed = (from: Temporal.PlainDate, to: Temporal.PlainDate): boolean =>
  to.year > from.year && from.until(to).days > schoolYear && from.until(to).days < 366;

/** A stretch that would be over this year was moved into the next. */
const rolled = (first: Temporal.PlainDate, today: Temporal.PlainDate): ScheduleNote[] =>
  first.year > today.year ? [{ type: 'rolledOver', date: first.toString(), days: today.until(first).days }] : [];

/** How many days back a first day without a year may lie: a course is entered a little late more often than eleven months early. */
const lately = 60;

/** The first day of a series. */
export function firstDay(days: readonly Day[], today: Temporal.PlainDate): ResolvedDay | undefined {
  const found = resolveDay(days, today);
  const [day] = days;
  if (found?.ok !== true || day?.kind !== 'calendar' || !isOpen(days) || found.date.year === today.year) return found;
  const here = resolveDay([{ kind: 'calendar', year: today.year, month: day.month, day: day.day }], today);
  return here?.ok === true && here.date.until(today).days <= lately ? { ...here, notes: [] } : found;
}
