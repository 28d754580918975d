/** Somebody who came to the web chat. */
export interface Visitor {
  /** Opaque and random; never the token. */
  readonly id: string;
  readonly name: string;
  /** On a device that many use. */
  readonly kiosk: boolean;
  /** When they were last here, ms since the epoch. */
  readonly seenAt: number;
}

/** Where the web chat keeps its visitors. Of a pass only the hash of its token gets here. Names are personal data: to be sealed at rest. */
export interface VisitorBook {
  add(visitor: Visitor & { readonly tokenHash: string }): Promise<void>;
  byToken(tokenHash: string): Promise<Visitor | null>;
  byId(id: string): Promise<Visitor | null>;
  /** Those of these who are still known. */
  these(ids: readonly string[]): Promise<readonly Visitor[]>;
  /** They were here at this time (ms); an earlier one than is known changes nothing. */
  seen(id: string, at: number): Promise<void>;
  /** The ids of those of one kind who were last here before that time (ms); the next call gives those for whom there was no room. */
  lastSeenBefore(time: number, kiosk: boolean): Promise<readonly string[]>;
  /** Forgets a visitor and everything that was said in this chat of theirs. */
  forget(id: string, chat: string): Promise<void>;
}
