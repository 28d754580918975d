import { Temporal } from 'temporal-polyfill';

/** The date "YYYY-MM-DD" that it is in a zone at a moment (ms). */
export const today = (now: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
