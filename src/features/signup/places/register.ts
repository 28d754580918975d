import { effect, type EffectContext } from '../../../command/index.js';
import { touchCards } from '../../../delivery/index.js';
import type { Emit } from '../../../events/index.js';
import {
  audit,
  communityById,
  consentWordings,
  giveConsent,
  guardianByPaper,
  householdIdOf,
  sayBond,
  type Bond,
  type Codes,
  type Families,
  type Guests,
  type Answered,
  type NewDependant,
  type OwnAnswers,
} from '../../../people/index.js';
import {
  changeStatus,
  eventById,
  fillHeld,
  participantKey,
  signUpIdOf,
  waitedInVain,
  writeAnswers,
  writeSignUp,
  type EventView,
  type HeldFor,
} from '../../../programme/index.js';
import type { Planner } from '../../../schedule/index.js';
import type { Tx } from '../../../storage/index.js';
import { askGuardians, type GuardianParts } from './guardians.js';
import { holdOf, planHeld } from './holds.js';
import { pairAsked } from './pairs.js';

/** What a sign-up's consent is for. */
export const signUpPurpose = (ref: string): string => `signup:${ref}`;

/** One participant: a grown-up, a dependant known before, a child just told of, a guest (`name` may be empty), or nobody named yet. */
export type Participant =
  | { readonly person: string }
  | { readonly dependant: string }
  | { readonly child: NewDependant }
  | { readonly guest: string }
  | { readonly unnamed: true };

/** What one participant gets in one scope. */
export interface Place {
  /** "all" or a session's id. */
  readonly scope: string;
  readonly status: 'confirmed' | 'waiting';
  /** Waits together with the others who are registered with it: both or neither. */
  readonly pair: boolean;
  /** What is missing still: a place is held for it, and somebody who waits has it held once a place comes. */
  readonly heldFor: HeldFor | null;
  /** The sign-up that was held for somebody to be named, and is theirs now. */
  readonly fills: string | null;
}

/** What registering works with. */
export interface RegisterParts extends GuardianParts {
  readonly families: Families;
  readonly guests: Guests;
  readonly ownAnswers: OwnAnswers;
  readonly codes: Codes;
  readonly planner: Planner;
  readonly emit: Emit<Tx>;
}

/** Who is registered for what, decided under the event's lock. */
export interface Registration {
  readonly eventId: string;
  /** Households share a place. */
  readonly byHousehold: boolean;
  readonly participants: readonly {
    readonly who: Participant;
    readonly places: readonly Place[];
    readonly companions: number;
    readonly needsConsent: boolean;
    /** To the event's own questions; null where nobody was asked. */
    readonly answers: Answered | null;
  }[];
  readonly purpose: string;
  /** What they said they are to the children; null where they were not asked. */
  readonly bond: Bond | null;
  /** The code by which they fill places that somebody else holds. */
  readonly code: string | null;
  /** Staff sign somebody else up: whom, and the guardian who signed on paper; null where nobody did. */
  readonly proxy: { readonly personId: string; readonly guardian: { readonly name: string; readonly bond: Bond } | null } | null;
}

