import { Temporal } from 'temporal-polyfill';
import { resolveTimes } from '../dates/resolve.js';
import type { FoundClocks } from '../dates/time.js';
import { refuse, type Context, type Refused } from '../dates/types.js';
import type { Piece } from './pieces.js';
import { onlyChecks, partsOf, withWeekdayRules, type Parts, type Spec } from './specs.js';
import type { ScheduledSession, ScheduleNote, ScheduleReading, ScheduleRefusal } from './types.js';
import { mostDays, mostSessions } from './unfold.js';
import { byDates, byRules, dated, type Entry, type TimedDay } from './which.js';

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
  const again = groups.slice(0, -1).some((group) => group.specs.some(({ kind }) => kind === 'rule'));
  return { entries: groups, carried: carried && (!ruled || (again && last.specs.some(({ kind }) => kind === 'rule'))) };
}

/** The times of every day, in order; a time that summer time skips refuses all. */
function sessionsOf(
  days: readonly TimedDay[],
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
