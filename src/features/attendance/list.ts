import { command, menuChoices, type Command, type Outcome, type Request } from '../../command/index.js';
import type { Say } from '../../dialog/index.js';
import type { Tx } from '../../storage/index.js';
import type { AttendanceEffects } from './effects.js';
import { dayOf, readerOf, told, when } from './reader.js';
import { countsOf, markingTime, orderOf, takesPlace, type Listed } from './rules.js';
import { loadSheet, readAt, writeAt, type At, type AttendanceParts, type Sheet } from './sheet.js';
import { mayUndo, undoLine, undoWords } from './undo.js';

/** Names on one page. */
const perPage = 30;

/** How the commands of whoever checks people in are called. */
export const checkIn = { words: [], hidden: true, for: 'checkIn', inGroup: 'privately' } as const;

/** `/check-in-list REF NUMBER [PAGE]`: who has a place and who came; looking is written down. */
export const listCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'check-in-list', ...checkIn },
    {
      load: (tx, request) => loadSheet(parts, tx, request, readAt(request.args).at, 'look'),
      decide: (sheet, request) => {
        const why = refusedFor(sheet, request);
        if (why) return why;
        if (!sheet) return gone(request);
        return { say: [listSay(sheet, readAt(request.args).at, request)], effects: [effects.seen.make({ eventId: sheet.event.id })] };
      },
    },
  );

/** The event or the session is not there any more. */
export const gone = (request: Request): Outcome => told(request, request.t('attendance.gone'), [others(request)]);

const others = ({ t }: Request) => ({ label: t('attendance.others'), line: '/check-in-events' });

/** Why there is nothing to mark: gone, called off, or too long ago. Null where there is. */
export function refusedFor(sheet: Sheet | null, request: Request): Outcome | null {
  const { t, now } = request;
  if (!sheet) return gone(request);
  const { event, session } = sheet;
  if (!takesPlace(event)) return told(request, t(`attendance.off.${event.status}`, { title: event.title }), [others(request)]);
  return markingTime(session, now) === 'over' ? told(request, t('attendance.over', { title: event.title }), [others(request)]) : null;
}

/** A line of the list as it is called: by name, or as what is known of it. */
export function nameOf(
  { name, held, by = '' }: Pick<Listed, 'name' | 'held'> & Partial<Pick<Listed, 'by'>>,
  { t }: Pick<Request, 't'>,
): string {
  if (name !== '') return name;
  return held ? t('attendance.held', { by }) : t('attendance.guest');
}

/** How many came and did not: `到2 缺1 未到7`. What nobody is stays away, but for who came and who is still missing. */
export function countsLine(list: readonly Listed[], { t }: Pick<Request, 't'>): string {
  const { attended, absent, leave, open } = countsOf(list);
  return [
    t('attendance.counts.attended', { number: attended }),
    ...(absent > 0 ? [t('attendance.counts.absent', { number: absent })] : []),
    ...(leave > 0 ? [t('attendance.counts.leave', { number: leave })] : []),
    ...(open > 0 ? [t('attendance.counts.open', { number: open })] : []),
  ].join(' ');
}

/** A page of the list with everything that can be done; numbers are the answer, and so are names, and 撤销 is about the list. `before`: what has just happened. */
export function listSay(sheet: Sheet, at: At, request: Request, before: readonly string[] = []): Say {
  const { t, now } = request;
  const { event, session, people, list } = sheet;
  const reader = readerOf(request);
  const pages = Math.max(1, Math.ceil(list.length / perPage));
  const page = Math.min(at.page, pages);
  const shown = list.slice((page - 1) * perPage, page * perPage);
  const early = markingTime(session, now) === 'early';
  const about =
    event.sessions.length === 1 ? when(session, reader) : t('attendance.session', { number: session.number, when: when(session, reader) });
  const text = [
    ...before,
    event.title,
    about,
    countsLine(list, request),
    ...(list.length === 0 ? [t('attendance.nobody')] : shown.map((one) => lineOf(one, request))),
    ...(pages > 1 ? [t('attendance.page', { page, pages })] : []),
    ...(list.length === 0 ? [] : [early ? t('attendance.early', { day: dayOf(session, reader) }) : t('attendance.how')]),
  ].join('\n');
  const here: At = { ...at, page };
  return {
    text,
    choices: choicesOf(sheet, here, { pages, early }, request),
    numbersAreAnswers: true,
    wordsGoTo: `/check-in-mark ${writeAt(here)} ${orderOf(people)}`,
    words: undoWords(here),
  };
}

function lineOf(one: Listed, request: Request): string {
  const values = { number: one.number, name: nameOf(one, request) };
  return request.t(one.mark ? `attendance.line.${one.mark.state}` : 'attendance.line.open', values);
}

/** The choices under the list. They have no digits, since those mean people. */
function choicesOf(sheet: Sheet, at: At, { pages, early }: { pages: number; early: boolean }, request: Request) {
  const { t, now } = request;
  const { list, session } = sheet;
  const where = writeAt(at);
  const open = countsOf(list).open > 0 && !early;
  const next = { ...at, page: (at.page % pages) + 1 };
  return [
    ...(mayUndo(request, session.id) ? [{ label: t('attendance.undo.label'), value: undoLine(at) }] : []),
    ...(pages > 1 ? [{ label: t('attendance.next'), value: `/check-in-list ${writeAt(next)}` }] : []),
    ...(open
      ? [
          { label: t('attendance.call.label'), value: `/check-in-call ${where}` },
          { label: t('attendance.all'), value: `/check-in-rest ${where} attended` },
          { label: t('attendance.rest'), value: `/check-in-rest ${where} absent` },
        ]
      : []),
    ...(now < session.endsAt ? [{ label: t('attendance.code.label'), value: `/check-in-code ${where}` }] : []),
    { label: t('attendance.others'), value: '/check-in-events' },
    ...menuChoices(t, []).map(({ label, value }) => ({ label, value })),
  ];
}
