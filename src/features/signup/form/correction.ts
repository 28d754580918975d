import { z } from 'zod';
import type { Opening, Request } from '../../../command/index.js';
import type { Asking, Json, Question } from '../../../dialog/index.js';
import { isToCome, type EventDetails, type SessionView } from '../../../programme/index.js';
import { meetingsMeant, newTime, readNotice, type NewTime, type Notice } from '../../../understand/index.js';
import { formOf } from './announce.js';
import { contextOf } from './changeNotice.js';
import { when, whenNow } from '../words/cards.js';
import { joined } from './edit.told.js';
import { agesField, capacityField, companionsField, deadlineField } from './event.fields.js';
import { placeField, publicText } from './fields.js';
import { answersOf } from './form.js';
import { readerOf } from '../words/menus.js';
import { doubtOf, doubtText } from './when.field.js';

/** What a notice may change besides the time, by the key of the form, as it is asked and shown there. */
const fields: Readonly<Record<string, Pick<Question<never>, 'show'>>> = {
  title: publicText(80),
  place: placeField,
  capacity: capacityField,
  ages: agesField,
  bring: publicText(100),
  deadline: deadlineField,
  companions: companionsField,
  teacher: publicText(40),
  organisation: publicText(60),
};

/** A meeting with its new time, as far as that is known. */
export interface Moved {
  readonly session: SessionView;
  readonly to: NewTime;
}

/** What a notice says otherwise than its event, and what of it could not be used: together all that stands in it. */
export interface Differences {
  /** The fields of the event that are otherwise, with their new values. */
  readonly fields: Readonly<Record<string, Json>>;
  /** The meeting that is moved. */
  readonly moved: Moved | null;
  /** The one meeting of several that it is about; null where it is about the event. */
  readonly session: SessionView | null;
  /** A new time is named, and it may be that of any of these. */
  readonly which: readonly SessionView[];
  /** Old → new, in words. */
  readonly lines: readonly string[];
  /** What staff should look at: what contradicts itself, what was not understood, what was not used. */
  readonly remarks: readonly string[];
  readonly act: Notice['act'] | null;
}

/** The event as its form says it. */
export function current(event: EventDetails): Record<string, Json> {
  const place = joined([...new Set(event.sessions.map((session) => session.place))]);
  return { ...answersOf(event), place, deadline: event.deadlineWall === null ? null : { wall: event.deadlineWall } };
}

function shown(key: string, value: Json, { t, now, who }: Request): string {
  const asking: Asking<unknown> = {
    facts: null,
    now,
    timeZone: who.timeZone,
    locale: who.locale,
    t,
    seed: null,
    base: `event.${key}`,
    params: {},
    answers: {},
    partial: null,
    shown: new Map(),
  };
  // What `formOf` and `answersOf` give for a key is what the question of that key takes.
  return value === null ? t('dialog.empty') : (fields[key]?.show(value as never, asking) ?? '');
}

/** The fields that a notice names, as the form of an event takes them, and what its readers noticed. */
function saidIn(
  notice: Notice,
  event: EventDetails,
  request: Request,
): { readonly said: Record<string, Json>; readonly remarks: string[] } {
  const { said: lines, place, capacity, capacityBy, renamed, rest } = notice;
  const form: Opening = lines.length === 0 ? { dialog: 'event' } : formOf(lines.join('\n'), request);
  const { title: _title, when: _when, ...others } = form.answers ?? {};
  // What is left over is named in one place, with the rest of the notice.
  const left = request.t('event.notes.rest', { rest: rest.join(' ').slice(0, 200) });
  const { capacity: before } = event.scopes[0].places;
  const sum = capacityBy === undefined || before === null ? null : before + capacityBy;
  const more = sum === null || sum < 1 || sum > 10_000 ? null : { count: sum, unit: event.unit };
  // Two more than no limit, ten fewer than eight.
  const odd = capacityBy !== undefined && more === null ? [request.t('event.capacity.unsettledChange')] : [];
  // What was no number is told, and changes nothing.
  const settled = (answer: Json): Json => (unclear.safeParse(answer).success ? null : answer);
  const counted = capacity === undefined ? (more ?? settled(others['capacity'] ?? null)) : { ...capacity };
  const said = {
    ...others,
    ...(place === undefined ? {} : { place }),
    ...(renamed === undefined ? {} : { title: renamed }),
    capacity: kept(counted, event),
    deadline: settled(others['deadline'] ?? null),
  };
  return { said, remarks: [...(form.remarks ?? []).filter((remark) => remark !== left), ...odd] };
}

/** A number of people counts what was counted before. */
function kept(capacity: Json, { unit }: EventDetails): Json {
  const read = counting.safeParse(capacity);
  return read.success ? { count: read.data.count, unit } : capacity;
}

const unclear = z.object({ unclear: z.literal(true) });
const counting = z.object({ count: z.number().nullable(), unit: z.literal('person') });