/** Writes those who sign up, with what they said and agreed to. */
export function createRegister(parts: RegisterParts) {
  const { families, guests, ownAnswers, codes, planner, emit } = parts;

  const dependantOf = async (tx: Tx, who: Participant, guardian: string, { newId, now }: EffectContext): Promise<string | null> => {
    if ('dependant' in who) return who.dependant;
    if (!('child' in who)) return null;
    const [child] = await families.add(tx, guardian, [who.child], newId, { now });
    return child?.id ?? null;
  };

  return effect<Tx, Registration>('signup.register', async (tx, registration, context) => {
    const { eventId, byHousehold, participants, purpose, bond, code, proxy } = registration;
    const { communityId, actorId, now, newId } = context;
    const registrantId = proxy?.personId ?? actorId;
    const recordedBy = proxy ? actorId : null;
    const event = await eventById(tx, eventId);
    if (!event) return;
    // The facts held the code when it was confirmed.
    if (code !== null && !(await codes.spend(tx, { code, personId: actorId, now })))
      throw new Error('A code for held places was used up by somebody else');
    if (bond !== null) await sayBond(tx, registrantId, bond, newId);
    const together = newId();
    const { fairness } = await communityById(tx, communityId);
    const household = byHousehold ? await partyOf(tx, registrantId) : null;
    // Those for whom staff wait for a paper.
    const onPaper: string[] = [];
    const held: string[] = [];
    for (const { who, places, companions, needsConsent, answers } of participants) {
      const dependantId = await dependantOf(tx, who, registrantId, context);
      if (dependantId !== null && places.some(({ heldFor }) => heldFor === 'consent')) onPaper.push(dependantId);
      for (const place of places) {
        const id = newId();
        const participant = participantOf(who, dependantId, id);
        const party = household ?? participant;
        const signUp = { id, communityId, eventId, participant, party, dependantId, registrantId, recordedBy, companions };
        const guestName = 'guest' in who && who.guest !== '' ? guests.seal(id, who.guest) : null;
        const pairKey = place.pair ? together : null;
        const first = fairness && place.status === 'waiting' && (await waitedInVain(tx, communityId, participant));
        const asked = pairKey === null ? null : pairAsked(event, communityId, pairKey, now);
        if (asked) await planner.plan(tx, [asked]);
        const written = await write(tx, { ...signUp, guestName, pairKey, priority: first ? 1 : 0 }, { place, event }, context);
        if (written !== null && place.heldFor === 'consent') held.push(written);
        if (written !== null && answers !== null) await writeAnswers(tx, written, ownAnswers.seal(written, answers));
      }
      if (needsConsent && dependantId !== null) {
        const about = { dependantId, eventId, purpose };
        await giveConsent(tx, { ...about, ...(await consentBy(tx, registrantId, proxy, context)) }, context);
      }
    }
    if (proxy) await audit(tx, context, 'signup.recorded', registrantId);
    if (proxy && onPaper.length > 0) await emit(tx, { type: 'paper.asked', eventId, dependantIds: onPaper, registrantId }, context);
    await askGuardians(tx, parts, { communityId, eventId, ids: held, now });
    await touchCards(tx, eventId);
  });

  /** Who consents, and how: they themselves by what they read, or a guardian on paper, which staff have seen. */
  async function consentBy(tx: Tx, registrantId: string, proxy: Registration['proxy'], context: EffectContext) {
    if (proxy === null) return { guardianId: registrantId, textVersion: consentWordings.signUp, method: 'chat', recordedBy: null } as const;
    const signed = proxy.guardian ?? { name: '', bond: 'guardian' };
    const guardianId = await guardianByPaper(tx, { registrantId, ...signed }, context);
    return { guardianId, textVersion: consentWordings.paper, method: 'paper', recordedBy: context.actorId } as const;
  }

  type SignUp = Omit<Parameters<typeof writeSignUp>[1], 'scope' | 'status' | 'heldFor' | 'until' | 'now'>;

  /** Gives the id of the row that is theirs now; null where nothing was written. */
  async function write(
    tx: Tx,
    signUp: SignUp,
    { place, event }: { place: Place; event: EventView },
    { communityId, now }: EffectContext,
  ): Promise<string | null> {
    const { scope, heldFor, status, fills } = place;
    const { eventId, participant } = signUp;
    const of = event.scopes.find(({ key }) => key === scope);
    if (!of) return null;
    const hold = status === 'confirmed' && heldFor !== null ? holdOf(event, of, now) : null;
    const planned = async (id: string, revision: number | null) => {
      if (hold && revision !== null) await planHeld(tx, planner, communityId, { id, revision }, hold);
    };
    const after = { to: hold ? 'held' : 'confirmed', until: hold?.until ?? null, now };
    if (fills !== null) {
      const filling = { ...signUp, id: fills, heldFor: heldFor === 'consent' ? heldFor : null, now };
      // Places that stay without a name are held as they were.
      if (heldFor === 'participant' || !(await fillHeld(tx, filling))) return null;
      if (status === 'confirmed') await planned(fills, await changeStatus(tx, { id: fills, from: ['held', 'offered'], ...after }));
      return fills;
    }
    // Whoever comes back within the time to undo has the place still.
    const there = await signUpIdOf(tx, eventId, scope, participant);
    const back = there === null ? null : await changeStatus(tx, { id: there, from: ['leaving'], ...after });
    if (there !== null && back !== null) {
      await planned(there, back);
      return there;
    }
    const stored = hold ? 'held' : status;
    const written = await writeSignUp(tx, { ...signUp, scope, status: stored, heldFor, until: hold?.until ?? null, now });
    if (written) await planned(written.id, written.revision);
    return written?.id ?? null;
  }
}

function participantOf(who: Participant, dependantId: string | null, id: string): string {
  if ('person' in who) return participantKey.person(who.person);
  if ('guest' in who) return participantKey.guest(id);
  return 'unnamed' in who ? participantKey.held(id) : participantKey.dependant(dependantId ?? '');
}

/** The household that shares a place, or the person alone where there is none. */
export async function partyOf(tx: Tx, personId: string): Promise<string> {
  const household = await householdIdOf(tx, personId);
  return household === null ? participantKey.person(personId) : `f:${household}`;
}
