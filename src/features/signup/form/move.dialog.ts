import { z } from 'zod';
import { dialogRoom, menuChoices, tell } from '../../../command/index.js';
import { dialog, type Effect, type Say, type Translate } from '../../../dialog/index.js';
import { asLocale, type Locale } from '../../../i18n/index.js';
import type { Reachable } from '../../../people/index.js';
import {
  ageFits,
  type EventView,
  type ReadLocked,
  type SessionView,
  type SignUps,
  type SessionFields,
  type SignUpView,
} from '../../../programme/index.js';
import { when, type Reader } from '../words/cards.js';
import type { EditEffects } from './edit.effects.js';
import { overLines, overOf } from './edit.rules.js';
import { callEffects, type CallList } from '../words/calls.js';
import type { SignupEffects } from '../places/effects.js';
import { farthestDays, placeField, sessionFields, timeIsThere } from './fields.js';
import { formLabels } from './form.js';
import { holdOf, untilWords } from '../places/holds.js';
import { moveDateField, moveTimeField, sessionMoved, sessionPlaces } from './move.fields.js';
import {
  callLines,
  concernedBy,
  countTold,
  loadChange,
  namesOf,
  recipientsOf,
  standingLines,
  teacherApart,
  whenToTell,
  type ChangeFacts,
  type Recipient,
} from '../words/tellings.js';
import { ageAt } from '../words/wall.js';

/** `session` and `revision` were not named while events had one session. `next`: the command line of what a notice changes besides. */
type Seed = { readonly ref: string; readonly session?: string; readonly revision?: number; readonly next?: string };

/** What the form does in the end. */
export interface MoveEffects {
  readonly move: SignupEffects['move'];
  readonly resize: EditEffects['resize'];
  readonly callList: CallList;
}

/** Another day, time or place for a session; everybody concerned is told in the same transaction. Wording: locales, `move.*`. */
export const moveDialog = (effects: MoveEffects) =>
  dialog<ChangeFacts, Seed>('move', {
    version: 1,
    readBack: 'form',
    labels: formLabels,
    needs: ['staff', 'event', 'signUps', 'guardians', 'teacher', 'unreachable', 'texts', 'communityTexts'],
    seed: z.strictObject({
      ref: z.string(),
      session: z.string().exactOptional(),
      revision: z.number().exactOptional(),
      next: z.string().exactOptional(),
    }),
  })
    .ask('date', moveDateField)
    .ask('time', moveTimeField)
    .ask('place', placeField)
    .when(
      (_answers, { facts }) => facts.event?.signUpFor === 'single',
      (inner) => inner.ask('capacity', sessionPlaces),
    )
    .complete(
      (
        { date, time, place, capacity },
        { facts, t, now, seed, locale },
      ): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
        const { event } = facts;
        if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
        const before = sessionMoved(facts, seed, now);
        if (!event || !before || ['cancelled', 'ended'].includes(event.status)) return { say: [{ text: t('signup.gone') }], effects: [] };
        if (seed.revision !== undefined && seed.revision !== before.revision) {
          const again = [{ label: t('move.again'), line: `/move ${event.ref} ${before.number}` }];
          return { say: [{ text: t('move.changedMeanwhile'), choices: menuChoices(t, again) }], effects: [] };
        }
        // What was not clear is sent to nobody before somebody has looked.
        if (typeof date !== 'string') return { reject: { text: t('move.date.unsettled') }, at: 'date' };
        const session = sessionFields({ date: date, ...time, place, timeZone: before.timeZone });
        if (session.startsAt <= now) return { reject: { text: t('move.date.invalid.past') }, at: 'date' };
        if (!timeIsThere(session, before.timeZone)) return { reject: { text: t('move.time.invalid.noSuchTime') }, at: 'time' };
        if (session.startsAt - now > farthestDays * 24 * 60 * 60 * 1000)
          return { reject: { text: t('event.tooFar', { days: farthestDays }) }, at: 'date' };
        const same = session.startsWall === before.startsWall && session.endsWall === before.endsWall && session.place === before.place;
        const scope = event.scopes.find(({ key }) => key === before.id);
        const resized = scope !== undefined && capacity !== undefined && capacity !== scope.places.capacity;
        const resize = resized ? [effects.resize.make({ eventId: event.id, sessionId: before.id, capacity })] : [];
        const reader = { t, now, locale: asLocale(locale) };
        const over = resized ? overLines(overOf(event, capacity, facts.signUps, before.id), reader) : [];
        // What was postponed has a date again by it, also where that is the old one.
        if (same && !before.postponed)
          return { say: [goingOn(resized ? [t('edit.saved'), ...over] : [t('move.nothing')], seed, t)], effects: resize };
        const concerned = concernedBy(facts.signUps, before.id);
        const recipients = recipientsOf(concerned, facts.guardians);
        const move = effects.move.make({ eventId: event.id, sessionId: before.id, revision: before.revision, session });
        const moved = { event, before, session, now, heldUntil: before.postponed ? heldAfter(event, before, session, now) : null };
        const tellings = recipients.map((recipient) => telling(recipient, moved, facts.texts(recipient.locale)));
        const { households, toCall } = countTold(recipients, facts.unreachable);
        const done = [
          t('move.done', { title: event.title, count: households - toCall.length }),
          ...callLines(toCall, reader),
          ...over,
          ...ageHint(concerned, event, session, t),
        ];
        const teacher = teacherApart(facts, recipients);
        const calls = callEffects(effects.callList, { occasion: `moved:${before.id}:${before.revision}`, event, toCall }, facts);
        const toTeacher = teacher ? [tellTeacher(teacher, moved, facts.texts(teacher.locale))] : [];
        return {
          // Told first: whoever gets a place by it hears of that afterwards.
          say: [goingOn(done, seed, t)],
          effects: [...tellings, move, ...resize, ...toTeacher, ...calls],
        };
      },
    );

