import type { Temporal } from 'temporal-polyfill';
import { resolveClocks } from '../dates/resolveClock.js';
import { resolveDay } from '../dates/resolveDay.js';
import type { FoundClocks } from '../dates/time.js';
import { refuse, type DateNote, type Refused } from '../dates/types.js';
import { firstDay, onOrAfter, rangeOf, type DayRange } from './days.js';
import type { Rule } from './rules.js';
import type { Parts, Spec } from './specs.js';
import type { ScheduleNote, ScheduleRefusal } from './types.js';
import { mostDays, mostSessions, unfold } from './unfold.js';

/** Days of one kind with the times that belong to them. */
export interface Entry {
  readonly specs: readonly Spec[];
  readonly clocks: readonly FoundClocks[];
}

/** A day on which something is, with its times. */
export interface TimedDay {
  readonly date: Temporal.PlainDate;
  readonly clocks: readonly FoundClocks[];
}

/** All days of a schedule, not yet in order. */
export interface Days {
  readonly ok: true;
  readonly days: readonly TimedDay[];
  readonly recurring: boolean;
  /** No more sessions than were asked for. */
  readonly most?: number;
  readonly notes: readonly ScheduleNote[];
}

/** The days of a schedule without a rule: one by one, or a stretch of them. */
export function byDates(
  entries: readonly Entry[],
  { since, until, except, off, extent }: Parts,
  today: Temporal.PlainDate,
): Days | Refused<ScheduleRefusal> {
  // 8月5日起 下午3点 and nothing more is a first day without a rule.
  if (since !== undefined || until !== undefined || extent.days !== undefined || extent.weeks !== undefined || extent.months !== undefined)
    return refuse('vague');
  const days: TimedDay[] = [];
  const notes: ScheduleNote[] = [];
  let recurring = false;
  const left = datesOf(except, today);
  if ('ok' in left) return left;
  const isOn = (date: Temporal.PlainDate): boolean => !off.includes(date.dayOfWeek) && !left.dates.some((day) => day.equals(date));
  for (const { specs, clocks } of entries) {
    for (const spec of specs) {
      if (spec.kind === 'rule') continue;
      if (spec.kind === 'date') {
        const found = resolveDay(spec.days, today);
        if (found === undefined) return refuse('noDay');
        if (!found.ok) return found;
        days.push({ date: found.date, clocks });
        notes.push(...dated(found.notes, found.date));
        continue;
      }
      recurring = true;
      const range = rangeOf(spec.from, spec.to, today);
      if ('ok' in range) return range;
      const length = range.from.until(range.to).days + 1;
      if (length > mostDays) return refuse('tooFar');
      if (length > mostSessions) return refuse('tooMany');
      const all = Array.from({ length }, (_, at) => range.from.add({ days: at })).filter(isOn);
      if (length > 3 && all.some((date) => date.dayOfWeek > 5)) notes.push({ type: 'everyDayAssumed' });
      notes.push(...range.notes, ...checked(spec.from, range.from), ...checked(spec.to, range.to));
      days.push(...all.map((date) => ({ date, clocks })));
    }
  }
  return { ok: true, days: days.filter(({ date }) => isOn(date)), recurring, notes };
}

function datesOf(
  groups: Parts['except'],
  today: Temporal.PlainDate,
): { readonly dates: readonly Temporal.PlainDate[] } | Refused<ScheduleRefusal> {
  const dates: Temporal.PlainDate[] = [];
  for (const days of groups) {
    const found = resolveDay(days, today);
    if (found?.ok !== true) return found ?? refuse('noDay');
    dates.push(found.date);
  }
  return { dates };
}

/** The weekday that stands beside an end of a stretch may be wrong as any other. */
const checked = (days: Parts['except'][number], date: Temporal.PlainDate): ScheduleNote[] =>
  days.flatMap((day) =>
    day.kind === 'weekday' && days.length > 1 && day.weekday !== date.dayOfWeek
      ? [{ type: 'weekdayMismatch' as const, date: date.toString(), written: day.weekday, actual: date.dayOfWeek }]
      : [],
  );

