import { z } from 'zod';
import { dialogRoom, type LoadFacts } from '../../command/index.js';
import { custom, dialog, optional, text, type Effect, type Say, type Translate } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import type { Tx } from '../../storage/index.js';
import { parseAges, parseCapacity } from '../../understand/index.js';
import type { Address } from '../../chat/index.js';
import { ages, when } from './cards.js';
import type { SignupEffects } from './effects.js';
import { dateField, placeField, remarksOf, sessionFields, timeField, timeIsThere } from './fields.js';
import { groupsOf } from './store.js';

const capacity = custom({
  schema: z.number().int().nullable(),
  reasons: ['unreadable', 'outOfRange'],
  read: (written) => {
    const parsed = parseCapacity(written);
    return parsed.ok ? { ok: true, value: parsed.capacity } : parsed;
  },
  show: (value, { t }) => (value === null ? t('event.capacity.unlimited') : t('event.capacity.value', { count: value })),
});

const ageBounds = custom({
  schema: z.object({ minAge: z.number().nullable(), maxAge: z.number().nullable() }),
  reasons: ['unreadable', 'outOfRange', 'reversed'],
  read: (written, { t }) => {
    const parsed = parseAges(written);
    if (!parsed.ok) return parsed;
    return { ok: true, value: { minAge: parsed.min ?? null, maxAge: parsed.max ?? null }, note: remarksOf(parsed.notes, t).join('\n') };
  },
  show: (value, { t }) => ages(value, t) ?? t('event.ages.everybody'),
});

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
  dialog<Facts>('event', { version: 1, readBack: 'form', needs: ['groups', 'staff'] })
    .ask('title', text({ max: 80 }))
    .ask('date', dateField)
    .ask('time', timeField)
    .ask('place', placeField)
    .ask('capacity', optional(capacity))
    .ask('ages', optional(ageBounds))
    .ask('bring', optional(text({ max: 100 })))
    .complete(
      (
        { title, date: on, time, place, capacity, ages: bounds, bring },
        ctx,
      ): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
        const { t, timeZone, now, facts } = ctx;
        if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
        const session = sessionFields({ date: on, ...time, place, timeZone });
        if (session.startsAt <= now) return { reject: { text: t('event.date.invalid.past') }, at: 'date' };
        if (!timeIsThere(session, timeZone)) return { reject: { text: t('event.time.invalid.noSuchTime') }, at: 'time' };
        if (session.startsAt - now > farthestDays * 24 * 60 * 60 * 1000)
          return { reject: { text: t('event.tooFar', { days: farthestDays }) }, at: 'date' };
        const { minAge, maxAge } = bounds ?? { minAge: null, maxAge: null };
        const groups = facts.groups.map(({ platform, account, chat }) => ({ platform, account, chat }));
        const publish = effects.publish.make({ title, bring, minAge, maxAge, capacity, timeZone, session, groups });
        const names = facts.groups.map((group) => group.title ?? t('event.group'));
        const said =
          groups.length > 0 ? t('event.published', { groups: list(names, asLocale(ctx.locale, 'zh-CN')) }) : t('event.publishedNowhere');
        return { say: [{ text: [said, `${title} · ${shownWhen(session, timeZone, ctx)}`].join('\n') }], effects: [publish] };
      },
    );

const shownWhen = (
  session: ReturnType<typeof sessionFields>,
  timeZone: string,
  { t, now, locale }: { t: Translate; now: number; locale: string },
) => when({ session: { ...session, timeZone } }, { t, now, locale: asLocale(locale, 'zh-CN') });

const load: LoadFacts<Tx, Facts, null> = async (tx, { who }) => ({
  staff: who.staff,
  groups: await groupsOf(tx, who.communityId),
});

/** The dialog with its facts. */
export const eventRoom = (effects: SignupEffects) => dialogRoom(eventDialog(effects), load, 'staff');
