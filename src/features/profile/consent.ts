import { z } from 'zod';
import { effect } from '../../command/index.js';
import { asLocale, clock, day } from '../../i18n/index.js';
import {
  audit,
  giveConsent,
  guardedAmong,
  guardianshipOf,
  isGuardianOf,
  membershipOf,
  personName,
  withdrawConsent,
  type Answered,
  type Bond,
} from '../../people/index.js';
import { awaitingConsent, eventById, isOver } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileParts } from './parts.js';

/** What a code of the kind `consent` is good for. */
export const consentCode = z.strictObject({ eventId: z.string(), dependantIds: z.array(z.string()).min(1) });

/** What a consent is about, as its text names it. */
export interface Asked {
  readonly eventId: string;
  readonly ref: string;
  readonly title: string;
  readonly when: string;
  readonly place: string;
  readonly responsible: string;
  readonly householdId: string;
  readonly dependantIds: readonly string[];
  readonly names: readonly string[];
  /** What else was asked about them, in the event's own words. */
  readonly questions: readonly string[];
  /** What was answered to these for each of them already, child by child. */
  readonly said: readonly { readonly name: string; readonly answers: Answered }[];
  /** What the one who asks is to the children; null where they have not said so yet, or do not belong to the household. */
  readonly bond: string | null;
  /** They may consent for all of them already. */
  readonly mayConsent: boolean;
  /** Somebody else is guardian of them, with an account: nobody becomes one beside them by a code that was handed on. */
  readonly guarded: boolean;
}

/** Resolves ids to what a guardian reads before they decide; null when the event is over or called off, or the children are gone. */
export async function askedOf(
  tx: Tx,
  { families, ownAnswers }: Pick<ProfileParts, 'families' | 'ownAnswers'>,
  { eventId, dependantIds }: z.infer<typeof consentCode>,
  reader: { personId: string; locale: string; now: number; communityName: string },
): Promise<Asked | null> {
  const event = await eventById(tx, eventId);
  const dependants = await families.byIds(tx, dependantIds);
  const [first] = dependants;
  const { locale, now, personId } = reader;
  if (!event || !first || !['published', 'closed', 'postponed'].includes(event.status) || isOver(event, now)) return null;
  const children = dependants.filter(({ householdId }) => householdId === first.householdId);
  const mine = await membershipOf(tx, first.householdId, personId);
  const ids = children.map(({ id }) => id);
  const given = await ownAnswers.of(tx, eventId, ids);
  const [session] = event.sessions;
  const last = event.sessions.at(-1) ?? session;
  const written = asLocale(locale);
  const { startsWall, endsWall, timeZone, place } = session;
  const from = `${day(startsWall, written, now, timeZone)} ${clock(startsWall, endsWall, written, now, timeZone)}`;
  const until = last === session ? '' : ` – ${day(last.startsWall, written, now, timeZone)}`;
  return {
    eventId,
    ref: event.ref,
    title: event.title,
    when: `${from}${until}`,
    place,
    responsible: (await personName(tx, event.createdBy)) ?? reader.communityName,
    householdId: first.householdId,
    dependantIds: ids,
    names: children.map(({ name }) => name),
    questions: event.questions.map(({ text }) => text),
    said: children.flatMap(({ id, name }) => {
      const answers = given.get(id);
      return answers ? [{ name, answers }] : [];
    }),
    bond: mine?.bond ?? null,
    mayConsent: mine !== null && children.every((child) => isGuardianOf(mine, child)),
    guarded: (await guardedAmong(tx, ids, personId)).size > 0,
  };
}

/** The children of somebody's own households who wait for a guardian's consent to an event, where they may give it, or have not said yet what they are. */
export async function awaitedBy(
  tx: Tx,
  { eventId, personId, lock }: { eventId: string; personId: string; lock: boolean },
): Promise<string[]> {
  const awaited = await awaitingConsent(tx, eventId, { lock });
  if (awaited.length === 0) return [];
  const { of, unsaid } = await guardianshipOf(tx, personId);
  return awaited.filter((id) => of.includes(id) || unsaid.includes(id));
}

/** Whether somebody must first say what they are to the children. */
export const mustSay = ({ bond, mayConsent, guarded }: Asked): boolean => bond === null && !mayConsent && !guarded;

/** Whether they are none who may consent, and do not become one by saying so: a guardian asks them in, or staff confirm it. */
export const mayNot = ({ bond, mayConsent, guarded }: Asked): boolean => !mayConsent && (bond !== null || guarded);

/** What a sign-up's consent was for. */
const purposeOf = (ref: string): string => `signup:${ref}`;

/** What guardians decide, as effects; whoever holds the sign-ups hears of it in the same transaction. */
export function createConsentEffects({ families, households, codes, emit }: ProfileParts) {
  const answer = effect<
    Tx,
    { code: string | null; agreed: boolean; bond: Bond | null; textVersion: string } & Pick<
      Asked,
      'eventId' | 'ref' | 'householdId' | 'dependantIds'
    >
  >('consent.answer', async (tx, { code, agreed, bond, textVersion, eventId, ref, householdId, dependantIds }, context) => {
    const { actorId: guardianId, now } = context;
    // The facts held the code when it was confirmed; whoever was asked at home needs none.
    if (code !== null && !(await codes.spend(tx, { code, personId: guardianId, now })))
      throw new Error('A consent code was used up by somebody else');
    // Whoever consents is guardian by now: the facts, which held the code or the event, said that it is theirs to say.
    if (agreed && bond !== null && !(await households.join(tx, { householdId, personId: guardianId, bond }, context)))
      throw new Error('A consent came from somebody who is no guardian');
    for (const dependantId of dependantIds) {
      const about = { dependantId, eventId, guardianId };
      if (agreed) await giveConsent(tx, { ...about, purpose: purposeOf(ref), textVersion, method: 'chat', recordedBy: null }, context);
      await emit(tx, { type: agreed ? 'consent.given' : 'consent.refused', ...about }, context);
    }
  });

  const withdraw = effect<Tx, { consentId: string }>('consent.withdraw', async (tx, { consentId }, context) => {
    const withdrawn = await withdrawConsent(tx, consentId, context);
    if (!withdrawn) return;
    const { dependantId, eventId, guardianId } = withdrawn;
    await emit(tx, { type: 'consent.withdrawn', dependantId, eventId, guardianId }, context);
  });

  const withdrawFamily = effect<Tx, { consentId: string; dependantId: string }>(
    'consent.withdrawFamily',
    async (tx, { consentId, dependantId }, context) => {
      if (!(await withdrawConsent(tx, consentId, context))) return;
      const freed = await families.forget(tx, context.actorId, dependantId, context);
      if (!freed) return;
      await audit(tx, context, 'family.forget', dependantId);
      for (const place of freed) await emit(tx, { type: 'place.freed', ...place }, context);
    },
  );

  return { answer, withdraw, withdrawFamily };
}

/** The effects by name. */
export type ConsentEffects = ReturnType<typeof createConsentEffects>;
