import type { Outbound } from '../../../chat/index.js';
import { cardValue } from '../../../command/index.js';
import { clock, day, type Locale, type Translate } from '../../../i18n/index.js';
import {
  freePlaces,
  isOpen,
  isOver,
  nextSession,
  openScopes,
  type Ages,
  type EventView,
  type Places,
  type SessionView,
} from '../../../programme/index.js';
import { rhythmOf } from './rhythm.js';
import { wallOf } from './wall.js';

/** How an event is written for one reader. */
export interface Reader {
  readonly t: Translate;
  readonly locale: Locale;
  /** ms since the epoch */
  readonly now: number;
}

/** What of a session says when it is. */
export type SessionTime = Pick<SessionView, 'startsWall' | 'endsWall' | 'timeZone'>;

/** Day and clock of a session: `8月1日(周六) 10:00–11:30`. */
export function when({ startsWall, endsWall, timeZone }: SessionTime, { locale, now }: Reader): string {
  return `${day(startsWall, locale, now, timeZone)} ${clock(startsWall, endsWall, locale, now, timeZone)}`;
}

/** The same for one that may have been postponed: that it has no date yet, and when it would have been. */
export const whenNow = (session: SessionView, reader: Reader): string =>
  session.postponed ? reader.t('signup.schedule.undated', { when: when(session, reader) }) : when(session, reader);

/** When an event is, in one line: one session's time, or the rhythm of several, or how many there are and which is next. */
export function schedule({ sessions }: Pick<EventView, 'sessions'>, reader: Reader): string {
  const { t, locale, now } = reader;
  const [first] = sessions;
  const last = sessions.at(-1) ?? first;
  if (sessions.length === 1) return when(first, reader);
  // Some have a date and some have none yet.
  const [known, ...others] = sessions.filter(({ postponed }) => !postponed);
  const without = sessions.length - 1 - others.length;
  if (known && without > 0)
    return t('signup.schedule.someUndated', { schedule: schedule({ sessions: [known, ...others] }, reader), count: without });
  const days = { from: day(first.startsWall, locale, now, first.timeZone), to: day(last.startsWall, locale, now, first.timeZone) };
  const count = sessions.length;
  const rhythm = rhythmOf(sessions);
  if (rhythm) {
    const hours = clock(first.startsWall, first.endsWall, locale, now, first.timeZone);
    const how = rhythm.type === 'weekly' ? t(`signup.weekly.${rhythm.weekday}`) : t(`signup.rhythm.${rhythm.type}`);
    return t('signup.schedule.rhythm', { how, clock: hours, ...days, count });
  }
  if (count <= listedSessions)
    return t('signup.schedule.list', { count, list: sessions.map((one) => when(one, reader)).join(t('signup.schedule.separator')) });
  const next = nextSession({ sessions }, now);
  return t('signup.schedule.many', { ...days, count, next: when(next, reader) });
}

/** More sessions than this without a rhythm are not listed one by one. */
const listedSessions = 4;

/** For whom: `6–12岁`, or null when it is for everybody. */
export function ages({ minAge, maxAge }: Ages, t: Translate): string | null {
  if (minAge !== null && maxAge !== null)
    return minAge === maxAge ? t('signup.ages.exactly', { age: minAge }) : t('signup.ages.between', { min: minAge, max: maxAge });
  if (minAge !== null) return t('signup.ages.from', { min: minAge });
  return maxAge === null ? null : t('signup.ages.to', { max: maxAge });
}

/** Where an event is: its one place, or each place once. */
export const placesOf = ({ sessions }: Pick<EventView, 'sessions'>, t: Translate): string =>
  [...new Set(sessions.map(({ place }) => place))].join(t('signup.schedule.separator'));

/** The event as somebody comes to it: with the sessions alone that these scopes are for, where one signs up for single ones. */
export function comingTo(event: EventView, scopes: readonly { readonly key: string }[]): EventView {
  const [first, ...others] = event.sessions.filter(({ id }) => scopes.some(({ key }) => key === id));
  return first ? { ...event, sessions: [first, ...others] } : event;
}

/** What an event is, line by line; without its title. */
export function details(event: EventView, reader: Reader): string[] {
  const { t, locale, now } = reader;
  const who = ages(event, t);
  const { deadlineAt, sessions } = event;
  return [
    t(event.status === 'postponed' ? 'signup.card.whenPostponed' : 'signup.card.when', { when: schedule(event, reader) }),
    t('signup.card.where', { place: placesOf(event, t) }),
    ...(who === null ? [] : [t('signup.card.who', { ages: who })]),
    ...(event.companions === 'none' ? [] : [t(`signup.card.companions.${event.companions}`)]),
    ...(event.bring === null ? [] : [t('signup.card.bring', { bring: event.bring })]),
    ...(deadlineAt === null ? [] : [t('signup.card.deadline', { when: moment(deadlineAt, sessions[0].timeZone, { locale, now }) })]),
  ];
}

