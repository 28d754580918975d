/** Everything that one feature tells the others, and what each message carries: ids, never names. */
export interface DomainEvents {
  /** A guardian said yes for one child and one event, in a chat or on paper. */
  readonly 'consent.given': { readonly dependantId: string; readonly eventId: string; readonly guardianId: string };
  /** A guardian said no; nothing is kept of it but what subscribers do. */
  readonly 'consent.refused': { readonly dependantId: string; readonly eventId: string; readonly guardianId: string };
  /** A guardian took a yes back; `onPaper`: one on paper, at the office, and staff wrote it down. */
  readonly 'consent.withdrawn': {
    readonly dependantId: string;
    readonly eventId: string;
    readonly guardianId: string;
    readonly onPaper?: true;
  };
  /** A child's name or birth date was corrected; `consented`: the guardian has agreed once more, because the child is younger than was known. */
  readonly 'child.corrected': { readonly dependantId: string; readonly guardianId: string; readonly consented: boolean };
  /** A parent will consent on paper: staff write it down when it comes. The children are of one household. */
  readonly 'paper.asked': { readonly eventId: string; readonly dependantIds: readonly string[]; readonly registrantId: string };
  /** A place is free now: two sign-ups became one because two people turned out to be one, or a child was forgotten. `scope` as in the table `SignUp`. */
  readonly 'place.freed': { readonly eventId: string; readonly scope: string };
}

/** The name of a domain event. */
export type EventName = keyof DomainEvents;

/** One domain event, by its name. */
export type DomainEvent = { readonly [Name in EventName]: { readonly type: Name } & DomainEvents[Name] }[EventName];

/** Who made it happen, and when. */
export interface EventContext {
  readonly communityId: string;
  readonly actorId: string;
  readonly now: number;
  readonly newId: () => string;
}

/** What a feature does when something happened elsewhere: in the same transaction, and only in the database. */
export interface Subscription<Tx> {
  readonly on: EventName;
  run(tx: Tx, event: DomainEvent, context: EventContext): Promise<void>;
}

/** Tells whoever subscribed that something happened. */
export type Emit<Tx> = (tx: Tx, event: DomainEvent, context: EventContext) => Promise<void>;

/**
 * Subscribes to one kind of event, with its payload typed.
 * @example
 * on('consent.withdrawn', async (tx, { dependantId, eventId }) => cancelSignUps(tx, dependantId, eventId))
 */
export function on<Tx, Name extends EventName>(
  name: Name,
  run: (tx: Tx, event: Extract<DomainEvent, { type: Name }>, context: EventContext) => Promise<void>,
): Subscription<Tx> {
  const isIt = (event: DomainEvent): event is Extract<DomainEvent, { type: Name }> => event.type === name;
  return { on: name, run: async (tx, event, context) => (isIt(event) ? run(tx, event, context) : undefined) };
}

/** Joins features that do not know each other. Subscribers run one after another, in the order in which they were added; one that throws undoes the whole turn. */
export function createEvents<Tx>(): { readonly emit: Emit<Tx>; add(subscriptions: readonly Subscription<Tx>[]): void } {
  const subscribed: Subscription<Tx>[] = [];
  return {
    add: (subscriptions) => void subscribed.push(...subscriptions),
    emit: async (tx, event, context) => {
      for (const subscription of subscribed) if (subscription.on === event.type) await subscription.run(tx, event, context);
    },
  };
}
