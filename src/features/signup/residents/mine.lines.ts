import type { Request } from '../../../command/index.js';
import { day, list } from '../../../i18n/index.js';
import {
  dated,
  freePlaces,
  isAhead,
  isPutOff,
  participantKind,
  type Attendance,
  type EventView,
  type SignUpView,
} from '../../../programme/index.js';
import { moment, schedule, shortTitle, when } from '../words/cards.js';
import { readerOf } from '../words/menus.js';
import { wasAsked } from '../places/offerWords.js';
import { nameOf, namesOf } from '../words/tellings.js';

/** A sign-up with its event. */
export interface Mine {
  readonly signUp: SignUpView;
  readonly event: EventView;
}

/** With what is written down of its sessions, by session. */
export interface MineMarked extends Mine {
  readonly marks: ReadonlyMap<string, Attendance> | undefined;
}

/**
 * Places and guests without a name that stand alike with this one: they are one line, since nobody could tell them apart. Whatever has a
 * name, or was offered, stands alone.
 */
export function alike<One extends Mine>(mine: readonly One[], { signUp, event }: One): One[] {
  const keyOf = (one: SignUpView, eventId: string) =>
    [eventId, one.scope, one.status, one.until, one.heldFor, one.registrantId, participantKind(one.participant)].join(' ');
  const key = keyOf(signUp, event.id);
  const alone = signUp.name !== '' || signUp.status === 'offered';
  return mine.filter((one) => (alone ? one.signUp.id === signUp.id : one.signUp.name === '' && keyOf(one.signUp, one.event.id) === key));
}

/** What somebody or something is called that stands alike with others: several are counted. */
export const nameOfAll = (theirs: readonly Mine[], request: Request): string => {
  const [only, second] = theirs;
  const signUps = theirs.map(({ signUp }) => signUp);
  return only && !second ? nameOf(only.signUp, request.t) : namesOf(signUps, readerOf(request));
};

/** One sign-up in a line: who, what, when, and how it stands. */
export function line({ signUp, event }: Mine, theirs: readonly Mine[], request: Request): string {
  const { t } = request;
  const name = nameOfAll(theirs, request);
  const until = signUp.until === null ? '' : moment(signUp.until, event.sessions[0].timeZone, readerOf(request));
  const scope = event.scopes.find(({ key }) => key === signUp.scope);
  const off = event.status === 'cancelled' ? 'cancelled' : scope && isPutOff(event, scope) ? 'postponed' : null;
  const waits = off === 'postponed' && signUp.status === 'waiting' ? [t('signup.status.waiting')] : [];
  const state = off
    ? [...waits, t(`signup.eventStatus.${off}`)].join(t('signup.schedule.separator'))
    : t(`signup.status.${signUp.status}`, { until });
  return t('signup.mine.line', { name, title: event.title, when: whenOf({ signUp, event }, request), status: state });
}

/** So many days of leave, and so many letters of answers, are shown. */
const [mostDays, mostLetters] = [3, 40];

/** What else was said of a sign-up, each in a short line: for which sessions to come somebody is on leave, and what they answered. */
export function below({ signUp, event, marks }: MineMarked, request: Request): string[] {
  const { t, now } = request;
  const { locale } = readerOf(request);
  const leave = dated(event.sessions, now).filter(({ id }) => marks?.get(id)?.state === 'leave');
  const days = leave.slice(0, mostDays).map(({ startsWall, timeZone }) => day(startsWall, locale, now, timeZone));
  const said = event.questions.flatMap(({ text }) => signUp.answers[text] ?? []);
  const letters = Array.from(said.join(t('signup.schedule.separator')));
  const answers = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('');
  return [
    ...(signUp.status === 'offered' ? [t('signup.mine.offered')] : []),
    ...(mayStillTake({ signUp, event }, now) ? [t('signup.mine.stillFree')] : []),
    ...(days.length > 0 ? [t('signup.mine.leave', { days: `${list(days, locale)}${leave.length > mostDays ? '…' : ''}` })] : []),
    ...(answers === '' ? [] : [t('signup.mine.answers', { answers })]),
  ];
}

/** What it is for, in short: of single sessions the one that is meant. */
export function titleOf({ signUp, event }: Mine, request: Request, max?: number): string {
  const title = max === undefined ? event.title : shortTitle(event.title, max);
  const session =
    event.signUpFor === 'single' && event.sessions.length > 1 ? event.sessions.find(({ id }) => id === signUp.scope) : undefined;
  if (!session) return title;
  const { locale } = readerOf(request);
  return request.t('signup.mine.titleOf', {
    title,
    number: session.number,
    day: day(session.startsWall, locale, request.now, session.timeZone),
  });
}

/** When the sign-up is for: its session, or the whole event. */
export function whenOf({ signUp, event }: Mine, request: Request): string {
  const session = event.sessions.find(({ id }) => id === signUp.scope);
  return session ? when(session, readerOf(request)) : schedule(event, readerOf(request));
}

/** Whether somebody who let an offer pass finds a place that is free still. */
export function mayStillTake({ signUp, event }: Mine, now: number): boolean {
  const scope = event.scopes.find(({ key }) => key === signUp.scope);
  return wasAsked({ signUp, event }) && scope !== undefined && isAhead(event, scope, now) && freePlaces(scope.places) !== 0;
}
