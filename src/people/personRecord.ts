import type { Tx } from '../storage/index.js';
import { readable, type LogRow } from './auditLog.js';
import { withTies } from './childBonds.js';
import { noEvent } from './consents.js';
import type { Families } from './family.js';
import type { Guests } from './guests.js';
import type { Notes } from './notes.js';
import type { OwnAnswers } from './ownAnswers.js';

/** Who takes part, as the person themselves may read it; `name` of a dependant. */
export type RecordParticipant =
  | { readonly type: 'self' }
  | { readonly type: 'dependant'; readonly name: string }
  /** Of a household that they belong to no more. */
  | { readonly type: 'former' }
  | { readonly type: 'guest'; readonly name: string }
  | { readonly type: 'held' };

/** Everything that is kept about one person, readable. Instants in ms. */
export interface PersonRecord {
  readonly name: string;
  /** Null: the community's language. */
  readonly locale: string | null;
  readonly elder: boolean;
  readonly since: number;
  readonly identities: readonly {
    readonly platform: string;
    readonly account: string;
    readonly id: string;
    readonly name: string;
    readonly since: number;
  }[];
  /** Titles of groups that they have left, and are called in no more. */
  readonly leftGroups: readonly string[];
  readonly roles: readonly { readonly community: string; readonly role: string; readonly since: number; readonly by: string | null }[];
  readonly households: readonly {
    readonly others: readonly string[];
    readonly bond: string | null;
    /** To which children they are something else. */
    readonly apart: readonly { readonly name: string; readonly bond: string }[];
    readonly dependants: readonly { readonly kind: string; readonly name: string; readonly birthDate: string }[];
  }[];
  readonly signUps: readonly {
    readonly community: string;
    readonly event: string;
    /** Wall times at which it is, of the first session that is meant. */
    readonly startsWall: string | null;
    readonly timeZone: string;
    readonly place: string | null;
    readonly participant: RecordParticipant;
    readonly status: string;
    readonly companions: number;
    readonly answers: readonly { readonly question: string; readonly answer: string }[];
    readonly since: number;
    /** What staff wrote beside it. */
    readonly note: string | null;
    readonly attendances: readonly { readonly startsWall: string; readonly state: string }[];
  }[];
  readonly consents: readonly {
    readonly community: string;
    /** Null: that the child stands among the family. */
    readonly event: string | null;
    readonly child: string;
    /** Which wording was shown. */
    readonly textVersion: string;
    readonly method: string;
    readonly givenAt: number;
    readonly withdrawnAt: number | null;
  }[];
  readonly tasks: readonly { readonly community: string; readonly kind: string; readonly since: number; readonly doneAt: number | null }[];
  /** What they did, and what was done to their data. */
  readonly log: readonly LogRow[];
}

/** Rows of the log in one record. Older ones are there all the same, and are counted. */
const mostLog = 1_000;

