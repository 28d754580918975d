import { z } from 'zod';
import { dialogRoom, type LoadFacts } from '../../command/index.js';
import { custom, date, dialog, optional, text, type Asking, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, day, list } from '../../i18n/index.js';
import type { Tx } from '../../storage/index.js';
import { parseAges, parseCapacity, parseDate, parseTimeRange } from '../../understand/index.js';
import type { Address } from '../../chat/index.js';
import { ages, when } from './cards.js';
import type { SignupEffects } from './effects.js';
import { sessionFields } from './fields.js';
import { groupsOf } from './store.js';

/** The questions that creating and moving an event share. Dates are "YYYY-MM-DD", times "HH:MM" on the wall of the community. */
export const fields = {
  date: date({
    reasons: ['unreadable', 'noSuchDay', 'past', 'vague'],
    parse: (written, { now, timeZone }) => {
      const parsed = parseDate(written, { now, timeZone });
      return parsed.ok ? { ok: true, value: parsed.date } : { ok: false, reason: parsed.reason };
    },
    show: (value, { locale, now, timeZone }) => day(value, asLocale(locale, 'zh-CN'), now, timeZone),
  }),
  time: custom({
    schema: z.object({ start: z.string(), end: z.string().nullable() }),
    reasons: ['unreadable', 'endsBeforeStart'],
    read: (written) => {
      const parsed = parseTimeRange(written);
      return parsed.ok ? { ok: true, value: { start: parsed.start, end: parsed.end ?? null } } : { ok: false, reason: parsed.reason };
    },
    show: ({ start, end }) => (end === null ? start : `${start}–${end}`),
  }),
  place: text({ max: 100 }),
};

/** Where a new event will be posted. */
interface Facts {
  readonly groups: readonly (Address & { readonly title: string | null })[];
}

/** The latest that an event may lie ahead, in days: a year beyond it is a slip of the pen. */
const farthestDays = 400;

/** A new event, from a pasted announcement or field by field; confirming publishes it. Wording: locales, `event.*`. */
export const eventDialog = (effects: SignupEffects) =>
  dialog<Facts>('event', { version: 1, readBack: 'form', needs: ['groups'] })
    .ask('title', text({ max: 80 }))
    .ask('date', fields.date)
    .ask('time', fields.time)
    .ask('place', fields.place)
    .ask('capacity', optional(custom({
      schema: z.number().int(),
      reasons: ['unreadable', 'outOfRange'],
      read: (written) => {
        const parsed = parseCapacity(written);
        return parsed.ok ? { ok: true, value: parsed.capacity } : { ok: false, reason: parsed.reason };
      },
      show: (value, { t }) => t('event.capacity.value', { count: value }),
    })))
    .ask('ages', optional(custom({
      schema: z.object({ minAge: z.number().nullable(), maxAge: z.number().nullable() }),
      reasons: ['unreadable', 'outOfRange'],
      read: (written) => {
        const parsed = parseAges(written);
        return parsed.ok ? { ok: true, value: { minAge: parsed.min ?? null, maxAge: parsed.max ?? null } } : { ok: false, reason: parsed.reason };
      },
      show: (value, { t }: Asking<unknown>) => ages(value, t) ?? t('event.ages.everybody'),
    })))
    .ask('bring', optional(text({ max: 100 })))
    .complete(({ title, date: on, time, place, capacity, ages: bounds, bring }, ctx): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
      const { t, timeZone, now, facts } = ctx;
      const session = sessionFields({ date: on, ...time, place, timeZone });
      if (session.startsAt <= now) return { reject: { text: t('event.date.invalid.past') }, at: 'date' };
      if (session.startsAt - now > farthestDays * 24 * 60 * 60 * 1000) return { reject: { text: t('event.tooFar', { days: farthestDays }) }, at: 'date' };
      const { minAge, maxAge } = bounds ?? { minAge: null, maxAge: null };
      const groups = facts.groups.map(({ platform, account, chat }) => ({ platform, account, chat }));
      const publish = effects.publish.make({ title, bring, minAge, maxAge, capacity, timeZone, session, groups });
      const names = facts.groups.map((group) => group.title ?? t('event.group'));
      const said = groups.length > 0 ? t('event.published', { groups: list(names, asLocale(ctx.locale, 'zh-CN')) }) : t('event.publishedNowhere');
      return { say: [{ text: [said, `${title} · ${shownWhen(session, timeZone, ctx)}`].join('\n') }], effects: [publish] };
    });

const shownWhen = (session: ReturnType<typeof sessionFields>, timeZone: string, { t, now, locale }: { t: Asking<unknown>['t']; now: number; locale: string }) =>
  when({ session: { ...session, timeZone } }, { t, now, locale: asLocale(locale, 'zh-CN') });

const load: LoadFacts<Tx, Facts, null> = async (tx, { who }) => ({ groups: await groupsOf(tx, who.communityId) });

/** The dialog with its facts. */
export const eventRoom = (effects: SignupEffects) => dialogRoom(eventDialog(effects), load);
