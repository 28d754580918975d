import { command, type Command, type Outcome, type Request } from '../../command/index.js';
import { list as inWords } from '../../i18n/index.js';
import { markingAt, type Mark } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import type { AttendanceEffects } from './effects.js';
import { checkIn, gone, listSay, nameOf, refusedFor } from './list.js';
import { dayOf, readerOf } from './reader.js';
import { markingTime, sameOrder, type Listed } from './rules.js';
import { loadSheet, readAt, writeAt, type At, type AttendanceParts, type Sheet } from './sheet.js';
import { isLate, lastMarking, type Undo } from './undo.js';
import { readMarking, readRest } from './words.js';

/** What a marking comes to: effects, what is said of it, and how it is taken back. */
export interface Marked {
  readonly sheet: Sheet;
  readonly effects: NonNullable<Outcome['effects']>;
  readonly said: readonly string[];
  /** What takes it back; null where nothing was marked, so that an earlier one can still be taken back. */
  readonly undo: Undo | null;
}

/** More names than this are only counted. */
const namedAtMost = 10;

const namesOf = (some: readonly Listed[], request: Request): string =>
  inWords(
    some.map((one) => request.t('attendance.numbered', { number: one.number, name: nameOf(one, request) })),
    readerOf(request).locale,
  );

/** Marks these of a list. Who is marked so already is left as they are, and said so. */
export function marked(sheet: Sheet, chosen: readonly Listed[], state: Mark, request: Request, effects: AttendanceEffects): Marked {
  const { t, who, now } = request;
  const { event, session, marks } = sheet;
  const fresh = chosen.filter(({ mark }) => mark?.state !== state);
  const same = chosen.filter((one) => !fresh.includes(one));
  const some = (people: readonly Listed[], key: string) => {
    if (people.length === 0) return [];
    return people.length > namedAtMost
      ? [t(`attendance.${key}.many.${state}`, { number: people.length })]
      : [t(`attendance.${key}.few.${state}`, { names: namesOf(people, request) })];
  };
  // Whoever asked for leave and is here all the same, or was only thought to be: it is changed, but not in silence.
  const onLeave = fresh.filter(({ mark }) => mark?.state === 'leave');
  const said = [...some(fresh, 'marked'), ...some(onLeave, 'overLeave'), ...some(same, 'already')];
  if (fresh.length === 0) return { sheet, effects: [], said, undo: null };
  const at = markingAt(marks, who.personId, now);
  const before = fresh.flatMap(({ signUpId, mark }) => (mark ? [{ signUpId, state: mark.state, at: mark.at, by: mark.by }] : []));
  const mark = { sessionId: session.id, state, by: who.personId, at };
  const after = (one: Listed): Listed => (fresh.includes(one) ? { ...one, mark: { ...mark, signUpId: one.signUpId } } : one);
  return {
    sheet: { ...sheet, list: sheet.list.map(after) },
    effects: [
      effects.mark.make({
        eventId: event.id,
        sessionId: session.id,
        signUpIds: fresh.map(({ signUpId }) => signUpId),
        state,
        at,
        byStaff: true,
      }),
    ],
    said,
    undo: { session: session.id, at, count: fresh.length, before },
  };
}

/** Remembers what was marked; `request` is what the words after it are made with. */
export const remembering = ({ undo }: Pick<Marked, 'undo'>, request: Request): { request: Request; remember?: Undo } =>
  undo === null ? { request } : { request: { ...request, remembered: undo }, remember: undo };

/** The list as it is after a marking. */
function listAfter(done: Marked, at: At, request: Request): Outcome {
  const { request: then, ...remembered } = remembering(done, request);
  return { say: [listSay(done.sheet, at, then, [...done.said, ''])], effects: done.effects, ...remembered };
}

const tooEarly = ({ session }: Sheet, request: Request): string =>
  request.t('attendance.tooEarly', { day: dayOf(session, readerOf(request)) });

