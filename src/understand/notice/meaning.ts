import { Temporal } from 'temporal-polyfill';
import type { Day } from '../dates/day.js';
import { readOneDay } from '../dates/days.js';
import { resolveClocks } from '../dates/resolveClock.js';
import { resolveDay } from '../dates/resolveDay.js';
import { resolveTimes } from '../dates/resolve.js';
import type { Context, DateNote } from '../dates/types.js';
import { normalize } from '../normalize.js';
import type { Towards } from './turns.js';
import type { About, To } from './types.js';

/** A meeting as it stands, in wall time `YYYY-MM-DDTHH:MM`. */
export interface Meeting {
  readonly number: number;
  readonly startsWall: string;
  readonly endsWall: string | null;
  /** Its day is open: the one that stands there is the old one. */
  readonly postponed: boolean;
}

const todayIn = ({ now, timeZone }: Context): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();

/** Whether a day as it was written may be this date. Without a year it is a day of any year: a notice names days that are over, too. */
function isOn(day: Day, date: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  if (day.kind === 'calendar' && day.year === undefined && day.yearFromNow === undefined)
    return date.month === day.month && date.day === day.day;
  if (day.kind === 'dayOfMonth' && day.monthFromNow === undefined) return date.day === day.day;
  if (day.kind === 'weekday' && day.week === undefined) return date.dayOfWeek === day.weekday;
  const resolved = resolveDay([day], today);
  return resolved?.ok === true && resolved.date.equals(date);
}

/**
 * Those of some meetings that a notice is about. Where it does not say which, all of them; none where what it says fits none of them.
 * @param title of the event: a number that stands in it (第四节) is no number of a session.
 */
export function meetingsMeant<M extends Meeting>({ moments, number }: About, meetings: readonly M[], title: string, context: Context): M[] {
  const today = todayIn(context);
  const counts = number !== undefined && !title.replace(/\s/gu, '').includes(number.words) && meetings.length > 1;
  return meetings.filter((meeting) => {
    const { startsWall } = meeting;
    const date = Temporal.PlainDate.from(startsWall.slice(0, 10));
    if (counts && meeting.number !== number.value) return false;
    return moments.every(({ days, clocks }) => {
      if (!days.every((day) => isOn(day, date, today))) return false;
      const minutes = clocks === undefined ? undefined : resolveClocks(clocks);
      if (minutes === undefined || typeof minutes === 'string') return true;
      const starts = Number(startsWall.slice(11, 13)) * 60 + Number(startsWall.slice(14, 16));
      // 3点 may as well be said of 15:00.
      return starts === minutes.start || (minutes.assumed && starts % 720 === minutes.start % 720);
    });
  });
}

/** A new time as far as it is known, `YYYY-MM-DD` and `HH:MM`; null where it has to be asked. */
export interface NewTime {
  readonly date: string | null;
  readonly start: string | null;
  readonly end: string | null;
  /** What contradicts itself or was only assumed, as a new event would ask about it. */
  readonly notes: readonly DateNote[];
  /** The words that could not be read. */
  readonly unread?: string;
}

/** How far from the old day a weekday is still the one beside it. */
const beside = 3;

/**
 * The day that a bare weekday means in a notice about a meeting: the one beside its old day, where that is still to come, or else the next one
 * after the old day; with 推迟到 the next one after it, with 提前到 the last one before. Undefined where that is unclear: it is the weekday of the
 * old day itself, or what would be sooner is over.
 */
export function weekdayBeside(
  weekday: number,
  old: Temporal.PlainDate,
  today: Temporal.PlainDate,
  towards?: Towards,
): Temporal.PlainDate | undefined {
  const forward = (weekday - old.dayOfWeek + 7) % 7;
  if (forward === 0) return towards === 'later' ? later(weekday, old, today) : undefined;
  const before = old.add({ days: forward - 7 });
  if (towards === 'sooner') return Temporal.PlainDate.compare(before, today) >= 0 ? before : undefined;
  const near = forward <= beside || towards === 'later' ? old.add({ days: forward }) : before;
  return Temporal.PlainDate.compare(near, today) >= 0 ? near : later(weekday, old, today);
}

/** The first such weekday after a day, and not before today. */
function later(weekday: number, old: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  const from = Temporal.PlainDate.compare(old, today) >= 0 ? old : today.subtract({ days: 1 });
  return from.add({ days: ((weekday - from.dayOfWeek + 6) % 7) + 1 });
}

const plainDate = (wall: string): Temporal.PlainDate => Temporal.PlainDate.from(wall.slice(0, 10));

