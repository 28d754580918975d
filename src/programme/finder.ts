import type { Families, Guests } from '../people/index.js';
import { join, sql, type Tx } from '../storage/index.js';
import { concerned } from './events.js';
import type { SignUps } from './signUps.js';
import type { SignUpView } from './view.js';

/** What is looked for, and which part of what is found is read. */
export interface Sought {
  readonly communityId: string;
  /** Each of them stands in the participant's name, or in the registrant's. */
  readonly words: readonly string[];
  /** ms since the epoch */
  readonly now: number;
  /** Gives from how many found ones on how many are read. */
  readonly part: (count: number) => { readonly first: number; readonly take: number };
}

/** Finds people by name in everything of a community that is not over. */
export interface Finder {
  /** How many sign-ups were found, and a part of them as they are now, in the order of the names. */
  find(tx: Tx, sought: Sought): Promise<{ readonly count: number; readonly found: SignUpView[] }>;
  /** Lets go of everything in memory, as when somebody is deleted: their name is to be nowhere. */
  forget(): void;
}

/** What one sign-up is found by. */
interface Entry {
  readonly id: string;
  readonly name: string;
  readonly searchable: string;
}

/** What is in memory of one community. */
interface Kept {
  readonly events: Map<string, readonly Entry[]>;
  /** Events that had just changed when they were read: perhaps in a transaction that came to nothing. They are read once more. */
  unsettled: ReadonlySet<string>;
  /** When it was last looked at, ms. */
  at: number;
}

/** So long (ms) a change may be known to the database before it is committed, or by another clock. */
const slackMs = 60_000;
/** Events read in one statement. */
const perStatement = 50;
/** People in memory, of all communities together. */
const mostKept = 200_000;

/**
 * Children's names are sealed, so no database can look for them, and to open 20,000 seals for each search takes too long. So what people
 * are called is kept in memory, event by event, and read again only where the database says that sign-ups of an event have changed (their
 * `updatedAt`, which a new name raises too). Whoever is shown is read from the database as they are now. `searchable` gives what a
 * search looks in. Memory alone: it holds nothing that is not in the database, and begins anew with the process.
 */
