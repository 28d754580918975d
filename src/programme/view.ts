import type { Ages } from './ages.js';
import type { Places } from './places.js';
import type { OwnQuestion } from './questions.js';

/** What a sign-up is for: the scope named "all", or a session's id. */
export const wholeEvent = 'all';

/** An event with its sessions and how full they are, as everybody may see it. */
export interface EventView extends Ages {
  readonly id: string;
  /** Opaque reference that buttons carry. */
  readonly ref: string;
  readonly title: string;
  readonly bring: string | null;
  readonly status: string;
  /** Raised by every edit. */
  readonly revision: number;
  /** The staff member who answers for it. */
  readonly createdBy: string;
  /** One sign-up for all sessions, or one for each. */
  readonly signUpFor: 'all' | 'single';
  /** A participant may take part in one session only. */
  readonly oneEach: boolean;
  readonly unit: 'person' | 'child' | 'household';
  /** Whether somebody comes along: nobody need, may, must. */
  readonly companions: 'none' | 'allowed' | 'required';
  readonly companionsCount: boolean;
  /** What everybody is asked who signs up. */
  readonly questions: readonly OwnQuestion[];
  /** Until when one may sign up, ms; null: until it begins. */
  readonly deadlineAt: number | null;
  /** Those that take place, soonest first; at least one. */
  readonly sessions: readonly [SessionView, ...SessionView[]];
  /** What one can sign up for: the whole event, or each session. */
  readonly scopes: readonly [Scope, ...Scope[]];
}

/** One meeting of an event. */
export interface SessionView {
  readonly id: string;
  readonly number: number;
  /** Wall time "YYYY-MM-DDTHH:MM" in `timeZone`. */
  readonly startsWall: string;
  readonly endsWall: string | null;
  readonly timeZone: string;
  /** ms since the epoch */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string;
  readonly revision: number;
  /** Will not be when it was planned, and has no new date yet. */
  readonly postponed: boolean;
}

/** Something that one can sign up for, with its places. */
export interface Scope {
  /** "all" or a session's id. */
  readonly key: string;
  readonly sessions: readonly [SessionView, ...SessionView[]];
  readonly places: Places;
}

/** What a place still waits for: that somebody says for whom it is, or that a guardian consents. */
export type HeldFor = 'participant' | 'consent';

/** One participant's sign-up, readable: for those who may see it. */
export interface SignUpView {
  readonly id: string;
  readonly eventId: string;
  readonly scope: string;
  readonly participant: string;
  /** Null for grown-ups, guests and places without a name. */
  readonly dependantId: string | null;
  /** Empty where nobody has said for whom it is, and for a guest without a name. */
  readonly name: string;
  /** "YYYY-MM-DD" of a child; null for a grown-up, whose age is not asked. */
  readonly birthDate: string | null;
  readonly status: string;
  readonly position: number;
  readonly party: string;
  readonly companions: number;
  /** To the event's own questions, by their text. */
  readonly answers: Readonly<Record<string, string>>;
  readonly pairKey: string | null;
  /** Null: nothing is missing. Whoever waits may be missing something too, and has it held when a place comes. */
  readonly heldFor: HeldFor | null;
  readonly lapses: number;
  /** Until when a held, offered or leaving place stands, ms. */
  readonly until: number | null;
  readonly revision: number;
  readonly registrantId: string;
  readonly registrantName: string;
  /** The staff member who wrote it down for them; empty where that person is gone, null where nobody did. */
  readonly recordedBy: string | null;
  /** Their own language, or else the community's. */
  readonly registrantLocale: string;
}

/** The sessions of a scope that have not begun. */
const ahead = (scope: Scope, now: number): readonly SessionView[] => dated(scope.sessions, now);

/** Whether a scope still takes sign-ups: until the deadline, and until its last session begins. */
export const isScopeOpen = (event: EventView, scope: Scope, now: number): boolean =>
  event.status === 'published' && (event.deadlineAt === null || now < event.deadlineAt) && ahead(scope, now).length > 0;

/** Whether a scope is still to come, so that its free places matter: also when nobody new may sign up any more. */
export const isAhead = ({ status }: EventView, scope: Scope, now: number): boolean =>
  (status === 'published' || status === 'closed') && ahead(scope, now).length > 0;

/** What one can still sign up for. */
export const openScopes = (event: EventView, now: number): Scope[] => event.scopes.filter((scope) => isScopeOpen(event, scope, now));

/** Whether residents may sign up for anything of an event. */
export const isOpen = (event: EventView, now: number): boolean => openScopes(event, now).length > 0;

/** Whether a session is still to come, or goes on: it is not over, or has no new date yet. */
export const isToCome = ({ endsAt, postponed }: SessionView, now: number): boolean => postponed || endsAt > now;

/** Whether the last session of an event is over. What was postponed is not: it may have a new date yet. */
export const isOver = ({ sessions, status }: EventView, now: number): boolean =>
  status === 'ended' || !sessions.some((session) => isToCome(session, now));

/** The sessions that begin after now, soonest first; none that were postponed. */
export const dated = (sessions: readonly SessionView[], now: number): SessionView[] =>
  sessions.filter(({ startsAt, postponed }) => startsAt > now && !postponed);

/** The session that an event is known by: the next one, or one that was postponed, or the last where all are past. */
export const nextSession = ({ sessions }: Pick<EventView, 'sessions'>, now: number): SessionView =>
  dated(sessions, now)[0] ?? sessions.find(({ postponed }) => postponed) ?? sessions.at(-1) ?? sessions[0];

/** Whether what a scope is for has no date at all for now: places in it are kept, and nothing about them becomes due. */
export const isPutOff = ({ status }: EventView, { sessions }: Scope): boolean =>
  status === 'postponed' || sessions.every(({ postponed }) => postponed);

/** Names a participant in the table: a person for themselves, a dependant, a guest, or a place of which nobody has said yet for whom it is. */
export const participantKey = {
  person: (id: string) => `p:${id}`,
  dependant: (id: string) => `d:${id}`,
  guest: (id: string) => `g:${id}`,
  held: (id: string) => `h:${id}`,
} as const;

/** What kind of participant a key names. */
export function participantKind(participant: string): keyof typeof participantKey {
  if (participant.startsWith('d:')) return 'dependant';
  if (participant.startsWith('g:')) return 'guest';
  return participant.startsWith('h:') ? 'held' : 'person';
}
