import type { Item, Request } from '../../../command/index.js';
import { asLocale } from '../../../i18n/index.js';
import { nextSession, type EventView } from '../../../programme/index.js';
import { shortTitle, when, type Reader } from './cards.js';

/** The reader behind a request. */
export const readerOf = ({ t, who, now }: Request): Reader => ({ t, now, locale: asLocale(who.locale) });

/** Entries of a menu of events, each leading to a command with the event's reference. */
export const eventItems = (events: readonly EventView[], request: Request, name: string): Item[] =>
  events.map((event) => ({ label: `${whenNext(event, request)} ${shortTitle(event.title)}`, line: `/${name} ${event.ref}` }));

/** When an event is next; of a series that goes on, how often still. */
function whenNext(event: EventView, request: Request): string {
  const next = when(nextSession(event, request.now), readerOf(request)).slice(0, 30);
  const count = event.sessions.filter((session) => session.postponed || session.startsAt > request.now).length;
  return count > 1 ? request.t('signup.schedule.next', { when: next, count }) : next;
}
