import { z } from 'zod';
import { dialogRoom, tell, type LoadFacts } from '../../command/index.js';
import { dialog, type Effect, type Say, type Translate } from '../../dialog/index.js';
import { asLocale, list, type Locale } from '../../i18n/index.js';
import type { Tx } from '../../storage/index.js';
import { when } from './cards.js';
import type { SessionFields, SignupEffects } from './effects.js';
import { dateField, placeField, sessionFields, timeField, timeIsThere } from './fields.js';
import { eventByRef, type ReadLocked, type SignUps } from './store.js';
import type { EventView, SignUpView } from './view.js';

/** What moving is decided on. */
interface Facts {
  /** Whoever fills the form in may have stopped being staff meanwhile. */
  readonly staff: boolean;
  readonly event: EventView | null;
  /** Everybody who holds a place or waits. */
  readonly signUps: readonly SignUpView[];
  readonly texts: (locale: string | null) => Translate;
}

type Seed = { readonly ref: string };

/** Another day, time or place for an event; everybody concerned is told in the same transaction. Wording: locales, `move.*`. */
export const moveDialog = (effects: SignupEffects) =>
  dialog<Facts, Seed>('move', {
    version: 1,
    readBack: 'form',
    needs: ['staff', 'event', 'signUps', 'texts'],
    seed: z.strictObject({ ref: z.string() }),
  })
    .ask('date', dateField)
    .ask('time', timeField)
    .ask('place', placeField)
    .complete(({ date, time, place }, { facts, t, now }): { say: Say[]; effects: Effect[] } | { reject: Say; at: string } => {
      const { event, signUps } = facts;
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!event || event.status !== 'published') return { say: [{ text: t('signup.gone') }], effects: [] };
      const { session: before } = event;
      const session = sessionFields({ date, ...time, place, timeZone: before.timeZone });
      if (session.startsAt <= now) return { reject: { text: t('move.date.invalid.past') }, at: 'date' };
      if (!timeIsThere(session, before.timeZone)) return { reject: { text: t('move.time.invalid.noSuchTime') }, at: 'time' };
      const same = session.startsWall === before.startsWall && session.endsWall === before.endsWall && session.place === before.place;
      if (same) return { say: [{ text: t('move.nothing') }], effects: [] };
      const households = byRegistrant(signUps);
      const move = effects.move.make({ eventId: event.id, sessionId: before.id, revision: before.revision, session });
      const tellings = households.map((theirs) => telling(theirs, event, session, facts.texts, now));
      return { say: [{ text: t('move.done', { title: event.title, count: households.length }) }], effects: [move, ...tellings] };
    });

/** One message for all that one person signed up. */
function byRegistrant(signUps: readonly SignUpView[]): [SignUpView, ...SignUpView[]][] {
  const groups = new Map<string, [SignUpView, ...SignUpView[]]>();
  for (const signUp of signUps) {
    const group = groups.get(signUp.registrantId);
    if (group) group.push(signUp);
    else groups.set(signUp.registrantId, [signUp]);
  }
  return [...groups.values()];
}

function telling(
  theirs: readonly [SignUpView, ...SignUpView[]],
  event: EventView,
  session: SessionFields,
  texts: Facts['texts'],
  now: number,
): Effect {
  const [{ registrantId, registrantLocale }] = theirs;
  const locale: Locale = asLocale(registrantLocale, 'zh-CN');
  const t = texts(registrantLocale);
  const reader = { t, locale, now };
  const after = { ...event, session: { ...event.session, ...session } };
  const text = [
    t('move.told', {
      title: event.title,
      names: list(
        theirs.map(({ name }) => name),
        locale,
      ),
    }),
    t('move.before', { when: when(event, reader), place: event.session.place }),
    t('move.now', { when: when(after, reader), place: session.place }),
    t('move.keeps'),
  ].join('\n');
  return tell({ personId: registrantId, kind: 'change', text, key: `moved:${event.session.id}:${event.session.revision}:${registrantId}` });
}

const load =
  (parts: { signUps: SignUps; readLocked: ReadLocked }): LoadFacts<Tx, Facts, Seed> =>
  async (tx, { who, texts }, { ref }, deciding) => {
    const event = who.staff ? await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref) : null;
    return {
      staff: who.staff,
      event,
      signUps: (event ? await parts.signUps.ofEvent(tx, event.id) : []).map((signUp) => ({
        ...signUp,
        registrantLocale: signUp.registrantLocale ?? who.communityLocale,
      })),
      texts,
    };
  };

/** The dialog with its facts. */
export const moveRoom = (parts: { effects: SignupEffects; signUps: SignUps; readLocked: ReadLocked }) =>
  dialogRoom(moveDialog(parts.effects), load(parts), 'staff');
