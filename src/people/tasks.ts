import type { Sealer } from '../seal/index.js';
import { sql, type Tx } from '../storage/index.js';
import { audit, type Doing } from './audit.js';
import { staffRoles } from './roles.js';

/** What kinds of things staff have to do for somebody. */
export const taskKinds = ['help', 'offer', 'paper', 'call'] as const;

/** What kind of thing it is. */
export type TaskKind = (typeof taskKinds)[number];

/** What staff need to know about a task; sealed. */
export interface TaskPayload {
  /** Whom it is about, as staff know them. */
  readonly name: string;
  /** The group in which it came up. */
  readonly group?: string | null;
  /** One line more, in the community's language. */
  readonly about?: string;
  /** The command line that does it, offered beside "done", and what its button says. */
  readonly line?: string;
  readonly label?: string;
}

/** A task as staff see it. */
export interface TaskView extends TaskPayload {
  readonly id: string;
  readonly kind: TaskKind;
  readonly personId: string | null;
  /** ms since the epoch */
  readonly createdAt: number;
  readonly doneAt: number | null;
  /** The name of who did it. */
  readonly doneBy: string | null;
}

/** A task to be written. `key` names the occasion: a second task with it is not written. */
export interface NewTask {
  readonly communityId: string;
  readonly kind: TaskKind;
  readonly key: string;
  readonly personId: string | null;
  readonly payload: TaskPayload;
  /** Given where the task's own lines name it; made otherwise. */
  readonly id?: string;
}

/** What staff have to do. */
export interface Tasks {
  /** Writes a task down; false when it is there already. */
  make(tx: Tx, task: NewTask, at: { newId: () => string; now: number }): Promise<boolean>;
  /** Open tasks of a community, oldest first. */
  open(tx: Tx, communityId: string): Promise<TaskView[]>;
  /** One task of a community, done or not. */
  get(tx: Tx, communityId: string, id: string): Promise<TaskView | null>;
  /** Marks a task as done by somebody; false when it was done before, or is not there. */
  finish(tx: Tx, id: string, doing: Doing): Promise<boolean>;
  /** How much is open in the other communities where somebody is staff. */
  openElsewhere(tx: Tx, personId: string, communityId: string): Promise<readonly { communityId: string; name: string; count: number }[]>;
  /** How often the tasks of an occasion were done, so that the same can be asked for again once it was seen to. */
  timesDone(tx: Tx, occasion: string): Promise<number>;
  /** Whether what was asked for on an occasion is still to be done. */
  isOpen(tx: Tx, occasion: string): Promise<boolean>;
  /** How often somebody has asked for help, and whether the last time is open and younger than an hour. */
  helpOf(tx: Tx, personId: string, now: number): Promise<{ count: number; fresh: boolean }>;
}

/** The occasion of a consent on paper, for the children of an event. */
export const paperOccasion = (eventId: string, dependantIds: readonly string[]): string =>
  `paper:${eventId}:${[...dependantIds].sort().join(',')}`;

const hourMs = 60 * 60 * 1000;
/** More than this is never listed at once. */
const mostListed = 200;

