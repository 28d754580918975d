import { Temporal } from 'temporal-polyfill';

const minute = 60_000;
const hour = 60 * minute;

/** Nobody is asked to answer before 8:00 or after 21:00; until 22:00 something may still be sent. */
const opens = 8;
const rests = 21;
const quiet = 22;

/** When an offer is sent and until when it stands (ms since the epoch), or that staff decide, because the start is too near. */
export type OfferPlan = { readonly type: 'offer'; readonly sendAt: number; readonly until: number } | { readonly type: 'staffDecide' };

/**
 * Plans the offer of a free place: 2 hours to answer, 30 minutes within 24 hours of the start, counted from 8:00 to 21:00 only. It is
 * sent at once until 22:00, else at 8:00. Where less than 3 hours would be left to the start, staff decide. It never outlives the start.
 */
export function planOffer({ now, startsAt, timeZone }: { now: number; startsAt: number; timeZone: string }): OfferPlan {
  const sendAt = nextSending(now, timeZone);
  if (startsAt - sendAt <= 3 * hour) return { type: 'staffDecide' };
  const toAnswer = startsAt - sendAt <= 24 * hour ? 30 * minute : 2 * hour;
  return { type: 'offer', sendAt, until: Math.min(startsAt, addWaking(sendAt, toAnswer, timeZone)) };
}

/** The first moment from `now` on at which something that is not urgent may be sent: at once from 8:00 to 22:00, else at 8:00. */
export function nextSending(now: number, timeZone: string): number {
  const at = zoned(now, timeZone);
  if (at.hour >= opens && at.hour < quiet) return now;
  return clock(at.hour < opens ? at : at.add({ days: 1 }), opens);
}

/** A moment so much later, of which only the time between 8:00 and 21:00 counts. */
function addWaking(from: number, ms: number, timeZone: string): number {
  let at = zoned(from, timeZone);
  if (at.hour < opens) at = at.with({ hour: opens, minute: 0, second: 0, millisecond: 0 });
  for (let left = ms; ; at = zoned(clock(at.add({ days: 1 }), opens), timeZone)) {
    const today = Math.max(0, clock(at, rests) - at.epochMilliseconds);
    if (left <= today) return at.epochMilliseconds + left;
    left -= today;
  }
}

/**
 * Until when a held place stands: the first 18:00 that is at least 12 hours away, or the end of signing up where that is sooner.
 * Its holder is reminded once, 3 hours before; null where there are not 3 hours left. Times in ms since the epoch.
 */
export function planHold({ now, closesAt, timeZone }: { now: number; closesAt: number; timeZone: string }): {
  until: number;
  remindAt: number | null;
} {
  const today = clock(zoned(now, timeZone), 18);
  const evening = today - now >= 12 * hour ? today : clock(zoned(now, timeZone).add({ days: 1 }), 18);
  const later = evening - now >= 12 * hour ? evening : clock(zoned(evening, timeZone).add({ days: 1 }), 18);
  const until = Math.min(later, closesAt);
  return { until, remindAt: until - 3 * hour > now ? until - 3 * hour : null };
}

/** How long (ms) a place that was given back may be taken back. */
export const undoMs = 10 * minute;

const zoned = (ms: number, timeZone: string) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);

const clock = (day: Temporal.ZonedDateTime, hours: number): number =>
  day.with({ hour: hours, minute: 0, second: 0, millisecond: 0 }).epochMilliseconds;
