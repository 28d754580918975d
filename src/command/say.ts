import type { Say, Translate } from '../dialog/index.js';
import type { Outcome } from './request.js';

/** A menu under one text, as the answer of a command. */
export const menu = (text: string, choices: NonNullable<Say['choices']>): Outcome => ({ say: [{ text, choices }] });

/** A notice to staff, with the community before it where its reader works in several. */
export const ofCommunity = (t: Translate, community: string | undefined, text: string): string =>
  community === undefined ? text : t('turn.ofCommunity', { community, text });
