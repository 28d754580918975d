import { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../understand/index.js';

const zoned = (at: number, timeZone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

/** A moment (ms) as wall time "YYYY-MM-DDTHH:MM" in a zone. */
export const wallOf = (at: number, timeZone: string): string => zoned(at, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/** Today's date "YYYY-MM-DD" in a zone; `now` in ms. */
export const today = (now: number, timeZone: string): string => zoned(now, timeZone).toPlainDate().toString();

/** A wall time as the moment (ms) it is in a zone: the earlier one where clocks show it twice, the later side of a gap where they never do. */
export const instantOf = (wall: string, timeZone: string): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds;

/** How old somebody is on the day of a session, in whole years. */
export const ageAt = (birthDate: string, { startsWall }: { readonly startsWall: string }): number =>
  ageOn(birthDate, startsWall.slice(0, 10));
