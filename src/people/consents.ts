import type { Tx } from '../storage/index.js';
import { audit, consentSubject, type Doing } from './audit.js';
import { isGuardianOf } from './bonds.js';
import { withTies } from './childBonds.js';
import type { Codes } from './codes.js';
import { peopleHere, personName } from './lookup.js';

/**
 * The wordings of the consent to an event that are shown today, by where they stand; raised when the text changes. A consent keeps
 * which one its guardian read.
 */
export const consentWordings = {
  /** `signup.consent.ask` */
  signUp: '2',
  /** `consent.agree.ask`, behind a code */
  code: 'code-3',
  /** The form that the community office hands out. */
  paper: 'paper-1',
  /** `child.consent.ask`, about the family's entry and no event */
  family: 'family-1',
} as const;

/** A guardian's yes, as it is written down. */
export interface GivenConsent {
  readonly dependantId: string;
  /** `noEvent` where it is about none. */
  readonly eventId: string;
  readonly guardianId: string;
  /** What for, such as `signup:REF`. */
  readonly purpose: string;
  readonly textVersion: string;
  readonly method: 'chat' | 'paper';
  /** The staff member who wrote a consent on paper down. */
  readonly recordedBy: string | null;
}

/** Writes a consent down; the same one given again is in force again, with its new time. A consent on paper leaves an audit row. */
export async function giveConsent(tx: Tx, consent: GivenConsent, doing: Doing): Promise<void> {
  const { communityId, now, newId } = doing;
  const { dependantId, eventId, textVersion, ...rest } = consent;
  const key = { dependantId, eventId, textVersion };
  const given = { ...rest, givenAt: new Date(now), withdrawnAt: null };
  await tx.consent.upsert({
    where: { dependantId_eventId_textVersion: key },
    create: { id: newId(), communityId, ...key, ...given },
    update: given,
  });
  if (consent.method === 'paper') await audit(tx, doing, 'consent.paper', consentSubject(eventId, dependantId));
}

/** Somebody who consented for a child to come to an event, or is its guardian. */
export interface EventGuardian {
  readonly dependantId: string;
  readonly personId: string;
  readonly name: string;
  /** Their own language, or else the community's. */
  readonly locale: string;
}

/** Who may consent for these children, in one query. */
async function guardiansAmong(tx: Tx, dependantIds: readonly string[]): Promise<{ dependantId: string; guardianId: string }[]> {
  if (dependantIds.length === 0) return [];
  const children = await tx.dependant.findMany({
    where: { id: { in: [...dependantIds] }, kind: 'child' },
    select: { id: true, createdAt: true, household: { select: { members: { include: withTies, orderBy: { personId: 'asc' } } } } },
    orderBy: { id: 'asc' },
  });
  return children.flatMap((child) =>
    child.household.members
      .filter((member) => isGuardianOf(member, child))
      .map(({ personId }) => ({ dependantId: child.id, guardianId: personId })),
  );
}

/** Who consented for whom to come to an event, where the consent is in force, and the children's guardians: they hear of changes as whoever signed up does. */
export async function guardiansConcerned(
  tx: Tx,
  { communityId, eventId, dependantIds }: { communityId: string; eventId: string; dependantIds: readonly string[] },
): Promise<EventGuardian[]> {
  const given = await tx.consent.findMany({
    where: { eventId, withdrawnAt: null },
    select: { dependantId: true, guardianId: true },
    orderBy: [{ givenAt: 'asc' }, { id: 'asc' }],
  });
  const all = [...given, ...(await guardiansAmong(tx, dependantIds))];
  const ties = new Map(all.map((one) => [`${one.dependantId} ${one.guardianId}`, one]));
  const people = await peopleHere(
    tx,
    communityId,
    all.map(({ guardianId }) => guardianId),
  );
  return [...ties.values()].flatMap(({ dependantId, guardianId }) => {
    const person = people.get(guardianId);
    return person ? [{ dependantId, ...person }] : [];
  });
}

/** How it was consented that a child comes to an event. */
export interface GivenTo {
  readonly method: 'chat' | 'paper';
  /** ms since the epoch */
  readonly at: number;
  /** The guardian; null where they are gone. */
  readonly by: string | null;
}

