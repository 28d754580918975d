import { tell } from '../../../command/index.js';
import type { Effect } from '../../../dialog/index.js';
import { asLocale, list } from '../../../i18n/index.js';
import { isToCome, nextSession, type EventDetails } from '../../../programme/index.js';
import type { Reader } from '../words/cards.js';
import { agesLine, changeLine, changesIn, toldOf, type Edited, type Told } from './edit.rules.js';
import { fieldsOf, type FormAnswers } from './form.js';
import { countTold, namesOf, recipientsOf, standingLines, whenToTell, type ChangeFacts } from '../words/tellings.js';
import { instantOf } from '../words/wall.js';

/** The event as it is, with everybody whom a change concerns. */
export interface EditFacts extends ChangeFacts {
  readonly details: EventDetails | null;
}

/** What the form answers. */
export type EditAnswers = FormAnswers & { readonly place: string; readonly deadline: { readonly wall: string } | null };

/** What the answers make of the event. What a field does not ask stays as it is. */
export function editedOf(answers: EditAnswers, event: EventDetails, now: number): Edited {
  const { timeZone } = event.sessions[0];
  const before = [...new Set(event.sessions.map(({ place }) => place))];
  const moved = before.length === 1 ? answers.place !== before[0] : answers.place !== joined(before);
  const { wall } = answers.deadline ?? { wall: null };
  const { oneEach, signUpFor } = event;
  const fields = {
    ...fieldsOf(answers),
    ...(answers.format === undefined ? { oneEach, signUpFor } : {}),
    ...(answers.capacity === null && event.peopleIn ? { unit: event.unit } : {}),
    teacherId: answers.teacher === event.teacher ? event.teacherId : null,
    deadline: wall === null ? null : { wall, at: instantOf(wall, timeZone) },
  };
  const places = moved
    ? event.sessions.filter((session) => isToCome(session, now)).map((session) => ({ session, place: answers.place }))
    : [];
  const recounted = fields.capacity !== event.scopes[0].places.capacity || fields.signUpFor !== signUpFor;
  return { fields, recounted, places };
}

/** Several places in one line, as the form shows them while they are left as they are. */
export const joined = (places: readonly string[]): string => places.join('、').slice(0, 100);

/** Whether nothing is different. */
export function isSame(event: EventDetails, { fields, recounted, places }: Edited): boolean {
  const { sectors, aliases, questions, deadline, capacity: _counted, ...plain } = fields;
  const unchanged = (Object.keys(plain) as (keyof typeof plain)[]).every((name) => plain[name] === event[name]);
  return (
    unchanged &&
    places.length === 0 &&
    sectors.join() === event.sectors.join() &&
    aliases.join('\n') === event.aliases.join('\n') &&
    JSON.stringify(questions) === JSON.stringify(event.questions) &&
    (deadline?.wall ?? null) === event.deadlineWall &&
    !recounted
  );
}

/** Who is told what of an edit. `quietly`: only what nobody may miss. */
export function tellings(answers: EditAnswers, facts: EditFacts, now: number, quietly: boolean): Told[] {
  const { details: event } = facts;
  if (!event) return [];
  return toldOf(event, editedOf(answers, event, now), recipientsOf(facts.signUps, facts.guardians), quietly);
}

/** How many households hear of it, and whom staff have to call. */
export const countOf = (told: readonly Told[], { unreachable }: EditFacts) =>
  countTold(
    told.map(({ recipient }) => recipient),
    unreachable,
  );

/** Whether there is something to tell that nobody would miss by not hearing of it. */
export const mayBeQuiet = (answers: EditAnswers, facts: EditFacts, now: number): boolean =>
  JSON.stringify(tellings(answers, facts, now, false)) !== JSON.stringify(tellings(answers, facts, now, true));

/** Who would hear of it and of what, in one line of the read-back. */
export function toldLine(answers: EditAnswers & { readonly notify?: 'yes' | 'no' }, facts: EditFacts, { t, now, locale }: Reader): string {
  const { details: event } = facts;
  const told = tellings(answers, facts, now, answers.notify === 'no');
  if (!event || told.length === 0) return t('edit.toldNobody');
  const { households, toCall } = countOf(told, facts);
  const quietly = answers.notify === 'no';
  const names = changesIn(event, editedOf(answers, event, now)).filter((change) => change === 'place' || !quietly);
  const about = [...names, ...(told.some(({ out }) => out.length > 0) ? ['ages' as const] : [])].map((name) => t(`event.${name}.label`));
  return [
    t('edit.tellsOf', { count: households, about: list(about, locale) }),
    ...(toCall.length > 0 ? [t('callOff.unreachable', { count: toCall.length })] : []),
  ].join(t('callOff.separator'));
}

/** One household's message. */
export function telling({ recipient, changes, out }: Told, event: EventDetails, edited: Edited, facts: EditFacts, now: number): Effect {
  const locale = asLocale(recipient.locale);
  const reader = { t: facts.texts(recipient.locale), locale, now };
  const { t } = reader;
  const text = [
    t('move.told', { title: edited.fields.title, names: namesOf(recipient.theirs, reader) }),
    ...changes.map((change) => changeLine(change, event, edited, reader)),
    ...(out.length > 0 ? [agesLine(event, edited, namesOf(out, reader), reader)] : standingLines(recipient.theirs, reader)),
  ].join('\n');
  const next = nextSession(event, now);
  return tell({
    personId: recipient.personId,
    kind: 'change',
    text,
    key: `edited:${event.id}:${event.revision}:${recipient.personId}`,
    ...whenToTell(next.startsAt, now, next.timeZone),
  });
}

/** The teacher hears of a new place; somebody who is named as teacher no more, that they need not come. */
export function toTeacher(event: EventDetails, edited: Edited, facts: EditFacts, told: readonly Told[], now: number): Effect[] {
  const { teacher, texts } = facts;
  const { fields, places } = edited;
  if (!teacher) return [];
  if (fields.teacherId === teacher.personId) {
    const hearsAnyway = told.some(({ recipient }) => recipient.personId === teacher.personId);
    if (places.length === 0 || hearsAnyway) return [];
    const reader = { t: texts(teacher.locale), locale: asLocale(teacher.locale), now };
    const text = [reader.t('move.teacher', { title: fields.title }), changeLine('place', event, edited, reader)].join('\n');
    const next = nextSession(event, now);
    const key = `edited:${event.id}:${event.revision}:${teacher.personId}`;
    return [tell({ personId: teacher.personId, kind: 'change', text, key, ...whenToTell(next.startsAt, now, next.timeZone) })];
  }
  const text = texts(teacher.locale)('event.teacher.leftOut', { title: event.title });
  return [tell({ personId: teacher.personId, kind: 'change', text, key: `leftOut:${event.id}:${event.revision}:${teacher.personId}` })];
}