/** The day that was written, seen from a meeting; or that it cannot be known. `clocked`: a new hour stands beside it. */
function dayOf(
  days: readonly Day[],
  meeting: Meeting,
  context: Context,
  { clocked, towards }: { readonly clocked: boolean; readonly towards: Towards | undefined },
): { readonly date: string | null; readonly notes: readonly DateNote[] } {
  const today = todayIn(context);
  const old = plainDate(meeting.startsWall);
  const [only, ...others] = days;
  if (only?.kind === 'weekday' && only.week === undefined && others.length === 0) {
    // What has no day any more can only be later.
    const near =
      weekdayBeside(only.weekday, old, today, meeting.postponed ? 'later' : towards) ?? (clocked && !meeting.postponed ? old : undefined);
    return { date: near?.toString() ?? null, notes: [] };
  }
  if (only?.kind === 'dayOfMonth' && only.monthFromNow === undefined) {
    // 改到16号 is said of the month that the meeting is in.
    const month = old.toPlainYearMonth();
    const there = [month, month.add({ months: 1 })]
      .filter(({ daysInMonth }) => only.day >= 1 && only.day <= daysInMonth)
      .map((one) => one.toPlainDate({ day: only.day }))
      .find((date) => Temporal.PlainDate.compare(date, today) >= 0);
    if (there !== undefined) {
      const named: Day = { kind: 'calendar', year: there.year, month: there.month, day: there.day };
      const checked = resolveDay([named, ...others], today);
      return { date: there.toString(), notes: checked?.ok === true ? checked.notes : [] };
    }
  }
  const resolved = resolveDay(days, today);
  return resolved?.ok === true ? { date: resolved.date.toString(), notes: resolved.notes } : { date: null, notes: [] };
}

const minutesBetween = (from: string, to: string): number =>
  Temporal.PlainDateTime.from(from).until(Temporal.PlainDateTime.from(to), { largestUnit: 'minutes' }).minutes;

/** An end as long after a new start as the old end was after the old start, `HH:MM`; null where there was none. */
export function endAfter(start: string, { startsWall, endsWall }: Pick<Meeting, 'startsWall' | 'endsWall'>): string | null {
  if (endsWall === null) return null;
  return Temporal.PlainTime.from(start)
    .add({ minutes: minutesBetween(startsWall, endsWall) })
    .toString({ smallestUnit: 'minute' });
}

const clockOf = (wall: string | null): string | null => wall?.slice(11, 16) ?? null;

/** When a meeting is by a notice. What the notice does not name stays: the day, the hour, the length. */
export function newTime(to: To, meeting: Meeting, context: Context): NewTime {
  const { startsWall, endsWall, postponed } = meeting;
  const same = {
    date: postponed ? null : startsWall.slice(0, 10),
    start: clockOf(startsWall),
    end: clockOf(endsWall),
  };
  switch (to.type) {
    case 'unread':
      return { date: null, start: same.start, end: same.end, notes: [], unread: to.words };
    case 'shift': {
      const later = (wall: string): string =>
        Temporal.PlainDateTime.from(wall).add({ days: to.days, minutes: to.minutes }).toString({ smallestUnit: 'minute' });
      const starts = later(startsWall);
      return { date: starts.slice(0, 10), start: clockOf(starts), end: clockOf(endsWall === null ? null : later(endsWall)), notes: [] };
    }
    case 'read': {
      const start = to.start ?? same.start;
      const end = to.start === undefined ? same.end : (to.end ?? endAfter(to.start, meeting));
      return { date: to.date ?? same.date, start, end, notes: to.notes };
    }
    case 'moment': {
      const { days, clocks, part, several } = to.moment;
      const day = several
        ? { date: null, notes: [] }
        : days.length === 0
          ? { date: same.date, notes: [] }
          : dayOf(days, meeting, context, { clocked: clocks !== undefined || part !== undefined, towards: to.towards });
      const unread = day.date === null && days.length > 0 ? { unread: to.words } : {};
      const notes = day.notes.filter(({ type }) => type !== 'yearAssumed');
      if (clocks === undefined)
        return part === undefined
          ? { date: day.date, start: same.start, end: same.end, notes, ...unread }
          : { date: day.date, start: null, end: null, notes, ...unread };
      const written = part !== undefined && clocks.start.part === undefined ? { ...clocks, start: { ...clocks.start, part } } : clocks;
      const times = resolveTimes(written, {
        ...context,
        date: day.date === null ? undefined : Temporal.PlainDate.from(day.date),
        keepsHour: true,
      });
      if (!times.ok) return { date: day.date, start: null, end: null, notes, unread: to.words };
      const { start, end } = times;
      const told = times.notes.filter(({ type }) => type === 'timeTwice');
      return { date: day.date, start, end: end ?? endAfter(start, meeting), notes: [...notes, ...told], ...unread };
    }
  }
}

/** The day that a weekday alone means for a meeting that is moved, `YYYY-MM-DD`; undefined where the text is anything else, or unclear. */
export function weekdayAlone(text: string, { startsWall }: Pick<Meeting, 'startsWall'>, context: Context): string | undefined {
  const field = normalize(text);
  const found = readOneDay(field, 0);
  if (found?.day.kind !== 'weekday' || found.day.week !== undefined || found.to !== field.length) return undefined;
  return weekdayBeside(found.day.weekday, plainDate(startsWall), todayIn(context))?.toString();
}
