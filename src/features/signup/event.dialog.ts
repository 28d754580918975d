import { dialogRoom, type LoadFacts } from '../../command/index.js';
import { dialog, optional, type Answers, type Effect, type Json, type Say } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { groupChats } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { Address } from '../../chat/index.js';
import { schedule } from './cards.js';
import type { SignupEffects } from './effects.js';
import { agesField, capacityField, companionsField, deadlineField, formatField, sectorField } from './event.fields.js';
import { placeField, publicText, sessionFields, timeIsThere } from './fields.js';
import { isSettled, whenField } from './when.field.js';
import { instantOf } from './wall.js';

/** Where a new event will be posted. */
interface Facts {
  /** Whoever fills the form in may have stopped being staff meanwhile. */
  readonly staff: boolean;
  readonly groups: readonly (Address & { readonly title: string | null })[];
}

/** The latest that an event may lie ahead, in days: a year beyond it is a slip of the pen. */
const farthestDays = 400;

/** A new event, from a pasted announcement or field by field; confirming publishes it. Wording: locales, `event.*`. */
export const eventDialog = (effects: SignupEffects) =>
  dialog<Facts>('event', { version: 2, readBack: 'form', needs: ['groups', 'staff'], upgrades: { 1: fromOneSession } })
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
    .when(
      ({ when }) => when.sessions.length > 1,
      (inner) => inner.ask('format', formatField),
    )
    .complete((answers, ctx): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
      const { title, sector, when, place, capacity, ages, bring, deadline, companions, teacher, organisation, format } = answers;
      const { t, timeZone, now, facts, locale } = ctx;
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      // What was not clear is not published before somebody has looked.
      if (!isSettled(when)) return { reject: { text: t('event.unsettled') }, at: 'when' };
      if (ages?.unclear) return { reject: { text: t('event.unsettled') }, at: 'ages' };
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
      const groups = facts.groups.map(({ platform, account, chat }) => ({ platform, account, chat }));
      const publish = effects.publish.make({
        title,
        sector,
        bring,
        teacher,
        organisation,
        minAge: ages?.minAge ?? null,
        maxAge: ages?.maxAge ?? null,
        capacity: capacity?.count ?? null,
        unit: capacity?.unit ?? 'person',
        companions: companions ?? 'none',
        signUpFor: format === 'single' || format === 'one' ? 'single' : 'all',
        oneEach: format === 'one',
        deadline: closes,
        timeZone,
        sessions,
        groups,
      });
      const names = facts.groups.map((group) => group.title ?? t('event.group'));
      const reader = { t, now, locale: asLocale(locale) };
      const meetings = sessions.map((session, at) => ({ ...session, id: String(at), number: at + 1, timeZone, revision: 0 }));
      const [head, ...others] = meetings;
      const said = groups.length > 0 ? t('event.published', { groups: list(names, reader.locale) }) : t('event.publishedNowhere');
      const line = head ? `${title} · ${schedule({ sessions: [head, ...others] }, reader)}` : title;
      return { say: [{ text: [said, line].join('\n') }], effects: [publish] };
    });

/** Until version 1 an event had one session, its day and its hours were two answers, and places were of people. */
function fromOneSession({ date, time, capacity, ages, ...rest }: Answers): Answers {
  const clock = time as { start: string; end: string | null } | undefined; // as version 1 wrote it
  const when = typeof date === 'string' && clock ? { when: { sessions: [{ date, ...clock }], doubt: null } } : {};
  return {
    ...rest,
    ...when,
    ...(capacity === undefined ? {} : { capacity: typeof capacity === 'number' ? { count: capacity, unit: 'person' } : null }),
    ...(ages === undefined ? {} : { ages: isRecord(ages) ? { ...ages, unclear: null } : null }),
  };
}

const isRecord = (value: unknown): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

const load: LoadFacts<Tx, Facts, null> = async (tx, { who }) => ({
  staff: who.staff,
  groups: await groupChats(tx, who.communityId),
});

/** The dialog with its facts. */
export const eventRoom = (effects: SignupEffects) => dialogRoom(eventDialog(effects), load, 'staff');
