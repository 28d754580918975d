import { z } from 'zod';
import type { Choice } from '../chat/index.js';
import type { Say, Translate } from '../dialog/index.js';

/** The choices a person was last shown in a chat, so that "2" means what that person saw. */
export const menuSchema = z.object({
  /** One-use: a new menu has a new token, and buttons with an old one are late. */
  token: z.string(),
  /** ms since the epoch */
  shownAt: z.number(),
  /** The words that stood above the choices, for showing them again. */
  text: z.string(),
  /** Digits are the answer itself, not the key of a choice. */
  numbersAreAnswers: z.boolean(),
  choices: z.array(z.object({ key: z.string().exactOptional(), label: z.string(), value: z.string() })),
});

/** The choices a person was last shown in a chat. */
export type Menu = z.infer<typeof menuSchema>;

/** Saves what a message offers, under a fresh token. */
export function menuOf(say: Say, token: string, now: number): Menu {
  return {
    token,
    shownAt: now,
    text: say.text,
    numbersAreAnswers: say.numbersAreAnswers ?? false,
    choices: (say.choices ?? []).map(({ key, label, value }) => choiceOf(key, label, value)),
  };
}

// Written out: every turn makes some twenty of these, and spreading a key that may be missing takes ten times as long.
const choiceOf = (key: string | undefined, label: string, value: string): Choice =>
  key === undefined ? { label, value } : { key, label, value };

/** The choices as buttons carry them: token and place, never the value itself, which may say something of a person. */
export function buttonsOf(menu: Menu): Choice[] {
  return menu.choices.map(({ key, label }, place) => choiceOf(key, label, `m:${menu.token}:${place}`));
}

/** The value behind a pressed button, or null when the button is not of this menu (old, foreign or forged). */
export function pressedValue(menu: Menu | undefined, pressed: string): string | null {
  if (!menu) return null;
  const place = buttonsOf(menu).findIndex(({ value }) => value === pressed);
  return menu.choices[place]?.value ?? null;
}

/** Labels are cut long before; no choice is typed with more. */
const longestLabel = 200;

/** The value behind what was typed: a choice's digit (also full-width), or its label word for word. */
export function typedValue(menu: Menu | undefined, text: string): string | null {
  if (!menu) return null;
  const trimmed = text.trim();
  // Not cut: a text that only begins with a digit or a label chooses nothing.
  if (trimmed.length > longestLabel) return null;
  const typed = trimmed.normalize('NFKC').replace(/[.。、]$/u, '');
  const byKey = menu.numbersAreAnswers ? undefined : menu.choices.find(({ key }) => key === typed);
  const chosen = byKey ?? menu.choices.find(({ label }) => label.normalize('NFKC').toLowerCase() === typed.toLowerCase());
  return chosen?.value ?? null;
}

/** One entry of a command's menu: a label, and the command line that it stands for. */
export interface Item {
  readonly label: string;
  readonly line: string;
}

const perPage = 7;

/** Paging of a list command: the page number is its argument. */
export const pagesOf = (name: string, args: string) => ({
  page: /^\d{1,3}$/u.test(args) ? Number(args) : 1,
  more: (page: number) => `/${name} ${page}`,
});

/**
 * Numbers entries for a menu: 1–8 (more than eight page, with 8 for the next page), 0 back to the start and 9 for help, as in
 * every menu of residents. `more` gives the command line of a page, counted from 1.
 */
export function menuChoices(
  t: Translate,
  items: readonly Item[],
  paging?: { page: number; more: (page: number) => string },
): NonNullable<Say['choices']> {
  const paged = paging !== undefined && items.length > perPage + 1;
  const pages = Math.ceil(items.length / perPage);
  const page = paged ? ((Math.max(1, paging.page) - 1) % pages) + 1 : 1;
  const shown = paged ? items.slice((page - 1) * perPage, page * perPage) : items;
  return [
    ...shown.map(({ label, line }, place) => ({ key: String(place + 1), label, value: line })),
    ...(paged ? [{ key: '8', label: t('turn.more'), value: paging.more((page % pages) + 1) }] : []),
    { key: '0', label: t('turn.back'), value: '/start' },
    { key: '9', label: t('turn.help'), value: '/help' },
  ];
}
