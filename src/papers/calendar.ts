import { withoutControls } from './legible.js';

/** One entry of a calendar file. Instants in ms. */
export interface CalendarEvent {
  /** The same for ever: an entry with a known one and a higher `revision` takes the old one's place. */
  readonly uid: string;
  readonly title: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string;
  readonly description: string;
  readonly url?: string;
  /** How often it was changed. */
  readonly revision: number;
  /** It does not take place: calendars strike it out. */
  readonly cancelled: boolean;
}

/** A calendar file for phones and computers, in UTC, so that every calendar shows the right hour without a table of zones. `now` in ms. */
export async function calendar(events: readonly CalendarEvent[], now: number): Promise<Uint8Array> {
  const { default: ical, ICalCalendarMethod, ICalEventStatus } = await import('ical-generator');
  const file = ical({ prodId: { company: 'Linli', product: 'Linli' }, method: ICalCalendarMethod.PUBLISH });
  for (const { uid, title, startsAt, endsAt, place, description, url, revision, cancelled } of events) {
    file.createEvent({
      id: uid,
      sequence: revision,
      stamp: new Date(now),
      start: new Date(startsAt),
      end: new Date(endsAt),
      summary: withoutControls(title),
      location: withoutControls(place),
      description: withoutControls(description),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(url === undefined ? {} : { url }),
    });
  }
  return new TextEncoder().encode(file.toString());
}
