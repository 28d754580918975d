import type { Inbound, Receipt } from '../chat/index.js';
import {
  courtesyOf,
  menuChoices,
  nameLine,
  parseWord,
  partValue,
  readInCommunity,
  isFor,
  type Menu,
  type Route,
  type UnderstoodCall,
} from '../command/index.js';
import type { Say } from '../dialog/index.js';
import { lookAt, seenIn } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import type { Asked } from './asked.js';
import { calledIn, runCommand } from './call.js';
import { askToLeave, leavingOf, stayValue, subjectOf } from './leaving.js';
import { repeats } from './repeats.js';
import { stepDialog } from './step.js';
import { understandWords } from './words.js';

/** Goes where a message was routed. */
export async function follow(where: Route<Tx>, inbound: Inbound, asked: Asked, isNew: boolean): Promise<Receipt> {
  switch (where.to) {
    case 'silence':
      return {};
    case 'stale':
      return showCurrent(inbound, asked);
    case 'unread':
      return sayUnread(inbound, asked, isNew);
    case 'unknown':
      return understand(inbound, asked, isNew);
    case 'dialog':
      return stepDialog(asked, { type: 'text', text: where.text }, 'here', () => looked(asked, where.text));
    case 'choice':
      return choose(asked, inbound, where.value);
    case 'command':
      return runCommand(asked, inbound, { name: where.call.command.name, args: where.call.args, bare: where.bare ?? false });
  }
}

/** What is not read is said, and what stands open is asked again; whoever sends it as their first message is welcomed as well. */
async function sayUnread(inbound: Inbound, asked: Asked, isNew: boolean): Promise<Receipt> {
  const { desk, request } = asked;
  desk.remark('here', request.t(`turn.${unreadKey(inbound, asked)}`));
  if (inbound.kind === 'group') return {};
  if (desk.conversation('here').dialog) return stepDialog(asked, { type: 'again' });
  return isNew ? runCommand(asked, inbound, { name: 'start', args: '' }) : {};
}

/** The text about what came and is not read; `unread` where only words came. In a group everybody has seen it. */
const unreadKey = ({ kind }: Inbound, { came = 'unread' }: Asked): string => (kind === 'group' && came !== 'unread' ? 'readsWords' : came);

/** Words that call nothing by name. */
async function understand(inbound: Inbound, asked: Asked, isNew: boolean): Promise<Receipt> {
  const { desk, parts, request } = asked;
  const { done, menu } = desk.conversation('here');
  const line = inbound.kind === 'private' ? answeredInWords(menu, inbound) : null;
  const first = line === null ? null : goesFirst(asked, inbound);
  if (first !== null) return runCommand(asked, inbound, first);
  if (line !== null) return runCommand(asked, inbound, calledIn(line));
  const awaited = await awaitedLine(asked, inbound);
  if (awaited !== null) return runCommand(asked, inbound, calledIn(awaited));
  const understood = understandWords(inbound, {
    request,
    done,
    isNew,
    freeText: parts.registry.freeText,
    groupText: parts.registry.groupText,
  });
  const unsure = understood.as === 'suggestion' || (understood.as === 'nothing' && understood.answer === 'unknown');
  // Before a part of a label: somebody of that name may stand on another page.
  const name = unsure ? namedUnder(menu, inbound, request.now) : null;
  if (name !== null) return runCommand(asked, inbound, calledIn(name));
  const part = unsure && inbound.kind === 'private' && inbound.content.type === 'text' ? partValue(menu, inbound.content.text) : null;
  if (part !== null) return choose(asked, inbound, part);
  switch (understood.as) {
    case 'call':
      return runCommand(asked, inbound, understood.call);
    case 'suggestion':
      desk.say('here', [{ text: understood.text, choices: menuChoices(request.t, [understood.suggest]) }]);
      return {};
    case 'nothing':
      // Words that mean nothing by themselves are about what came with them.
      if (understood.answer !== null)
        desk.remark(
          'here',
          request.t(`turn.${understood.answer === 'unknown' && asked.came ? unreadKey(inbound, asked) : understood.answer}`),
        );
      return {};
  }
}

/** The command line with which words answer what stands open elsewhere than in this chat's menu. */
async function awaitedLine({ tx, parts, request }: Asked, { kind, content }: Inbound): Promise<string | null> {
  if (kind !== 'private' || content.type !== 'text') return null;
  for (const awaits of parts.registry.awaited) {
    const line = await awaits(tx, content.text, request);
    if (line !== null) return line;
  }
  return null;
}

/** What words that answer no open question ask to be shown: it is said beside the question. Null where they ask for nothing of the kind. */
async function looked({ tx, parts, request }: Asked, text: string): Promise<string | null> {
  const word = parseWord(text, parts.registry.commands);
  const read = parts.registry.freeText.flatMap((understands) => understands(text, request) ?? []);
  const calls = [...(word ? [{ name: word.command.name, args: word.args }] : []), ...read.flatMap((one) => ('name' in one ? [one] : []))];
  for (const { name, args } of calls) {
    const command = parts.registry.command(name);
    if (!command?.looks || !isFor(command.for, request.who)) continue;
    const { within, effects = [] } = await command.answer(tx, { ...request, args });
    if (within !== undefined && effects.length === 0) return within;
  }
  return null;
}

