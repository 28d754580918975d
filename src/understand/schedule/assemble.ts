import { Temporal } from 'temporal-polyfill';
import { resolveTimes } from '../dates/resolve.js';
import { resolveClocks } from '../dates/resolveClock.js';
import { resolveDay } from '../dates/resolveDay.js';
import type { FoundClocks } from '../dates/time.js';
import { refuse, type Context, type DateNote, type Refused } from '../dates/types.js';
import { firstDay, onOrAfter, rangeOf, type DayRange } from './days.js';
import type { Piece } from './pieces.js';
import type { Rule } from './rules.js';
import { onlyChecks, partsOf, withWeekdayRules, type Parts, type Spec } from './specs.js';
import type { ScheduledSession, ScheduleNote, ScheduleReading, ScheduleRefusal } from './types.js';
import { mostDays, mostSessions, unfold } from './unfold.js';

/** Days of one kind with the times that belong to them. */
interface Entry {
  readonly specs: readonly Spec[];
  readonly clocks: readonly FoundClocks[];
}

interface Day {
  readonly date: Temporal.PlainDate;
  readonly clocks: readonly FoundClocks[];
}

interface Days {
  readonly ok: true;
  readonly days: readonly Day[];
  readonly recurring: boolean;
  /** No more sessions than were asked for. */
  readonly most?: number;
  readonly notes: readonly ScheduleNote[];
}

/** What pieces say together, where and when they were written. */
export function assemble(pieces: readonly Piece[], context: Context): ScheduleReading {
  const parts = withWeekdayRules(partsOf(pieces));
  const here = Temporal.Instant.fromEpochMilliseconds(context.now).toZonedDateTimeISO(context.timeZone);
  const today = here.toPlainDate();
  const entries = entriesOf(parts, today);
  if ('ok' in entries) return entries;
  const found = parts.sequence.some(({ kind }) => kind === 'rule')
    ? byRules(entries.entries, parts, here)
    : byDates(entries.entries, parts, today);
  if (!found.ok) return found;
  const told = sessionsOf(found.days, parts, context);
  if (!told.ok) return told;
  // The last of several times of one day may be one too many: 每天两场 共3次.
  const sessions = told.sessions.slice(0, found.most);
  const last = sessions.at(-1);
  if (last === undefined) return refuse('nothingFits');
  if (sessions.length > mostSessions) return refuse('tooMany');
  if (today.until(Temporal.PlainDate.from(last.date)).days > mostDays) return refuse('tooFar');
  const nowWall = here.toPlainDateTime().toString({ smallestUnit: 'minute' });
  const past = sessions.filter(({ date, start }) => `${date}T${start}` < nowWall).length;
  const { sessions: counted } = parts.extent;
  return {
    ok: true,
    sessions,
    recurring: found.recurring,
    alternatives: parts.alternatives,
    notes: unique([
      ...found.notes,
      ...told.notes,
      ...(entries.carried ? [{ type: 'timeCarried' as const }] : []),
      ...(parts.holidays === undefined ? [] : [{ type: 'holidaysExcluded' as const, text: parts.holidays }]),
      ...(counted === undefined || counted === sessions.length
        ? []
        : [{ type: 'countMismatch' as const, written: counted, actual: sessions.length }]),
      ...(past === 0 ? [] : [{ type: 'past' as const, sessions: past }]),
    ]),
  };
}

const unique = (notes: readonly ScheduleNote[]): ScheduleNote[] => {
  const seen = new Set<string>();
  return notes.filter((note) => {
    const key = JSON.stringify(note);
    return seen.has(key) ? false : seen.add(key);
  });
};

