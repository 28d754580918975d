import type { Tx } from '../storage/index.js';

/** Everything that is written down, and what the subject of each is: the id of an event, a sign-up, a dependant, a person or a community; a person and a role, or a bond, separated by a space; an event and how many were marked how, separated by spaces; or nothing. */
export const auditActions = {
  'event.publish': 'event',
  'event.edit': 'event',
  'event.draft': 'event',
  'event.template': 'event',
  'event.discard': 'none',
  'event.teacher': 'event',
  'event.groups': 'event',
  'event.move': 'event',
  'event.close': 'event',
  'event.reopen': 'event',
  'event.cancel': 'event',
  'event.postpone': 'event',
  'session.drop': 'event',
  'hold.extend': 'event',
  'hold.release': 'event',
  'signup.recorded': 'person',
  'signup.seen': 'signUp',
  'signup.note': 'signUp',
  'signup.cancelled': 'signUp',
  'signup.restored': 'signUp',
  'signup.given': 'signUp',
  'roster.seen': 'event',
  'attendance.mark': 'marks',
  'attendance.undo': 'marks',
  'attendance.code': 'event',
  'family.correct': 'dependant',
  'family.forget': 'dependant',
  'consent.paper': 'dependant',
  'consent.withdraw': 'dependant',
  'household.join': 'none',
  'household.leave': 'none',
  'household.merge': 'none',
  'household.agree': 'none',
  'household.out': 'person',
  'household.bond': 'bond',
  'guardian.confirm': 'person',
  'person.add': 'person',
  'person.reach': 'person',
  'person.handOver': 'person',
  'person.link': 'person',
  'person.unlink': 'person',
  'task.done': 'none',
  'claim.wrong': 'person',
  'claim.granted': 'role',
  'code.wrong': 'person',
  'invitation.made': 'role',
  'invitation.takenBack': 'role',
  'invitation.accepted': 'role',
  'role.granted': 'role',
  'role.taken': 'role',
  'role.dropped': 'role',
  'log.seen': 'none',
  'settings.namesOn': 'none',
  'settings.namesOff': 'none',
  'settings.fairnessOn': 'none',
  'settings.fairnessOff': 'none',
  'community.founded': 'community',
  'community.code': 'community',
  'group.linked': 'none',
  'group.unlinked': 'none',
  'person.exported': 'person',
  'person.erased': 'person',
} as const satisfies Record<string, 'event' | 'signUp' | 'dependant' | 'person' | 'role' | 'bond' | 'community' | 'marks' | 'none'>;

/** What is written down. */
export type AuditAction = keyof typeof auditActions;

/** The subject of what has none. */
export const noSubject = '-';

/** The subject of an action about somebody's role. An invitation names no person yet. */
export const roleSubject = (personId: string, role: string): string => `${personId} ${role}`;

/** The subject of an action about what somebody is to the children. */
export const bondSubject = (personId: string, bond: string): string => `${personId} ${bond}`;

/** The subject of a marking: the event, and how many were marked as here, absent and on leave. */
export const marksSubject = (eventId: string, [attended, absent, leave]: readonly [number, number, number]): string =>
  `${eventId} ${attended} ${absent} ${leave}`;

/** Who did it, where and when: what an audit row needs. `now` in ms. */
export interface Doing {
  readonly actorId: string;
  readonly communityId: string;
  readonly now: number;
  readonly newId: () => string;
}

/** Writes down who did what to whose data, in the transaction that does it. `subject` is an id, never a name. */
export async function audit(tx: Tx, doing: Doing, action: AuditAction, subject: string): Promise<void> {
  const { communityId, actorId, now, newId } = doing;
  await tx.auditEntry.create({ data: { id: newId(), communityId, actorId, action, subject, at: new Date(now) } });
}

/** The same about several at once, in one statement. */
export async function auditEach(tx: Tx, doing: Doing, action: AuditAction, subjects: readonly string[]): Promise<void> {
  const { communityId, actorId, now, newId } = doing;
  if (subjects.length === 0) return;
  await tx.auditEntry.createMany({
    data: subjects.map((subject) => ({ id: newId(), communityId, actorId, action, subject, at: new Date(now) })),
  });
}
