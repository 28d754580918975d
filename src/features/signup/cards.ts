import type { Outbound } from '../../chat/index.js';
import { cardValue } from '../../command/index.js';
import { clock, day, type Locale, type Translate } from '../../i18n/index.js';
import { freePlaces } from './rules.js';
import { isOpen, type EventView, type SessionView } from './view.js';

/** How an event is written for one reader. */
export interface Reader {
  readonly t: Translate;
  readonly locale: Locale;
  /** ms since the epoch */
  readonly now: number;
}

/** Day and clock of an event: `8月1日(周六) 10:00–11:30`. */
export function when(
  { session }: { readonly session: Pick<SessionView, 'startsWall' | 'endsWall' | 'timeZone'> },
  { locale, now }: Reader,
): string {
  const { startsWall, endsWall, timeZone } = session;
  return `${day(startsWall, locale, now, timeZone)} ${clock(startsWall, endsWall, locale, now, timeZone)}`;
}

/** For whom: `6–12岁`, or null when it is for everybody. */
export function ages({ minAge, maxAge }: Pick<EventView, 'minAge' | 'maxAge'>, t: Translate): string | null {
  if (minAge !== null && maxAge !== null)
    return minAge === maxAge ? t('signup.ages.exactly', { age: minAge }) : t('signup.ages.between', { min: minAge, max: maxAge });
  if (minAge !== null) return t('signup.ages.from', { min: minAge });
  return maxAge === null ? null : t('signup.ages.to', { max: maxAge });
}

/** What an event is, line by line; without its title. */
export function details(event: EventView, reader: Reader): string[] {
  const { t } = reader;
  const who = ages(event, t);
  return [
    t('signup.card.when', { when: when(event, reader) }),
    t('signup.card.where', { place: event.session.place }),
    ...(who === null ? [] : [t('signup.card.who', { ages: who })]),
    ...(event.bring === null ? [] : [t('signup.card.bring', { bring: event.bring })]),
  ];
}

/** How full an event is, in one line: numbers only. */
export function fullness({ session }: EventView, t: Translate): string {
  const free = freePlaces(session);
  if (free === null) return t('signup.card.taken', { taken: session.taken });
  const counted = t('signup.card.takenOf', { taken: session.taken, capacity: session.capacity ?? 0 });
  if (free > 0 && session.waiting === 0) return `${counted} · ${t('signup.card.free', { count: free })}`;
  return `${counted} · ${session.waiting > 0 ? t('signup.card.fullWaiting', { count: session.waiting }) : t('signup.card.full')}`;
}

/** The card of an event in a group. It shows numbers, never names, and its button stays good as long as it stands there. */
export function eventCard(event: EventView, reader: Reader): Outbound {
  const { t, now } = reader;
  const open = isOpen(event, now);
  const closing = open
    ? t('signup.card.how')
    : t(event.session.endsAt <= now || event.status === 'ended' ? 'signup.card.ended' : 'signup.card.closed');
  const text = [t('signup.card.title', { title: event.title }), ...details(event, reader), fullness(event, t), closing].join('\n');
  return { text, ...(open ? { choices: [{ label: t('signup.card.join'), value: cardValue(event.ref, 'join') }] } : {}) };
}

/** A title short enough for a menu, cut between code points. */
export function shortTitle(title: string, max = 18): string {
  const letters = Array.from(title);
  return letters.length <= max ? title : `${letters.slice(0, max - 1).join('')}…`;
}
