import { menu, menuChoices, type Item, type Outcome, type Request } from '../../command/index.js';
import { asLocale, clock, day, instant, type Locale, type Translate } from '../../i18n/index.js';
import type { SessionView } from '../../programme/index.js';

/** For whom something is written. `now` in ms. */
export interface Reader {
  readonly t: Translate;
  readonly locale: Locale;
  readonly now: number;
}

/** The reader behind a request. */
export const readerOf = ({ t, who, now }: Request): Reader => ({ t, now, locale: asLocale(who.locale) });

/** Day and clock of a session: `8月1日(周六) 10:00–11:30`. */
export const when = ({ startsWall, endsWall, timeZone }: SessionView, { locale, now }: Reader): string =>
  `${day(startsWall, locale, now, timeZone)} ${clock(startsWall, endsWall, locale, now, timeZone)}`;

/** The day of a session: `8月1日(周六)`. */
export const dayOf = ({ startsWall, timeZone }: SessionView, { locale, now }: Reader): string => day(startsWall, locale, now, timeZone);

/** A moment (ms) on the clock of a session's place: `8月1日 9:00`. */
export const moment = (at: number, { timeZone }: SessionView, { locale, now }: Reader): string => instant(at, locale, now, timeZone);

/** From one moment to another (ms): `8月1日 09:00–12:00`. */
export function span({ from, until }: { from: number; until: number }, session: SessionView, reader: Reader): string {
  const [start, end] = [moment(from, session, reader), moment(until, session, reader)];
  const sameDay = start.slice(0, -5) === end.slice(0, -5);
  return sameDay ? `${start}–${end.slice(-5)}` : `${start} – ${end}`;
}

/** A line and what else there is to do. */
export const told = ({ t }: Request, text: string, items: readonly Item[] = []): Outcome => menu(text, menuChoices(t, items));
