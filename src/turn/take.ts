import type { Address, Inbound, Receipt } from '../chat/index.js';
import {
  isFor,
  menuChoices,
  route,
  type DialogInput,
  type DialogMove,
  type Audience,
  type Command,
  type EffectContext,
  type Menu,
  type Outcome,
  type Registry,
  type Request,
  type Route,
  type Who,
} from '../command/index.js';
import type { Planned } from '../delivery/index.js';
import type { Effect, Json, Translate } from '../dialog/index.js';
import { communityOfChat, lookAt, seenIn, type Known } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import type { Conversation } from './conversation.js';
import { createDesk, type Desk, type Place } from './desk.js';
import { askToLeave, isOpen, leavingOf, stayValue } from './leaving.js';
import { answerTo } from './prompt.js';
import { doneBy, repeats } from './repeats.js';
import { understandWords } from './words.js';

/** After this long (ms) without a word, an open dialog offers to go on instead of taking whatever comes as its answer. */
const pauseMs = 60 * 60 * 1000;

/** What one turn leads to, before any of it is written. Effects have run in the same transaction. */
export interface Taken {
  readonly outbox: readonly Planned[];
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly receipt: Receipt;
  /** The person's prompt was answered, and is none any more. */
  readonly answered: boolean;
}

/** What turns need besides their message. */
export interface TurnParts {
  readonly registry: Registry<Tx>;
  readonly texts: (locale: string | null) => Translate;
  readonly newId: () => string;
  readonly newToken: () => string;
}

/** Takes one message through its turn: route, let the command or dialog decide, run what it decided. */
export async function takeTurn(
  tx: Tx,
  turn: { inbound: Inbound; uid: string; known: Known; conversations: ReadonlyMap<string, Conversation>; prompt?: Menu; now: number },
  parts: TurnParts,
): Promise<Taken> {
  const { inbound, known, now } = turn;
  const { platform, account } = inbound.address;
  const privately: Address | null =
    inbound.kind === 'private' ? inbound.address : known.privateChat === null ? null : { platform, account, chat: known.privateChat };
  const { uid, conversations } = turn;
  const desk = createDesk({
    inbound,
    uid,
    conversations,
    now,
    communityId: known.communityId,
    locale: known.locale,
    privately,
    newToken: parts.newToken,
    ...(known.elder ? { elder: parts.texts(known.locale) } : {}),
  });
  const { privateChat: _chat, isNew: _new, ...person } = known;
  const { locale, personId, communityId } = known;
  const who: Who = { ...person, ...(privately ? { privately } : {}) };
  const t = parts.texts(locale);
  const asked: Asked = {
    tx,
    desk,
    parts,
    effects: { communityId, actorId: personId, now, newId: parts.newId },
    request: { who, t, texts: parts.texts, now, newId: parts.newId, kind: inbound.kind, address: inbound.address, args: '' },
  };
  const open = desk.conversation('here');
  const answer = answerTo(turn.prompt, inbound, open, now);
  if (answer !== null && turn.prompt) {
    const receipt = answer.type === 'again' ? promptAgain(turn.prompt, asked) : await takeAnswer(answer.line, inbound, asked);
    return { outbox: desk.outbox(), conversations: desk.changed(), receipt, answered: answer.type === 'line' };
  }
  const where = route(inbound, { menu: open.menu, dialog: open.dialog !== undefined }, parts.registry.commands);
  const receipt = await follow(where, inbound, asked, known.isNew);
  return { outbox: desk.outbox(), conversations: desk.changed(), receipt, answered: false };
}

/** A number that the prompt does not have: it is shown once more, and nothing else happens. */
function promptAgain({ text, choices }: Menu, { desk }: Asked): Receipt {
  desk.remark('here', [text, ...choices.map(({ key = '', label }) => `${key} ${label}`)].join('\n'));
  return {};
}

/** What a prompt led to is said; then an open dialog goes on where it stood. */
async function takeAnswer(line: string, inbound: Inbound, asked: Asked): Promise<Receipt> {
  const { desk, parts, request } = asked;
  const { name, args } = calledIn(line);
  const command = parts.registry.command(name);
  if (!command) return {};
  if (!desk.conversation('here').dialog) return runCommand(asked, inbound, { name, args });
  const outcome = await command.answer(asked.tx, { ...request, args });
  await runEffects(asked, outcome.effects ?? []);
  for (const { text } of outcome.say ?? []) desk.remark('here', text);
  return { ...(await stepDialog(asked, { type: 'again' })), ...noticeOf(outcome) };
}

/** A command line as a menu's value holds it. */
function calledIn(line: string): { name: string; args: string } {
  const [, name = '', args = ''] = /^\/([a-z-]+)(?: ([\s\S]*))?$/u.exec(line) ?? [];
  return { name, args };
}

interface Asked {
  readonly tx: Tx;
  readonly desk: Desk;
  readonly parts: TurnParts;
  readonly effects: EffectContext;
  readonly request: Request;
}

