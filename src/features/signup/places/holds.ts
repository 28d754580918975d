import { z } from 'zod';
import { chatsWithCard, touchCards } from '../../../delivery/index.js';
import { asLocale } from '../../../i18n/index.js';
import {
  changeStatus,
  dated,
  eventById,
  isPutOff,
  planHold,
  type EventView,
  type Scope,
  type SignUpView,
} from '../../../programme/index.js';
import type { Job, Planner } from '../../../schedule/index.js';
import type { Tx } from '../../../storage/index.js';
import { moment, type Reader } from '../words/cards.js';
import { guardiansBeside } from './guardians.js';
import { dueFor, serveLine, type LineParts } from './line.js';
import { heldOf, namesOf } from '../words/tellings.js';

/** How long a held place stands, ms; `until` is null while nobody knows when it will be: then it has no end. */
export interface Hold {
  readonly until: number | null;
  readonly remindAt: number | null;
}

/** Until when a place that is held now stands, and when its holder is reminded. */
export function holdOf(event: EventView, scope: Scope, now: number): Hold {
  if (isPutOff(event, scope)) return { until: null, remindAt: null };
  const starts = dated(scope.sessions, now).map(({ startsAt }) => startsAt);
  const begins = starts.length === 0 ? now : Math.min(...starts);
  // A deadline that has passed ends nothing: whoever gets a place after it comes from the waiting list.
  const closesAt = event.deadlineAt !== null && event.deadlineAt > now ? Math.min(event.deadlineAt, begins) : begins;
  return planHold({ now, closesAt, timeZone: event.sessions[0].timeZone });
}

/** Plans what a held place leads to: a reminder, and its end. */
export async function planHeld(
  tx: Tx,
  planner: Planner,
  communityId: string,
  signUp: { readonly id: string; readonly revision: number },
  { until, remindAt }: Hold,
): Promise<void> {
  if (until === null) return;
  await planner.plan(tx, [
    ...(remindAt === null ? [] : [dueFor('hold.near', communityId, signUp, remindAt)]),
    dueFor('hold.ended', communityId, signUp, until),
  ]);
}

/** Gives somebody the place that they were offered, or take back: confirmed, or held where something is missing still. False when it is not theirs any more. */
export async function givePlace(
  tx: Tx,
  planner: Planner,
  signUp: SignUpView,
  { from, communityId, now }: { from: readonly string[]; communityId: string; now: number },
): Promise<boolean> {
  const { id, eventId, heldFor } = signUp;
  const event = heldFor === null ? null : await eventById(tx, eventId);
  const scope = event?.scopes.find(({ key }) => key === signUp.scope);
  if (!event || !scope) return (await changeStatus(tx, { id, from, to: 'confirmed', until: null, now })) !== null;
  const hold = holdOf(event, scope, now);
  const revision = await changeStatus(tx, { id, from, to: 'held', until: hold.until, now });
  if (revision !== null) await planHeld(tx, planner, communityId, { id, revision }, hold);
  return revision !== null;
}

/** Holds places anew, as if they had just been taken. */
export async function holdAnew(
  tx: Tx,
  planner: Planner,
  { event, scope, ids }: { readonly event: EventView; readonly scope: Scope; readonly ids: readonly string[] },
  { communityId, now }: { readonly communityId: string; readonly now: number },
): Promise<void> {
  const hold = holdOf(event, scope, now);
  for (const id of ids) {
    const revision = await changeStatus(tx, { id, from: ['held'], to: 'held', until: hold.until, now });
    if (revision !== null) await planHeld(tx, planner, communityId, { id, revision }, hold);
  }
}

/** Until when a place is held, in words. */
export const untilWords = (until: number | null, event: EventView, reader: Reader): string =>
  until === null ? reader.t('signup.hold.untilDated') : moment(until, event.sessions[0].timeZone, reader);

const payloadOf = z.object({ signUpId: z.string(), revision: z.number() });

/** What becomes due for a held place: its holder is reminded once, and when its time is over it goes to whoever waits. */
export function createHoldJobs(parts: LineParts): Readonly<Record<string, Job>> {
  const heldStill = async (tx: Tx, payload: unknown): Promise<SignUpView | null> => {
    const { signUpId, revision } = payloadOf.parse(payload);
    const signUp = await parts.signUps.byId(tx, signUpId);
    return signUp?.revision === revision && signUp.status === 'held' ? signUp : null;
  };

  /** Several places that end together are one message: the key names the time. */
  const tellHolder = async (tx: Tx, communityId: string, signUp: SignUpView, about: 'near' | 'ended', now: number): Promise<void> => {
    const { eventId, registrantId, registrantLocale, until } = signUp;
    const event = await eventById(tx, eventId);
    if (!event || until === null) return;
    const theirs = (await parts.signUps.ofEvent(tx, eventId)).filter(
      (one) => one.registrantId === registrantId && one.status === 'held' && one.until === until,
    );
    const t = parts.texts(registrantLocale);
    const reader = { t, locale: asLocale(registrantLocale), now };
    const held = theirs.length > 0 ? theirs : [signUp];
    const missing = signUp.heldFor === 'consent' ? 'consent' : 'participant';
    // The reminder says itself that places are held.
    const names = about === 'near' ? namesOf(held, reader) : heldOf(held, reader);
    const time = moment(until, event.sessions[0].timeZone, reader);
    await parts.tell(tx, communityId, {
      personId: registrantId,
      kind: about === 'near' ? 'reminder' : 'change',
      text: t(about === 'near' ? `signup.hold.near.${missing}` : 'signup.hold.ended', { names, title: event.title, until: time }),
      inGroup: {
        groups: await chatsWithCard(tx, eventId),
        // A group reads numbers only.
        text: t(`signup.hold.${about}InGroup`, { count: Math.max(1, theirs.length), title: event.title, until: time }),
      },
      key: `hold.${about}:${eventId}:${registrantId}:${until}`,
      expiresAt: about === 'near' ? until : (event.sessions.at(-1)?.startsAt ?? until),
    });
    if (about === 'near') return;
    for (const { personId, locale, theirs: asked } of await guardiansBeside(tx, communityId, held)) {
      const their = { t: parts.texts(locale), locale: asLocale(locale) };
      const text = their.t('signup.hold.ended', { names: heldOf(asked, their), title: event.title });
      await parts.tell(tx, communityId, {
        personId,
        kind: 'change',
        text,
        key: `hold.ended:${eventId}:${personId}:${registrantId}:${until}`,
      });
    }
  };

  return {
    'hold.near': async (tx, { payload, communityId, now }) => {
      const signUp = await heldStill(tx, payload);
      if (signUp) await tellHolder(tx, communityId, signUp, 'near', now);
    },
    'hold.ended': async (tx, { payload, communityId, now }) => {
      const signUp = await heldStill(tx, payload);
      if (!signUp) return;
      await tellHolder(tx, communityId, signUp, 'ended', now);
      if ((await changeStatus(tx, { id: signUp.id, from: ['held'], to: 'released', until: null, now })) === null) return;
      await serveLine(tx, parts, { communityId, eventId: signUp.eventId, scope: signUp.scope, now, anew: true });
      await touchCards(tx, signUp.eventId);
    },
  };
}
