import type { Opening } from '../command/index.js';
import type { Say, Translate } from '../dialog/index.js';
import type { Conversation } from './conversation.js';

/** The choice that goes on with the open dialog. Values with `!` are the turn's own. */
export const stayValue = '!stay';

const leaving = '!leave ';

/** A command in the middle of a dialog asks whether to leave it; `line` is what is then done. */
export const askToLeave = (t: Translate, line: string): Say => ({
  text: t('turn.inTheMiddle'),
  choices: [
    { key: '1', label: t('turn.stay'), value: stayValue },
    { key: '2', label: t('turn.leave'), value: `${leaving}${line}` },
  ],
});

/** The command line behind the choice to leave; null for any other choice. */
export const lineAfterLeaving = (value: string): string | null => (value.startsWith(leaving) ? value.slice(leaving.length) : null);

/** A dialog remembers the opening it came from, so that pressing the same card twice shows its question again. */
export const isOpen = (dialog: NonNullable<Conversation['dialog']>, opening: Opening): boolean =>
  dialog.name === opening.dialog && JSON.stringify(dialog.seed ?? null) === JSON.stringify(opening.seed ?? null);