/** What staff write under the list: numbers, names, and how they are marked. `/check-in-mark REF NUMBER PAGE ORDER WORDS` */
export const markCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'check-in-mark', ...checkIn },
    {
      load: (tx, request) => loadSheet(parts, tx, request, readAt(request.args).at, 'write'),
      decide: (sheet, request) => {
        const why = refusedFor(sheet, request);
        if (why || !sheet) return why ?? gone(request);
        const { t, now } = request;
        const { at, rest: answered } = readAt(request.args);
        const [order = '', ...words] = answered.split(' ');
        const text = words.join(' ');
        // 0 is back, as everywhere.
        if (/^\p{Nd}$/u.test(text) && text.normalize('NFKC') === '0') return { run: '/check-in-events' };
        const rest = readRest(text);
        if (rest !== null) return { run: `/check-in-rest ${writeAt(at)} ${rest}` };
        const { state, chosen, unknown, several, byNumber } = readMarking(text, sheet.list);
        const again = (...said: string[]): Outcome => ({ say: [listSay(sheet, at, request, [...said, ''])] });
        if (byNumber && !sameOrder(sheet.people, order)) return again(t('attendance.reordered'));
        const missed = [
          // Names were written, but whoever writes numbers next must know that they are others now.
          ...(sameOrder(sheet.people, order) ? [] : [t('attendance.renumbered')]),
          ...several.map(({ name, numbers }) =>
            t('attendance.several', { name, numbers: inWords(numbers.map(String), readerOf(request).locale) }),
          ),
          ...(unknown.length > 0
            ? [t('attendance.unknown', { words: inWords(unknown.slice(0, namedAtMost), readerOf(request).locale) })]
            : []),
        ];
        if (chosen.length === 0) return again(...missed);
        if (state !== 'leave' && markingTime(sheet.session, now) === 'early') return again(tooEarly(sheet, request));
        const done = marked(sheet, chosen, state, request, effects);
        return listAfter({ ...done, said: [...done.said, ...missed] }, at, request);
      },
    },
  );

/** `/check-in-rest REF NUMBER PAGE STATE`: everybody who is not marked yet came, or is absent. */
export const restCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'check-in-rest', ...checkIn },
    {
      load: (tx, request) => loadSheet(parts, tx, request, readAt(request.args).at, 'write'),
      decide: (sheet, request) => {
        const why = refusedFor(sheet, request);
        if (why || !sheet) return why ?? gone(request);
        const { at, rest } = readAt(request.args);
        if (markingTime(sheet.session, request.now) === 'early')
          return { say: [listSay(sheet, at, request, [tooEarly(sheet, request), ''])] };
        const open = sheet.list.filter(({ mark }) => mark === null);
        if (open.length === 0) return { say: [listSay(sheet, at, request, [request.t('attendance.allMarked'), ''])] };
        return listAfter(marked(sheet, open, rest === 'absent' ? 'absent' : 'attended', request, effects), at, request);
      },
    },
  );

/** `/check-in-undo REF NUMBER PAGE`: takes back what one's own last marking wrote, where nobody has changed it since. The list stays open, whatever came of it. */
export const undoCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'check-in-undo', ...checkIn },
    {
      load: (tx, request) => loadSheet(parts, tx, request, readAt(request.args).at, 'write'),
      decide: (sheet, request) => {
        const { at } = readAt(request.args);
        if (!sheet) return gone(request);
        const { t, who, now } = request;
        const { event, session, list, marks } = sheet;
        const undo = lastMarking(request, session.id);
        if (!undo) return { say: [listSay(sheet, at, request, [t('attendance.undo.none'), ''])] };
        if (isLate(undo, now)) return { say: [listSay(sheet, at, request, [t('attendance.undo.tooLate'), ''])] };
        const written = [...marks.values()].filter((mark) => mark.by === who.personId && mark.at === undo.at);
        const changed = undo.count - written.length;
        const said = [
          written.length > 0 ? t('attendance.undo.done', { number: written.length }) : t('attendance.undo.nothing'),
          ...(changed > 0 && written.length > 0 ? [t('attendance.undo.changed', { number: changed })] : []),
        ];
        const back = (one: Listed): Listed => {
          if (!written.some(({ signUpId }) => signUpId === one.signUpId)) return one;
          const mark = undo.before.find(({ signUpId }) => signUpId === one.signUpId);
          return { ...one, mark: mark ? { ...mark, sessionId: session.id } : null };
        };
        const { remembered: _taken, ...then } = request;
        return {
          say: [listSay({ ...sheet, list: list.map(back) }, at, then, [...said, ''])],
          remember: null,
          effects:
            written.length > 0 ? [effects.undo.make({ eventId: event.id, sessionId: session.id, at: undo.at, before: undo.before })] : [],
        };
      },
    },
  );
