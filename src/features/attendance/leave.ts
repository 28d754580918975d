import { menu, command, menuChoices, pagesOf, type Command, type FreeText, type Outcome, type Request } from '../../command/index.js';
import {
  attendanceOf,
  attendanceOfSignUp,
  dated,
  eventOfSession,
  markingAt,
  type EventView,
  type SignUpView,
} from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { parseDate } from '../../understand/index.js';
import type { AttendanceEffects } from './effects.js';
import { nameOf } from './list.js';
import { readerOf, told, when } from './reader.js';
import { takesPlace } from './rules.js';
import type { AttendanceParts } from './sheet.js';

interface Series {
  readonly signUp: SignUpView;
  readonly event: EventView;
}

/** Leave is for one session of several; whoever does not come to the only one gives the place back. */
const mayLeave = ({ signUp, event }: Series, now: number): boolean =>
  signUp.status === 'confirmed' &&
  event.signUpFor === 'all' &&
  event.sessions.length > 1 &&
  takesPlace(event) &&
  event.sessions.some(({ startsAt }) => startsAt > now);

const seriesOf = async ({ signUps }: AttendanceParts, tx: Tx, { who, now }: Request): Promise<Series[]> =>
  (await signUps.ofPerson(tx, who.personId, now)).filter((one) => mayLeave(one, now));

/** What was put off and has no new time yet: nobody has to ask for leave from it. */
const putOff = async ({ signUps }: AttendanceParts, tx: Tx, { who, now }: Request): Promise<string | undefined> =>
  (await signUps.ofPerson(tx, who.personId, now)).find(({ event }) => event.status === 'postponed')?.event.title;

const mine = ({ t }: Request) => ({ label: t('attendance.leave.mine'), line: '/mine' });

/** The day that is named behind or before 请假, "YYYY-MM-DD"; null where none is. */
function dayIn(args: string, { who, now }: Request): string | null {
  const read = args === '' ? null : parseDate(args, { now, timeZone: who.timeZone });
  return read?.ok ? read.date : null;
}

/** `8月26日请假`: the day stands before the word. */
export const absenceText: FreeText = (text, request) => {
  const [, day = ''] = /^(?:我(?:要|想)?|想)?\s*(.{2,12}?)\s*(?:我)?(?:要|想)?请(?:个|一天)?假[。.!！]?$/u.exec(text.trim()) ?? [];
  return dayIn(day, request) === null ? null : { name: 'absence', args: day };
};

/** `/absence [SIGNUP] [page]`, `/absence 8月26日`: for which sign-up, and for which session, somebody asks for leave or takes it back. */
export const absenceCommand = (parts: AttendanceParts): Command<Tx> =>
  command(
    { name: 'absence', words: ['请假', 'absence'], takesText: true, for: 'everyone', inGroup: 'privately' },
    {
      load: async (tx, request) => {
        const series = await seriesOf(parts, tx, request);
        const [id = ''] = request.args.split(' ');
        const asked = series.find(({ signUp }) => signUp.id === id) ?? (series.length === 1 && id === '' ? series[0] : undefined);
        const marks = asked ? await attendanceOfSignUp(tx, asked.signUp.id) : new Map<string, { state: string }>();
        const day = asked ? null : dayIn(request.args, request);
        return { series, asked, marks, day, later: asked ? undefined : await putOff(parts, tx, request) };
      },
      decide: ({ series, asked, marks, day, later }, request) => {
        const { t, now, args } = request;
        if (day !== null && series.length > 0) return onDay(series, day, request);
        const [id = '', page = ''] = args.split(' ');
        if (!asked && (series.length === 0 || id !== '')) {
          const text = later === undefined ? t('attendance.leave.none') : t('attendance.leave.later', { title: later });
          return told(request, text, [mine(request)]);
        }
        if (!asked) {
          const items = series.map(({ signUp, event }) => ({
            label: t('attendance.leave.item', { name: nameOf({ name: signUp.name, held: false }, request), title: event.title }),
            line: `/absence ${signUp.id}`,
          }));
          return menu(t('attendance.leave.which'), menuChoices(t, items));
        }
        const { signUp, event } = asked;
        // What has no date yet, nobody can stay away from.
        const items = dated(event.sessions, now).map((session) => {
          const on = marks.get(session.id)?.state === 'leave';
          const label = t('attendance.session', { number: session.number, when: when(session, readerOf(request)) });
          return {
            label: on ? t('attendance.leave.back', { session: label }) : label,
            line: `/absence-set ${signUp.id} ${session.number} ${on ? 'off' : 'on'}`,
          };
        });
        const about = { name: nameOf({ name: signUp.name, held: false }, request), title: event.title };
        const paging = { ...pagesOf('absence', page), more: (next: number) => `/absence ${signUp.id} ${next}` };
        return menu(t('attendance.leave.ask', about), menuChoices(t, [...items], paging));
      },
    },
  );

