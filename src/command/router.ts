import type { Inbound } from '../chat/index.js';
import { inCommunity, readNotice } from './elsewhere.js';
import { bareGroupWord, groupMenuMs } from './etiquette.js';
import type { Command } from './feature.js';
import { pressedValue, typedValue, type Menu, yesValue } from './menu.js';
import { bare, parseSlash, parseWord, type Call } from './parse.js';

/** What one person has open in one chat, as far as routing asks. */
export interface Open {
  readonly menu: Menu | undefined;
  readonly dialog: boolean;
}

/** Where a message goes. */
export type Route<Tx> =
  | { readonly to: 'command'; readonly call: Call<Tx>; readonly bare?: boolean }
  /** Words for the open dialog. */
  | { readonly to: 'dialog'; readonly text: string }
  /** A choice of the menu last shown; `value` is what the menu's maker put there. */
  | { readonly to: 'choice'; readonly value: string }
  /** A button of a menu that is no longer the current one. */
  | { readonly to: 'stale' }
  /** Words that call nothing by name, in a private chat, or in a group to the bot. */
  | { readonly to: 'unknown' }
  /** Something Linli does not read (a voice message, a picture without words), in a private chat, or a picture to the bot by name in a group. */
  | { readonly to: 'unread' }
  | { readonly to: 'silence' };

/** Buttons of cards carry `c:REF:COMMAND`: the card's opaque reference and what the press calls. */
const cardButton = /^c:([A-Za-z0-9_-]{6,40}):([a-z]{1,20})$/u;

/** The value that a card's button carries; it stays good for the life of the card, also for strangers and after restarts. */
export const cardValue = (ref: string, command: string): string => `c:${ref}:${command}`;

/**
 * Decides where a message goes: open dialog, command, keyword, number of the last menu; in groups silence unless addressed.
 * Pure: the same message in the same state always goes the same way.
 */
export function route<Tx>(inbound: Inbound, open: Open, commands: readonly Command<Tx>[]): Route<Tx> {
  const { content } = inbound;
  const inGroup = inbound.kind === 'group';
  if (content.type === 'press') return routePress(content.value, open, commands, inGroup);
  if (content.type === 'link') return named(commands, 'start', content.payload);
  if (content.type === 'member') return { to: 'silence' };
  if (content.type === 'unknown') return inGroup ? { to: 'silence' } : { to: 'unread' };
  // Neighbours answer a card with a picture as they do with words: only the bot's name makes it the bot's business.
  if (content.type === 'file') return inGroup && content.mentioned !== true ? { to: 'silence' } : { to: 'unread' };
  return inGroup ? routeInGroup(inbound, content, open, commands) : routeInPrivate(content.text, inbound.at, open, commands);
}

function routePress<Tx>(value: string, open: Open, commands: readonly Command<Tx>[], inGroup: boolean): Route<Tx> {
  const notice = readNotice(value);
  if (notice) {
    // What may be typed may be pressed; a group looks at no other community.
    const typed = commands.some(({ name, hidden = false }) => name === notice.name && !hidden);
    return typed && !inGroup ? { to: 'choice', value: inCommunity(notice.communityId, `/${notice.name}`) } : { to: 'stale' };
  }
  const [, ref, name] = cardButton.exec(value) ?? [];
  if (ref !== undefined && name !== undefined) {
    const command = commands.find((candidate) => candidate.name === name && candidate.onCards);
    return command ? { to: 'command', call: { command, args: ref } } : { to: 'stale' };
  }
  const chosen = pressedValue(open.menu, value);
  return chosen === null ? { to: 'stale' } : { to: 'choice', value: chosen };
}