/** What was done, and what else the notice changes. */
function goingOn(lines: readonly string[], { next }: Seed, t: Translate): Say {
  if (next === undefined) return { text: lines.join('\n') };
  const choices = menuChoices(t, [{ label: t('event.manage.edit'), line: next }]);
  return { text: [...lines, t('move.alsoChanges')].join('\n'), choices };
}

/** Children who are too old or too young on the new day: staff should know, and decide. */
function ageHint(signUps: readonly SignUpView[], event: EventView, session: SessionFields, t: Translate): string[] {
  const out = signUps.filter(({ birthDate }) => birthDate !== null && ageFits(event, ageAt(birthDate, session)) !== 'fits');
  return out.length > 0 ? [t('move.ages', { count: out.length })] : [];
}

interface Moved {
  readonly event: EventView;
  readonly before: SessionView;
  readonly session: SessionFields;
  readonly now: number;
  /** Until when places are held that had no end while it was postponed, ms; null where nothing changed for them. */
  readonly heldUntil: number | null;
}

/** Until when the places of a session stand that are held, once it has its new date. */
function heldAfter(event: EventView, before: SessionView, session: SessionFields, now: number): number | null {
  const again = { ...before, ...session, postponed: false };
  const scope = event.scopes.find(({ sessions }) => sessions.some(({ id }) => id === before.id)) ?? event.scopes[0];
  const [first, ...others] = scope.sessions.map((one) => (one.id === before.id ? again : one));
  return first ? holdOf({ ...event, status: 'published' }, { ...scope, sessions: [first, ...others] }, now).until : null;
}

/** Whoever holds places still hears until when. */
function heldLines({ event, heldUntil }: Moved, theirs: readonly SignUpView[], reader: Reader): string[] {
  if (heldUntil === null || !theirs.some(({ status }) => status === 'held')) return [];
  return [reader.t('move.heldUntil', { until: untilWords(heldUntil, event, reader) })];
}

/** What was and what is now, in two lines. */
function beforeAndNow({ before, session, now }: Moved, locale: Locale, t: Translate): string[] {
  const reader = { t, locale, now };
  // 延期 ended by the old date: nothing is otherwise than it was planned.
  if (before.startsWall === session.startsWall && before.endsWall === session.endsWall && before.place === session.place)
    return [t('move.asPlanned', { when: when(before, reader), place: session.place })];
  return [
    t('move.before', { when: when(before, reader), place: before.place }),
    t('move.now', { when: when({ ...before, ...session }, reader), place: session.place }),
  ];
}

/** How somebody is told of a move: once, and soon where the old time or the new one is near. */
function moveTelling(personId: string, { before, session, now }: Moved, text: string): Effect {
  const soonest = Math.min(before.startsAt > now ? before.startsAt : session.startsAt, session.startsAt);
  const key = `moved:${before.id}:${before.revision}:${personId}`;
  return tell({ personId, kind: 'change', text, key, ...whenToTell(soonest, now, before.timeZone) });
}

function telling({ personId, locale: theirLocale, theirs }: Recipient, moved: Moved, t: Translate): Effect {
  const locale = asLocale(theirLocale);
  const text = [
    t('move.told', { title: moved.event.title, names: namesOf(theirs, { t, locale }) }),
    ...beforeAndNow(moved, locale, t),
    ...heldLines(moved, theirs, { t, locale, now: moved.now }),
    ...standingLines(theirs, { t, locale }),
  ].join('\n');
  return moveTelling(personId, moved, text);
}

function tellTeacher({ personId, locale }: Reachable, moved: Moved, t: Translate): Effect {
  const text = [t('move.teacher', { title: moved.event.title }), ...beforeAndNow(moved, asLocale(locale), t)].join('\n');
  return moveTelling(personId, moved, text);
}

/** The dialog with its facts. */
export const moveRoom = (parts: { effects: MoveEffects; signUps: SignUps; readLocked: ReadLocked }) =>
  dialogRoom(moveDialog(parts.effects), loadChange(parts), 'staff');
