import type { Address } from '../chat/index.js';
import type { Effect, Json, Say, Translate } from '../dialog/index.js';

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
  /** Where another dialog is open, it is asked first whether to leave that one; the effects run all the same, so that `line` is what comes after them. */
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
  /** The command of a yes-or-no question that this answers too: where it stands open in the chat it is not asked again. */
  readonly settles?: string;
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
