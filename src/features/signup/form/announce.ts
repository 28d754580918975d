import type { Opening, Request } from '../../../command/index.js';
import type { Json } from '../../../dialog/index.js';
import { readAnnouncement, type Announcement } from '../../../understand/index.js';
import { unclearIn } from './event.fields.js';
import { remarksOf } from './fields.js';
import { doubtOf } from './when.field.js';

/** Told by a field that stands open, so not said above the form as well. */
const openFields = new Set(['rolledOver', 'weekdayMismatch', 'boundUnclear', 'severalSessions', 'deadlineUnsupported', 'timeVague']);

/** The form of a new event, filled with what an announcement says. What it does not name is left open: staff see "(没写)" and add it by number. */
export function formOf(text: string, { now, who, t }: Request): Opening {
  const read = readAnnouncement(text, { now, timeZone: who.timeZone });
  if (text === '') return { dialog: 'event' };
  const { title, place, bring, deadline, companions, teacher, organisation, notes, rest } = read;
  const answers: Record<string, Json> = {
    ...(title === undefined ? {} : { title }),
    ...(place === undefined ? {} : { place }),
    ...whenOf(read),
    ...formatOf(read),
    sector: sectorOf(read, text),
    capacity: capacityOf(read),
    ages: agesOf(read),
    bring: bring ?? null,
    deadline: deadline?.type === 'at' ? { wall: deadline.wall, ...(has(notes, 'severalDeadlines') ? { unclear: true } : {}) } : null,
    companions: companionsOf(companions),
    teacher: teacher ?? null,
    organisation: organisation ?? null,
  };
  const remarks = [
    ...remarksOf(
      notes.filter(({ type }) => !openFields.has(type)),
      t,
    ),
    ...(rest.length > 0 ? [t('event.notes.rest', { rest: rest.join(' ').slice(0, 200) })] : []),
  ];
  return { dialog: 'event', answers, remarks };
}

// What was written and is no value, or two that differ, is asked: it must not be published as if nothing had been written.
const has = (notes: Announcement['notes'], type: Announcement['notes'][number]['type']): boolean =>
  notes.some((note) => note.type === type);

/** Where several meetings were written and one was read, the others must not be lost without a word. */
const doubtIn = (sessions: Announcement['sessions'], notes: Announcement['notes']) =>
  doubtOf(notes.filter(({ type }) => type !== 'severalSessions' || sessions.length < 2));

function whenOf({ sessions, date, start, end, notes }: Announcement): { when?: Json } {
  if (sessions.length > 0)
    return {
      when: {
        sessions: sessions.map((one) => ({ date: one.date, start: one.start, end: one.end ?? null })),
        doubt: doubtIn(sessions, notes),
      },
    };
  if (date !== undefined) return { when: { sessions: [{ date, start: start ?? '', end: end ?? null }], doubt: { type: 'noTime' } } };
  return start === undefined ? {} : { when: { sessions: [{ date: '', start, end: end ?? null }], doubt: { type: 'noDate' } } };
}

/** Of several sessions it is asked how one signs up, unless the words say so. */
const formatOf = ({ sessions, sessionsAre }: Announcement): { format?: Json } =>
  sessions.length < 2 || sessionsAre === undefined ? {} : { format: sessionsAre === 'series' ? 'all' : 'one' };

function capacityOf({ capacity, unit, notes }: Announcement): Json {
  if (capacity === undefined) return has(notes, 'unreadCapacity') ? { count: null, unit: 'person', unclear: true } : null;
  return { count: capacity, unit: unit ?? 'person' };
}

function agesOf({ minAge, maxAge, notes }: Announcement): Json {
  if (minAge === undefined && maxAge === undefined) return null;
  return { minAge: minAge ?? null, maxAge: maxAge ?? null, unclear: unclearIn(notes) };
}

/** What only some must do, nobody else must: it is told, and staff see it as a field. */
function companionsOf(companions: Announcement['companions']): Json {
  if (companions === undefined) return null;
  const forAll = companions.upToAge === undefined && companions.fromAge === undefined;
  return companions.required && forAll ? 'required' : 'allowed';
}

/** Whom it is for says its sector, where it is plain; staff see it as a field. Who may not come says nothing. */
function sectorOf({ minAge, maxAge, notes }: Announcement, text: string): string | null {
  const told = !notes.some(({ type }) => type === 'agesShutOut');
  if (told && maxAge !== undefined && maxAge <= 18) return 'youth';
  if (told && minAge !== undefined && minAge >= 55) return 'elderly';
  if (/志愿/u.test(text)) return 'volunteering';
  if (/党员|党日/u.test(text)) return 'party';
  return null;
}
