import type { Tx } from '../storage/index.js';
import { auditActions, noSubject, type AuditAction } from './audit.js';
import { noEvent } from './consents.js';

/** Rows about one person (what they did and what was done to them) or one event. */
export type LogFilter = { readonly person: string } | { readonly event: string } | null;

/** One row of the log with the names looked up, as they are now. Null: nobody of that id is there any more. */
export interface LogRow {
  readonly id: string;
  /** ms since the epoch */
  readonly at: number;
  /** As it was written; perhaps by a later program, whose words are not known here. */
  readonly action: string;
  readonly actor: string | null;
  /** Title of the event, also where it was one sign-up of it or a consent to it; name of the person, also whose task it was, or of the community; empty where the action has none, or the row says none. A child is never named. */
  readonly subject: string | null;
  /** Of an action about one sign-up: who signed up. */
  readonly whose?: string | null;
  /** Of an action about a household: its grown-ups. */
  readonly adults?: readonly string[];
  /** Of a consent: it was about an entry of the family, and no event. */
  readonly atHome?: true;
  /** Of two accounts that became one: the roles that came to more accounts. */
  readonly roles?: readonly string[];
  /** Of an action about a role. */
  readonly role: string;
  /** Of an action about what somebody is to the children. */
  readonly bond?: string;
  /** How many were marked as here, absent and on leave; empty for all other actions. */
  readonly marks?: readonly number[];
}

interface Entry {
  readonly id: string;
  readonly actorId: string;
  readonly action: string;
  readonly subject: string;
  readonly at: Date;
}

const isKnown = (action: string): action is AuditAction => Object.hasOwn(auditActions, action);

const kindOf = (action: string) => (isKnown(action) ? auditActions[action] : 'none');

const matching = (filter: LogFilter) => {
  if (filter === null) return {};
  if ('event' in filter) return { OR: [{ subject: filter.event }, { subject: { startsWith: `${filter.event} ` } }] };
  const { person } = filter;
  return { OR: [{ actorId: person }, { subject: person }, { subject: { startsWith: `${person} ` } }] };
};

/** A page of a community's log, newest first; `after` is the last row of the page before. `more` says that there are older rows. */
export async function readLog(
  tx: Tx,
  { communityId, filter, after, take }: { communityId: string; filter: LogFilter; after: string | null; take: number },
): Promise<{ rows: LogRow[]; more: boolean }> {
  const last = after === null ? null : await tx.auditEntry.findFirst({ where: { id: after, communityId } });
  const older = last ? { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] } : {};
  const where = { AND: [{ communityId }, matching(filter), older] };
  const found = await tx.auditEntry.findMany({ where, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: take + 1 });
  return { rows: await readable(tx, found.slice(0, take)), more: found.length > take };
}

/** Looks up the names in rows of the log. */
export async function readable(tx: Tx, entries: readonly Entry[]): Promise<LogRow[]> {
  const subjects = (...kinds: string[]) =>
    entries.filter(({ action }) => kinds.includes(kindOf(action))).map(({ subject }) => subject.split(' ')[0] ?? '');
  const among = (...kinds: string[]) => ({ where: { id: { in: subjects(...kinds) } } });
  const signUps = await tx.signUp.findMany({
    ...among('signUp'),
    select: { id: true, registrantId: true, event: { select: { title: true } } },
  });
  const tasks = await tx.task.findMany({ ...among('task'), select: { id: true, personId: true } });
  const events = await tx.event.findMany({ ...among('event', 'marks', 'consent'), select: { id: true, title: true } });
  const communities = await tx.community.findMany({ ...among('community'), select: { id: true, name: true } });
  const adults = await tx.householdMember.findMany({
    where: { householdId: { in: subjects('household') } },
    select: { householdId: true, person: { select: { name: true } } },
    orderBy: { personId: 'asc' },
  });
  const ids = [
    ...entries.map(({ actorId }) => actorId),
    ...subjects('person', 'role', 'bond'),
    ...signUps.map(({ registrantId }) => registrantId),
    ...tasks.flatMap(({ personId }) => personId ?? []),
  ];
  const people = new Map((await tx.person.findMany({ where: { id: { in: ids } } })).map(({ id, name }) => [id, name]));
  const titles = new Map(events.map(({ id, title }) => [id, title]));
  const whose = new Map(signUps.map(({ id, registrantId }) => [id, people.get(registrantId) ?? null]));
  const names = {
    event: titles,
    marks: titles,
    consent: titles,
    signUp: new Map(signUps.map(({ id, event }) => [id, event.title])),
    task: new Map(tasks.map(({ id, personId }) => [id, personId === null ? '' : people.get(personId)])),
    person: people,
    role: people,
    bond: people,
    community: new Map(communities.map(({ id, name }) => [id, name])),
  } as const;
  return entries.map(({ id, actorId, action, subject, at }) => {
    const kind = kindOf(action);
    const [first = '', ...rest] = subject.split(' ');
    const nameless = kind === 'none' || kind === 'dependant' || kind === 'household' || kind === 'link' || first === noSubject;
    // An earlier program wrote down for whom a consent was, and not the event.
    const unsaid = kind === 'consent' && rest.length === 0;
    const atHome = kind === 'consent' && rest.length > 0 && first === noEvent;
    const last = rest.join(' ');
    return {
      id,
      at: at.getTime(),
      action,
      actor: people.get(actorId) ?? null,
      subject: nameless || unsaid || atHome ? '' : (names[kind].get(first) ?? null),
      role: kind === 'role' ? last : '',
      ...(atHome ? { atHome } : {}),
      ...(kind === 'bond' ? { bond: last } : {}),
      ...(kind === 'marks' ? { marks: rest.map(Number) } : {}),
      ...(kind === 'signUp' ? { whose: whose.get(first) ?? null } : {}),
      ...(kind === 'household'
        ? { adults: adults.filter(({ householdId }) => householdId === first).map(({ person }) => person.name) }
        : {}),
      ...(kind === 'link' && last !== '' ? { roles: last.split(',') } : {}),
    };
  });
}

/** Those who did something in a community lately, for a menu. */
export async function actorsIn(tx: Tx, communityId: string): Promise<{ id: string; name: string }[]> {
  const rows = await tx.auditEntry.groupBy({
    by: ['actorId'],
    where: { communityId },
    _max: { at: true },
    orderBy: [{ _max: { at: 'desc' } }, { actorId: 'asc' }],
    take: 100,
  });
  const people = new Map(
    (await tx.person.findMany({ where: { id: { in: rows.map(({ actorId }) => actorId) } } })).map(({ id, name }) => [id, name]),
  );
  return rows.flatMap(({ actorId }) => {
    const name = people.get(actorId);
    return name === undefined ? [] : [{ id: actorId, name }];
  });
}

/** The events of a community to which something was done lately, for a menu. */
export async function eventsInLog(tx: Tx, communityId: string): Promise<{ id: string; title: string }[]> {
  const actions = Object.entries(auditActions).flatMap(([action, kind]) => (kind === 'event' ? [action] : []));
  const rows = await tx.auditEntry.groupBy({
    by: ['subject'],
    where: { communityId, action: { in: actions } },
    _max: { at: true },
    orderBy: [{ _max: { at: 'desc' } }, { subject: 'asc' }],
    take: 100,
  });
  const events = await tx.event.findMany({ where: { communityId, id: { in: rows.map(({ subject }) => subject) } } });
  return rows.flatMap(({ subject }) => {
    const event = events.find(({ id }) => id === subject);
    return event ? [{ id: event.id, title: event.title }] : [];
  });
}
