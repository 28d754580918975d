import type { Address } from '../chat/index.js';
import type { Effect, Json, Say, Translate } from '../dialog/index.js';
import type { Item } from './menu.js';

/** Who is asking, in the community whose chat they are in. */
export interface Who {
  readonly personId: string;
  /** Personal data: never logged. */
  readonly name: string;
  /** Wants one thing at a time, and the choices spelled out. Features offer less at once; the turn does the rest. */
  readonly elder: boolean;
  /** May run the community's events (administrator or organiser). A platform's group admin is not staff. */
  readonly staff: boolean;
  /** What they are in this community: administrator, organiser, check-in helper, case worker. */
  readonly roles: readonly string[];
  readonly communityId: string;
  readonly communityName: string;
  readonly locale: string;
  /** For texts to those who have chosen no language. */
  readonly communityLocale: string;
  /** IANA zone of the community. */
  readonly timeZone: string;
  /** Where the bot may write to them alone; absent where the platform does not allow it yet. */
  readonly privately?: Address;
}

/** One call of a command or one step of a dialog, with everything that is not in the database. */
export interface Request {
  readonly who: Who;
  /** Texts in the person's own language. */
  readonly t: Translate;
  /** Texts in somebody else's language. */
  readonly texts: (locale: string | null) => Translate;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
  /** Where the answer goes: for a command that answers privately this is the private chat, also when it was asked in a group. */
  readonly kind: 'private' | 'group';
  readonly address: Address;
  /** Set when the command came from a group: the group's chat, and the message that was answered or pressed. */
  readonly from?: { readonly address: Address; readonly messageId?: string; readonly pressed: boolean; readonly bare: boolean };
  /** What stood behind the command's name. */
  readonly args: string;
  /** What a command put by in this chat last. Parse it: another command, or another version, may have written it. */
  readonly remembered?: Json;
}

/** A dialog to be opened, by name. */
export interface Opening {
  readonly dialog: string;
  readonly seed?: Json;
  readonly answers?: Readonly<Record<string, Json>>;
  readonly remarks?: readonly string[];
}

/** What a command decided. Everything in it happens in one transaction, or nothing. */
export interface Outcome {
  readonly say?: readonly Say[];
  readonly open?: Opening;
  readonly effects?: readonly Effect[];
  /** A line in the group that it came from; without it the group stays silent. */
  readonly inGroup?: string;
  /** A short line for the presser alone. */
  readonly notice?: string;
  /** Goes on with this command line in the place of an answer: nothing else of the outcome counts. Of the same feature, and not further. */
  readonly run?: string;
  /** Said instead in the middle of a dialog, which stays open: the effects run, and its question is asked again, as whoever is asked reads it by then. */
  readonly within?: string;
  /** A line beside what is open: said without touching menu or dialog. The whole answer of a command that is `aside`. */
  readonly aside?: string;
  /** Put by for later calls in this chat, in the place of what was there; null forgets it. */
  readonly remember?: Json;
  /** The private chat looks at this community from now on. */
  readonly community?: string;
  /** The effects change how whoever asks is spoken to (language, elder mode): the whole answer is said that way already. */
  readonly afresh?: true;
  /** The command line that comes to the same from anywhere, where the place it was asked in decided what it means. */
  readonly line?: string;
}

/** Who may call a command or answer a dialog. `checkIn`: staff, and those who help with checking in and do nothing else. */
export type Audience = 'everyone' | 'checkIn' | 'staff' | 'administrator';

/** Whether somebody is among those for whom something is. */
export function isFor(audience: Audience, { staff, roles }: Pick<Who, 'staff' | 'roles'>): boolean {
  if (audience === 'everyone') return true;
  if (audience === 'administrator') return roles.includes('administrator');
  return staff || (audience === 'checkIn' && roles.includes('check-in helper'));
}

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

/** A file for people. */
export interface PaperFile {
  /** With its ending; in the reader's language, without personal data: it is seen over shoulders and kept in downloads. */
  readonly name: string;
  readonly mimeType: string;
  readonly data: Uint8Array;
}

/** What a maker of files knows besides the database. */
export interface PaperContext {
  readonly communityId: string;
  /** ms since the epoch */
  readonly now: number;
  readonly texts: (locale: string | null) => Translate;
  /** The reader's language. */
  readonly locale: string;
}

/**
 * Makes a file when its message is sent, so it shows what is so by then. Reads through `tx`, and gives back how to draw what it read:
 * that runs after the transaction, since drawing takes long. Null: what it was about is gone. `args` come from the recipe, perhaps
 * one of another version: parse them.
 * @example
 * const roster: PaperMaker<Tx> = async (tx, args, { texts, locale }) => {
 *   const rows = await rosterRows(tx, rosterArgs.parse(args));
 *   return rows && (async () => ({ name: texts(locale)('signup.roster.file'), mimeType: 'text/csv', data: await csv(rows) }));
 * };
 */
export type PaperMaker<Tx> = (tx: Tx, args: unknown, context: PaperContext) => Promise<(() => Promise<PaperFile>) | null>;

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
export type FreeText = (text: string, request: Request) => { readonly name: string; readonly args: string } | Suggestion | null;

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

/** A message to somebody other than the one who asked. It goes to their private chat, if they have one. */
export interface Telling {
  readonly personId: string;
  /** The account of theirs that it is for, by its id; without it, or where that one cannot be written to, the newest. */
  readonly identityId?: string;
  readonly kind: 'confirmation' | 'change' | 'reminder';
  readonly text: string;
  /** Names the occasion: the same telling is sent once, however often it is decided. */
  readonly key: string;
  /** Makes it a prompt: what may be answered, by button, digit or word; each choice is a command line. */
  readonly choices?: readonly { readonly key: string; readonly label: string; readonly value: string }[];
  /** The first choice is a yes and the last a no: they may be said in any words while the prompt is what was seen last. */
  readonly asksYes?: true;
  /** A button that leads to a command of the community it comes from: the private chat looks at that one from then on. Not a question, so it stands beside a prompt. */
  readonly leadsTo?: { readonly label: string; readonly command: string };
  /** Said in the first of these groups that they are in, with their name before it, to somebody who has no private chat: words that all may read. */
  readonly inGroup?: { readonly groups: readonly Address[]; readonly text: string };
  /** Not earlier, and not later than this (ms). */
  readonly notBefore?: number;
  readonly expiresAt?: number;
}

/** Tells somebody something inside a transaction that is no turn, such as a job's. */
export type Tell<Tx> = (tx: Tx, communityId: string, telling: Telling) => Promise<void>;

/** The effect that tells other people something; carried out by the turn. */
export const tell = (telling: Telling): Effect => ({ type: 'tell', payload: telling });
