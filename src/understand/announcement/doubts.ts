import { Temporal } from 'temporal-polyfill';
import type { Context } from '../dates/types.js';
import type { Announcement, Doubt, Note } from './types.js';

/** A date that was moved into the next year is told when it lies further ahead than this: in December, January goes without saying. */
const silentDays = 60;
/** The latest that an event may lie ahead: a year beyond it is a slip of the pen. */
const farthestDays = 400;

/** What staff must choose before an announcement may be published: what is missing, unclear or contradicts itself. */
export function doubtsOf(read: Omit<Announcement, 'doubts'>, unclearChoice: boolean, { now, timeZone }: Context): Doubt[] {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const nowWall = here.toPlainDateTime().toString({ smallestUnit: 'minute' });
  const { title, place, date, start, sessions, notes } = read;
  const first = sessions[0];
  const last = sessions.at(-1)?.date ?? date;
  const days = last === undefined ? 0 : here.toPlainDate().until(Temporal.PlainDate.from(last)).days;
  const unread = notes.some(({ type }) => type === 'unreadDate');
  const begun = date !== undefined && (first === undefined ? date < nowWall.slice(0, 10) : `${first.date}T${first.start}` < nowWall);
  const missing: Doubt[] = [
    ...(title === undefined ? [{ type: 'noTitle' as const }] : []),
    ...(place === undefined ? [{ type: 'noPlace' as const }] : []),
    ...(date === undefined && !unread ? [{ type: 'noDate' as const }] : []),
    ...(start === undefined && !unread ? [{ type: 'noTime' as const }] : []),
  ];
  const all = [
    ...missing,
    ...notes.flatMap((note) => doubtOf(note, date)),
    ...(begun ? [{ type: 'past' as const }] : []),
    ...(days > farthestDays ? [{ type: 'tooFar' as const, days }] : []),
    // Several were noticed; of one alone nobody knows whether it is the right one.
    ...(unclearChoice || (sessions.length < 2 && notes.some(({ type }) => type === 'severalSessions'))
      ? [{ type: 'severalSessions' as const, sessions: sessions.length }]
      : []),
  ];
  const seen = new Set<string>();
  return all.filter((doubt) => {
    const key = JSON.stringify(doubt);
    return seen.has(key) ? false : seen.add(key);
  });
}

function doubtOf(note: Note, date: string | undefined): Doubt[] {
  switch (note.type) {
    case 'weekdayMismatch': {
      const on = note.date ?? date;
      return on === undefined ? [] : [{ type: 'weekdayMismatch', written: note.written, actual: note.actual, date: on }];
    }
    case 'rolledOver': {
      const on = note.date ?? date;
      return on === undefined || note.days <= silentDays ? [] : [{ type: 'rolledOver', date: on, days: note.days }];
    }
    case 'boundUnclear':
      return [{ ...note, type: 'ageBoundary' }];
    case 'unreadDate': {
      const { reason, text } = note;
      if (reason === 'endsBeforeStart') return [{ type: 'endsBeforeStart' }];
      if (reason === 'noTime') return [{ type: 'noTime' }];
      return [{ type: 'unreadDate', reason, text }];
    }
    case 'phoneNumber':
    case 'dayMismatch':
    case 'nextUnclear':
    case 'gradeAges':
    case 'severalAges':
    case 'severalCapacities':
    case 'severalDeadlines':
    case 'unreadAges':
    case 'unreadCapacity':
    case 'unreadDeadline':
    case 'startAssumed':
    case 'everyDayAssumed':
    case 'timeCarried':
    case 'countMismatch':
    case 'monthsSkipped':
    case 'holidaysExcluded':
    case 'timeTwice':
      return [note];
    // These only explain what is shown anyhow.
    case 'ageCondition':
    case 'agesShutOut':
    case 'approximate':
    case 'cutOff':
    case 'deadlineUnsupported':
    case 'endsNextDay':
    case 'families':
    case 'idNumber':
    case 'meridiemAssumed':
    case 'past':
    case 'severalSessions':
    case 'signUpOpens':
    case 'timesLeftOut':
    case 'timeVague':
      return [];
  }
}
