import { ofCommunity } from '../../../command/index.js';
import { chatsWithCard, touchCards } from '../../../delivery/index.js';
import { on, type EventContext, type Subscription } from '../../../events/index.js';
import { type Tasks, communityById, consentWordings, giveConsent, localeOf, peopleHere, personName } from '../../../people/index.js';
import {
  ageFits,
  changeStatus,
  consentThere,
  eventById,
  participantKey,
  stillCounting,
  type EventView,
  type SignUpView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { guardiansBeside } from './guardians.js';
import { serveLine, type LineParts } from './line.js';
import { signUpPurpose } from './register.js';
import { nameOf } from '../words/tellings.js';
import { ageAt } from '../words/wall.js';

/** What a guardian decided: agreed, refused, or took back what was agreed, in the chat or at the office. */
type Decided = 'withConsent' | 'withoutConsent' | 'withdrawn' | 'withdrawnPaper';

/** What signing up does when something happened elsewhere. */
export function createSubscriptions(parts: LineParts & { readonly tasks: Tasks }): Subscription<Tx>[] {
  /** What a guardian decided is told to whoever signed the child up, and to the other guardians, who were asked as well. */
  const tellDecided = async (
    tx: Tx,
    signUp: SignUpView,
    decided: { about: Decided; event: EventView; guardianId: string; communityId: string; actorId: string },
  ): Promise<void> => {
    const { about, event, guardianId, communityId, actorId } = decided;
    const { registrantId: personId, registrantLocale: locale } = signUp;
    const kind = about === 'withConsent' ? 'confirmation' : 'change';
    // Whoever gave a consent that another takes back hears of it, wherever they stand by now.
    const takenBack = about === 'withdrawn' || about === 'withdrawnPaper';
    const giver = takenBack ? [...(await peopleHere(tx, communityId, [guardianId])).values()] : [];
    const everybody = [{ personId, locale }, ...(await guardiansBeside(tx, communityId, [signUp])), ...giver];
    const decider = about === 'withdrawn' ? actorId : guardianId;
    // Staff write down what a guardian says at the office: it is the guardian who took it back.
    const by = takenBack ? ((await personName(tx, about === 'withdrawn' ? actorId : guardianId)) ?? '') : '';
    const told = new Map(everybody.toReversed().map((one) => [one.personId, one]));
    if (about !== 'withdrawnPaper') told.delete(decider);
    for (const listener of told.values()) {
      const t = parts.texts(listener.locale);
      // A group reads numbers only; there nobody but whoever signed the child up is told.
      const inGroup = {
        groups: await chatsWithCard(tx, event.id),
        text: t(`signup.${takenBack ? 'withdrawn' : about}InGroup`, { count: 1, title: event.title }),
      };
      await parts.tell(tx, communityId, {
        personId: listener.personId,
        kind,
        text: t(`signup.${about}`, { name: nameOf(signUp, t), title: event.title, by }),
        key: `${about}:${signUp.id}:${signUp.revision}${listener.personId === personId ? '' : `:${listener.personId}`}`,
        ...(listener.personId === personId ? { inGroup } : {}),
      });
    }
  };

  /** Without a guardian's consent a child is not signed up, and the place goes on. Whoever signed the child up hears of it. */
  const withoutConsent = async (
    tx: Tx,
    { dependantId, eventId, guardianId }: { dependantId: string; eventId: string; guardianId: string },
    { communityId, actorId, now }: EventContext,
    about: Decided,
  ): Promise<void> => {
    const event = await eventById(tx, eventId);
    const there = (await parts.signUps.ofEvent(tx, eventId)).filter(
      ({ participant }) => participant === participantKey.dependant(dependantId),
    );
    for (const signUp of there) {
      if ((await changeStatus(tx, { id: signUp.id, from: stillCounting, to: 'cancelled', until: null, now })) === null) continue;
      await serveLine(tx, parts, { communityId, eventId, scope: signUp.scope, now, anew: true });
      if (event) await tellDecided(tx, signUp, { about, event, guardianId, communityId, actorId });
    }
    if (there.length > 0) await touchCards(tx, eventId);
  };

  /** A child turned out to be of another age: a new consent counts for what it is signed up for, and staff hear where the age does not fit any more. */
  const corrected = async (
    tx: Tx,
    { dependantId, guardianId, consented }: { dependantId: string; guardianId: string; consented: boolean },
    { communityId, actorId, now, newId }: EventContext,
  ): Promise<void> => {
    const open = (await parts.signUps.ofPerson(tx, guardianId, now)).filter(
      ({ signUp, event }) =>
        signUp.participant === participantKey.dependant(dependantId) && signUp.status !== 'cancelled' && event.status !== 'cancelled',
    );
    for (const { signUp, event } of open) {
      const about = { dependantId, eventId: event.id, guardianId, purpose: signUpPurpose(event.ref), textVersion: consentWordings.signUp };
      if (consented) await giveConsent(tx, { ...about, method: 'chat', recordedBy: null }, { communityId, actorId, now, newId });
      const age = signUp.birthDate === null ? null : ageAt(signUp.birthDate, event.sessions[0]);
      if (age === null || ageFits(event, age) === 'fits') continue;
      const theirs = parts.texts((await localeOf(tx, guardianId)) ?? (await communityById(tx, communityId)).locale);
      await parts.tell(tx, communityId, {
        personId: guardianId,
        kind: 'change',
        text: theirs('signup.ageChangedYours', { name: signUp.name, age, title: event.title }),
        key: `age:${signUp.id}:${now}:${guardianId}`,
      });
      for (const { personId, locale, community } of await parts.staffOf(tx, communityId)) {
        const t = parts.texts(locale);
        const text = ofCommunity(t, community, t('signup.ageChanged', { name: signUp.name, age, title: event.title }));
        await parts.tell(tx, communityId, { personId, kind: 'change', text, key: `age:${signUp.id}:${now}:${personId}` });
      }
      // Whoever of staff sees to it finds it also when the message is long gone.
      const ours = parts.texts((await communityById(tx, communityId)).locale);
      const payload = {
        name: signUp.registrantName,
        about: ours('signup.ageChanged', { name: signUp.name, age, title: event.title }),
        line: `/manage-event ${event.ref}`,
        label: ours('event.roster.manage'),
      };
      await parts.tasks.make(
        tx,
        { communityId, kind: 'call', key: `age:${signUp.id}:${now}`, personId: signUp.registrantId, payload },
        { newId, now },
      );
    }
  };

  /** With a guardian's consent nothing is missing any more. Whoever signed the child up hears of it. */
  const withConsent = async (
    tx: Tx,
    { dependantId, eventId, guardianId }: { dependantId: string; eventId: string; guardianId: string },
    { communityId, actorId, now }: EventContext,
  ): Promise<void> => {
    const event = await eventById(tx, eventId);
    for (const id of await consentThere(tx, eventId, dependantId)) {
      if ((await changeStatus(tx, { id, from: ['held'], to: 'confirmed', until: null, now })) === null) continue;
      const signUp = await parts.signUps.byId(tx, id);
      if (event && signUp) await tellDecided(tx, signUp, { about: 'withConsent', event, guardianId, communityId, actorId });
    }
    await touchCards(tx, eventId);
  };

  return [
    on('consent.given', withConsent),
    on('consent.refused', (tx, event, context) => withoutConsent(tx, event, context, 'withoutConsent')),
    on('consent.withdrawn', (tx, event, context) => withoutConsent(tx, event, context, event.onPaper ? 'withdrawnPaper' : 'withdrawn')),
    on('child.corrected', corrected),
    on('place.freed', async (tx, { eventId, scope }, { communityId, now }) => {
      await serveLine(tx, parts, { communityId, eventId, scope, now, anew: true });
      await touchCards(tx, eventId);
    }),
  ];
}
