import { effect } from '../../../command/index.js';
import { touchCards } from '../../../delivery/index.js';
import { asLocale } from '../../../i18n/index.js';
import { audit } from '../../../people/index.js';
import { askAfterAll, changeStatus, eventById, offeredTogether, undoMs, type SignUpView } from '../../../programme/index.js';
import type { Job } from '../../../schedule/index.js';
import type { Tx } from '../../../storage/index.js';
import { z } from 'zod';
import { askGuardians } from './guardians.js';
import { givePlace } from './holds.js';
import { dueFor, serveLine, together, upNext, type LineParts } from './line.js';
import { nameOf, namesOf } from '../words/tellings.js';

const payloadOf = z.object({ signUpId: z.string(), revision: z.number() });

/** Giving places back, taking them back, and answering offers: effects, and what happens when time runs out. */
export function createPlaces(parts: LineParts) {
  const { planner, tell, texts, signUps } = parts;

  /** Gives a sign-up back. A place stays reserved until it is too late to take it back; whoever only waited leaves the list at once, and may come back to the same position as long. */
  const cancel = effect<Tx, { signUpId: string; eventId: string }>(
    'signup.cancel',
    async (tx, { signUpId, eventId }, { communityId, now }) => {
      const until = now + undoMs;
      const place = await changeStatus(tx, { id: signUpId, from: ['held', 'offered', 'confirmed'], to: 'leaving', until, now });
      const revision = place ?? (await changeStatus(tx, { id: signUpId, from: ['waiting'], to: 'cancelled', until, now }));
      if (revision !== null) await planner.plan(tx, [dueFor('signup.left', communityId, { id: signUpId, revision }, until)]);
      await touchCards(tx, eventId);
    },
  );

  /** Takes back what was given back. */
  const undo = effect<Tx, { signUpId: string; eventId: string }>('signup.undo', async (tx, { signUpId, eventId }, { communityId, now }) => {
    const signUp = await signUps.byId(tx, signUpId);
    if (!signUp) return;
    if (!(await givePlace(tx, planner, signUp, { from: ['leaving'], communityId, now })))
      await changeStatus(tx, { id: signUpId, from: ['cancelled'], to: 'waiting', until: null, now });
    await touchCards(tx, eventId);
  });

  /** Takes the place that was offered, or that is free all the same. */
  const take = effect<Tx, { signUps: readonly SignUpView[]; eventId: string }>(
    'offer.take',
    async (tx, { signUps: taken, eventId }, { communityId, now }) => {
      for (const one of taken) await givePlace(tx, planner, one, { from: ['offered', 'waiting'], communityId, now });
      await askGuardians(tx, parts, { communityId, eventId, ids: taken.map(({ id }) => id), now });
      await touchCards(tx, eventId);
    },
  );

  /** Came too late, but wants it: should the place be free again, they are asked as if they had not been asked yet. */
  const late = effect<Tx, { signUpIds: readonly string[] }>('offer.late', (tx, { signUpIds }) => askAfterAll(tx, signUpIds));

  /** Does not want what was offered: the place goes to the next. */
  const decline = effect<Tx, { signUpIds: readonly string[]; eventId: string; scope: string }>(
    'offer.decline',
    async (tx, { signUpIds, eventId, scope }, { communityId, now }) => {
      for (const id of signUpIds) await changeStatus(tx, { id, from: ['offered', 'waiting'], to: 'cancelled', until: now + undoMs, now });
      await serveLine(tx, parts, { communityId, eventId, scope, now, anew: false });
      await touchCards(tx, eventId);
    },
  );

  /** Staff give a place to somebody who waits, and that person hears of it. */
  const give = effect<Tx, { signUps: readonly SignUpView[]; eventId: string }>(
    'place.give',
    async (tx, { signUps: given, eventId }, context) => {
      const { communityId, now } = context;
      for (const one of given) await givePlace(tx, planner, one, { from: ['waiting', 'offered'], communityId, now });
      await askGuardians(tx, parts, { communityId, eventId, ids: given.map(({ id }) => id), now });
      await touchCards(tx, eventId);
      for (const { id } of given) await audit(tx, context, 'signup.given', id);
      const event = await eventById(tx, eventId);
      for (const theirs of together(given)) {
        const [first] = theirs;
        const locale = asLocale(first.registrantLocale);
        const t = texts(first.registrantLocale);
        const names = namesOf(theirs, { t, locale });
        await tell(tx, communityId, {
          personId: first.registrantId,
          kind: 'confirmation',
          text: t('signup.given', { names, title: event?.title ?? '' }),
          key: `given:${first.id}:${first.revision}`,
        });
      }
    },
  );

  const whenLeft: Job = async (tx, { payload, communityId, now }) => {
    const { signUpId, revision } = payloadOf.parse(payload);
    const signUp = await signUps.byId(tx, signUpId);
    if (!signUp || signUp.revision !== revision) return;
    const place = await changeStatus(tx, { id: signUpId, from: ['leaving'], to: 'cancelled', until: null, now });
    // Whoever only waited frees no place. But one of two who wanted to go together alone is easier to find room for.
    if (place === null && signUp.status !== 'cancelled') return;
    await serveLine(tx, parts, { communityId, eventId: signUp.eventId, scope: signUp.scope, now, anew: place !== null });
    await touchCards(tx, signUp.eventId);
  };

  const whenLapsed: Job = async (tx, { payload, communityId, now }) => {
    const { signUpId, revision } = payloadOf.parse(payload);
    const signUp = await signUps.byId(tx, signUpId);
    if (!signUp || signUp.revision !== revision) return;
    // Whoever did not answer twice goes last. `until` says that they were asked about this place.
    const last = signUp.lapses > 0;
    // A pair was asked together: half of it must not be asked alone meanwhile.
    for (const id of await offeredTogether(tx, signUp))
      await changeStatus(tx, { id, from: ['offered'], to: 'waiting', until: now, now, last, lapsed: true });
    const freed = { communityId, eventId: signUp.eventId, scope: signUp.scope, now };
    const next = (await upNext(tx, parts, freed))?.next ?? [];
    // Where nobody else would take it they are asked once more at once, and hear that alone.
    const again = next.some(({ id }) => id === signUpId);
    if (!again) await tellLapsed(tx, communityId, signUp, last ? 'lapsedAgain' : next.length > 0 ? 'lapsed' : 'lapsedFree');
    await serveLine(tx, parts, { ...freed, anew: false });
    await touchCards(tx, signUp.eventId);
  };

  const tellLapsed = async (
    tx: Tx,
    communityId: string,
    signUp: SignUpView,
    how: 'lapsed' | 'lapsedFree' | 'lapsedAgain',
  ): Promise<void> => {
    const event = await eventById(tx, signUp.eventId);
    const t = texts(signUp.registrantLocale);
    await tell(tx, communityId, {
      personId: signUp.registrantId,
      kind: 'change',
      text: t(`signup.offer.${how}`, { names: nameOf(signUp, t), title: event?.title ?? '' }),
      // Of a pair one message is enough.
      key: `lapsed:${signUp.pairKey ?? signUp.id}:${signUp.lapses}`,
    });
  };

  return { effects: { cancel, undo, take, late, decline, give }, jobs: { 'signup.left': whenLeft, 'offer.lapsed': whenLapsed } };
}

/** The effects of places by name. */
export type PlaceEffects = ReturnType<typeof createPlaces>['effects'];
