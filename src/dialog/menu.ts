import { fold, lengthOf, menuKey } from './clean.js';
import type { Option } from './question.js';
import type { DialogState } from './state.js';
import type { MenuItem } from './types.js';

/** Choices of the engine itself. An option of a question is `=` and its value, so the two never meet. */
export const engineChoice = {
  back: ':back',
  leave: ':leave',
  help: ':help',
  /** A command line, which whoever runs the dialog carries out: after the help has been read, 9 fetches somebody. */
  helper: '/helper',
  skip: ':skip',
  more: ':more',
  restart: ':restart',
  continue: ':continue',
  confirm: ':confirm',
  keep: ':keep',
  change: ':change',
  asAnswer: ':asAnswer',
  asCorrection: ':asCorrection',
} as const;

/** Whether a choice goes back or leaves, and so is not what is asked for. */
export const leadsAway = (value: string): boolean => value === engineChoice.back || value === engineChoice.leave;

/** The choice that opens one answer for correction. */
export function fieldChoice(key: string): string {
  return `:field:${key}`;
}

/** Without a page: eight. With pages: seven, and 8 shows more, so that one digit always suffices. */
const most = 8;

/** Items with the digits of the page; `more` stands last where there are further pages and leads round to the first. */
export function keyed(items: readonly Option[], page: number, more: string): MenuItem[] {
  const withKeys = (some: readonly Option[]) =>
    some.map((item, index) => ({ key: String(index + 1), label: item.label, value: item.value }));
  if (items.length <= most) return withKeys(items);
  const size = most - 1;
  const first = (page % Math.ceil(items.length / size)) * size;
  return [...withKeys(items.slice(first, first + size)), { key: String(most), label: more, value: engineChoice.more }];
}

/** What is saved of a menu. */
export function menuOf(choices: readonly MenuItem[]): DialogState['menu'] {
  return choices.map(({ key, value }) => ({ key: key ?? null, value }));
}

/** The choice of the saved menu that typed digits mean. */
export function byDigits(menu: DialogState['menu'], text: string): string | undefined {
  const digits = menuKey(text);
  return digits === undefined ? undefined : menu.find(({ key }) => key === digits)?.value;
}

/** The option whose label was typed, in whatever width and capitals; undefined where two are called the same. */
export function byLabel<O extends { readonly label: string; readonly value: string }>(options: readonly O[], text: string): O | undefined {
  const typed = fold(text);
  const same = typed === '' ? [] : options.filter(({ label }) => fold(label) === typed);
  return same.length === 1 ? same[0] : undefined;
}

/** The only option whose label holds what was typed: 不要 for 不要了. A part that the label denies is none, nor is a single letter. */
export function byPart<O extends { readonly label: string }>(options: readonly O[], text: string): O | undefined {
  const typed = fold(text);
  if (lengthOf(typed) < 2 || !/\p{L}/u.test(typed)) return undefined;
  const holding = options.filter(({ label }) => fold(label).includes(typed));
  const [only, ...others] = holding;
  const denied = only !== undefined && new RegExp(`[不没别未]${typed.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}`, 'u').test(fold(only.label));
  return others.length === 0 && !denied ? only : undefined;
}
