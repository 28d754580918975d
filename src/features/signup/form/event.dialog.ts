import { z } from 'zod';
import { dialogRoom, menuChoices, tell, type LoadFacts } from '../../../command/index.js';
import {
  dialog,
  optional,
  several,
  type Answers,
  type DialogContext,
  type Effect,
  type ListedOption,
  type Say,
  type Translate,
} from '../../../dialog/index.js';
import { asLocale, list } from '../../../i18n/index.js';
import { groupChats, peopleHere, type GroupChat, type Reachable } from '../../../people/index.js';
import { keptByRef, keptLocked, type EventView, type Kept } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { schedule } from '../words/cards.js';
import type { EditEffects } from './edit.effects.js';
import type { SignupEffects } from '../places/effects.js';
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
import { fromOneSession } from './event.upgrades.js';
import { fieldsOf, formLabels } from './form.js';
import { farthestDays, placeField, publicText, sessionFields, timeIsThere } from './fields.js';
import { questionsField } from './questions.field.js';
import { isSettled, whenField } from './when.field.js';
import { instantOf } from '../words/wall.js';

/** Where a new event will be posted, and what it comes from. */
interface Facts {
  /** Whoever fills the form in may have stopped being staff meanwhile. */
  readonly staff: boolean;
  readonly chats: readonly GroupChat[];
  /** The same to choose among. */
  readonly groups: readonly ListedOption[];
  /** The draft that it continues; null where it is new, or where the draft is gone. */
  readonly draft: Kept | null;
  /** The person whom staff have named as teacher; null where they are gone, or nobody was named. */
  readonly teacher: Reachable | null;
  readonly fillsIn: string;
  readonly texts: (locale: string | null) => Translate;
}

/** Null: new, from nothing. A draft as it was when it was opened; who the teacher is, as long as the name stays. */
type Seed = {
  readonly draft?: { readonly ref: string; readonly revision: number };
  readonly teacher?: { readonly id: string; readonly name: string };
} | null;

/** What the form of a new event does in the end. */
export interface EventFormEffects {
  readonly publish: SignupEffects['publish'];
  readonly keepDraft: EditEffects['keepDraft'];
}

/** Raised with the dialog, and kept with what drafts and templates hold. */
export const eventFormVersion = 2;

/** A new event, from a pasted announcement or field by field; confirming publishes it. Wording: locales, `event.*`. */
export const eventDialog = (effects: EventFormEffects) =>
  dialog<Facts, Seed>('event', {
    version: eventFormVersion,
    readBack: 'form',
    labels: formLabels,
    needs: ['groups', 'chats', 'staff', 'draft', 'teacher', 'fillsIn', 'texts'],
    seed: z
      .strictObject({
        draft: z.strictObject({ ref: z.string(), revision: z.number() }).exactOptional(),
        teacher: z.strictObject({ id: z.string(), name: z.string() }).exactOptional(),
      })
      .nullable(),
    upgrades: { 1: fromOneSession },
  })
    .ask('title', publicText(80))
    .ask('sector', optional(sectorField), { quiet: true })
    .ask('when', whenField)
    .ask('place', placeField)
    .ask('capacity', optional(capacityField))
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
      ({ when }) => when.sessions.length > 1,
      (inner) => inner.ask('format', formatField),
    )
    .ask('questions', optional(questionsField), { quiet: true })
    .when(
      (_answers, { facts }) => facts.groups.length > 1,
      (inner) => inner.ask('groups', several('groups', undefined, { allFirst: true })),
    )
    .complete((answers, ctx): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
      const { when, place, ages, deadline } = answers;
      const { t, timeZone, now, facts, locale, seed } = ctx;
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (seed?.draft && seed.draft.revision !== facts.draft?.revision) return { say: [{ text: t('event.draft.changed') }], effects: [] };
      // What was not clear is not published before somebody has looked.
      if (!isSettled(when)) return { reject: { text: t('event.unsettled') }, at: 'when' };
      if (ages?.unclear) return { reject: { text: t('event.unsettled') }, at: 'ages' };
      if (answers.capacity?.unclear) return { reject: { text: t('event.capacity.unsettled') }, at: 'capacity' };
      if (deadline?.unclear) return { reject: { text: t('event.deadline.unsettled') }, at: 'deadline' };
      const sessions = when.sessions.map((session) => sessionFields({ ...session, place, timeZone }));
      const [first] = sessions;
      const last = sessions.at(-1);
      if (!first || !last || first.startsAt <= now) return { reject: { text: t('event.when.invalid.past') }, at: 'when' };
      if (!sessions.every((session) => timeIsThere(session, timeZone)))
        return { reject: { text: t('event.when.invalid.noSuchTime') }, at: 'when' };
      if (last.startsAt - now > farthestDays * 24 * 60 * 60 * 1000)
        return { reject: { text: t('event.tooFar', { days: farthestDays }) }, at: 'when' };
      const closes = deadline ? { wall: deadline.wall, at: instantOf(deadline.wall, timeZone) } : null;
      if (closes && closes.at <= now) return { reject: { text: t('event.deadline.invalid.past') }, at: 'deadline' };
      if (closes && closes.at > last.startsAt) return { reject: { text: t('event.deadline.invalid.afterStart') }, at: 'deadline' };
      const chosen = facts.chats.filter(({ id }) => !answers.groups || answers.groups.includes(id));
      const teacherId = seed?.teacher?.name === answers.teacher ? (facts.teacher?.personId ?? null) : null;
      const fields = { ...fieldsOf(answers), teacherId, deadline: closes };
      const publish = effects.publish.make({
        ...fields,
        timeZone,
        sessions,
        groups: chosen.map(({ platform, account, chat }) => ({ platform, account, chat })),
        draft: facts.draft?.ref ?? null,
      });
      const names = chosen.map((group) => group.title ?? t('event.group'));
      const reader = { t, now, locale: asLocale(locale) };
      const meetings = sessions.map((session, at) => ({
        ...session,
        id: String(at),
        number: at + 1,
        timeZone,
        revision: 0,
        postponed: false,
      }));
      const [head, ...others] = meetings;
      const said = chosen.length > 0 ? t('event.published', { groups: list(names, reader.locale) }) : t('event.publishedNowhere');
      const line = head ? `${fields.title} · ${schedule({ sessions: [head, ...others] }, reader)}` : fields.title;
      const about = { title: fields.title, place, sessions: head ? ([head, ...others] as const) : null };
      return { say: [{ text: [said, line].join('\n') }], effects: [publish, ...toTeacher(teacherId, about, facts, now)] };
    }, keepDraft(effects));

