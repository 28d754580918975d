import { z } from 'zod';
import { menuChoices, type Command, type PaperMaker } from '../../command/index.js';
import { asLocale } from '../../i18n/index.js';
import { mimeTypes, poster } from '../../papers/index.js';
import { audit, communityById } from '../../people/index.js';
import { eventByRef, eventOfSession } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import type { CodeParts } from './atThePlace.js';
import { checkIn, gone, refusedFor } from './list.js';
import { readerOf, span, told, when } from './reader.js';
import { codeTime, codeTimes } from './rules.js';
import { loadSheet, readAt, writeAt } from './sheet.js';
import { undoWords } from './undo.js';

/** The code of a session's place is kept a while longer than it is good, so that a session that is moved keeps the sheet on the wall. */
const keptMs = 31 * 24 * 60 * 60 * 1000;

/** A code as it is read out: `483 629`. */
const spaced = (code: string): string => code.replace(/^(.{3})/u, '$1 ');

/** `/check-in-code REF NUMBER PAGE [new]`: the code at the place, as words and as a poster; made when it is first asked for. */
export const codeCommand = (parts: CodeParts): Command<Tx> => ({
  name: 'check-in-code',
  ...checkIn,
  answer: async (tx, request) => {
    const { at, rest } = readAt(request.args);
    // Held, so that of two who ask at once both see one code.
    const sheet = await loadSheet(parts, tx, request, at, 'write');
    const why = refusedFor(sheet, request);
    if (why || !sheet) return why ?? gone(request);
    const { t, now, who, newId } = request;
    const { event, session } = sheet;
    const { communityId, personId: actorId } = who;
    const where = writeAt(at);
    const back = { label: t('attendance.code.list'), line: `/check-in-list ${where}` };
    if (codeTime(session, now) === 'over') return told(request, t('attendance.code.tooLate'), [back]);
    const current = rest === 'new' ? null : await parts.codes.current(tx, session.id);
    if (current === null) await audit(tx, { communityId, actorId, now, newId }, 'attendance.code', event.id);
    const code = current ?? (await parts.codes.renew(tx, { sessionId: session.id, communityId, expiresAt: session.endsAt + keptMs, now }));
    const good = span(codeTimes(session), session, readerOf(request));
    const text = t('attendance.code.is', { title: event.title, code: spaced(code), good });
    const choices = menuChoices(t, [{ label: t('attendance.code.renew'), line: `/check-in-code ${where} new` }, back]);
    return { say: [{ text, choices, words: undoWords(at), paper: { name: 'attendance.poster', args: { sessionId: session.id } } }] };
  },
});

const recipe = z.object({ sessionId: z.string() });

/** The sheet on the wall of the place: when and where, the code in words and as a picture. It shows the code that is good when it is made. */
export const codePoster =
  ({ codes }: Pick<CodeParts, 'codes'>): PaperMaker<Tx> =>
  async (tx, args, { communityId, now, texts, locale }) => {
    const { sessionId } = recipe.parse(args);
    const place = await eventOfSession(tx, sessionId);
    const event = place && (await eventByRef(tx, communityId, place.ref));
    const session = event?.sessions.find(({ id }) => id === sessionId);
    const code = await codes.current(tx, sessionId);
    if (!event || !session || code === null) return null;
    const { name: community } = await communityById(tx, communityId);
    const t = texts(locale);
    const page = {
      // The code itself is what is read from afar.
      title: t('attendance.poster.title', { code: spaced(code) }),
      lines: [
        { label: t('attendance.poster.event'), value: event.title },
        { label: t('attendance.poster.when'), value: when(session, { t, now, locale: asLocale(locale) }) },
        { label: t('attendance.poster.where'), value: session.place },
      ],
      qrText: `/check-in ${code}`,
      qrCaption: t('attendance.poster.caption', { code }),
      community,
    };
    return async () => ({ name: `${t('attendance.poster.file')}.png`, mimeType: mimeTypes.png, data: await poster(page) });
  };
