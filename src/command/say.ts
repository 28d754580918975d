import type { Say } from '../dialog/index.js';
import type { Outcome } from './feature.js';

/** A menu under one text, as the answer of a command. */
export const menu = (text: string, choices: NonNullable<Say['choices']>): Outcome => ({ say: [{ text, choices }] });