/** Puts the form aside as a draft: with its name alone, if that is all there is yet. */
const keepDraft =
  (effects: EventFormEffects) =>
  (answers: Answers & { readonly title?: string }, { facts, t, seed }: DialogContext<Facts, Seed>) => {
    if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
    if (seed?.draft && seed.draft.revision !== facts.draft?.revision) return { say: [{ text: t('event.draft.changed') }], effects: [] };
    const { title } = answers;
    if (title === undefined) return { reject: { text: t('event.draft.noTitle') }, at: 'title' };
    const keep = effects.keepDraft.make({ ref: facts.draft?.ref ?? null, title, answers, teacher: seed?.teacher ?? null });
    const choices = menuChoices(t, [{ label: t('event.draft.list'), line: '/drafts' }]);
    return { say: [{ text: t('event.draft.kept', { title }), choices }], effects: [keep] };
  };

/** Whoever teaches hears of it together with its publication. */
function toTeacher(
  teacherId: string | null,
  { title, place, sessions }: { title: string; place: string; sessions: EventView['sessions'] | null },
  { teacher, texts, fillsIn }: Facts,
  now: number,
): Effect[] {
  if (!teacher || teacher.personId !== teacherId || teacherId === fillsIn || !sessions) return [];
  const reader = { t: texts(teacher.locale), now, locale: asLocale(teacher.locale) };
  const text = reader.t('event.teacher.told', { title, when: schedule({ sessions }, reader), place });
  return [tell({ personId: teacherId, kind: 'change', text, key: `teacher:${title}:${sessions[0].startsWall}:${now}:${teacherId}` })];
}

const load: LoadFacts<Tx, Facts, Seed> = async (tx, { who, t, texts }, seed, deciding) => {
  const chats = await groupChats(tx, who.communityId);
  const read = deciding ? keptLocked : keptByRef;
  const teacherId = seed?.teacher?.id;
  const teacher = teacherId === undefined ? null : await peopleHere(tx, who.communityId, [teacherId]);
  return {
    staff: who.staff,
    chats,
    groups: chats.map(({ id, title }) => ({ value: id, label: title ?? t('event.group') })),
    draft: who.staff && seed?.draft ? await read(tx, who.communityId, seed.draft.ref) : null,
    teacher: teacher?.get(teacherId ?? '') ?? null,
    fillsIn: who.personId,
    texts,
  };
};

/** The dialog with its facts. */
export const eventRoom = (effects: EventFormEffects) => dialogRoom(eventDialog(effects), load, 'staff');