/** The sessions of one day: one is taken at once, of several it is asked whose. */
function onDay(series: readonly Series[], day: string, request: Request): Outcome {
  const { t, now } = request;
  const meant = series.flatMap(({ signUp, event }) =>
    dated(event.sessions, now)
      .filter(({ startsWall }) => startsWall.startsWith(day))
      .map(({ number }) => ({ signUp, event, line: `/absence-set ${signUp.id} ${number} on` })),
  );
  const [only, another] = meant;
  if (only && !another) return { run: only.line };
  const items = meant.map(({ signUp, event, line }) => ({
    label: t('attendance.leave.item', { name: nameOf({ name: signUp.name, held: false }, request), title: event.title }),
    line,
  }));
  const others = [{ label: t('attendance.leave.another'), line: '/absence' }, mine(request)];
  return menu(
    t(items.length > 0 ? 'attendance.leave.which' : 'attendance.leave.notThen'),
    menuChoices(t, items.length > 0 ? items : others),
  );
}

/** `/absence-set SIGNUP NUMBER on|off`: asks for leave for one session that has not begun, or takes it back. The place stays. */
export const absenceSetCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'absence-set', words: [], hidden: true, for: 'everyone', inGroup: 'privately' },
    {
      load: async (tx, request) => {
        const [id, number] = request.args.split(' ');
        const find = async () => (await seriesOf(parts, tx, request)).find(({ signUp }) => signUp.id === id);
        const first = await find();
        // Held: staff may be marking at the same time.
        const place = first && (await eventOfSession(tx, first.event.sessions[0].id));
        const event = place && (await parts.readLocked(tx, place.communityId, place.ref));
        const again = event ? await find() : undefined;
        const session = again && event?.sessions.find((one) => String(one.number) === number);
        return again && session ? { ...again, session, marks: await attendanceOf(tx, session.id) } : null;
      },
      decide: (found, request): Outcome => {
        const { t, now, who, args } = request;
        if (!found) return told(request, t('attendance.leave.none'), [mine(request)]);
        const { signUp, event, session, marks } = found;
        const on = args.endsWith(' on');
        const line = (to: 'on' | 'off') => `/absence-set ${signUp.id} ${session.number} ${to}`;
        const items = [{ label: t('attendance.leave.other'), line: `/absence ${signUp.id}` }, mine(request)];
        const about = {
          name: nameOf({ name: signUp.name, held: false }, request),
          title: event.title,
          when: when(session, readerOf(request)),
        };
        if (session.startsAt <= now) return told(request, t('attendance.leave.begun', about), items);
        const mark = marks.get(signUp.id);
        if (mark && mark.state !== 'leave') return told(request, t('attendance.leave.marked', about), items);
        if (on && mark)
          return told(request, t('attendance.leave.already', about), [{ label: t('attendance.leave.undo'), line: line('off') }, ...items]);
        if (!on) {
          const leaveEnd = effects.leaveEnd.make({ signUpId: signUp.id, sessionId: session.id });
          return { ...told(request, t('attendance.leave.ended', about), items), effects: mark ? [leaveEnd] : [] };
        }
        const at = markingAt(marks, who.personId, now);
        const marking = { eventId: event.id, sessionId: session.id, signUpIds: [signUp.id], state: 'leave', at, byStaff: false } as const;
        return {
          ...told(request, t('attendance.leave.done', about), [
            mine(request),
            ...items.slice(0, 1),
            { label: t('attendance.leave.undo'), line: line('off') },
          ]),
          effects: [effects.mark.make(marking)],
        };
      },
    },
  );
