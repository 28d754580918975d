import type { EffectContext, Registry, Request } from '../command/index.js';
import type { Translate } from '../dialog/index.js';
import type { Tx } from '../storage/index.js';
import type { Desk } from './desk.js';
import type { Unread } from './heard.js';

/** What turns need besides their message. */
export interface TurnParts {
  readonly registry: Registry<Tx>;
  readonly texts: (locale: string | null) => Translate;
  readonly newId: () => string;
  readonly newToken: () => string;
}

/** One turn while it is taken: what it writes through, what is said, and who asks. */
export interface Asked {
  readonly tx: Tx;
  readonly desk: Desk;
  readonly parts: TurnParts;
  readonly effects: EffectContext;
  readonly request: Request;
  /** What came with the words, or instead of words, and is not read. */
  readonly came?: Unread;
}