/** How full a place is, in one line: numbers only. */
export function fullness(places: Places, unit: EventView['unit'], t: Translate): string {
  const { capacity, taken, leaving, waiting } = places;
  const free = freePlaces(places);
  const of = unit === 'household' ? 'households' : 'people';
  if (free === null) return t(`signup.card.taken.${of}`, { count: taken });
  const counted = t(`signup.card.takenOf.${of}`, { taken, capacity: capacity ?? 0 });
  // A place that may still be taken back is nobody's yet: newcomers do not get it.
  const left = leaving > 0 ? ` · ${t('signup.card.alsoGivenBack', { count: leaving })}` : '';
  if (free > 0 && waiting === 0) return `${counted} · ${t('signup.card.free', { count: free })}${left}`;
  // Those who wait for two places together let others pass.
  if (free > 0) return `${counted} · ${t('signup.card.free', { count: free })} · ${t('signup.card.waiting', { count: waiting })}`;
  // A place that was given back and may still be taken back is nobody's yet, and not free either.
  if (leaving > 0 && waiting > 0)
    return `${counted} · ${t('signup.card.keptForWaiting', { count: leaving })} · ${t('signup.card.waiting', { count: waiting })}`;
  if (leaving > 0) return `${counted} · ${t('signup.card.justGivenBack', { count: leaving })}`;
  return `${counted} · ${waiting > 0 ? t('signup.card.fullWaiting', { count: waiting }) : t('signup.card.full')}`;
}

/** How full an event is: one line, or one for each session that can still be signed up for; nothing for one that is called off. */
export function fullnessLines(event: EventView, reader: Reader): string[] {
  const { t, now } = reader;
  if (event.status === 'cancelled') return [];
  if (event.signUpFor === 'all') return [fullness(event.scopes[0].places, event.unit, t)];
  const open = openScopes(event, now);
  const shown = (open.length > 0 ? open : event.scopes).slice(0, shownScopes);
  const more = open.length - shown.length;
  return [
    ...shown.map(({ sessions: [session], places }) =>
      t('signup.card.session', { number: session.number, when: whenNow(session, reader), fullness: fullness(places, event.unit, t) }),
    ),
    ...(more > 0 ? [t('signup.card.moreSessions', { count: more })] : []),
  ];
}

const shownScopes = 8;

/** What a group may see of a name: its first letter (王**), never more. */
export const groupSafe = (name: string): string => `${Array.from(name.trim())[0] ?? ''}**`;

/** Names on a card beyond this are only counted: it must be readable on a phone. */
const listedNames = 40;

function namesLine(names: readonly string[], t: Translate): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, listedNames).map(groupSafe).join(t('signup.schedule.separator'));
  return [t(names.length > listedNames ? 'signup.card.namesAndMore' : 'signup.card.names', { names: shown, count: names.length })];
}

/** The card of an event in a group. It shows numbers, and group-safe names where the community wants that; its button stays good as long as it stands there. */
export function eventCard(event: EventView, reader: Reader, names: readonly string[] = []): Outbound {
  const { t, now } = reader;
  const open = isOpen(event, now);
  const closing = open
    ? 'how'
    : event.status === 'cancelled' || event.status === 'postponed'
      ? event.status
      : isOver(event, now)
        ? 'ended'
        : 'closed';
  const text = [
    t('signup.card.title', { title: event.title }),
    ...details(event, reader),
    // Once it is over, who waited does not matter any more.
    ...(closing === 'ended' || closing === 'cancelled' ? [] : [...fullnessLines(event, reader), ...namesLine(names, t)]),
    t(`signup.card.${closing}`),
  ].join('\n');
  return { text, ...(open ? { choices: [{ label: t('signup.card.join'), value: cardValue(event.ref, 'join') }] } : {}) };
}

/** A moment (ms) as people read it on the wall: `7月30日(周四) 18:00`. */
export function moment(at: number, timeZone: string, { locale, now }: Pick<Reader, 'locale' | 'now'>): string {
  const wall = wallOf(at, timeZone);
  return `${day(wall, locale, now, timeZone)} ${wall.slice(11, 16)}`;
}

/** A title short enough for a menu, cut between code points. Its end stays: that is where the sessions of one course differ. */
export function shortTitle(title: string, max = 18): string {
  const letters = Array.from(title);
  return letters.length <= max ? title : `…${letters.slice(1 - max).join('')}`;
}
