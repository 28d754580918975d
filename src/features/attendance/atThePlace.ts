import type { FreeText, Outcome, Request } from '../../command/index.js';
import { list as inWords } from '../../i18n/index.js';
import type { PlaceCodes } from '../../people/index.js';
import { attendanceOf, eventOfSession, markingAt, type EventView, type SessionView, type SignUpView } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { readsAsDate } from '../../understand/index.js';
import type { AttendanceEffects } from './effects.js';
import { nameOf } from './list.js';
import { moment, readerOf, told } from './reader.js';
import { codeTime, codeTimes, isUnnamed, takesPlace } from './rules.js';
import type { AttendanceParts } from './sheet.js';

/** What the code at the place works with. */
export interface CodeParts extends AttendanceParts {
  readonly codes: PlaceCodes;
  readonly effects: AttendanceEffects;
}

/** Six digits, however they are spaced; null for anything else, also for a day: 2018-1-1. No code has 0 or 1 in it, but whoever writes them has tried one. */
function codeIn(text: string): string | null {
  const written = text.slice(0, 40).normalize('NFKC').trim();
  const digits = written.replace(/[\s-]/gu, '');
  if (!/^\d{6}$/u.test(digits)) return null;
  return digits !== written && readsAsDate(written) ? null : digits;
}

/** The code written alone; 180520 is a birthday then. Every month has 0 or 1 in it where it has two digits, so no code is taken for a day. */
export const codeText: FreeText = (text) => (codeIn(text) === null || readsAsDate(text) ? null : { name: 'check-in', args: text.trim() });

/** Takes the code that somebody wrote at the place: everybody of theirs who has a place is here. Null where nothing like a code was written. */
export async function enter(parts: CodeParts, tx: Tx, request: Request): Promise<Outcome | null> {
  const { who, args, now, newId, t } = request;
  const code = codeIn(args);
  if (code === null) return null;
  const { personId, communityId } = who;
  const found = await parts.codes.lookUp(tx, { code, personId, communityId, now, newId });
  if (found.type !== 'open')
    return told(
      request,
      t(found.type === 'tooMany' ? 'codes.tooMany' : found.type === 'expired' ? 'attendance.code.renewed' : 'attendance.code.wrong'),
    );
  const place = await eventOfSession(tx, found.sessionId);
  // Held until the end: staff may be marking the same child.
  const event = place && (await parts.readLocked(tx, place.communityId, place.ref));
  const session = event?.sessions.find(({ id }) => id === found.sessionId);
  if (!event || !session || !takesPlace(event)) return told(request, t('attendance.code.off'));
  const time = codeTime(session, now);
  const { from, until } = codeTimes(session);
  const about = { title: event.title, from: moment(from, session, readerOf(request)), until: moment(until, session, readerOf(request)) };
  if (time !== 'open') return told(request, t(`attendance.code.${time}`, about));
  return arrived(parts, tx, request, event, session);
}

async function arrived(parts: CodeParts, tx: Tx, request: Request, event: EventView, session: SessionView): Promise<Outcome> {
  const { who, now, t } = request;
  const scope = event.signUpFor === 'single' ? session.id : event.scopes[0].key;
  const all = (await parts.signUps.ofFamily(tx, event.id, who.personId)).filter((one) => one.scope === scope);
  const family = all.filter(({ status }) => status === 'confirmed');
  const look = { label: t('attendance.code.look'), line: `/event ${event.ref}` };
  const unready = unreadyLines(all, event, request);
  if (family.length === 0)
    return told(request, unready.length > 0 ? unready.join('\n') : t('attendance.code.notSignedUp', { title: event.title }), [look]);
  const marks = await attendanceOf(tx, session.id);
  const fresh = family.filter(({ id }) => marks.get(id)?.state !== 'attended');
  const names = (some: typeof family) =>
    inWords(
      some.map(({ name }) => nameOf({ name, held: false }, request)),
      readerOf(request).locale,
    );
  const already = family.filter((one) => !fresh.includes(one));
  const text = [
    ...(fresh.length > 0 ? [t('attendance.code.done', { names: names(fresh) })] : []),
    ...(already.length > 0 ? [t('attendance.code.already', { names: names(already) })] : []),
    ...(fresh.length > 1 ? [t('attendance.code.notAll')] : []),
    ...unready,
  ].join('\n');
  const signUpIds = fresh.map(({ id }) => id);
  const at = markingAt(marks, who.personId, now);
  const marking = { eventId: event.id, sessionId: session.id, signUpIds, state: 'attended', at, byStaff: false } as const;
  return { ...told(request, text), effects: signUpIds.length > 0 ? [parts.effects.mark.make(marking)] : [] };
}

/** Places that a family holds and that nobody can be checked in to yet: what is missing, in words. */
function unreadyLines(all: readonly SignUpView[], { title }: EventView, request: Request): string[] {
  const { t } = request;
  const names = all.filter(({ status, name }) => status === 'held' && name !== '').map(({ name }) => name);
  return [
    ...(all.some(isUnnamed) ? [t('attendance.code.unnamed', { title })] : []),
    ...(names.length > 0 ? [t('attendance.code.noConsent', { title, names: inWords(names, readerOf(request).locale) })] : []),
  ];
}
