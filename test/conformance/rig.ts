import type { Adapter, FetchFailure, Inbound, Receive, SendFailure, Sender } from '../../src/chat/index.js';

/** A message as the people in a chat see it now. */
export interface Seen {
  /** The platform's id, as `send` gave it. */
  readonly id: string;
  /** With the choices as lines where the platform has no buttons. */
  readonly text: string;
  /** The labels of its buttons. */
  readonly labels: readonly string[];
  readonly file?: { readonly name: string; readonly data: Uint8Array };
  readonly replyTo?: string;
  /** The id of the person whom it is for. */
  readonly mention?: string;
}

/** An update that the platform handed over. */
export interface Posted {
  /** Whether the adapter told the platform that it has it: one that is not taken comes again. */
  readonly taken: boolean;
  /** The id by which others may answer what was said; absent where that is no message, or nobody can answer one. */
  readonly messageId?: string;
  /** The line that whoever pressed was shown alone. */
  readonly notice?: string;
  /** The platform hands over the very same update once more. */
  again(): Promise<Posted>;
}

/** How somebody writes. */
export interface Writing {
  /** The id of the message that is answered. */
  readonly replyTo?: string;
  /** The bot is addressed by the platform's own means. */
  readonly mentioning?: boolean;
}

/** A file as somebody sends it. */
export interface SentFile {
  readonly name: string;
  readonly mimeType: string;
  readonly data: Uint8Array;
}

/**
 * A platform with an adapter on it, both real: the rig plays the people and the platform at the wire that the adapter speaks, and a clause
 * (clauses/) tells what must be so. `docs/adapters.md` says how to write one.
 */
export interface Rig {
  readonly adapter: Adapter;
  /** Two people of the platform, as the core is to know them. */
  readonly people: readonly [Sender, Sender];
  /** A group that both are in. */
  readonly group: { readonly id: string; readonly title: string };
  /** What the core was handed, in order. */
  readonly received: readonly Inbound[];
  /** What the core does with an update from now on. Until then it takes everything. */
  core(receive: Receive): void;
  /** Somebody writes in their private chat or in the group. Resolves when the platform knows what came of it. */
  says(from: Sender, chat: string, text: string, how?: Writing): Promise<Posted>;
  /** Somebody chooses from the newest message with this label, as one does there: presses the button, or writes its number. */
  picks(from: Sender, chat: string, label: string): Promise<Posted>;
  /** Somebody sends a file as it is, with words or without; null where `filesIn` says that nobody can. */
  attaches(from: Sender, chat: string, file: SentFile, how?: Writing & { readonly text?: string }): Promise<Posted> | null;
  /** Some people, or the bot itself, come into the group or leave it, in one update where the platform can; null where `membership` says that the adapter hears nothing of it. */
  moves(who: readonly (Sender | 'bot')[], what: 'joined' | 'left'): Promise<Posted> | null;
  /** Somebody comes into their private chat by a link of the bot's, with its payload or without (empty); null (`links`) where there are no such links. */
  follows(from: Sender, payload: string): Promise<Posted> | null;
  /** Something comes that Linli does not read, such as a sticker; null (`odd`) on a platform where nothing of the kind can. */
  odd(from: Sender, chat: string): Promise<Posted> | null;
  /** What the people in a chat see, oldest first; what they themselves said left out. */
  shown(chat: string): Promise<readonly Seen[]>;
  /**
   * The next send or edit meets this failure on the platform; “inDoubt” is shown there, and then its answer is lost. Gives what the adapter
   * must name it; null (`meets TYPE`) where that cannot happen there. “unreachable” is met where no connection can be made: the rig closes
   * the platform's port before that one call and opens it after, around `send`, `edit` and `fetchFile`; that is all that it may do to its
   * adapter. `after`: so many messages of a long text go through before; null (`meets after a part`) where all are shown whole.
   */
  meets(failure: SendFailure, after?: number): SendFailure | null;
  /** The next file that is fetched meets this failure on the platform; null (`fetchMeets TYPE`) as above. */
  fetchMeets(failure: FetchFailure): FetchFailure | null;
  /**
   * The adapter is stopped, and another one started on the same platform; null (`restart`) where the platform ends with its adapter. `away`:
   * the platform cannot be reached until that one's `start` has resolved; null (`restart away`) where it is never away.
   */
  restart(away?: boolean): Promise<Rig> | null;
  /** Everything that was logged. */
  logged(): string;
  /** What no log may hold besides people's names and words: tokens and the like. */
  readonly secrets: readonly string[];
  /** Stops the adapter and its platform, each of which may be stopped already: a rig and those that `restart` gave are all closed, the newest first. */
  close(): Promise<void>;
}

/** Opens a platform with nobody's words on it and a started adapter. */
export type OpenRig = () => Promise<Rig>;

/** Everything that a send can meet. */
export const sendFailures: readonly SendFailure[] = [
  { type: 'throttled', retryAfterMs: 7_000 },
  { type: 'unreachable' },
  { type: 'blocked' },
  { type: 'gone' },
  { type: 'migrated', chat: 'another' },
  { type: 'rejected', reason: 'no such thing' },
  { type: 'misconfigured', reason: 'token refused' },
  { type: 'inDoubt', reason: 'no answer' },
];

/** What the fetching of a file can meet where the platform is asked and does not give; what it has not is a clause of its own. */
export const fetchFailures: readonly FetchFailure[] = [
  { type: 'throttled', retryAfterMs: 7_000 },
  { type: 'unreachable' },
  { type: 'misconfigured', reason: 'token refused' },
];

/** Something that a rig may have no way to bring about: the hook that gives null for it. */
export type Need =
  | 'odd'
  | 'links'
  | 'restart'
  | 'restart away'
  | `meets ${SendFailure['type']}`
  | 'meets after a part'
  | `fetchMeets ${FetchFailure['type']}`;

/** What cannot come about on a platform, each with the reason. A clause that is about such a thing is reported as not shown there, with it. */
export type Cannot = Readonly<Partial<Record<Need, string>>>;

/** Where no send can meet anything, for this reason. */
export const nothingToMeet = (why: string): Cannot =>
  Object.fromEntries(['after a part', ...sendFailures.map(({ type }) => type)].map((what) => [`meets ${what}`, why]));

/** Where no fetching of a file can meet anything, for this reason. */
export const nothingToFetch = (why: string): Cannot => Object.fromEntries(fetchFailures.map(({ type }) => [`fetchMeets ${type}`, why]));

/** One way in which an adapter can be had. */
export interface Way {
  readonly open: OpenRig;
  readonly cannot?: Cannot;
}

/** A clause has come upon something that its rig cannot bring about. */
export class NotShown extends Error {
  override readonly name = 'NotShown';
  constructor(readonly need: Need) {
    super(
      `The rig has no way to bring about “${need}”, so this clause shows nothing: say why in \`cannot\` of its way, or let the rig do it`,
    );
  }
}

/** What a hook gave; throws `NotShown` where that is nothing. */
export function need<T>(what: Need, given: T | null): T {
  if (given === null) throw new NotShown(what);
  return given;
}

/** One thing that every adapter must do, on every platform. Throws where it does not. */
export interface Clause {
  readonly name: string;
  /** What it cannot do without: each is asked for with `need`. */
  readonly needs?: readonly Need[];
  prove(rig: Rig): Promise<void>;
}
