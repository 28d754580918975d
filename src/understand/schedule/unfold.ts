import type { Temporal } from 'temporal-polyfill';
import { nthWeekdayOf } from '../dates/festivals.js';
import { refuse, type Refused } from '../dates/types.js';
import type { Extent, Rule } from './rules.js';

/** A rule with how many sessions each of its days has. */
export interface Ruled {
  readonly rule: Rule;
  readonly perDay: number;
}

/** The bounds of a series. */
export interface Bounds {
  readonly since: Temporal.PlainDate;
  /** A first day was written: weeks are counted from its week. */
  readonly sinceWritten: boolean;
  readonly until?: Temporal.PlainDate;
  readonly extent: Extent;
  readonly except: readonly Temporal.PlainDate[];
  /** Weekdays that are left out. */
  readonly off: readonly number[];
  /** Whether a day is still to come; of today, whether its times are. */
  fits(date: Temporal.PlainDate, at: number): boolean;
}

/** A day of a series, and the place of its rule among the rules. */
export interface Unfolded {
  readonly date: Temporal.PlainDate;
  readonly rule: number;
}

/** Never more sessions than this, and never over more days. */
export const mostSessions = 200;
export const mostDays = 400;

const mondayOf = (date: Temporal.PlainDate): Temporal.PlainDate => date.subtract({ days: date.dayOfWeek - 1 });

function matches(rule: Rule, date: Temporal.PlainDate, anchor: Temporal.PlainDate): boolean {
  switch (rule.kind) {
    case 'daily':
      return anchor.until(date).days % rule.interval === 0;
    case 'weekly':
      return rule.weekdays.includes(date.dayOfWeek) && (rule.interval === 1 || (mondayOf(anchor).until(date).days / 7) % rule.interval < 1);
    case 'monthly':
      return rule.days.includes(date.day) || (rule.days.includes(-1) && date.day === date.daysInMonth);
    case 'monthlyWeekday':
      return (
        date.dayOfWeek === rule.weekday &&
        rule.nth.some((nth) => nthWeekdayOf(date.year, date.month, rule.weekday, nth)?.equals(date) === true)
      );
  }
}

/** Every rule's first fitting day, from which its weeks or days are counted. */
function anchorsOf(rules: readonly Ruled[], { since, sinceWritten, fits }: Bounds): Temporal.PlainDate[] {
  return rules.map(({ rule }, at) => {
    if (sinceWritten && rule.kind === 'daily') return since;
    for (let days = 0; days <= 31; days += 1) {
      const date = since.add({ days });
      if (fits(date, at) && matches(rule.kind === 'weekly' ? { ...rule, interval: 1 } : rule, date, date)) return date;
    }
    return since;
  });
}

/** The days of a series by its rules, in order. */
export function unfold(
  rules: readonly Ruled[],
  bounds: Bounds,
): readonly Unfolded[] | Refused<'endless' | 'tooMany' | 'tooFar' | 'nothingFits'> {
  const { since, until, extent, except, fits } = bounds;
  const { days, weeks, months } = extent;
  const lasts = days !== undefined || weeks !== undefined || months !== undefined;
  if (until === undefined && extent.sessions === undefined && !lasts) return refuse('endless');
  // Where the days are bounded, the number is only compared with them.
  const wanted = until === undefined ? extent.sessions : undefined;
  if (wanted !== undefined && wanted > mostSessions) return refuse('tooMany');
  const anchors = anchorsOf(rules, bounds);
  const found: Unfolded[] = [];
  let last = until ?? since.add({ days: mostDays });
  if (since.until(last).days > mostDays) return refuse('tooFar');
  let bounded = until !== undefined;
  let sessions = 0;
  for (let date = since; date.until(last).days >= 0; date = date.add({ days: 1 })) {
    if (bounds.off.includes(date.dayOfWeek) || except.some((day) => day.equals(date))) continue;
    for (const [at, { rule, perDay }] of rules.entries()) {
      const anchor = anchors[at] ?? since;
      if (anchor.until(date).days < 0 || !fits(date, at) || !matches(rule, date, anchor)) continue;
      if (found.length === 0 && lasts) {
        const length = { days: days ?? 0, weeks: weeks ?? 0, months: months ?? 0 };
        const end = date.add(length).subtract({ days: 1 });
        if (since.until(end).days > mostDays) return refuse('tooFar');
        if (end.until(last).days > 0) last = end;
        bounded = true;
      }
      found.push({ date, rule: at });
      sessions += perDay;
      if (sessions > mostSessions) return refuse('tooMany');
      if (wanted !== undefined && sessions >= wanted) return found;
    }
  }
  if (found.length === 0) return refuse('nothingFits');
  return wanted !== undefined && !bounded ? refuse('tooFar') : found;
}