/** What words mean that are none for an open list: a notice that something is called off while its list of check-in stands there. */
function goesFirst({ parts, request }: Asked, { content }: Inbound): { readonly name: string; readonly args: string } | null {
  if (content.type !== 'text') return null;
  const read = parts.registry.freeText.flatMap((understands) => understands(content.text, request) ?? []);
  return read.find((one): one is UnderstoodCall => 'name' in one && one.first === true) ?? null;
}

/** A longer text is no answer to a list: staff paste announcements. */
const longestAnswer = 400;

/** The command line that answers the open menu in words, where it takes some. Thanks and "all right" are no answer. */
function answeredInWords(menu: Menu | undefined, { content }: Inbound): string | null {
  if (menu?.wordsGoTo === undefined || content.type !== 'text') return null;
  const { text } = content;
  return text.length > longestAnswer || courtesyOf(text) !== null ? null : `${menu.wordsGoTo} ${text.trim()}`;
}

/** The command line that looks for the name typed under a list; what somebody surely means otherwise goes first. */
function namedUnder(menu: Menu | undefined, { kind, content }: Inbound, now: number): string | null {
  return kind === 'private' && content.type === 'text' ? nameLine(menu, content.text, now) : null;
}

/** A late or foreign button changes nothing: the presser sees what is current, or where to begin. */
async function showCurrent(inbound: Inbound, asked: Asked): Promise<Receipt> {
  const { desk, request } = asked;
  const notice = request.t('turn.stale');
  if (inbound.kind === 'group') return { notice };
  const { dialog, menu, done } = desk.conversation('here');
  if (repeats(done, inbound.content, request.now)) {
    desk.remark('here', request.t('turn.alreadyDone'));
    return {};
  }
  if (dialog) return { ...(await stepDialog(asked, { type: 'again' })), notice };
  if (menu) desk.say('here', [sayAgain(menu)]);
  else desk.remark('here', request.t('turn.staleNothing'));
  return { notice };
}

/** A menu as it was said. */
export function sayAgain({ text, choices, numbersAreAnswers, wordsGoTo, nameGoesTo, words }: Menu): Say {
  const goTo = { ...(wordsGoTo === undefined ? {} : { wordsGoTo }), ...(nameGoesTo === undefined ? {} : { nameGoesTo }) };
  return { text, choices, numbersAreAnswers, ...goTo, ...(words === undefined ? {} : { words }) };
}

/** Values of menus are the answer to the open dialog, a command line, or (with `!`) about leaving a dialog or about another community. */
export async function choose(asked: Asked, inbound: Inbound, value: string): Promise<Receipt> {
  if (value === stayValue) return stepDialog(asked, { type: 'again' });
  const meant = readInCommunity(value);
  if (meant) return chooseIn(asked, inbound, meant);
  const left = leavingOf(value);
  if (left) asked.desk.setDialog('here', undefined);
  const there = left?.elsewhere === undefined ? asked : await turnTo(asked, left.elsewhere);
  return runLine(there, inbound, left?.line ?? value);
}

/** Looks at a community and runs a line there; what is half filled in is asked about first. */
async function chooseIn(asked: Asked, inbound: Inbound, { communityId, line }: { communityId: string; line: string }): Promise<Receipt> {
  const { desk, parts, request } = asked;
  const elsewhere = communityId !== request.who.communityId;
  const { dialog } = desk.conversation('here');
  if (dialog) {
    desk.say('here', [askToLeave(request.t, subjectOf(parts, dialog), line, elsewhere ? communityId : null)]);
    return {};
  }
  return runCommand(elsewhere ? await turnTo(asked, communityId) : asked, inbound, calledIn(line));
}

/** Runs a menu's command line; what is none is for the open dialog. */
async function runLine(asked: Asked, inbound: Inbound, line: string): Promise<Receipt> {
  const { name, args } = calledIn(line);
  const inDialog = asked.desk.conversation('here').dialog !== undefined;
  const aside = asked.parts.registry.command(name)?.aside === true;
  if (name === '' || (inDialog && !aside)) return stepDialog(asked, { type: 'choice', value: line });
  return runCommand(asked, inbound, { name, args });
}

/** Goes on in another community: what somebody may do there, and what there is, is that community's. */
async function turnTo(asked: Asked, communityId: string): Promise<Asked> {
  const { request, tx, parts, effects, desk } = asked;
  const { who } = request;
  const there = await seenIn(tx, who.personId, communityId);
  if (!there) return asked;
  await lookAt(tx, request.address, communityId, parts.newId);
  const t = parts.texts(there.locale);
  desk.setElder(there.elder ? t : undefined);
  desk.remark('here', t('turn.nowIn', { community: there.communityName }));
  return { ...asked, effects: { ...effects, communityId }, request: { ...request, t, who: { ...who, ...there } } };
}