/** The consent in force for a child to come to an event, the last one given; null where there is none. */
export async function consentTo(tx: Tx, eventId: string, dependantId: string): Promise<GivenTo | null> {
  const row = await tx.consent.findFirst({
    where: { eventId, dependantId, withdrawnAt: null },
    select: { method: true, givenAt: true, guardianId: true },
    orderBy: [{ givenAt: 'desc' }, { id: 'asc' }],
  });
  if (!row) return null;
  return { method: row.method === 'paper' ? 'paper' : 'chat', at: row.givenAt.getTime(), by: await personName(tx, row.guardianId) };
}

/** A consent that is in force. */
export interface ConsentView {
  readonly id: string;
  readonly dependantId: string;
  readonly eventId: string;
  readonly guardianId: string;
}

/** What a consent is kept under that is about no event: that a child stands among somebody's family. */
export const noEvent = '';

/** The purpose of that consent. */
export const familyPurpose = 'family';

/**
 * The consents that somebody may take back: their own, and those for children whose guardian they are. That a child stands among the
 * family, its guardians alone decide: whoever has left it has no say in the entry.
 */
export async function consentsOf(tx: Tx, personId: string): Promise<ConsentView[]> {
  const rows = await tx.consent.findMany({
    // Of a child that was forgotten only the proof is left, in a household of nobody.
    where: {
      withdrawnAt: null,
      dependant: { household: { members: { some: {} } } },
      OR: [{ guardianId: personId }, { dependant: { household: { members: { some: { personId } } } } }],
    },
    select: {
      id: true,
      dependantId: true,
      eventId: true,
      guardianId: true,
      dependant: { select: { id: true, createdAt: true, household: { select: { members: { where: { personId }, include: withTies } } } } },
    },
    orderBy: [{ givenAt: 'desc' }, { id: 'asc' }],
  });
  return rows
    .filter(({ eventId, guardianId, dependant }) => {
      const isGuardian = dependant.household.members.some((member) => isGuardianOf(member, dependant));
      return isGuardian || (guardianId === personId && eventId !== noEvent);
    })
    .map(({ id, dependantId, eventId, guardianId }) => ({ id, dependantId, eventId, guardianId }));
}

/** Takes a consent back; null when it is not this person's to take back, or was taken back before. Every wording of it is withdrawn. */
export async function withdrawConsent(tx: Tx, consentId: string, doing: Doing): Promise<ConsentView | null> {
  const found = (await consentsOf(tx, doing.actorId)).find(({ id }) => id === consentId);
  if (!found) return null;
  const { dependantId, eventId } = found;
  const { count } = await tx.consent.updateMany({
    where: { dependantId, eventId, withdrawnAt: null },
    data: { withdrawnAt: new Date(doing.now) },
  });
  if (count === 0) return null;
  await audit(tx, doing, 'consent.withdraw', consentSubject(eventId, dependantId));
  return found;
}

/** Staff write down that a consent on paper is taken back; gives whose it was, null where there is none (any more). Every wording is withdrawn. */
export async function withdrawPaper(
  tx: Tx,
  { dependantId, eventId }: { readonly dependantId: string; readonly eventId: string },
  doing: Doing,
): Promise<string | null> {
  const inForce = { dependantId, eventId, withdrawnAt: null };
  const found = await tx.consent.findFirst({ where: { ...inForce, method: 'paper' }, orderBy: { givenAt: 'desc' } });
  if (!found) return null;
  await tx.consent.updateMany({ where: inForce, data: { withdrawnAt: new Date(doing.now) } });
  await audit(tx, doing, 'consent.withdraw', consentSubject(eventId, dependantId));
  return found.guardianId;
}

/** Whether somebody took a consent back since then (ms). */
export const hasWithdrawn = async (tx: Tx, personId: string, since: number): Promise<boolean> =>
  (await tx.consent.count({ where: { guardianId: personId, withdrawnAt: { gte: new Date(since) } } })) > 0;

/** What a code of the kind `consent` is good for: consent for these children, all of one household, to one event. */
export interface ConsentAsked {
  readonly eventId: string;
  readonly dependantIds: readonly string[];
}

/** Makes the code that whoever signed children up hands on to their parents. */
export const makeConsentCode = (
  tx: Tx,
  codes: Codes,
  asked: ConsentAsked,
  { communityId, createdBy, expiresAt, now }: { communityId: string; createdBy: string; expiresAt: number; now: number },
): Promise<string> =>
  codes.make(tx, {
    kind: 'consent',
    communityId,
    createdBy,
    expiresAt,
    now,
    payload: { eventId: asked.eventId, dependantIds: [...asked.dependantIds] },
  });
