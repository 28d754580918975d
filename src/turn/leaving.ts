import type { Opening } from '../command/index.js';
import type { Say, Translate } from '../dialog/index.js';
import type { TurnParts } from './asked.js';
import type { Conversation } from './conversation.js';

/** The choice that goes on with the open dialog. Values with `!` are the turn's own. */
export const stayValue = '!stay';

/** A command in the middle of a dialog asks whether to leave it, and names it by its subject; `line` is what is then done, `elsewhere` the community that it is about where the chat looks at another. */
export const askToLeave = (t: Translate, subjectKey: string, line: string, elsewhere: string | null): Say => ({
  text: t('turn.inTheMiddle', { subject: t(subjectKey) }),
  choices: [
    { key: '1', label: t('turn.stay'), value: stayValue },
    { key: '2', label: t('turn.leave'), value: `!leave${elsewhere === null ? '' : `@${elsewhere}`} ${line}` },
  ],
});

/** The text that names what an open dialog is about. */
export const subjectOf = ({ registry }: Pick<TurnParts, 'registry'>, { name }: NonNullable<Conversation['dialog']>): string =>
  registry.dialog(name)?.subjectKey ?? 'turn.something';

/** What the choice to leave leads to; null for any other choice. */
export function leavingOf(value: string): { readonly line: string; readonly elsewhere?: string } | null {
  const [, elsewhere, line] = /^!leave(?:@(\S+))? ([\s\S]*)$/u.exec(value) ?? [];
  return line === undefined ? null : { line, ...(elsewhere === undefined ? {} : { elsewhere }) };
}

/** A dialog remembers the opening it came from, so that pressing the same card twice shows its question again. */
export const isOpen = (dialog: NonNullable<Conversation['dialog']>, opening: Opening): boolean =>
  dialog.name === opening.dialog && JSON.stringify(dialog.seed ?? null) === JSON.stringify(opening.seed ?? null);
