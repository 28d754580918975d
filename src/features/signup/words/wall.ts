import { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../../understand/index.js';

/** A moment (ms) as wall time "YYYY-MM-DDTHH:MM" in a zone. */
export const wallOf = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/** A wall time as the moment (ms) it is in a zone: the earlier one where clocks show it twice, the later side of a gap where they never do. */
export const instantOf = (wall: string, timeZone: string): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds;

/** How old somebody is on the day of a session, in whole years. */
export const ageAt = (birthDate: string, { startsWall }: { readonly startsWall: string }): number =>
  ageOn(birthDate, startsWall.slice(0, 10));
