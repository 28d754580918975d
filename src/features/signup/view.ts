/** An event with its session, as everybody may see it. */
export interface EventView {
  readonly id: string;
  /** Opaque reference that buttons carry. */
  readonly ref: string;
  readonly title: string;
  readonly bring: string | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  readonly status: string;
  /** The staff member who answers for it. */
  readonly createdBy: string;
  readonly session: SessionView;
}

/** One meeting of an event and how full it is. */
export interface SessionView {
  readonly id: string;
  /** Wall time "YYYY-MM-DDTHH:MM" in `timeZone`. */
  readonly startsWall: string;
  readonly endsWall: string | null;
  readonly timeZone: string;
  /** ms since the epoch */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string;
  readonly capacity: number | null;
  readonly revision: number;
  readonly taken: number;
  readonly waiting: number;
}

/** One participant's sign-up, readable: for those who may see it. */
export interface SignUpView {
  readonly id: string;
  readonly participant: string;
  readonly name: string;
  /** "YYYY-MM-DD" of a child; null for a grown-up, whose age is not asked. */
  readonly birthDate: string | null;
  readonly status: string;
  readonly position: number;
  readonly registrantId: string;
  readonly registrantName: string;
  /** Null: the community's. */
  readonly registrantLocale: string | null;
}

/** Residents may sign up until the session begins. */
export const isOpen = (event: EventView, now: number): boolean => event.status === 'published' && now < event.session.startsAt;

/** Names a participant in the table: a person for themselves, or a dependant. */
export const participantKey = { person: (id: string) => `p:${id}`, dependant: (id: string) => `d:${id}` } as const;
