import { Temporal } from 'temporal-polyfill';
import type { SessionFields } from './effects.js';

/** A session without an end is taken to last this long when it must be known whether it is over. */
const assumedHours = 2;

/** Today's date "YYYY-MM-DD" in a zone. */
export const today = (now: number, timeZone: string): string => Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** A day and a range of the clock as wall times and instants. An end that is not after the start is on the next day. */
export function sessionFields(parts: { date: string; start: string; end: string | null; place: string; timeZone: string }): SessionFields {
  const { date, start, end, place, timeZone } = parts;
  const starts = Temporal.PlainDateTime.from(`${date}T${start}`);
  const given = end === null ? null : Temporal.PlainDateTime.from(`${date}T${end}`);
  const ends = given === null ? null : Temporal.PlainDateTime.compare(given, starts) > 0 ? given : given.add({ days: 1 });
  return {
    startsWall: wall(starts),
    endsWall: ends === null ? null : wall(ends),
    startsAt: instant(starts, timeZone),
    endsAt: instant(ends ?? starts.add({ hours: assumedHours }), timeZone),
    place,
  };
}

const wall = (at: Temporal.PlainDateTime): string => at.toString({ smallestUnit: 'minute' });

const instant = (at: Temporal.PlainDateTime, timeZone: string): number => at.toZonedDateTime(timeZone).epochMilliseconds;