function routeInPrivate<Tx>(text: string, at: number, open: Open, commands: readonly Command<Tx>[]): Route<Tx> {
  const chosen = typedValue(open.menu, text);
  if (chosen !== null) return { to: 'choice', value: chosen };
  const meant = wordUnder(open.menu, text);
  if (meant !== undefined) return { to: 'choice', value: meant };
  const fresh = open.menu !== undefined && !open.dialog && at - open.menu.shownAt <= yesMs;
  const agreed = fresh && open.menu ? yesValue(open.menu, text) : null;
  if (agreed !== null) return { to: 'choice', value: agreed };
  const everywhere = open.dialog || open.menu?.numbersAreAnswers ? undefined : digitCommands.get(bareDigit(text));
  if (everywhere !== undefined) return named(commands, everywhere, '');
  const slash = parseSlash(text, commands);
  if (slash === 'unknown') return open.dialog ? { to: 'dialog', text } : { to: 'unknown' };
  const word = slash ? null : parseWord(text, commands);
  const call = slash ?? (open.dialog && word && isAnswer(word, text) ? null : word);
  if (!open.dialog) return call ? { to: 'command', call } : { to: 'unknown' };
  if (!call) return { to: 'dialog', text };
  // Leaving and help are the dialog's own business, whichever way they are asked for.
  const own = { cancel: '退出', help: '帮忙' }[call.command.name];
  return own === undefined ? { to: 'command', call } : { to: 'dialog', text: own };
}

/** For so long (ms) a yes in any words answers a menu that asks for one. */
const yesMs = 10 * 60 * 1000;

/** 0 and 9 mean the same wherever no menu has them: the beginning, and somebody who helps. */
const digitCommands: ReadonlyMap<string, string> = new Map([
  ['0', 'start'],
  ['9', 'helper'],
]);

const bareDigit = (text: string): string =>
  text.length > 10
    ? ''
    : text
        .trim()
        .normalize('NFKC')
        .replace(/[.。、]$/u, '');

/** Whether a word with text behind it is rather the answer to an open question, as a place may be: 社区 党群活动中心, Community hall. */
const isAnswer = <Tx>({ command, args }: Call<Tx>, text: string): boolean =>
  args !== '' && (command.takesText === 'whenNothingIsOpen' || /^\s*\p{Script=Latin}/u.test(text));

/** What a word means under the menu that stands, whatever it calls elsewhere; with a slash before it or marks around it too. */
function wordUnder(menu: Menu | undefined, text: string): string | undefined {
  const word = bare(text).replace(/^\//u, '');
  return menu?.words && Object.hasOwn(menu.words, word) ? menu.words[word] : undefined;
}

function routeInGroup<Tx>(
  inbound: Inbound,
  content: { readonly text: string; readonly replyTo?: string; readonly mentioned?: boolean },
  open: Open,
  commands: readonly Command<Tx>[],
): Route<Tx> {
  const slash = parseSlash(content.text, commands);
  if (slash !== null) return slash === 'unknown' ? { to: 'silence' } : { to: 'command', call: slash };
  const addressed = content.mentioned === true || content.replyTo !== undefined;
  if (addressed) {
    const call = parseWord(content.text, commands);
    if (call) return { to: 'command', call };
  }
  // Nothing but the name: whoever calls the bot wants to know what it can do.
  if (content.mentioned === true && /^[\p{P}\p{S}\s]*$/u.test(content.text.slice(0, 100))) return named(commands, 'help', '');
  const fresh = open.menu !== undefined && inbound.at - open.menu.shownAt <= groupMenuMs;
  const chosen = fresh ? typedValue(open.menu, content.text) : null;
  if (chosen !== null) return { to: 'choice', value: chosen };
  const word = bareGroupWord(content.text);
  const command = word === null ? undefined : commands.find(({ name }) => name === word);
  if (command) return { to: 'command', call: { command, args: '' }, bare: !addressed };
  return addressed ? { to: 'unknown' } : { to: 'silence' };
}

function named<Tx>(commands: readonly Command<Tx>[], name: string, args: string): Route<Tx> {
  const command = commands.find((candidate) => candidate.name === name);
  return command ? { to: 'command', call: { command, args } } : { to: 'stale' };
}
