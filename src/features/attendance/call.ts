import { command, type Command, type Outcome, type Request } from '../../command/index.js';
import type { Tx } from '../../storage/index.js';
import type { AttendanceEffects } from './effects.js';
import { checkIn, countsLine, gone, listSay, nameOf, refusedFor } from './list.js';
import { marked, remembering, type Marked } from './mark.js';
import { markingTime } from './rules.js';
import { loadSheet, readAt, writeAt, type At, type AttendanceParts, type Sheet } from './sheet.js';
import { mayUndo, undoLine, undoWords } from './undo.js';

/** Asks for the next who is not marked, behind a number; for the list where nobody is left. */
function next(sheet: Sheet, at: At, behind: number, asked: Request, done: Pick<Marked, 'said' | 'undo'>): Outcome {
  const { request, ...remembered } = remembering(done, asked);
  const { t } = request;
  const { said } = done;
  const open = sheet.list.filter(({ mark }) => mark === null);
  const one = open.find(({ number }) => number > behind);
  if (!one) return { say: [listSay(sheet, at, request, [...said, t('attendance.call.end'), ''])], ...remembered };
  const where = writeAt(at);
  const answers = (['attended', 'absent', 'leave', 'skip'] as const).map((answer, place) => ({
    key: String(place + 1),
    label: t(`attendance.call.${answer}`),
    value: `/check-in-answer ${where} ${one.number} ${one.signUpId} ${answer}`,
  }));
  const text = [
    ...said,
    t('attendance.call.ask', { number: one.number, name: nameOf(one, request) }),
    countsLine(sheet.list, request),
  ].join('\n');
  const choices = [
    ...answers,
    ...(mayUndo(request, sheet.session.id) ? [{ key: '5', label: t('attendance.undo.label'), value: undoLine(at) }] : []),
    { key: '0', label: t('attendance.call.list'), value: `/check-in-list ${where}` },
  ];
  return { say: [{ text, choices, words: undoWords(at) }], ...remembered };
}

const nothingSaid = { said: [], undo: null };

/** `/check-in-call REF NUMBER PAGE`: the names one after another, each answered by a press. */
export const callCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'check-in-call', ...checkIn },
    {
      load: (tx, request) => loadSheet(parts, tx, request, readAt(request.args).at, 'look'),
      decide: (sheet, request) => {
        const why = refusedFor(sheet, request);
        if (why || !sheet) return why ?? gone(request);
        return {
          ...next(sheet, readAt(request.args).at, 0, request, nothingSaid),
          effects: [effects.seen.make({ eventId: sheet.event.id })],
        };
      },
    },
  );

/** `/check-in-answer REF NUMBER PAGE PLACE SIGNUP STATE|skip`: the answer to one name. Whoever is not there any more is passed over. */
export const answerCommand = (parts: AttendanceParts, effects: AttendanceEffects): Command<Tx> =>
  command(
    { name: 'check-in-answer', ...checkIn },
    {
      load: (tx, request) => loadSheet(parts, tx, request, readAt(request.args).at, 'write'),
      decide: (sheet, request) => {
        const why = refusedFor(sheet, request);
        if (why || !sheet) return why ?? gone(request);
        const { at, rest } = readAt(request.args);
        const [place, signUpId, answer] = rest.split(' ');
        const one = sheet.list.find((listed) => listed.signUpId === signUpId);
        const skipped = answer === 'skip' || (answer !== 'leave' && markingTime(sheet.session, request.now) === 'early');
        if (!one || skipped) return next(sheet, at, Number(place), request, nothingSaid);
        const done = marked(sheet, [one], answer === 'absent' || answer === 'leave' ? answer : 'attended', request, effects);
        return { ...next(done.sheet, at, Number(place), request, done), effects: done.effects };
      },
    },
  );
