import { z } from 'zod';
import type { Choice, Content } from '../chat/index.js';
import { byPart, leadsAway, means, type Say, type Translate } from '../dialog/index.js';

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
  /** The command line behind which words are put that choose and call nothing. */
  wordsGoTo: z.string().exactOptional(),
  /** The command line behind which a short line is put that nothing else understands. */
  nameGoesTo: z.string().exactOptional(),
  /** A yes takes the first choice and a no the last, in whatever words. */
  asksYes: z.literal(true).exactOptional(),
  /** Command lines by words that mean this under the menu, before they call anything. */
  words: z.record(z.string(), z.string()).exactOptional(),
  choices: z.array(
    z.object({ key: z.string().exactOptional(), label: z.string(), value: z.string(), typed: z.literal(true).exactOptional() }),
  ),
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
    ...(say.wordsGoTo === undefined ? {} : { wordsGoTo: say.wordsGoTo }),
    ...(say.nameGoesTo === undefined ? {} : { nameGoesTo: say.nameGoesTo }),
    ...(say.asksYes === undefined ? {} : { asksYes: say.asksYes }),
    ...(say.words === undefined ? {} : { words: { ...say.words } }),
    choices: (say.choices ?? []).map(({ key, label, value, typed }) => {
      const choice = choiceOf(key, label, value);
      return typed === undefined ? choice : { ...choice, typed };
    }),
  };
}

// Written out: every turn makes some twenty of these, and spreading a key that may be missing takes ten times as long.
const choiceOf = (key: string | undefined, label: string, value: string): Choice =>
  key === undefined ? { label, value } : { key, label, value };

/** The choices as buttons carry them: token and place, never the value itself, which may say something of a person. What has to be typed has no button. */
export function buttonsOf(menu: Menu): Choice[] {
  return menu.choices.flatMap(({ key, label, value, typed }, place) => {
    if (typed) return [];
    const choice = choiceOf(key, label, buttonValue(menu, place));
    // 0 is back in every menu, whatever it is called there.
    return [key === '0' || leadsAway(value) ? { ...choice, quiet: true } : choice];
  });
}

const buttonValue = ({ token }: Menu, place: number): string => `m:${token}:${place}`;

/** The value behind a pressed button, or null when the button is not of this menu (old, foreign or forged). */
export function pressedValue(menu: Menu | undefined, pressed: string): string | null {
  if (!menu) return null;
  const chosen = menu.choices.find(({ typed }, place) => !typed && buttonValue(menu, place) === pressed);
  return chosen?.value ?? null;
}

/** What 9 stands for in every menu of residents: somebody will call. */
export const helperLine = '/helper';

/** Elder mode: 9 fetches somebody at once, also where others would first be told how a question is answered. */
export function withHelperAt9(say: Say, t: Translate): Say {
  if (!say.choices) return say;
  return { ...say, choices: say.choices.map((one) => (one.key === '9' ? { ...one, label: t('turn.help'), value: helperLine } : one)) };
}

/**
 * Elder mode: the numbered choices stand in the words, one a line, and nothing is left to find on buttons; what has no number keeps
 * its button. Where digits are the answer, the word that fetches somebody stands below. The menu that is saved stays the same.
 */
export function spelledOut(menu: Menu, t: Translate): { readonly text: string; readonly choices: Choice[] } {
  const lines = menu.choices.flatMap(({ key, label }) => (key === undefined ? [] : [t('turn.spelled', { key, label })]));
  const foot = menu.numbersAreAnswers && !menu.choices.some(({ key }) => key === '9') ? [t('turn.spelledHelp')] : [];
  const buttons = buttonsOf(menu).filter(({ key }) => key === undefined);
  return { text: [menu.text, ...lines, ...foot].join('\n'), choices: buttons };
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
  // Where digits are answers, those that are none keep their choice: 0 and 9.
  const byKey = menu.numbersAreAnswers && !/^[09]$/u.test(typed) ? undefined : menu.choices.find(({ key }) => key === typed);
  const chosen = byKey ?? menu.choices.find(({ label }) => label.normalize('NFKC').toLowerCase() === typed.toLowerCase());
  return chosen?.value ?? null;
}

/** The value behind a part of a label, where exactly one holds it; what has to be typed is typed whole. */
export function partValue(menu: Menu | undefined, text: string): string | null {
  if (!menu || text.length > longestLabel) return null;
  return (
    byPart(
      menu.choices.filter(({ typed }) => !typed),
      text,
    )?.value ?? null
  );
}

/** How long (ms) and how far (letters) what is typed under a list is meant for it. */
const nameMs = 60 * 60 * 1000;
const longestName = 40;

/** The command line to which the words go that were typed instead of a choice; null where the menu takes none, is old, or they are longer than a name. */
export function nameLine(menu: Menu | undefined, text: string, now: number): string | null {
  const typed = text.trim();
  if (menu?.nameGoesTo === undefined || now - menu.shownAt > nameMs) return null;
  if (/^(?:[/／]|$)|\n/u.test(typed) || Array.from(typed.slice(0, 2 * longestName + 1)).length > longestName) return null;
  return `${menu.nameGoesTo} ${typed}`;
}

/** The value that a message chooses from a menu, by button, digit or label; null when it chooses nothing. */
export function answerOf(menu: Menu | undefined, content: Content): string | null {
  if (content.type === 'press') return pressedValue(menu, content.value);
  return content.type === 'text' ? typedValue(menu, content.text) : null;
}

/** The choice that a short yes or no takes, where the menu asks for one: the first, and 0 or else the last. A mere "noted" says neither. */
export function yesValue({ asksYes, choices }: Menu, text: string): string | null {
  if (!asksYes) return null;
  const said = text.trim().replace(/[。.!！~～]+$/u, '');
  if (means(said, 'yes') || means(said, 'agreed')) return choices[0]?.value ?? null;
  return means(said, 'no') ? ((choices.find(({ key }) => key === '0') ?? choices.at(-1))?.value ?? null) : null;
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
 * Numbers entries for a menu: 1–8 (more than eight page, with 8 for the next page), 0 back to the start and 9 for somebody who
 * helps, as in every menu of residents. `more` gives the command line of a page, counted from 1.
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
    ...(paged ? [{ key: '8', label: t(page === pages ? 'turn.firstPage' : 'turn.more'), value: paging.more((page % pages) + 1) }] : []),
    { key: '0', label: t('turn.back'), value: '/start' },
    { key: '9', label: t('turn.help'), value: helperLine },
  ];
}