/** The notes of a single date as those of a schedule, with their day. */
export const dated = (notes: readonly DateNote[], date: Temporal.PlainDate): ScheduleNote[] =>
  notes.flatMap((note): ScheduleNote[] => {
    switch (note.type) {
      case 'yearAssumed':
      case 'timeVague':
      case 'past':
        return [];
      case 'rolledOver':
        return [{ type: 'rolledOver', date: date.toString(), days: note.days }];
      case 'weekdayMismatch':
        return [{ type: 'weekdayMismatch', date: date.toString(), written: note.written, actual: note.actual }];
      case 'approximate':
      case 'dayMismatch':
      case 'endsNextDay':
      case 'meridiemAssumed':
      case 'nextUnclear':
      case 'timeTwice':
        return [note];
    }
  });

/** The days of a schedule with a rule. */
export function byRules(entries: readonly Entry[], parts: Parts, here: Temporal.ZonedDateTime): Days | Refused<ScheduleRefusal> {
  const today = here.toPlainDate();
  const rules: { rule: Rule; clocks: readonly FoundClocks[] }[] = [];
  const ranges: DayRange[] = [];
  const notes: ScheduleNote[] = [];
  let first = parts.since;
  for (const { specs, clocks } of entries) {
    for (const spec of specs) {
      if (spec.kind === 'rule') {
        if (spec.rule.kind === 'weekly' && spec.rule.weekdays.length === 0) return refuse('vague');
        rules.push({ rule: spec.rule, clocks });
      } else if (spec.kind === 'range') {
        const range = rangeOf(spec.from, spec.to, today);
        if ('ok' in range) return range;
        notes.push(...range.notes, ...checked(spec.from, range.from), ...checked(spec.to, range.to));
        ranges.push(range);
      } else if (first === undefined) first = spec.days;
      // Two days beside a rule: nobody can tell what they are for.
      else return refuse('several');
    }
  }
  const [range] = ranges;
  if (ranges.length > 1 || (range !== undefined && first !== undefined)) return refuse('several');
  const start = first === undefined ? undefined : firstDay(first, today);
  if (start?.ok === false) return start;
  if (start !== undefined) notes.push(...dated(start.notes, start.date));
  const since = start?.date ?? range?.from;
  const end = parts.until === undefined ? undefined : onOrAfter(parts.until, since ?? today, today);
  if (end?.ok === false) return end;
  const except = datesOf(parts.except, today);
  if ('ok' in except) return except;
  const until = end?.date ?? range?.to;
  const minutes = here.hour * 60 + here.minute;
  const perRule = rules.map(({ clocks }) => clocks.map((one) => resolveClocks(one)));
  const days = unfold(
    rules.map(({ rule, clocks }) => ({ rule, perDay: clocks.length })),
    {
      since: since ?? today,
      sinceWritten: since !== undefined,
      ...(until === undefined ? {} : { until }),
      extent: parts.extent,
      except: except.dates,
      off: parts.off,
      // Without a first day the series begins with the next that is still to come.
      fits: (date, at) =>
        since !== undefined ||
        !date.equals(today) ||
        (perRule[at] ?? []).every((times) => typeof times === 'string' || times.start >= minutes),
    },
  );
  if ('ok' in days) return days;
  const fortnightly = rules.some(({ rule }) => (rule.kind === 'weekly' || rule.kind === 'daily') && rule.interval > 1);
  const firstDate = days[0]?.date;
  if (fortnightly && since === undefined && firstDate !== undefined) notes.push({ type: 'startAssumed', date: firstDate.toString() });
  if (rules.some(({ rule }) => rule.kind === 'monthly' && rule.days.some((day) => day > 28))) notes.push({ type: 'monthsSkipped' });
  const all = days.map(({ date, rule }) => ({ date, clocks: rules[rule]?.clocks ?? [] }));
  const { sessions: most } = parts.extent;
  return { ok: true, days: all, recurring: true, ...(until === undefined && most !== undefined ? { most } : {}), notes };
}
