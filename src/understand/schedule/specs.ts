import type { Day } from '../dates/day.js';
import { resolveDay } from '../dates/resolveDay.js';
import type { FoundClocks } from '../dates/time.js';
import type { Temporal } from 'temporal-polyfill';
import type { Piece } from './pieces.js';
import type { Extent, Rule } from './rules.js';

/** A date, a stretch of dates or a rule: what a time can belong to. */
export type Spec =
  | { readonly kind: 'date'; readonly days: readonly Day[] }
  | { readonly kind: 'range'; readonly from: readonly Day[]; readonly to: readonly Day[] }
  | { readonly kind: 'rule'; readonly rule: Rule };

/** The parts of a schedule sorted by what they are for. */
export interface Parts {
  /** Days and times in the order of the text. */
  readonly sequence: readonly (Spec | { readonly kind: 'clocks'; readonly clocks: FoundClocks })[];
  readonly since?: readonly Day[];
  readonly until?: readonly Day[];
  readonly except: readonly (readonly Day[])[];
  /** Weekdays that are left out. */
  readonly off: readonly number[];
  readonly extent: Extent;
  readonly minutes?: number;
  readonly holidays?: string;
  readonly alternatives: boolean;
  /** A part of the day was written without an hour. */
  readonly vagueTime: boolean;
}

type DayPiece = Extract<Piece, { kind: 'day' }>;

/** A day of one kind and a weekday beside it are one day, told twice: 8月1日(周六). */
const together = (days: readonly Day[], next: DayPiece): boolean => {
  if (!next.joined || days.length >= 2) return false;
  const kinds = [...days.map(({ kind }) => kind), next.day.kind];
  if (kinds.includes('weekday')) return kinds.filter((kind) => kind === 'weekday').length === 1;
  return kinds.filter((kind) => kind === 'festival' || kind === 'daysFromNow').length === 1 && kinds.includes('calendar');
};

/** 3日 after 8月1日 is 8月3日. */
const completed = (day: Day, before: Day | undefined): Day => {
  if (day.kind !== 'dayOfMonth' || day.monthFromNow !== undefined) return day;
  if (before?.kind === 'calendar') return { ...before, day: day.day };
  return before?.kind === 'dayOfMonth' && before.monthFromNow !== undefined ? { ...day, monthFromNow: before.monthFromNow } : day;
};

/** Sorts pieces by what they are for. */
export function partsOf(pieces: readonly Piece[]): Parts {
  const sequence: (Spec | { kind: 'clocks'; clocks: FoundClocks })[] = [];
  const except: (readonly Day[])[] = [];
  const off: number[] = [];
  let since: readonly Day[] | undefined;
  let until: readonly Day[] | undefined;
  let extent: Extent = {};
  let minutes: number | undefined;
  let holidays: string | undefined;
  let alternatives = false;
  let part: Extract<Piece, { kind: 'part' }>['part'] | undefined;
  let latest: Day | undefined;
  let timed = false;

  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    switch (piece?.kind) {
      case 'rule':
        sequence.push({ kind: 'rule', rule: piece.rule });
        break;
      case 'extent':
        extent = { ...extent, ...piece.extent };
        break;
      case 'weekdaysOff':
        off.push(...piece.weekdays);
        break;
      case 'duration':
        minutes = piece.minutes;
        break;
      case 'holidays':
        holidays = piece.text;
        break;
      case 'or':
        alternatives = true;
        break;
      case 'part':
        part = piece.part;
        break;
      case 'clocks': {
        const { clocks } = piece;
        const own = clocks.start.part === undefined && part !== undefined ? { ...clocks, start: { ...clocks.start, part } } : clocks;
        sequence.push({ kind: 'clocks', clocks: own });
        part = undefined;
        timed = true;
        break;
      }
      case 'to': {
        const [days, used] = daysAt(pieces, at + 1, latest);
        if (used === 0) break;
        const before = sequence.at(-1);
        const ranged = pieces[at - 1]?.kind === 'day' && before?.kind === 'date';
        if (ranged) sequence[sequence.length - 1] = { kind: 'range', from: before.days, to: days };
        else until = days;
        latest = days[0] ?? latest;
        at += used;
        break;
      }
      case 'day': {
        const [days, used] = daysAt(pieces, at, latest);
        latest = days[0] ?? latest;
        const after = pieces[at + used]?.kind;
        at += used - 1;
        if (after === 'except') except.push(days);
        else if (after === 'since' && since === undefined && pieces[at + 2]?.kind !== 'to') since = days;
        else sequence.push({ kind: 'date', days });
        break;
      }
      // They have done their work beside their day.
      case 'since':
      case 'except':
      case undefined:
    }
  }
  return {
    sequence,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    except,
    off,
    extent,
    ...(minutes === undefined ? {} : { minutes }),
    ...(holidays === undefined ? {} : { holidays }),
    alternatives,
    vagueTime: part !== undefined && !timed,
  };
}