async function follow(where: Route<Tx>, inbound: Inbound, asked: Asked, isNew: boolean): Promise<Receipt> {
  const { desk, request } = asked;
  switch (where.to) {
    case 'silence':
      return {};
    case 'stale':
      return showCurrent(inbound, asked);
    case 'unread':
      desk.remark('here', request.t('turn.unread'));
      return {};
    case 'unknown':
      return understand(inbound, asked, isNew);
    case 'dialog':
      return stepDialog(asked, { type: 'text', text: where.text });
    case 'choice':
      return choose(asked, inbound, where.value);
    case 'command':
      return runCommand(asked, inbound, { name: where.call.command.name, args: where.call.args, bare: where.bare ?? false });
  }
}

/** Words that call nothing by name. */
async function understand(inbound: Inbound, asked: Asked, isNew: boolean): Promise<Receipt> {
  const { desk, parts, request } = asked;
  const { done } = desk.conversation('here');
  const understood = understandWords(inbound, {
    request,
    done,
    isNew,
    freeText: parts.registry.freeText,
    groupText: parts.registry.groupText,
  });
  switch (understood.as) {
    case 'call':
      return runCommand(asked, inbound, understood.call);
    case 'suggestion':
      desk.say('here', [{ text: understood.text, choices: menuChoices(request.t, [understood.suggest]) }]);
      return {};
    case 'nothing':
      if (understood.answer !== null) desk.remark('here', request.t(`turn.${understood.answer}`));
      return {};
  }
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
  if (menu) desk.say('here', [{ text: menu.text, choices: menu.choices, numbersAreAnswers: menu.numbersAreAnswers }]);
  else desk.remark('here', request.t('turn.staleNothing'));
  return { notice };
}

/** Values of menus are the answer to the open dialog, a command line, or (with `!`) about leaving a dialog. */
async function choose(asked: Asked, inbound: Inbound, value: string): Promise<Receipt> {
  if (value === stayValue) return stepDialog(asked, { type: 'again' });
  const left = leavingOf(value);
  if (left) asked.desk.setDialog('here', undefined);
  const there = left?.elsewhere === undefined ? asked : await turnTo(asked, left.elsewhere);
  return runLine(there, inbound, left?.line ?? value);
}

/** Runs a menu's command line; what is none is for the open dialog. */
async function runLine(asked: Asked, inbound: Inbound, line: string): Promise<Receipt> {
  const { name, args } = calledIn(line);
  const inDialog = asked.desk.conversation('here').dialog !== undefined;
  const aside = asked.parts.registry.command(name)?.aside === true;
  if (name === '' || (inDialog && !aside)) return stepDialog(asked, { type: 'choice', value: line });
  return runCommand(asked, inbound, { name, args });
}

interface Called {
  readonly name: string;
  readonly args: string;
  readonly bare?: boolean;
}

async function runCommand(asked: Asked, inbound: Inbound, called: Called): Promise<Receipt> {
  const { desk, parts, request } = asked;
  const command = parts.registry.command(called.name);
  if (!command) return {};
  const inGroup = inbound.kind === 'group';
  const alone = command.inGroup === 'privately' || (command.inGroup === 'either' && request.who.privately !== undefined);
  const place: Place = alone ? 'privately' : 'here';
  if (!isFor(command.for, request.who)) {
    const text = refusal(command.for, request.t);
    // In a group nobody is shown up: those who may not are not answered.
    if (!inGroup) desk.remark('here', text);
    return inGroup ? { notice: text } : {};
  }
  if (inGroup && place === 'privately' && !request.who.privately) {
    desk.remark('here', request.t('turn.writeMeFirst'));
    return {};
  }
  const target = { ...asked, request: aim(request, inbound, { place, command }, called) };
  const outcome = await command.answer(asked.tx, target.request);
  if (outcome.run !== undefined) return runCommand(asked, inbound, calledIn(outcome.run));
  const { communityId, communityName } = request.who;
  const goesOn = inGroup && place === 'privately' && (outcome.open !== undefined || outcome.say !== undefined);
  const before = goesOn ? await communityOfChat(asked.tx, target.request.address) : communityId;
  const { dialog } = desk.conversation(place);
  const receipt = inGroup ? sayWhere(asked, inbound, place, called, outcome) : noticeOf(outcome);
  if (dialog && (outcome.open || outcome.say)) {
    if (outcome.open && isOpen(dialog, outcome.open)) return { ...(await stepDialog(target, { type: 'again' }, place)), ...receipt };
    const line = outcome.line ?? `/${called.name}${called.args ? ` ${called.args}` : ''}`;
    desk.say(place, [askToLeave(request.t, line, before === communityId ? null : communityId)]);
    return receipt;
  }
  // What was asked for in a community's group goes on in that community.
  if (before !== communityId) await lookAt(asked.tx, target.request.address, communityId, parts.newId);
  if (before !== null && before !== communityId) desk.remark(place, request.t('turn.nowIn', { community: communityName }));
  await carryOut(target, outcome, place);
  desk.setDone(place, undefined);
  return receipt;
}