/** Gives every day its times: those after it, or those before it where the text begins with a time. */
function entriesOf(
  { sequence, vagueTime, since }: Parts,
  today: Temporal.PlainDate,
): { readonly entries: readonly Entry[]; readonly carried: boolean } | Refused<ScheduleRefusal> {
  const specs = sequence.filter((part) => part.kind !== 'clocks');
  const order = sequence.filter((part) => part.kind === 'clocks' || !onlyChecks(part, specs, today));
  if (specs.length === 0) return refuse(since === undefined ? 'noDay' : order.length === 0 ? 'noTime' : 'noDay');
  if (!order.some(({ kind }) => kind === 'clocks')) return refuse(vagueTime || specs.length > 0 ? 'noTime' : 'noDay');
  const timeFirst = order[0]?.kind === 'clocks';
  if (timeFirst && order.at(-1)?.kind === 'clocks' && order.some(({ kind }) => kind !== 'clocks')) return refuse('several');

  const groups: { specs: Spec[]; clocks: FoundClocks[] }[] = [];
  for (const part of order) {
    const group = groups.at(-1);
    if (part.kind === 'clocks') {
      if (group === undefined || (timeFirst && group.specs.length > 0)) groups.push({ specs: [], clocks: [part.clocks] });
      else group.clocks.push(part.clocks);
    } else if (group === undefined || (!timeFirst && group.clocks.length > 0)) groups.push({ specs: [part], clocks: [] });
    else group.specs.push(part);
  }
  const last = groups.at(-1);
  const carried = last !== undefined && last.clocks.length === 0;
  if (carried) last.clocks.push(...(groups.at(-2)?.clocks ?? []));
  // Beside a rule, a stretch of days needs no time of its own.
  const ruled = specs.some(({ kind }) => kind === 'rule');
  return { entries: groups, carried: carried && (!ruled || last.specs.some(({ kind }) => kind === 'rule')) };
}

function byDates(
  entries: readonly Entry[],
  { since, until, except, extent }: Parts,
  today: Temporal.PlainDate,
): Days | Refused<ScheduleRefusal> {
  // 8月5日起 下午3点 and nothing more is a first day without a rule.
  if (since !== undefined || until !== undefined || extent.weeks !== undefined || extent.months !== undefined) return refuse('vague');
  const days: Day[] = [];
  const notes: ScheduleNote[] = [];
  let recurring = false;
  const left = datesOf(except, today);
  if ('ok' in left) return left;
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
      const all = Array.from({ length }, (_, at) => range.from.add({ days: at })).filter(
        (date) => !left.dates.some((day) => day.equals(date)),
      );
      if (length > 3 && all.some((date) => date.dayOfWeek > 5)) notes.push({ type: 'everyDayAssumed' });
      notes.push(...range.notes, ...checked(spec.from, range.from), ...checked(spec.to, range.to));
      days.push(...all.map((date) => ({ date, clocks })));
    }
  }
  return { ok: true, days: days.filter(({ date }) => !left.dates.some((day) => day.equals(date))), recurring, notes };
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

const dated = (notes: readonly DateNote[], date: Temporal.PlainDate): ScheduleNote[] =>
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

function byRules(entries: readonly Entry[], parts: Parts, here: Temporal.ZonedDateTime): Days | Refused<ScheduleRefusal> {
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

/** The times of every day, in order; a time that summer time skips refuses all. */
function sessionsOf(
  days: readonly Day[],
  { minutes }: Parts,
  context: Context,
):
  | { readonly ok: true; readonly sessions: readonly ScheduledSession[]; readonly notes: readonly ScheduleNote[] }
  | Refused<ScheduleRefusal> {
  const sessions = new Map<string, ScheduledSession>();
  const notes: ScheduleNote[] = [];
  // 7点 alone, written at ten in the morning, means this evening; as the first of many it stays what it is.
  const single = days.length === 1;
  for (const { date, clocks } of days) {
    for (const one of clocks) {
      const times = resolveTimes(one, { ...context, date, keepsHour: !single });
      if (!times.ok) return times;
      const end = times.end ?? (minutes === undefined ? undefined : ended(times.start, minutes));
      const session = { date: date.toString(), start: times.start, ...(end === undefined ? {} : { end }) };
      sessions.set(`${session.date} ${session.start} ${end ?? ''}`, session);
      notes.push(...dated(times.notes, date));
    }
  }
  const sorted = [...sessions.values()].toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
  return { ok: true, sessions: sorted, notes };
}

const keyOf = ({ date, start, end }: ScheduledSession): string => `${date} ${start} ${end ?? ''}`;

const ended = (start: string, minutes: number): string =>
  Temporal.PlainTime.from(start).add({ minutes }).toString({ smallestUnit: 'minute' });