export function createFinder(parts: {
  signUps: SignUps;
  families: Families;
  guests: Guests;
  searchable: (name: string) => string;
}): Finder {
  const { signUps, families, guests, searchable } = parts;
  const communities = new Map<string, Kept>();

  const entriesOf = async (tx: Tx, eventIds: readonly string[], sounding: (name: string) => string): Promise<Map<string, Entry[]>> => {
    const rows = await tx.$queryRaw<Row[]>(
      sql`SELECT s."id", s."eventId", s."dependantId", d."name" AS "child", s."guestName" AS "guest", p."name" AS "person", r."name" AS "registrant"
          FROM "SignUp" s LEFT JOIN "Dependant" d ON d."id" = s."dependantId" LEFT JOIN "Person" p ON p."id" = SUBSTR(s."participant", 3)
            LEFT JOIN "Person" r ON r."id" = s."registrantId"
          WHERE s."eventId" IN (${join([...eventIds])}) AND s."status" IN (${join([...concerned])})`,
    );
    const entries = new Map(eventIds.map((id) => [id, [] as Entry[]]));
    for (const { id, eventId, dependantId, child, guest, person, registrant } of rows) {
      const ofChild = child && dependantId !== null ? families.read({ id: dependantId, name: child, birthDate: null }).name : null;
      const name = ofChild ?? person ?? (guest ? guests.open(id, guest) : '');
      const called = registrant === null || registrant === name ? [name] : [name, registrant];
      entries.get(eventId)?.push({ id, name, searchable: called.map(sounding).join('\n') });
    }
    return entries;
  };

  /** Brings what is in memory of a community up to what is in the database. */
  const refresh = async (tx: Tx, communityId: string, now: number): Promise<Kept> => {
    const known = communities.get(communityId) ?? { events: new Map<string, readonly Entry[]>(), unsettled: new Set<string>(), at: now };
    communities.set(communityId, known);
    const current = new Set(await currentEvents(tx, communityId, now));
    const changed = new Set(await changedSince(tx, communityId, Math.min(known.at, now) - slackMs));
    for (const id of known.events.keys()) if (!current.has(id)) known.events.delete(id);
    const stale = [...current].filter((id) => !known.events.has(id) || changed.has(id) || known.unsettled.has(id));
    const sounding = once(searchable);
    // Where a first reading takes too long for its turn, the next try goes on behind what was read.
    for (let from = 0; from < stale.length; from += perStatement)
      for (const [id, entries] of await entriesOf(tx, stale.slice(from, from + perStatement), sounding)) known.events.set(id, entries);
    known.unsettled = changed;
    known.at = now;
    return known;
  };

  /** Where too many are in memory, those of other communities go. */
  const makeRoom = (communityId: string): void => {
    const total = [...communities.values()].flatMap(({ events }) => [...events.values()]).reduce((sum, { length }) => sum + length, 0);
    if (total > mostKept) for (const id of communities.keys()) if (id !== communityId) communities.delete(id);
  };

  const find = async (tx: Tx, sought: Sought, again: boolean): ReturnType<Finder['find']> => {
    const { communityId, words, now, part } = sought;
    const { events } = await refresh(tx, communityId, now);
    makeRoom(communityId);
    const matching = [...events].flatMap(([eventId, entries]) =>
      entries.filter(({ searchable: all }) => words.every((word) => all.includes(word))).map(({ id, name }) => ({ id, name, eventId })),
    );
    matching.sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id));
    const { first, take } = part(matching.length);
    const shown = matching.slice(first, first + take);
    const ids = shown.map(({ id }) => id);
    const found = (await signUps.byIds(tx, ids)).filter(
      ({ status, name, registrantName }) =>
        concerned.some((state) => state === status) &&
        words.every((word) => [name, registrantName].map(searchable).join('\n').includes(word)),
    );
    if (found.length === shown.length || again) return { count: matching.length - shown.length + found.length, found };
    // Somebody is gone without a trace: their events are read anew.
    for (const { eventId } of shown) events.delete(eventId);
    return find(tx, sought, true);
  };

  return { find: (tx, sought) => find(tx, sought, false), forget: () => communities.clear() };
}

interface Row {
  readonly id: string;
  readonly eventId: string;
  readonly dependantId: string | null;
  readonly child: Uint8Array | null;
  readonly guest: Uint8Array | null;
  readonly person: string | null;
  readonly registrant: string | null;
}

/** A family stands in many sign-ups, and what its names sound like takes long to find out. */
function once(searchable: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? searchable(name);
    known.set(name, found);
    return found;
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What is not over, and was not called off. */
async function currentEvents(tx: Tx, communityId: string, now: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    sql`SELECT DISTINCT e."id" FROM "Session" x JOIN "Event" e ON e."id" = x."eventId"
        WHERE x."communityId" = ${communityId} AND e."status" IN ('published', 'closed', 'postponed')
          AND (x."status" = 'postponed' OR (x."status" = 'planned' AND (x."endsAt" > ${new Date(now)} OR e."status" = 'postponed')))`,
  );
  return rows.map(({ id }) => id);
}

/** Events of which sign-ups have changed since then (ms). Asked first whether there are any, which is quicker. */
async function changedSince(tx: Tx, communityId: string, since: number): Promise<string[]> {
  const [any] = await tx.$queryRaw<{ changed: number | bigint | null }[]>(
    sql`SELECT CASE WHEN MAX("updatedAt") >= ${new Date(since)} THEN 1 ELSE 0 END AS "changed" FROM "SignUp" WHERE "communityId" = ${communityId}`,
  );
  if (Number(any?.changed) !== 1) return [];
  const rows = await tx.$queryRaw<{ eventId: string }[]>(
    sql`SELECT "eventId" FROM "SignUp" WHERE "communityId" = ${communityId} AND "updatedAt" >= ${new Date(since)}`,
  );
  return rows.map(({ eventId }) => eventId);
}