const refusal = (audience: Audience, t: Translate): string =>
  audience === 'administrator' ? t('turn.administratorOnly') : t('turn.staffOnly');

/** Goes on in another community: what somebody may do there, and what there is, is that community's. */
async function turnTo(asked: Asked, communityId: string): Promise<Asked> {
  const { request, tx, parts, effects, desk } = asked;
  const { who } = request;
  const there = await seenIn(tx, who.personId, communityId);
  if (!there) return asked;
  await lookAt(tx, request.address, communityId, parts.newId);
  const t = parts.texts(there.locale);
  desk.remark('here', t('turn.nowIn', { community: there.communityName }));
  return { ...asked, effects: { ...effects, communityId }, request: { ...request, t, who: { ...who, ...there } } };
}

const noticeOf = ({ notice }: Outcome): Receipt => (notice === undefined ? {} : { notice });

/**
 * Whoever called by name in a group is told there, in a line without a word of what about, that it goes on in private. Bare words and
 * presses leave the group in peace.
 */
function sayWhere({ desk, request }: Asked, { content }: Inbound, place: Place, { bare = false }: Called, outcome: Outcome): Receipt {
  const elsewhere = place === 'privately' && !bare && (outcome.say !== undefined || outcome.open !== undefined);
  const line = outcome.inGroup ?? (elsewhere && content.type === 'text' ? request.t('turn.goPrivate') : undefined);
  if (line !== undefined) desk.remark('here', line);
  return { ...(elsewhere ? { notice: request.t('turn.goPrivate') } : {}), ...noticeOf(outcome) };
}

/** The request as the command sees it: a private answer to a call from a group is asked for in the private chat. */
function aim(
  request: Request,
  inbound: Inbound,
  { place, command }: { place: Place; command: Command<Tx> },
  { args, bare = false }: Called,
): Request {
  if (inbound.kind === 'private' || command.inGroup === 'there') return { ...request, args };
  const { content } = inbound;
  const messageId = content.type === 'text' ? content.replyTo : content.type === 'press' ? content.messageId : undefined;
  const from = { address: inbound.address, bare, pressed: content.type === 'press', ...(messageId === undefined ? {} : { messageId }) };
  if (place === 'here' || !request.who.privately) return { ...request, args, from };
  return { ...request, args, kind: 'private', address: request.who.privately, from };
}

async function carryOut(asked: Asked, outcome: Outcome, place: Place): Promise<void> {
  const { desk, parts, request, tx } = asked;
  await runEffects(asked, outcome.effects ?? []);
  if (outcome.community !== undefined) await lookAt(tx, request.address, outcome.community, parts.newId);
  if (outcome.aside !== undefined) desk.remark(place, outcome.aside);
  if (outcome.say) desk.say(place, outcome.say);
  if (!outcome.open) return;
  const room = parts.registry.dialog(outcome.open.dialog);
  if (!room) throw new Error(`No dialog is called ${outcome.open.dialog}`);
  await settle(asked, place, { name: room.name, seed: outcome.open.seed }, await room.open(tx, request, outcome.open));
}

async function stepDialog(asked: Asked, input: DialogInput, place: Place = 'here'): Promise<Receipt> {
  const { desk, parts, request, tx } = asked;
  const { dialog } = desk.conversation(place);
  const room = dialog && parts.registry.dialog(dialog.name);
  if (!dialog || !room) {
    desk.setDialog(place, undefined);
    desk.remark(place, request.t('turn.unknown'));
    return {};
  }
  if (!isFor(room.for, request.who)) {
    desk.setDialog(place, undefined);
    desk.say(place, [{ text: refusal(room.for, request.t) }]);
    return {};
  }
  const paused = request.now - dialog.at > pauseMs && input.type === 'text';
  const move = await room.step(tx, request, dialog.state, paused ? { type: 'return' } : input);
  await settle(asked, place, dialog, move);
  return {};
}

async function settle(asked: Asked, place: Place, dialog: { name: string; seed?: Json | undefined }, move: DialogMove): Promise<void> {
  const { desk, request } = asked;
  const { menu } = desk.conversation(place);
  await runEffects(asked, move.effects);
  desk.say(place, move.say);
  desk.setDone(place, move.confirmed ? doneBy(menu, request.now) : undefined);
  desk.setDialog(
    place,
    move.state === null ? undefined : { name: dialog.name, seed: dialog.seed ?? null, state: move.state, at: request.now },
  );
}

/** One after another, in the order that was decided: a later effect may build on an earlier one. */
async function runEffects({ tx, parts, effects: context }: Asked, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) await parts.registry.effect(effect.type).run(tx, effect, context);
}
