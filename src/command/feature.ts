import type { Effect, Json, Say } from '../dialog/index.js';
import type { Item } from './menu.js';
import type { PaperMaker } from './paper.js';
import type { Audience, Opening, Outcome, Request } from './request.js';

/** How a command is called and who may call it. */
export interface Command<Tx> {
  /** Without the slash; also the key of its help line, `help.commands.NAME`. */
  readonly name: string;
  /** Words that call it in private when they stand alone. */
  readonly words: readonly string[];
  /** Whether text may follow the name or the word. `whenNothingIsOpen`: while a question is open, the word with text behind it is its answer. */
  readonly takesText?: boolean | 'whenNothingIsOpen';
  readonly for: Audience;
  /** In a group: answered there, or in the person's private chat; `either`: privately where the bot may write to them alone, else there, in words that all may read. */
  readonly inGroup: 'there' | 'privately' | 'either';
  /** Reached by menus only; not in the help, not typed. */
  readonly hidden?: boolean;
  /** May be called in the middle of a dialog, which stays as it is: answers with effects and `aside` alone. */
  readonly aside?: boolean;
  /** Only shows something: words that are no answer to an open question may call it, and where it gives `within` the question is asked again below. */
  readonly looks?: boolean;
  /** The command that its words mean for those without any role, who may not call this one. */
  readonly otherwise?: string;
  /** A card's button may call it, with the card's reference as its text. */
  readonly onCards?: boolean;
  answer(tx: Tx, request: Request): Promise<Outcome>;
}

/** What an effect may use besides the transaction. */
export interface EffectContext {
  readonly communityId: string;
  readonly actorId: string;
  readonly now: number;
  readonly newId: () => string;
}

/** Runs one type of effect inside the turn's transaction. */
export interface EffectRunner<Tx> {
  readonly type: string;
  run(tx: Tx, effect: Effect, context: EffectContext): Promise<void>;
}

/** What the open dialog of a person is stepped through; made by `dialogRoom`, which hides the types of its facts. */
export interface DialogRoom<Tx> {
  readonly name: string;
  /** The text that names what it is about. */
  readonly subjectKey: string;
  /** Whoever is no longer among these cannot go on, from the next step on. */
  readonly for: Audience;
  open(tx: Tx, request: Request, opening: Opening): Promise<DialogMove>;
  step(tx: Tx, request: Request, state: Json, input: DialogInput): Promise<DialogMove>;
}

/** What a person did in a dialog: an answer, a wish to see the question again, or anything at all after a long pause. */
export type DialogInput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'choice'; readonly value: string }
  | { readonly type: 'again' }
  | { readonly type: 'return' };

/** What follows from a move in a dialog; `state` is null when it has ended. */
export interface DialogMove {
  readonly say: readonly Say[];
  readonly state: Json | null;
  readonly effects: readonly Effect[];
  /** It has ended because its read-back was confirmed: the same answer once more is a repeat, not something new. */
  readonly confirmed: boolean;
  /** The words were no answer to its question, and nothing but the count of that changed. */
  readonly missed: boolean;
}

/** What words probably mean, offered instead of done: a line that says so, and one choice that does it. */
export interface Suggestion {
  readonly suggest: Item;
  readonly text: string;
}

/**
 * Understands words that call no command, such as a pasted announcement: the command that they mean, a suggestion where it is only
 * likely, or null. A command outranks a suggestion of another feature. Pure.
 * @example
 * (text, { t }) => (hasClock(text) ? { text: t(…), suggest: { label: t(…), line: `/new ${text}` } } : null)
 */
export type FreeText = (text: string, request: Request) => UnderstoodCall | Suggestion | null;

/** The command that words surely mean. `first`: whatever list stands open and takes words, these are none of its names: 美术课取消. */
export interface UnderstoodCall {
  readonly name: string;
  readonly args: string;
  readonly first?: true;
}

/**
 * Words while a form is open whose question does not take them: the command line that they surely are, offered before they count as a
 * wrong answer; null where they are none.
 */
export type Beside<Tx> = (tx: Tx, text: string, request: Request) => Promise<string | null>;

/** Short words in private that choose and call nothing: the command line that they answer something with which stands open, such as an offer; null where nothing does. */
export type Awaited<Tx> = (tx: Tx, text: string, request: Request) => Promise<string | null>;

/** Words in a group, whoever they are for: what a feature does about them before anything else; null where that is nothing. It is said only where the bot was spoken to. */
export type Overheard<Tx> = (tx: Tx, text: string, request: Request) => Promise<Pick<Outcome, 'say' | 'effects'> | null>;

/** A feature's table of contents. */
export interface Feature<Tx> {
  readonly name: string;
  readonly commands: readonly Command<Tx>[];
  readonly dialogs: readonly DialogRoom<Tx>[];
  readonly effects: readonly EffectRunner<Tx>[];
  readonly freeText?: readonly FreeText[];
  /** The same for words in a group that are meant for the bot: those that name it, or answer it. */
  readonly groupText?: readonly FreeText[];
  readonly beside?: readonly Beside<Tx>[];
  readonly awaited?: readonly Awaited<Tx>[];
  readonly overheard?: readonly Overheard<Tx>[];
  /** Files by the name that recipes call them by, such as `signup.roster`. */
  readonly papers?: Readonly<Record<string, PaperMaker<Tx>>>;
  /** Which command takes the codes of a kind when somebody types one, by kind; the code is its text. */
  readonly codes?: Readonly<Record<string, string>>;
}

/** Builds a command from what it needs and what it decides, so that deciding stays pure. */
export function command<Tx, Facts>(
  spec: Omit<Command<Tx>, 'answer'>,
  parts: { load(tx: Tx, request: Request): Promise<Facts>; decide(facts: Facts, request: Request): Outcome },
): Command<Tx> {
  return { ...spec, answer: async (tx, request) => parts.decide(await parts.load(tx, request), request) };
}

/** Builds an effect: `make` writes it down as data, `runner` carries it out. Nothing between the two needs to know the payload. */
export function effect<Tx, Payload>(
  type: string,
  run: (tx: Tx, payload: Payload, context: EffectContext) => Promise<void>,
): { make(payload: Payload): Effect; runner: EffectRunner<Tx> } {
  return {
    make: (payload) => ({ type, payload }),
    // Effects of this type come from `make` alone (the registry refuses a second runner of the type), so the payload is one.
    runner: { type, run: (tx, made, context) => run(tx, made.payload as Payload, context) },
  };
}
