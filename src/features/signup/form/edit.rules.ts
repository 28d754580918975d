import {
  ageFits,
  isForAdults,
  type Ages,
  type EventDetails,
  type EventFields,
  type EventView,
  type SessionView,
  type SignUpView,
} from '../../../programme/index.js';
import { ages, moment, placesOf, when, type Reader } from '../words/cards.js';
import { namesOf, type Recipient } from '../words/tellings.js';
import { ageAt } from '../words/wall.js';

/** An event as it will be. */
export interface Edited {
  readonly fields: EventFields;
  /** The number of places is another, or is counted otherwise. */
  readonly recounted: boolean;
  /** Sessions that have another place from now on. */
  readonly places: readonly { readonly session: SessionView; readonly place: string }[];
}

/** What people who come are told of. A new place is always told; of the others staff decide. */
export type Change = 'place' | 'bring' | 'companions' | 'deadline' | 'questions';

/** What of an edit matters to everybody who comes: not the name, a sector or who runs it. An earlier deadline, never a later one. */
export function changesIn(event: EventDetails, { fields, places }: Edited): Change[] {
  const sooner = fields.deadline !== null && (event.deadlineAt === null || fields.deadline.at < event.deadlineAt);
  return [
    ...(places.length > 0 ? ['place' as const] : []),
    ...(fields.bring === event.bring ? [] : ['bring' as const]),
    ...(fields.companions === event.companions ? [] : ['companions' as const]),
    ...(sooner ? ['deadline' as const] : []),
    ...(newQuestions(event, fields).length > 0 ? ['questions' as const] : []),
  ];
}

/** What is asked now and was not before: whoever is in has to answer it still. What is asked no more concerns nobody. */
const newQuestions = (event: EventDetails, { questions }: EventFields): string[] =>
  questions.map(({ text }) => text).filter((text) => !event.questions.some((before) => before.text === text));

/** The sign-ups of those who were of the right age before an edit and are not any more. Of grown-ups only that they are some is known. */
export function outOfAge(event: EventDetails, after: Ages, signUps: readonly SignUpView[]): SignUpView[] {
  const fits = (ages: Ages, { birthDate, participant }: SignUpView) => {
    if (birthDate !== null) return ageFits(ages, ageAt(birthDate, event.sessions[0])) === 'fits';
    return !participant.startsWith('p:') || isForAdults(ages);
  };
  return signUps.filter((one) => fits(event, one) && !fits(after, one));
}

/** Somebody who is told of an edit, and of what. */
export interface Told {
  readonly recipient: Recipient;
  readonly changes: readonly Change[];
  /** Those of theirs whose age does not fit any more. */
  readonly out: readonly SignUpView[];
}

/** Who is told what. `quietly`: only what nobody may miss. */
export function toldOf(event: EventDetails, edited: Edited, recipients: readonly Recipient[], quietly: boolean): Told[] {
  const changes = changesIn(event, edited).filter((change) => change === 'place' || !quietly);
  return recipients.flatMap((recipient) => {
    const out = quietly ? [] : outOfAge(event, edited.fields, recipient.theirs);
    return changes.length > 0 || out.length > 0 ? [{ recipient, changes, out }] : [];
  });
}

/** What was and what is now, for one reader. */
export function changeLine(change: Change, event: EventDetails, { fields, places }: Edited, reader: Reader): string {
  const { t } = reader;
  const none = t('edit.change.none');
  const [{ timeZone }] = event.sessions;
  switch (change) {
    case 'place':
      return t('edit.change.place', { before: placesOf(event, t), after: places[0]?.place ?? '' });
    case 'bring':
      return t('edit.change.bring', { before: event.bring ?? none, after: fields.bring ?? none });
    case 'companions':
      return t('edit.change.companions', {
        before: t(`event.companions.option.${event.companions}`),
        after: t(`event.companions.option.${fields.companions}`),
      });
    case 'deadline':
      return t('edit.change.deadline', {
        before: event.deadlineAt === null ? t('edit.change.noDeadline') : moment(event.deadlineAt, timeZone, reader),
        after: fields.deadline === null ? none : moment(fields.deadline.at, timeZone, reader),
      });
    case 'questions':
      return t('edit.change.questions', { questions: newQuestions(event, fields).join(t('event.questions.separator')) });
  }
}

/** For which ages it was and is, where somebody does not fit any more. */
export function agesLine(event: EventDetails, { fields }: Edited, names: string, { t }: Reader): string {
  const everybody = t('event.ages.everybody');
  return t('edit.change.ages', { before: ages(event, t) ?? everybody, after: ages(fields, t) ?? everybody, names });
}

/** A scope in which more places are taken than there are now, with those who came last, as many as are too many. */
export interface Over {
  readonly session: SessionView | null;
  readonly capacity: number;
  readonly taken: number;
  readonly last: readonly SignUpView[];
}

/** Where a lowered capacity leaves too many, everywhere or in one scope: nobody is dropped, staff decide. */
export function overOf(event: EventView, capacity: number | null, signUps: readonly SignUpView[], only?: string): Over[] {
  if (capacity === null) return [];
  return event.scopes.flatMap((scope): Over[] => {
    if (only !== undefined && scope.key !== only) return [];
    const { taken } = scope.places;
    if (taken <= capacity) return [];
    const seated = signUps.filter((one) => one.scope === scope.key && ['confirmed', 'held', 'offered'].includes(one.status));
    const parties = [...new Set([...seated].sort((one, other) => one.position - other.position).map(({ party }) => party))];
    const tooMany = new Set(parties.slice(capacity - taken));
    const last = seated.filter(({ party }) => tooMany.has(party));
    return [{ session: event.signUpFor === 'single' ? scope.sessions[0] : null, capacity, taken, last }];
  });
}

/** Whether there is room for somebody who waits. */
export const isRaised = ({ scopes }: Pick<EventView, 'scopes'>, capacity: number | null): boolean =>
  scopes.some(({ places }) => places.capacity !== null && (capacity === null || capacity > places.capacity));

/** Where too many are in, in words for staff. */
export const overLines = (over: readonly Over[], reader: Reader): string[] =>
  over.map(({ session, capacity, taken, last }) =>
    reader.t('edit.over', {
      session: session ? reader.t('edit.session', { number: session.number, when: when(session, reader) }) : '',
      capacity,
      taken,
      count: taken - capacity,
      names: namesOf(last, reader),
    }),
  );
