import type { Address } from '../chat/index.js';
import type { Effect } from '../dialog/index.js';

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
