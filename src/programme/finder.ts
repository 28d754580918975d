import type { Families, Guests } from '../people/index.js';
import { join, sql, type Tx } from '../storage/index.js';
import { concerned } from './events.js';

/** A sign-up that a search found: what it is called is in memory, what it is has to be read. */
export interface FoundSignUp {
  readonly id: string;
  readonly eventId: string;
  readonly name: string;
}

/** Finds people by name in everything of a community that is not over. */
export interface Finder {
  /** Sign-ups of which the participant's name or the registrant's holds each of these words, in the order of the names. `now` in ms. */
  find(tx: Tx, communityId: string, words: readonly string[], now: number): Promise<FoundSignUp[]>;
}

/** The people of an event as they were when they were last read. */
interface Kept {
  readonly communityId: string;
  /** What the database said of them then: another word means that somebody came, went or is called otherwise. */
  readonly stamp: string;
  readonly people: readonly (FoundSignUp & { readonly searchable: string })[];
}

interface Stamp {
  readonly eventId: string;
  readonly stamp: string;
  /** Somebody changed a moment ago. */
  readonly fresh: boolean;
}

/** So long (ms) after a change an event is read anew every time: a transaction that began earlier may still commit. */
const quietMs = 60_000;
/** Events read in one statement. */
const perStatement = 50;
/** People in memory, of all communities together. */
const mostKept = 200_000;

/**
 * Children's names are sealed, so no database can look for them, and to open 20,000 seals for each search takes too long. So what people
 * are called is kept in memory, event by event, and asked for again only where the database says that an event's sign-ups have changed;
 * `searchable` gives what a search looks in. What is shown of somebody is read from the database all the same.
 */
export function createFinder(parts: { families: Families; guests: Guests; searchable: (name: string) => string }): Finder {
  const { families, guests, searchable } = parts;
  const kept = new Map<string, Kept>();

  const read = async (tx: Tx, communityId: string, stamps: readonly Stamp[]): Promise<void> => {
    const rows = await tx.$queryRaw<
      {
        id: string;
        eventId: string;
        dependantId: string | null;
        child: Uint8Array | null;
        guest: Uint8Array | null;
        person: string | null;
        registrant: string | null;
      }[]
    >(
      sql`SELECT s."id", s."eventId", s."dependantId", d."name" AS "child", s."guestName" AS "guest", p."name" AS "person", r."name" AS "registrant"
          FROM "SignUp" s LEFT JOIN "Dependant" d ON d."id" = s."dependantId" LEFT JOIN "Person" p ON p."id" = SUBSTR(s."participant", 3)
            LEFT JOIN "Person" r ON r."id" = s."registrantId"
          WHERE s."eventId" IN (${join(stamps.map(({ eventId }) => eventId))}) AND s."status" IN (${join([...concerned])})`,
    );
    const people = new Map(stamps.map(({ eventId }) => [eventId, [] as Kept['people'][number][]]));
    for (const { id, eventId, dependantId, child, guest, person, registrant } of rows) {
      const ofChild = child && dependantId ? families.read({ id: dependantId, name: child, birthDate: null }).name : null;
      const name = ofChild ?? person ?? (guest ? guests.open(id, guest) : '');
      const called = registrant === null || registrant === name ? [name] : [name, registrant];
      people.get(eventId)?.push({ id, eventId, name, searchable: called.map(searchable).join('\n') });
    }
    for (const { eventId, stamp } of stamps) kept.set(eventId, { communityId, stamp, people: people.get(eventId) ?? [] });
  };

  return {
    find: async (tx, communityId, words, now) => {
      const stamps = await stampsOf(tx, communityId, now);
      const current = new Set(stamps.map(({ eventId }) => eventId));
      for (const [eventId, { communityId: whose }] of kept) if (whose === communityId && !current.has(eventId)) kept.delete(eventId);
      const stale = stamps.filter(({ eventId, stamp, fresh }) => fresh || kept.get(eventId)?.stamp !== stamp);
      for (let from = 0; from < stale.length; from += perStatement) await read(tx, communityId, stale.slice(from, from + perStatement));
      const found = stamps
        .flatMap(({ eventId }) => kept.get(eventId)?.people ?? [])
        .filter((one) => words.every((word) => one.searchable.includes(word)));
      const total = [...kept.values()].reduce((sum, { people }) => sum + people.length, 0);
      if (total > mostKept) for (const [eventId, { communityId: whose }] of kept) if (whose !== communityId) kept.delete(eventId);
      const order = (one: FoundSignUp, other: FoundSignUp) => compare(one.name, other.name) || compare(one.id, other.id);
      return found.map(({ id, eventId, name }) => ({ id, eventId, name })).sort(order);
    },
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Each event that is not over, with what tells whether its people are still those of before. */
async function stampsOf(tx: Tx, communityId: string, now: number): Promise<Stamp[]> {
  const rows = await tx.$queryRaw<{ eventId: string; people: number | bigint; last: string; fresh: number | bigint }[]>(
    sql`SELECT s."eventId", COUNT(*) AS "people", CAST(MAX(s."updatedAt") AS TEXT) AS "last",
          MAX(CASE WHEN s."updatedAt" >= ${new Date(now - quietMs)} THEN 1 ELSE 0 END) AS "fresh"
        FROM "SignUp" s
        WHERE s."status" IN (${join([...concerned])}) AND s."eventId" IN (
          SELECT e."id" FROM "Event" e JOIN "Session" x ON x."eventId" = e."id"
          WHERE e."communityId" = ${communityId} AND e."status" IN ('published', 'closed', 'postponed')
            AND x."status" = 'planned' AND x."endsAt" > ${new Date(now)})
        GROUP BY s."eventId"`,
  );
  return rows.map(({ eventId, people, last, fresh }) => ({ eventId, stamp: `${people} ${last}`, fresh: Number(fresh) === 1 }));
}
