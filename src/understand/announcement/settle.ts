import { Temporal } from 'temporal-polyfill';
import type { Moment } from '../dates/moment.js';
import { resolveMoment } from '../dates/resolve.js';
import type { Context, DateTime } from '../dates/types.js';
import { assemble } from '../schedule/assemble.js';
import type { Run } from '../schedule/pieces.js';
import type { ScheduledSession, ScheduleReading } from '../schedule/types.js';
import type { Page } from './page.js';
import { isArrival, piecesOf } from './runs.js';
import type { Note } from './types.js';

/** When an event is, as far as its announcement says. */
export interface When {
  readonly date?: string;
  readonly start?: string;
  readonly end?: string;
  readonly sessions: readonly ScheduledSession[];
  /** By a rule or a range; or offered for a choice. */
  readonly recurring: boolean;
  readonly alternatives: boolean;
  /** The words of deadlines. */
  readonly deadlines: readonly string[];
  readonly notes: readonly Note[];
}

/** A moment that surely is one, with what it means. */
export interface Sure {
  readonly moment: Moment;
  readonly reading: DateTime;
}

/** A schedule in several sessions, with what moments in other lines add to it. */
export function fromRuns(
  page: Page,
  runs: readonly Run[],
  sure: readonly Sure[],
  unread: readonly Note[],
  context: Context,
): Omit<When, 'deadlines'> {
  const has = (kind: Run['pieces'][number]['kind']): boolean => runs.some(({ pieces }) => pieces.some((piece) => piece.kind === kind));
  const ruled = has('rule') || has('to');
  // A time adds to days without one, a day to times without one, and a first day to a rule.
  const adding = sure.filter(({ moment, reading }) => {
    if (isBareWeekday({ moment, reading })) return false;
    if (reading.date === undefined) return !has('clocks');
    if (reading.start !== undefined) return !ruled;
    return !has('day');
  });
  // A day with its own time beside a rule belongs to something else: staff say to what.
  const others = sure
    .filter((one) => !adding.includes(one) && one.reading.date !== undefined && !isBareWeekday(one))
    .map(({ moment }): Note => ({ type: 'unreadDate', reason: 'several', text: page.words(moment) }));
  const left = [...unread.filter(isWorthTelling), ...others];
  const bare = sure.filter(isBareWeekday);
  const parts = [
    ...runs.map((run) => ({ from: run.from, to: run.to, pieces: run.pieces })),
    ...adding.map(({ moment }) => ({ ...moment, pieces: piecesOf(moment) })),
  ];
  const inOrder = parts.toSorted((a, b) => a.from - b.from);
  const text = named(inOrder.map((part) => page.words(part)));
  const planned = assemble(
    inOrder.flatMap(({ pieces }) => pieces),
    context,
  );
  if (planned.ok) {
    const all = fromSchedule(planned, text);
    // A weekday in another line that no session has is told too.
    const strange = bare
      .filter(({ reading: { date } }) => date !== undefined && !all.sessions.some((session) => sameWeekday(session.date, date)))
      .map(({ moment }): Note => ({ type: 'unreadDate', reason: 'several', text: page.words(moment) }));
    return { ...all, notes: [...all.notes, ...left, ...strange] };
  }
  const [day] = inOrder.flatMap(({ pieces }) => pieces.filter((piece) => piece.kind === 'day'));
  const [time] = inOrder.flatMap(({ pieces }) => pieces.filter((piece) => piece.kind === 'clocks'));
  const first = resolveMoment(
    {
      from: 0,
      to: 0,
      several: false,
      weak: false,
      days: day === undefined || has('rule') ? [] : [day.day],
      ...(time === undefined ? {} : { clocks: time.clocks }),
    },
    context,
  );
  const { date, start, end } = first.ok ? first : {};
  return {
    ...fields({ date, start, end }),
    sessions: [],
    recurring: ruled,
    alternatives: false,
    notes: [{ type: 'unreadDate', reason: planned.reason, text }, ...left],
  };
}

const sameWeekday = (a: string, b: string): boolean => Temporal.PlainDate.from(a).dayOfWeek === Temporal.PlainDate.from(b).dayOfWeek;

const fields = ({ date, start, end }: { date?: string | undefined; start?: string | undefined; end?: string | undefined }) => ({
  ...(date === undefined ? {} : { date }),
  ...(start === undefined ? {} : { start }),
  ...(end === undefined ? {} : { end }),
});

