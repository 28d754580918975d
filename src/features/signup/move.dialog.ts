import { z } from 'zod';
import { dialogRoom, menuChoices, tell } from '../../command/index.js';
import { dialog, type Effect, type Say, type Translate } from '../../dialog/index.js';
import { asLocale, type Locale } from '../../i18n/index.js';
import {
  ageFits,
  nextSession,
  type EventView,
  type ReadLocked,
  type SessionView,
  type SignUps,
  type SessionFields,
  type SignUpView,
} from '../../programme/index.js';
import { ageOn } from '../../understand/index.js';
import { when } from './cards.js';
import type { SignupEffects } from './effects.js';
import { dateField, placeField, sessionFields, timeField, timeIsThere } from './fields.js';
import { byRegistrant, concernedBy, loadChange, namesOf, standingLines, type ChangeFacts, type Households } from './tellings.js';

/** `session` and `revision` were not named while events had one session. */
type Seed = { readonly ref: string; readonly session?: string; readonly revision?: number };

/** Another day, time or place for a session; everybody concerned is told in the same transaction. Wording: locales, `move.*`. */
export const moveDialog = (effects: SignupEffects) =>
  dialog<ChangeFacts, Seed>('move', {
    version: 1,
    readBack: 'form',
    needs: ['staff', 'event', 'signUps', 'unreachable', 'texts'],
    seed: z.strictObject({ ref: z.string(), session: z.string().exactOptional(), revision: z.number().exactOptional() }),
  })
    .ask('date', dateField)
    .ask('time', timeField)
    .ask('place', placeField)
    .complete(({ date, time, place }, { facts, t, now, seed }): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
      const { event } = facts;
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      const before =
        event?.sessions.find(({ id }) => id === seed.session) ??
        (event && seed.session === undefined ? nextSession(event, now) : undefined);
      if (!event || !before || ['cancelled', 'ended'].includes(event.status)) return { say: [{ text: t('signup.gone') }], effects: [] };
      if (seed.revision !== undefined && seed.revision !== before.revision) {
        const again = [{ label: t('move.again'), line: `/move ${event.ref} ${before.number}` }];
        return { say: [{ text: t('move.changedMeanwhile'), choices: menuChoices(t, again) }], effects: [] };
      }
      const session = sessionFields({ date, ...time, place, timeZone: before.timeZone });
      if (session.startsAt <= now) return { reject: { text: t('move.date.invalid.past') }, at: 'date' };
      if (!timeIsThere(session, before.timeZone)) return { reject: { text: t('move.time.invalid.noSuchTime') }, at: 'time' };
      const same = session.startsWall === before.startsWall && session.endsWall === before.endsWall && session.place === before.place;
      if (same) return { say: [{ text: t('move.nothing') }], effects: [] };
      const concerned = concernedBy(facts.signUps, before.id);
      const households = byRegistrant(concerned);
      const move = effects.move.make({ eventId: event.id, sessionId: before.id, revision: before.revision, session });
      const tellings = households.map((theirs) => telling(theirs, event, before, session, facts.texts, now));
      const done = [t('move.done', { title: event.title, count: households.length }), ...ageHint(concerned, event, session, t)];
      return { say: [{ text: done.join('\n') }], effects: [move, ...tellings] };
    });

/** Children who are too old or too young on the new day: staff should know, and decide. */
function ageHint(signUps: readonly SignUpView[], event: EventView, session: SessionFields, t: Translate): string[] {
  const out = signUps.filter(
    ({ birthDate }) => birthDate !== null && ageFits(event, ageOn(birthDate, session.startsWall.slice(0, 10))) !== 'fits',
  );
  return out.length > 0 ? [t('move.ages', { count: out.length })] : [];
}

function telling(
  theirs: Households[number],
  event: EventView,
  before: SessionView,
  session: SessionFields,
  texts: ChangeFacts['texts'],
  now: number,
): Effect {
  const [{ registrantId, registrantLocale }] = theirs;
  const locale: Locale = asLocale(registrantLocale);
  const t = texts(registrantLocale);
  const reader = { t, locale, now };
  const text = [
    t('move.told', { title: event.title, names: namesOf(theirs, reader) }),
    t('move.before', { when: when(before, reader), place: before.place }),
    t('move.now', { when: when({ ...before, ...session }, reader), place: session.place }),
    ...standingLines(theirs, reader),
  ].join('\n');
  return tell({ personId: registrantId, kind: 'change', text, key: `moved:${before.id}:${before.revision}:${registrantId}` });
}

/** The dialog with its facts. */
export const moveRoom = (parts: { effects: SignupEffects; signUps: SignUps; readLocked: ReadLocked }) =>
  dialogRoom(moveDialog(parts.effects), loadChange(parts), 'staff');
