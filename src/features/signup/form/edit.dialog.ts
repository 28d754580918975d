import { z } from 'zod';
import { dialogRoom, menuChoices, type LoadFacts, type Request } from '../../../command/index.js';
import { choice, dialog, fact, optional, type Asking, type Effect, type Question, type Say } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import { eventDetails, type ReadLocked, type SignUps } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { parseDate, parseDateTime, parseTimeRange } from '../../../understand/index.js';
import { details, schedule, type Reader } from '../words/cards.js';
import { callEffects } from '../words/calls.js';
import type { EditEffects } from './edit.effects.js';
import { isRaised, outOfAge, overLines, overOf } from './edit.rules.js';
import { countOf, editedOf, isSame, mayBeQuiet, telling, tellings, toldLine, toTeacher, type EditFacts } from './edit.told.js';
import {
  agesField,
  aliasesField,
  capacityField,
  companionsField,
  deadlineField,
  formatField,
  sectorField,
  sectorsField,
  serviceField,
} from './event.fields.js';
import { placeField, publicText } from './fields.js';
import { formLabels } from './form.js';
import { questionsField } from './questions.field.js';
import { callLines, loadChange, namesOf } from '../words/tellings.js';

type Seed = { readonly ref: string; readonly revision: number };

/** Shown, so that the numbers are those of the new event's form; a session is moved elsewhere. */
const whenShown: Question<number, EditFacts> = {
  ...fact({
    schema: z.number(),
    from: (_q: Asking<EditFacts>) => 0,
    show: (_answer, { facts, t, now, locale }) => (facts.details ? schedule(facts.details, { t, now, locale: asLocale(locale) }) : ''),
  }),
  read: (_input, { t }) => ({ type: 'wrong', text: t('edit.whenElsewhere') }),
};

const anyTitle = publicText(80);

/** Whether words are a day or a time and nothing else; a festival may be what an event is called. */
const isTime = (text: string, { now, timeZone }: Asking<EditFacts>): boolean =>
  /[\d一二三四五六七八九十]\s*[月日号点:：]|[上下]午|\d\s*[ap]m|周[一二三四五六日]/iu.test(text) &&
  (parseDate(text, { now, timeZone }).ok || parseTimeRange(text).ok || parseDateTime(text, { now, timeZone }).ok);

/** Its name. In the form of day and time the first field is the day: what is one was meant for that form. */
const titleField: Question<string, EditFacts> = {
  ...anyTitle,
  read: (input, q) =>
    input.type === 'text' && isTime(input.text, q) ? { type: 'wrong', text: q.t('edit.whenElsewhere') } : anyTitle.read(input, q),
};

/** Once people are in, what a place counts stays as it is. */
const capacityKept: Question<{ count: number | null; unit: 'person' | 'child' | 'household' }, EditFacts> = {
  ...capacityField,
  keys: [...capacityField.keys, 'invalid.fixed'],
  read: (input, q) => {
    const reading = capacityField.read(input, q);
    const event = q.facts.details;
    if (reading.type !== 'answer' || !event?.peopleIn || reading.answer.unit === event.unit) return reading;
    // A number alone counts what was counted before.
    if (reading.answer.unit === 'person') return { ...reading, answer: { ...reading.answer, unit: event.unit } };
    return { type: 'wrong', text: q.t(`${q.base}.invalid.fixed`) };
  },
};