/** The ways of naming one day that stand at a place among pieces, and how many pieces that are. */
function daysAt(pieces: readonly Piece[], at: number, latest: Day | undefined): [readonly Day[], number] {
  const days: Day[] = [];
  for (let next = at; next < pieces.length; next += 1) {
    const piece = pieces[next];
    if (piece?.kind !== 'day' || (days.length > 0 && !together(days, piece))) break;
    days.push(completed(piece.day, latest));
  }
  return [days, days.length];
}

const isBareWeekday = (spec: Spec): boolean =>
  spec.kind === 'date' && spec.days.every((day) => day.kind === 'weekday' && day.week === undefined);

const weekdayIn = (days: readonly Day[]): number[] => days.flatMap((day) => (day.kind === 'weekday' ? [day.weekday] : []));

/**
 * Where something comes again, bare weekdays say when: 7月15日-8月2日 周二、周四. A stretch from weekday to weekday (周一至周五) is always a rule.
 */
export function withWeekdayRules(parts: Parts): Parts {
  const { sequence, extent } = parts;
  const weekdayRange = (spec: Parts['sequence'][number]): boolean =>
    spec.kind === 'range' && [...spec.from, ...spec.to].every((day) => day.kind === 'weekday' && day.week === undefined);
  const again =
    extent.sessions !== undefined ||
    extent.days !== undefined ||
    extent.weeks !== undefined ||
    extent.months !== undefined ||
    parts.until !== undefined ||
    parts.since !== undefined ||
    sequence.some((spec) => spec.kind === 'rule' || (spec.kind === 'range' && !weekdayRange(spec)));
  const dates = sequence.filter((spec) => spec.kind === 'date').length;
  const bare = sequence.filter((spec) => spec.kind !== 'clocks' && isBareWeekday(spec)).length;
  // 8月1日 9:00, 周六 10:00 共2次 counts days, not weeks.
  const countsDates = dates > bare && !sequence.some((spec) => spec.kind === 'rule' || spec.kind === 'range');
  const changed = sequence.map((spec): Parts['sequence'][number] => {
    if (weekdayRange(spec) && spec.kind === 'range') {
      const [from = 1] = weekdayIn(spec.from);
      const [to = 7] = weekdayIn(spec.to);
      const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => (from <= to ? day >= from && day <= to : day >= from || day <= to));
      return { kind: 'rule', rule: { kind: 'weekly', weekdays, interval: 1 } };
    }
    if (spec.kind === 'clocks' || !again || countsDates || spec.kind !== 'date' || !isBareWeekday(spec)) return spec;
    return { kind: 'rule', rule: { kind: 'weekly', weekdays: weekdayIn(spec.days), interval: 1 } };
  });
  // 明天起连续三天: a first day and a number of days are a rule too.
  const daily = extent.days !== undefined && parts.since !== undefined && changed.every(({ kind }) => kind === 'clocks');
  const whole: Parts['sequence'] = daily ? [{ kind: 'rule', rule: { kind: 'daily', interval: 1 } }, ...changed] : changed;
  return { ...parts, sequence: merged(whole) };
}

/** 隔周 names no weekday; the rule after it does: 隔周 周三. */
function merged(sequence: Parts['sequence']): Parts['sequence'] {
  const result: Parts['sequence'][number][] = [];
  for (const spec of sequence) {
    const before = result.at(-1);
    const open = before?.kind === 'rule' && before.rule.kind === 'weekly' && before.rule.weekdays.length === 0 ? before.rule : undefined;
    if (open !== undefined && spec.kind === 'rule' && spec.rule.kind === 'weekly')
      result[result.length - 1] = { kind: 'rule', rule: { ...spec.rule, interval: open.interval } };
    else result.push(spec);
  }
  return result;
}

/** Whether words name a day that is a weekday and nothing else, which a written date beside it only checks. */
export const onlyChecks = (spec: Spec, all: readonly Spec[], today: Temporal.PlainDate): boolean =>
  spec.kind === 'date' &&
  isBareWeekday(spec) &&
  all.some((other) => {
    if (other.kind !== 'date' || isBareWeekday(other)) return false;
    const date = resolveDay(other.days, today);
    return date?.ok === true && weekdayIn(spec.days).includes(date.date.dayOfWeek);
  });
