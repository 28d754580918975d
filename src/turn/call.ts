import type { Inbound, Receipt } from '../chat/index.js';
import { isFor, type Command, type Outcome, type Request } from '../command/index.js';
import { communityOfChat, lookAt, seenIn } from '../people/index.js';
import type { Json } from '../dialog/index.js';
import type { Tx } from '../storage/index.js';
import type { Asked } from './asked.js';
import type { Conversation } from './conversation.js';
import type { Place } from './desk.js';
import { askToLeave, isOpen, subjectOf } from './leaving.js';
import { refusal, runEffects, settle, stepDialog } from './step.js';

/** A command that was called, with what stood behind its name. */
export interface Called {
  readonly name: string;
  readonly args: string;
  readonly bare?: boolean;
}

/** A command line as a menu's value holds it. */
export function calledIn(line: string): { name: string; args: string } {
  const [, name = '', args = ''] = /^\/([a-z-]+)(?: ([\s\S]*))?$/u.exec(line) ?? [];
  return { name, args };
}

/** Lets a command answer: to those for whom it is, where it answers, and asking first where a dialog is open. */
export async function runCommand(asked: Asked, inbound: Inbound, called: Called): Promise<Receipt> {
  const { desk, parts, request } = asked;
  const command = parts.registry.command(called.name);
  if (!command) return {};
  const inGroup = inbound.kind === 'group';
  const alone = command.inGroup === 'privately' || (command.inGroup === 'either' && request.who.privately !== undefined);
  const place: Place = alone ? 'privately' : 'here';
  if (!isFor(command.for, request.who)) {
    const { roles } = request.who;
    if (command.otherwise !== undefined && roles.length === 0) return runCommand(asked, inbound, { name: command.otherwise, args: '' });
    const text = refusal(command.for, request);
    // In a group nobody is shown up: those who may not are not answered.
    if (!inGroup) desk.remark('here', text);
    return inGroup ? { notice: text } : {};
  }
  if (inGroup && place === 'privately' && !request.who.privately) {
    desk.remark('here', request.t('turn.writeMeFirst'));
    return {};
  }
  const remembered = rememberedIn(desk.conversation(place), request.now);
  const aimed = aim(request, inbound, { place, command }, called);
  const target = { ...asked, request: remembered === undefined ? aimed : { ...aimed, remembered } };
  const outcome = await command.answer(asked.tx, target.request);
  if (outcome.run !== undefined) return runCommand(asked, inbound, { ...called, ...calledIn(outcome.run) });
  const { communityId, communityName } = request.who;
  const goesOn = inGroup && place === 'privately' && (outcome.open !== undefined || outcome.say !== undefined);
  const before = goesOn ? await communityOfChat(asked.tx, target.request.address) : communityId;
  const { dialog } = desk.conversation(place);
  // A number in the group would mean what stood there before.
  if (goesOn) desk.closeMenu('here');
  const receipt = inGroup ? sayWhere(asked, inbound, place, called, outcome) : noticeOf(outcome);
  if (dialog && outcome.within !== undefined) {
    await runEffects(target, outcome.effects ?? []);
    desk.remark(place, outcome.within);
    return { ...(await stepDialog(await anew(target, communityId), { type: 'again' }, place)), ...receipt };
  }
  if (dialog && (outcome.open || outcome.say)) {
    if (outcome.open && isOpen(dialog, outcome.open)) return { ...(await stepDialog(target, { type: 'again' }, place)), ...receipt };
    // What was done in the group is done, whatever is open in private.
    if (outcome.open) await runEffects(target, outcome.effects ?? []);
    const line = outcome.line ?? `/${called.name}${called.args ? ` ${called.args}` : ''}`;
    desk.say(place, [askToLeave(request.t, subjectOf(parts, dialog), line, before === communityId ? null : communityId)]);
    return receipt;
  }
  // What was asked for in a community's group goes on in that community.
  if (before !== communityId) await lookAt(asked.tx, target.request.address, communityId, parts.newId);
  if (before !== null && before !== communityId) desk.remark(place, request.t('turn.nowIn', { community: communityName }));
  await carryOut(target, outcome, place);
  desk.setDone(place, undefined);
  return receipt;
}

/** The same after whoever asks has changed how they are spoken to. */
async function anew(asked: Asked, communityId: string): Promise<Asked> {
  const { desk, parts, request, tx } = asked;
  const there = await seenIn(tx, request.who.personId, communityId);
  if (!there) return asked;
  desk.setElder(there.elder ? parts.texts(there.locale) : undefined);
  return { ...asked, request: { ...request, t: parts.texts(there.locale), who: { ...request.who, ...there } } };
}

/** For this long (ms) a chat remembers what a command put by. */
const rememberMs = 60 * 60 * 1000;

const rememberedIn = ({ remembered }: Conversation, now: number): Json | undefined =>
  remembered && now - remembered.at <= rememberMs ? remembered.what : undefined;

/** The short line for the presser alone. */
export const noticeOf = ({ notice }: Outcome): Receipt => (notice === undefined ? {} : { notice });

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
  if (outcome.afresh || outcome.community !== undefined) await anew(asked, outcome.community ?? request.who.communityId);
  const { remember = null } = outcome;
  // What is too old is forgotten by the way.
  if (outcome.remember !== undefined || request.remembered === undefined)
    desk.setRemembered(place, remember === null ? undefined : { at: request.now, what: remember });
  if (outcome.aside !== undefined) desk.remark(place, outcome.aside);
  if (outcome.say) desk.say(place, outcome.say);
  if (!outcome.open) return;
  const room = parts.registry.dialog(outcome.open.dialog);
  if (!room) throw new Error(`No dialog is called ${outcome.open.dialog}`);
  await settle(asked, place, { name: room.name, seed: outcome.open.seed }, await room.open(tx, request, outcome.open));
}