/** Corrects anything about an event but when it is; who has to know is told in the same transaction. Wording: locales, `edit.*` and `event.*`. */
export const editDialog = (effects: EditEffects) =>
  dialog<EditFacts, Seed>('edit', {
    version: 1,
    readBack: 'form',
    labels: formLabels,
    wordsOf: 'event',
    needs: ['staff', 'event', 'details', 'signUps', 'guardians', 'teacher', 'unreachable', 'texts', 'communityTexts'],
    seed: z.strictObject({ ref: z.string(), revision: z.number() }),
  })
    .ask('title', titleField)
    .ask('sector', optional(sectorField), { quiet: true })
    .ask('when', whenShown)
    .ask('place', placeField)
    .ask('capacity', optional(capacityKept))
    .ask('ages', optional(agesField))
    .ask('bring', optional(publicText(100)))
    .ask('deadline', optional(deadlineField), { quiet: true })
    .ask('companions', optional(companionsField), { quiet: true })
    .ask('teacher', optional(publicText(40)), { quiet: true })
    .ask('organisation', optional(publicText(60)), { quiet: true })
    .ask('sectors', optional(sectorsField), { quiet: true })
    .ask('service', optional(serviceField), { quiet: true })
    .ask('aliases', optional(aliasesField), { quiet: true })
    .when(
      (_answers, { facts }) => facts.details !== null && facts.details.sessions.length > 1 && !facts.details.peopleIn,
      (inner) => inner.ask('format', formatField),
    )
    .ask('questions', optional(questionsField), { quiet: true })
    .when(
      (answers, { facts, now }) => mayBeQuiet(answers, facts, now),
      (inner) =>
        inner.ask('notify', choice(['yes', 'no']), {
          params: (answers, { facts, now }) => ({ count: countOf(tellings(answers, facts, now, false), facts).households }),
        }),
    )
    .ask('told', toldShown, {
      params: (answers, { facts, now, t, locale }) => ({ told: toldLine(answers, facts, { t, now, locale: asLocale(locale) }) }),
    })
    .complete((answers, ctx): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
      const { facts, t, now, seed, locale } = ctx;
      const { details: event } = facts;
      const reader: Reader = { t, now, locale: asLocale(locale) };
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!event || ['cancelled', 'ended'].includes(event.status)) return { say: [{ text: t('signup.gone') }], effects: [] };
      const back = { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` };
      if (event.revision !== seed.revision) {
        const text = [t('edit.changedMeanwhile'), event.title, ...details(event, reader)].join('\n');
        return { say: [{ text, choices: menuChoices(t, [{ label: t('edit.again'), line: `/edit ${event.ref}` }, back]) }], effects: [] };
      }
      if (answers.ages?.unclear) return { reject: { text: t('event.unsettled') }, at: 'ages' };
      const edited = editedOf(answers, event, now);
      const { fields } = edited;
      const closes = fields.deadline;
      if (closes && closes.at !== event.deadlineAt && closes.at <= now)
        return { reject: { text: t('event.deadline.invalid.past') }, at: 'deadline' };
      if (closes && closes.at > (event.sessions.at(-1)?.startsAt ?? 0))
        return { reject: { text: t('event.deadline.invalid.afterStart') }, at: 'deadline' };
      if (isSame(event, edited)) return { say: [{ text: t('edit.nothing'), choices: menuChoices(t, [back]) }], effects: [] };
      const told = tellings(answers, facts, now, answers.notify === 'no');
      const { households, toCall } = countOf(told, facts);
      const change = effects.edit.make({
        eventId: event.id,
        revision: event.revision,
        ...edited,
        raised: edited.recounted && isRaised(event, fields.capacity),
      });
      const occasion = `edited:${event.id}:${event.revision}`;
      const calls = callEffects(effects.callList, { occasion, event: { title: fields.title, ref: event.ref }, toCall }, facts);
      const out = outOfAge(event, fields, facts.signUps);
      const lines = [
        households > 0 ? t('edit.done', { count: households - toCall.length }) : t('edit.saved'),
        ...callLines(toCall, reader),
        ...(out.length > 0 ? [t('edit.outOfAge', { names: namesOf(out, reader) })] : []),
        ...(edited.recounted ? overLines(overOf(event, fields.capacity, facts.signUps), reader) : []),
      ];
      const whoTeaches =
        fields.teacher !== null && fields.teacherId === null ? [{ label: t('event.manage.teacher'), line: `/teacher ${event.ref}` }] : [];
      return {
        say: [{ text: lines.join('\n'), choices: menuChoices(t, [...whoTeaches, back]) }],
        effects: [
          change,
          ...told.map((one) => telling(one, event, edited, facts, now)),
          ...toTeacher(event, edited, facts, told, now),
          ...calls,
        ],
      };
    });

/** Who would hear of it, line by line in the read-back; the number may grow until it is confirmed. */
const toldShown: Question<number, EditFacts> = fact({
  schema: z.number(),
  from: (_q: Asking<EditFacts>) => 0,
  show: (_answer, { params }) => String(params['told'] ?? ''),
});

/** The dialog with its facts; at the read-back the event is locked, so of two who edit it the second sees what the first has done. */
export function editRoom(parts: { edits: EditEffects; signUps: SignUps; readLocked: ReadLocked }) {
  const change = loadChange(parts);
  const load: LoadFacts<Tx, EditFacts, Seed> = async (tx: Tx, request: Request, seed, deciding) => {
    const facts = await change(tx, request, seed, deciding);
    return { ...facts, details: facts.event && (await eventDetails(tx, request.who.communityId, seed.ref)) };
  };
  return dialogRoom(editDialog(parts.edits), load, 'staff');
}