/** Which meeting of an event a notice is about, and whether it says so. `number` was chosen. */
function sessionOf({ about }: Notice, event: EventDetails, request: Request, number?: number) {
  const ahead = event.sessions.filter((one) => isToCome(one, request.now));
  const meant = meetingsMeant(about, ahead, event.title, contextOf(request));
  const chosen = ahead.find((one) => one.number === number);
  const [only, ...others] = chosen ? [chosen] : meant.length > 0 ? meant : ahead;
  return {
    session: others.length === 0 ? (only ?? null) : null,
    which: meant.length > 0 ? meant : ahead,
    /** It names a day or an hour at which the event has nothing. */
    strange: meant.length === 0 && chosen === undefined,
    /** One of several, by what the notice says or staff chose. */
    single: event.sessions.length > 1 && (chosen !== undefined || (meant.length === 1 && ahead.length > 1)),
  };
}

/** The new time in words, with what is open or doubtful about it. */
function timeLine({ session, to }: Moved, request: Request): string {
  const { t } = request;
  const reader = readerOf(request);
  const doubt = doubtOf(to.notes);
  const open = to.date === null ? 'noDate' : to.start === null ? 'noTime' : null;
  // Half of it is shown with the other half as it was, and it is said which half is open.
  const shownWall = `${to.date ?? session.startsWall.slice(0, 10)}T${to.start ?? session.startsWall.slice(11, 16)}`;
  const whole = when(
    { ...session, startsWall: shownWall, endsWall: to.end === null ? null : `${shownWall.slice(0, 10)}T${to.end}` },
    reader,
  );
  const words =
    open === 'noDate'
      ? [to.start, to.end].filter((clock) => clock !== null).join('–')
      : open === 'noTime'
        ? whole.replace(/ \d.*$/u, '')
        : whole;
  const why = open === null ? (doubt === null ? null : doubtText(doubt, t, 'event.when')) : t(`event.when.doubt.${open}`);
  const after = why === null ? words : t('event.when.doubtful', { when: words, doubt: why });
  return t('event.correction.line', { label: t('event.when.label'), before: whenNow(session, reader), after });
}

const isMoved = ({ session, to }: Moved): boolean =>
  session.postponed ||
  to.date !== session.startsWall.slice(0, 10) ||
  to.start !== session.startsWall.slice(11, 16) ||
  to.end !== (session.endsWall?.slice(11, 16) ?? null);

/** What a notice or a corrected announcement says otherwise than the event; what it does not name stays. `number`: the session that staff chose. */
export function differences(event: EventDetails, text: string, request: Request, number?: number): Differences {
  const { t } = request;
  const context = contextOf(request);
  const notice = readNotice(text, context);
  const { said, remarks } = saidIn(notice, event, request);
  const { session, which, strange, single } = sessionOf(notice, event, request, number);
  const is: Record<string, Json> = { ...current(event), ...(single && session ? { place: session.place } : {}) };
  const changed = Object.keys(fields).filter(
    (key) => (said[key] ?? null) !== null && JSON.stringify(said[key]) !== JSON.stringify(is[key] ?? null),
  );
  const { to, several, rest } = notice;
  const time = to && session ? { session, to: newTime(to, session, context) } : null;
  const moved = time && isMoved(time) ? time : null;
  const unread = time?.to.unread ?? (to?.type === 'unread' ? to.words : undefined);
  const line = (key: string) => ({
    label: t(`event.${key}.label`),
    before: shown(key, is[key] ?? null, request),
    after: shown(key, said[key] ?? null, request),
  });
  const reader = readerOf(request);
  const [next] = which;
  const act = notice.act !== undefined && applies(notice.act, event) ? notice.act : null;
  return {
    fields: Object.fromEntries(changed.map((key) => [key, said[key] ?? null])),
    moved,
    session: single ? session : null,
    which: several || (to !== undefined && session === null) ? which : [],
    lines: [...(moved ? [timeLine(moved, request)] : []), ...changed.map((key) => t('event.correction.line', line(key)))],
    remarks: [
      ...(strange && next
        ? [
            t('event.correction.strange', {
              title: event.title,
              when: which
                .slice(0, 4)
                .map((one) => whenNow(one, reader))
                .join(t('signup.schedule.separator')),
            }),
          ]
        : []),
      ...(unread === undefined ? [] : [t('event.notes.unreadDate', { text: unread })]),
      ...remarks,
      ...(notice.act !== undefined && act === null ? [t('event.correction.alreadySo')] : []),
      ...(rest.length > 0 ? [t('event.correction.notUsed', { rest: rest.join(t('signup.schedule.separator')).slice(0, 200) })] : []),
    ],
    act,
  };
}

/** Whether what a notice says is not so already: a list that is closed, an event that was never put off. */
function applies(act: NonNullable<Notice['act']>, { status, sessions }: EventDetails): boolean {
  if (act === 'close') return status === 'published';
  return act === 'reopen' ? status === 'closed' : sessions.some(({ postponed }) => postponed);
}