/** Builds the store of tasks around a sealer. */
export function createTasks(sealer: Sealer): Tasks {
  type Row = Awaited<ReturnType<Tx['task']['findFirstOrThrow']>>;
  const view = (row: Row, doneBy: string | null): TaskView => ({
    // Only `make` writes these, and the seal vouches that nobody changed them since.
    ...(row.payload ? (JSON.parse(sealer.open(row.payload, `task:${row.key}`)) as TaskPayload) : { name: '' }),
    id: row.id,
    kind: taskKinds.find((kind) => kind === row.kind) ?? 'help',
    personId: row.personId,
    createdAt: row.createdAt.getTime(),
    doneAt: row.doneAt?.getTime() ?? null,
    doneBy,
  });

  return {
    make: async (tx, { communityId, kind, key, personId, payload, id }, { newId, now }) => {
      const sealed = sealer.seal(JSON.stringify(payload), `task:${key}`);
      const rows = await tx.$queryRaw<{ id: string }[]>(
        sql`INSERT INTO "Task" ("id", "communityId", "kind", "key", "personId", "payload", "createdAt")
            VALUES (${id ?? newId()}, ${communityId}, ${kind}, ${key}, ${personId}, ${sealed}, ${new Date(now)})
            ON CONFLICT DO NOTHING RETURNING "id"`,
      );
      return rows.length === 1;
    },
    open: async (tx, communityId) => {
      const where = { communityId, doneAt: null };
      const rows = await tx.task.findMany({ where, take: mostListed, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      return rows.map((row) => view(row, null));
    },
    get: async (tx, communityId, id) => {
      const row = await tx.task.findFirst({ where: { communityId, id } });
      if (!row) return null;
      const doer = row.doneBy === null ? null : await tx.person.findUnique({ where: { id: row.doneBy } });
      return view(row, doer?.name ?? null);
    },
    finish: async (tx, id, doing) => {
      const { communityId, actorId, now } = doing;
      const { count } = await tx.task.updateMany({
        where: { id, communityId, doneAt: null },
        data: { doneAt: new Date(now), doneBy: actorId },
      });
      if (count > 0) await audit(tx, doing, 'task.done', id);
      return count > 0;
    },
    openElsewhere: async (tx, personId, communityId) => {
      const roles = await tx.role.findMany({
        where: { personId, communityId: { not: communityId }, role: { in: [...staffRoles] } },
        select: { community: { select: { id: true, name: true } } },
        orderBy: { communityId: 'asc' },
      });
      const where = { communityId: { in: roles.map(({ community }) => community.id) }, doneAt: null };
      const counts = await tx.task.groupBy({ by: ['communityId'], where, _count: true });
      const names = new Map(roles.map(({ community }) => [community.id, community.name]));
      return [...names].flatMap(([id, name]) => {
        const count = counts.find((one) => one.communityId === id)?._count ?? 0;
        return count > 0 ? [{ communityId: id, name, count }] : [];
      });
    },
    timesDone: (tx, occasion) => tx.task.count({ where: { key: { startsWith: `${occasion}:` }, doneAt: { not: null } } }),
    isOpen: async (tx, occasion) => (await tx.task.count({ where: { key: { startsWith: `${occasion}:` }, doneAt: null } })) > 0,
    helpOf: async (tx, personId, now) => {
      const fresh = { doneAt: null, createdAt: { gt: new Date(now - hourMs) } };
      const asked = { personId, kind: 'help' };
      return { count: await tx.task.count({ where: asked }), fresh: (await tx.task.count({ where: { ...asked, ...fresh } })) > 0 };
    },
  };
}

/** One of the staff who can be told something; `community` is set where they are staff in more than one, so that a notice says which it is about. */
export interface StaffMember {
  readonly personId: string;
  readonly locale: string;
  readonly community?: string;
}

/** The staff of a community who can be told something: administrators and organisers. */
export async function staffOf(tx: Tx, communityId: string): Promise<StaffMember[]> {
  const rows = await tx.role.findMany({
    where: { communityId, role: { in: [...staffRoles] } },
    select: { personId: true, person: { select: { locale: true } }, community: { select: { locale: true, name: true } } },
    orderBy: { personId: 'asc' },
  });
  const all = new Map(rows.map((row) => [row.personId, row]));
  const elsewhere = await tx.role.findMany({
    where: { personId: { in: [...all.keys()] }, communityId: { not: communityId }, role: { in: [...staffRoles] } },
    select: { personId: true },
  });
  const several = new Set(elsewhere.map(({ personId }) => personId));
  return [...all].map(([personId, { person, community }]) => ({
    personId,
    locale: person.locale ?? community.locale,
    ...(several.has(personId) ? { community: community.name } : {}),
  }));
}