function fromSchedule(
  { sessions, recurring, alternatives, notes }: Extract<ScheduleReading, { ok: true }>,
  text: string,
): Omit<When, 'deadlines'> {
  const several: Note[] = sessions.length > 1 ? [{ type: 'severalSessions', text }] : [];
  const told = notes.flatMap((note): Note[] => (note.type === 'past' ? [{ type: 'past' }] : [note]));
  return { ...fields(sessions[0] ?? {}), sessions, recurring, alternatives, notes: [...several, ...told] };
}

/** Makes one answer of the moments that were found. */
export function settle(page: Page, found: readonly Sure[], unread: readonly Note[], context: Context): Omit<When, 'deadlines'> {
  const dated = found.filter(({ reading }) => reading.date !== undefined);
  const main = dated.find((one) => !isBareWeekday(one)) ?? dated[0];
  const date = main?.reading.date;
  const otherDays = dated.filter((one) => one.reading.date !== date && !isBareWeekday(one));

  const timed = found.filter(({ reading }) => reading.start !== undefined);
  const events = timed.filter(({ moment }) => !isArrival(page.text, moment.to));
  const times = events.length > 0 ? events : timed;
  const time = main !== undefined && times.includes(main) ? main : (times.find(({ reading }) => reading.end !== undefined) ?? times[0]);
  const otherTimes = timed.filter(({ reading }) => reading.start !== time?.reading.start);

  const notes: Note[] = [];
  const parts = [...new Set([main, time, ...otherDays, ...otherTimes])].filter((one) => one !== undefined);
  const inOrder = parts.toSorted((a, b) => a.moment.from - b.moment.from);
  if (otherDays.length > 0 || otherTimes.length > 0 || parts.some(({ moment }) => moment.several)) {
    const text = named(inOrder.map(({ moment }) => page.words(moment)));
    const planned = assemble(
      inOrder.flatMap(({ moment }) => piecesOf(moment)),
      context,
    );
    if (planned.ok && planned.sessions.length > 1) return fromSchedule(planned, text);
    notes.push({ type: 'severalSessions', text });
  }
  notes.push(...(date === undefined ? unread : unread.filter(isWorthTelling)));

  const whole = together(main, time, dated, context);
  const none = { sessions: [], recurring: false, alternatives: false };
  if (whole === undefined) return { ...none, notes };
  if (!whole.ok) {
    const text = parts.map(({ moment }) => page.words(moment)).join(' ');
    return { ...fields({ date }), ...none, notes: [...notes, { type: 'unreadDate', reason: whole.reason, text }] };
  }
  const { start, end } = whole;
  return {
    ...fields({ date, start, end }),
    ...none,
    // One session is all that there is, unless others were noticed and not understood.
    sessions: date === undefined || start === undefined ? [] : [{ date, start, ...(end === undefined ? {} : { end }) }],
    // That the year is this one goes without saying.
    notes: [...notes, ...whole.notes.filter((note) => note.type !== 'yearAssumed')],
  };
}

/** Beside a day that was understood, 周末 or 近期 says nothing more. */
const isWorthTelling = (note: Note): boolean => note.type === 'unreadDate' && note.reason !== 'vague' && note.reason !== 'recurring';

const mostNamed = 6;
const named = (words: readonly string[]): string => [...words.slice(0, mostNamed), ...(words.length > mostNamed ? ['…'] : [])].join(' · ');

/** Day, time and weekday that stand apart, read as if they stood together. */
function together(
  main: Sure | undefined,
  time: Sure | undefined,
  dated: readonly Sure[],
  context: Context,
): ReturnType<typeof resolveMoment> | undefined {
  if (main === undefined) return time?.reading;
  const weekdays = main.moment.days.some(({ kind }) => kind === 'weekday')
    ? []
    : dated
        .filter(isBareWeekday)
        .flatMap(({ moment }) => moment.days)
        .slice(0, 1);
  const { clocks, part } = (time ?? main).moment;
  return resolveMoment(
    {
      from: main.moment.from,
      to: main.moment.to,
      several: false,
      weak: false,
      days: [...main.moment.days, ...weekdays],
      ...(clocks === undefined ? {} : { clocks }),
      ...(part === undefined ? {} : { part }),
    },
    context,
  );
}

const isBareWeekday = ({ moment: { days, clocks } }: Sure): boolean => clocks === undefined && days.every(({ kind }) => kind === 'weekday');
