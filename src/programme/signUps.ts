import type { Families, Guests, OwnAnswers } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import { byStart, concerned, findEvents, stillCounting, undated } from './events.js';
import { participantKey, participantKind, type EventView, type HeldFor, type SignUpView } from './view.js';

type SignUpWhere = NonNullable<NonNullable<Parameters<Tx['signUp']['findMany']>[0]>['where']>;

/** One of a person's sign-ups, with its event. */
export interface PersonsSignUp {
  readonly signUp: SignUpView;
  readonly event: EventView;
}

/** Sign-ups with the people behind them made readable. */
export interface SignUps {
  /** Everybody in an event who still counts, in order of arrival. */
  ofEvent(tx: Tx, eventId: string): Promise<SignUpView[]>;
  /** The waiting list of a scope: by priority, then by arrival. */
  waiting(tx: Tx, eventId: string, scope: string): Promise<SignUpView[]>;
  /** Of this person, or of a child of their household, in events that have not ended, or have no new date yet; soonest first. Also what may still be undone. */
  ofPerson(tx: Tx, personId: string, now: number): Promise<PersonsSignUp[]>;
  /** The places that somebody holds in an event without having said for whom, in order of arrival. */
  heldBy(tx: Tx, eventId: string, registrantId: string): Promise<SignUpView[]>;
  /** In an event, whom somebody may speak for: themselves, what they signed up, and the dependants of their households. */
  ofFamily(tx: Tx, eventId: string, personId: string): Promise<SignUpView[]>;
  /** Those who wait together or not at all under one key, in order of arrival. */
  together(tx: Tx, pairKey: string): Promise<SignUpView[]>;
  /** These by their ids, whoever's they are, in their order; who is gone is left out. */
  byIds(tx: Tx, ids: readonly string[]): Promise<SignUpView[]>;
  /** One by its id, whoever's it is. */
  byId(tx: Tx, id: string): Promise<SignUpView | null>;
}

/** Only what `HeldFor` names is ever written. */
const heldForOf = (stored: string | null): HeldFor | null => (stored === 'participant' || stored === 'consent' ? stored : null);

/** Builds the readers of sign-ups. */
export function createSignUps(parts: { families: Families; guests: Guests; ownAnswers: OwnAnswers }): SignUps {
  const { families, guests, ownAnswers } = parts;
  // Asked for by themselves and only where there are some: an `include` asks also when nobody signed up a dependant.
  const dependantsOf = async (tx: Tx, rows: readonly { readonly dependantId: string | null }[]) => {
    const ids = [...new Set(rows.flatMap(({ dependantId }) => dependantId ?? []))];
    const found = ids.length === 0 ? [] : await families.byIds(tx, ids);
    return new Map(found.map((dependant) => [dependant.id, dependant]));
  };
  const read = async (tx: Tx, where: SignUpWhere, take: number, order: 'byArrival' | 'byPriority' = 'byArrival'): Promise<SignUpView[]> => {
    const arrival = [{ position: 'asc' as const }, { id: 'asc' as const }];
    const rows = await tx.signUp.findMany({
      where,
      take,
      orderBy: order === 'byPriority' ? [{ priority: 'desc' as const }, ...arrival] : arrival,
    });
    if (rows.length === 0) return [];
    const dependants = await dependantsOf(tx, rows);
    const ids = [
      ...new Set(
        rows.flatMap(({ registrantId, participant, recordedBy }) => [
          registrantId,
          participant.slice(2),
          ...(recordedBy === null ? [] : [recordedBy]),
        ]),
      ),
    ];
    const people = new Map((await tx.person.findMany({ where: { id: { in: ids } } })).map((person) => [person.id, person]));
    const communities = await tx.community.findMany({
      where: { id: { in: [...new Set(rows.map(({ communityId }) => communityId))] } },
      select: { id: true, locale: true },
    });
    const localeOf = new Map(communities.map(({ id, locale }) => [id, locale]));
    return rows.map((row): SignUpView => {
      const { id, eventId, scope, participant, dependantId, status, position, party, companions, pairKey, lapses, revision, registrantId } =
        row;
      const child = dependantId === null ? undefined : dependants.get(dependantId);
      const guest = row.guestName && guests.open(id, row.guestName);
      const person = participantKind(participant) === 'person' ? people.get(participant.slice(2))?.name : undefined;
      const registrant = people.get(registrantId);
      return {
        id,
        eventId,
        scope,
        participant,
        dependantId,
        name: child?.name ?? person ?? guest ?? '',
        // An elder's age is not asked.
        birthDate: child?.birthDate || null,
        status,
        position,
        party,
        companions,
        answers: row.answers ? ownAnswers.open(id, row.answers) : {},
        pairKey,
        heldFor: heldForOf(row.heldFor),
        lapses,
        until: row.until?.getTime() ?? null,
        revision,
        registrantId,
        registrantName: registrant?.name ?? '',
        recordedBy: row.recordedBy === null ? null : (people.get(row.recordedBy)?.name ?? ''),
        registrantLocale: registrant?.locale ?? localeOf.get(row.communityId) ?? '',
      };
    });
  };

  return {
    ofEvent: (tx, eventId) => read(tx, { eventId, status: { in: [...concerned] } }, 10_000),
    waiting: (tx, eventId, scope) => read(tx, { eventId, scope, status: 'waiting' }, 10_000, 'byPriority'),
    ofPerson: async (tx, personId, now) => {
      const mine = { OR: [{ registrantId: personId }, { dependant: { household: { members: { some: { personId } } } } }] };
      const still = { OR: [{ status: { in: [...stillCounting] } }, { status: 'cancelled', until: { gt: new Date(now) } }] };
      const coming = { sessions: { some: { status: 'planned', endsAt: { gt: new Date(now) } } } };
      const ahead = { event: { OR: [coming, undated] } };
      const rows = await read(tx, { AND: [mine, still, ahead] }, 200);
      if (rows.length === 0) return [];
      const events = await findEvents(tx, { id: { in: rows.map(({ eventId }) => eventId) } }, 200);
      return byStart(events, now).flatMap((event) =>
        rows.filter(({ eventId }) => eventId === event.id).map((signUp) => ({ signUp, event })),
      );
    },
    heldBy: (tx, eventId, registrantId) => read(tx, { eventId, registrantId, heldFor: 'participant', status: { in: [...concerned] } }, 100),
    ofFamily: (tx, eventId, personId) => {
      const theirs = [
        { participant: participantKey.person(personId) },
        { registrantId: personId },
        { dependant: { household: { members: { some: { personId } } } } },
      ];
      return read(tx, { eventId, status: { in: [...concerned] }, OR: theirs }, 200);
    },
    together: (tx, pairKey) => read(tx, { pairKey, status: 'waiting' }, 100),
    byIds: async (tx, ids) => {
      const found = new Map((ids.length === 0 ? [] : await read(tx, { id: { in: [...ids] } }, ids.length)).map((one) => [one.id, one]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    byId: async (tx, id) => (await read(tx, { id }, 1))[0] ?? null,
  };
}