/** Loads everything that is kept about a person; null when there is nobody. Read by `personRecord`, which writes it as a text. */
export async function loadPersonRecord(
  tx: Tx,
  personId: string,
  { families, guests, notes, ownAnswers }: { families: Families; guests: Guests; notes: Notes; ownAnswers: OwnAnswers },
): Promise<PersonRecord | null> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    include: {
      identities: { include: { absences: { include: { chat: true } } }, orderBy: { createdAt: 'asc' } },
      roles: { include: { community: true }, orderBy: { grantedAt: 'asc' } },
    },
  });
  if (!person) return null;
  const households = await tx.household.findMany({
    where: { members: { some: { personId } } },
    include: { members: { include: { person: true, ...withTies } }, dependants: { orderBy: { createdAt: 'asc' } } },
    orderBy: { createdAt: 'asc' },
  });
  const dependants = new Map(households.flatMap((household) => household.dependants.map((row) => [row.id, families.read(row)] as const)));
  const mine = [...dependants.keys()];
  const communities = new Map((await tx.community.findMany()).map(({ id, name }) => [id, name]));
  const nameOf = (communityId: string): string => communities.get(communityId) ?? '';
  const givers = await tx.person.findMany({ where: { id: { in: person.roles.flatMap(({ grantedBy }) => grantedBy ?? []) } } });
  const signUps = await signUpsOf(tx, personId, mine);
  const consents = await tx.consent.findMany({
    where: { OR: [{ guardianId: personId }, { dependantId: { in: mine } }] },
    orderBy: { givenAt: 'asc' },
  });
  const events = new Map(
    (await tx.event.findMany({ where: { id: { in: consents.map(({ eventId }) => eventId) } } })).map(({ id, title }) => [id, title]),
  );
  const tasks = await tx.task.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } });
  const log = await tx.auditEntry.findMany({
    where: {
      OR: [
        { actorId: personId },
        { subject: { in: [personId, ...mine, ...signUps.map(({ id }) => id)] } },
        { subject: { startsWith: `${personId} ` } },
        // Consents, which stand there with their event.
        ...mine.map((id) => ({ subject: { endsWith: ` ${id}` } })),
        // Who looked at a list on which they stand.
        { action: 'roster.seen', subject: { in: [...new Set(signUps.map(({ eventId }) => eventId))] } },
      ],
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostLog,
  });
  return {
    name: person.name,
    locale: person.locale,
    elder: person.elder,
    since: person.createdAt.getTime(),
    identities: person.identities.map(({ platform, account, externalId, name, createdAt }) => ({
      platform,
      account,
      id: externalId,
      name,
      since: createdAt.getTime(),
    })),
    leftGroups: person.identities.flatMap(({ absences }) => absences.map(({ chat }) => chat.title ?? '')),
    roles: person.roles.map(({ community, role, grantedAt, grantedBy }) => ({
      community: community.name,
      role,
      since: grantedAt.getTime(),
      by: givers.find(({ id }) => id === grantedBy)?.name ?? null,
    })),
    households: households.map((household) => ({
      others: household.members.filter((member) => member.personId !== personId).map((member) => member.person.name),
      bond: household.members.find((member) => member.personId === personId)?.bond ?? null,
      apart: (household.members.find((member) => member.personId === personId)?.apart ?? []).map((one) => ({
        name: dependants.get(one.dependantId)?.name ?? '',
        bond: one.bond ?? 'other',
      })),
      dependants: household.dependants.map((row) => {
        const { name, birthDate } = families.read(row);
        return { kind: row.kind, name, birthDate };
      }),
    })),
    signUps: signUps.map(
      ({
        id,
        guestName,
        answers,
        communityId,
        event,
        session,
        participant,
        dependantId,
        status,
        companions,
        note,
        createdAt,
        attendances,
      }) => {
        const meeting = session ?? event.sessions[0] ?? null;
        const who = participantOf(participant, dependants.get(dependantId ?? '')?.name, guestName ? guests.open(id, guestName) : '');
        return {
          community: nameOf(communityId),
          event: event.title,
          startsWall: meeting?.startsWall ?? null,
          timeZone: meeting?.timeZone ?? '',
          place: meeting?.place ?? null,
          participant: who,
          status,
          companions,
          answers: Object.entries(answers ? ownAnswers.open(id, answers) : {}).map(([question, answer]) => ({ question, answer })),
          since: createdAt.getTime(),
          // What stands beside a child whom they look after no more is not theirs to read.
          note: note === null || who.type === 'former' ? null : notes.open(id, note),
          attendances: attendances.map(({ state, session: { startsWall } }) => ({ state, startsWall })),
        };
      },
    ),
    consents: consents.map(({ communityId, eventId, dependantId, textVersion, method, givenAt, withdrawnAt }) => ({
      community: nameOf(communityId),
      event: eventId === noEvent ? null : (events.get(eventId) ?? ''),
      child: dependants.get(dependantId)?.name ?? '',
      textVersion,
      method,
      givenAt: givenAt.getTime(),
      withdrawnAt: withdrawnAt?.getTime() ?? null,
    })),
    tasks: tasks.map(({ communityId, kind, createdAt, doneAt }) => ({
      community: nameOf(communityId),
      kind,
      since: createdAt.getTime(),
      doneAt: doneAt?.getTime() ?? null,
    })),
    log: await readable(tx, log),
  };
}

/** What they signed up, and where they or one of their dependants take part. */
const signUpsOf = (tx: Tx, personId: string, dependants: readonly string[]) =>
  tx.signUp.findMany({
    where: { OR: [{ registrantId: personId }, { participant: `p:${personId}` }, { dependantId: { in: [...dependants] } }] },
    include: {
      event: { include: { sessions: { orderBy: { number: 'asc' }, take: 1 } } },
      session: true,
      attendances: { include: { session: true }, orderBy: { at: 'asc' } },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });

function participantOf(key: string, dependant: string | undefined, guest: string): RecordParticipant {
  if (dependant !== undefined) return { type: 'dependant', name: dependant };
  if (key.startsWith('p:')) return { type: 'self' };
  if (key.startsWith('d:')) return { type: 'former' };
  return key.startsWith('g:') ? { type: 'guest', name: guest } : { type: 'held' };
}
