import type { Address, Inbound, Receipt } from '../chat/index.js';
import {
  route,
  type DialogInput,
  type DialogMove,
  type EffectContext,
  type Opening,
  type Outcome,
  type Registry,
  type Request,
  type Route,
  type Who,
} from '../command/index.js';
import type { Planned } from '../delivery/index.js';
import type { Effect, Json, Translate } from '../dialog/index.js';
import type { Known } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import type { Conversation } from './conversation.js';
import { createDesk, type Desk, type Place } from './desk.js';

/** After this long (ms) without a word, an open dialog offers to go on instead of taking whatever comes as its answer. */
const pauseMs = 60 * 60 * 1000;

/** What one turn leads to, before any of it is written. Effects have run in the same transaction. */
export interface Taken {
  readonly outbox: readonly Planned[];
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly receipt: Receipt;
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
  turn: { inbound: Inbound; uid: string; known: Known; conversations: ReadonlyMap<string, Conversation>; now: number },
  parts: TurnParts,
): Promise<Taken> {
  const { inbound, known, now } = turn;
  const { platform, account } = inbound.address;
  const privately: Address | null =
    inbound.kind === 'private' ? inbound.address : known.privateChat === null ? null : { platform, account, chat: known.privateChat };
  const { uid, conversations } = turn;
  const desk = createDesk({ inbound, uid, conversations, now, communityId: known.communityId, privately, newToken: parts.newToken });
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
  const where = route(inbound, { menu: open.menu, dialog: open.dialog !== undefined }, parts.registry.commands);
  const receipt = await follow(where, inbound, asked, known.isNew);
  return { outbox: desk.outbox(), conversations: desk.changed(), receipt };
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

/** Words that call nothing by name: perhaps a feature knows what they mean; whoever writes for the first time is welcomed in any case. */
async function understand(inbound: Inbound, asked: Asked, isNew: boolean): Promise<Receipt> {
  const { desk, parts, request } = asked;
  if (inbound.kind === 'private' && inbound.content.type === 'text') {
    for (const read of parts.registry.freeText) {
      const call = read(inbound.content.text, request);
      if (call) return runCommand(asked, inbound, call);
    }
    if (isNew) return runCommand(asked, inbound, { name: 'start', args: '' });
  }
  desk.remark('here', request.t('turn.unknown'));
  return {};
}

/** A late or foreign button changes nothing: the presser sees what is current, or where to begin. */
async function showCurrent(inbound: Inbound, asked: Asked): Promise<Receipt> {
  const { desk, request } = asked;
  const notice = request.t('turn.stale');
  if (inbound.kind === 'group') return { notice };
  const { dialog, menu } = desk.conversation('here');
  if (dialog) return { ...(await stepDialog(asked, { type: 'again' })), notice };
  if (menu) desk.say('here', [{ text: menu.text, choices: menu.choices, numbersAreAnswers: menu.numbersAreAnswers }]);
  else desk.remark('here', request.t('turn.staleNothing'));
  return { notice };
}

/** Values of menus are the answer to the open dialog, a command line, or (with `!`) about leaving a dialog. */
async function choose(asked: Asked, inbound: Inbound, value: string): Promise<Receipt> {
  if (value === '!stay') return stepDialog(asked, { type: 'again' });
  const leaving = value.startsWith('!leave ');
  if (leaving) asked.desk.setDialog('here', undefined);
  const line = leaving ? value.slice('!leave '.length) : value;
  const [, name, args = ''] = /^\/([a-z-]+)(?: ([\s\S]*))?$/u.exec(line) ?? [];
  const inDialog = asked.desk.conversation('here').dialog !== undefined;
  if (name === undefined || inDialog) return stepDialog(asked, { type: 'choice', value });
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
  const place: Place = command.inGroup === 'privately' ? 'privately' : 'here';
  if (command.for === 'staff' && !request.who.staff) {
    // In a group nobody is shown up: those who may not are not answered.
    if (!inGroup) desk.remark('here', request.t('turn.staffOnly'));
    return inGroup ? { notice: request.t('turn.staffOnly') } : {};
  }
  if (inGroup && place === 'privately' && !request.who.privately) {
    desk.remark('here', request.t('turn.writeMeFirst'));
    return {};
  }
  const target = { ...asked, request: aim(request, inbound, place, called) };
  const outcome = await command.answer(asked.tx, target.request);
  const { dialog } = desk.conversation(place);
  if (dialog && (outcome.open || outcome.say)) {
    if (outcome.open && isOpen(dialog, outcome.open))
      return { ...(await stepDialog(target, { type: 'again' }, place)), ...noticeOf(outcome) };
    desk.say(place, [askToLeave(request.t, outcome.line ?? lineOf(called))]);
    return noticeOf(outcome);
  }
  await carryOut(target, outcome, place);
  return noticeOf(outcome);
}

const noticeOf = ({ notice }: Outcome): Receipt => (notice === undefined ? {} : { notice });

/** The request as the command sees it: a private answer to a call from a group is asked for in the private chat. */
function aim(request: Request, inbound: Inbound, place: Place, { args, bare = false }: Called): Request {
  if (inbound.kind === 'private' || place === 'here' || !request.who.privately) return { ...request, args };
  const { content } = inbound;
  const messageId = content.type === 'text' ? content.replyTo : content.type === 'press' ? content.messageId : undefined;
  const from = { address: inbound.address, bare, pressed: content.type === 'press', ...(messageId === undefined ? {} : { messageId }) };
  return { ...request, args, kind: 'private', address: request.who.privately, from };
}

/** A dialog remembers the opening it came from, so that pressing the same card twice shows its question again. */
const isOpen = (dialog: NonNullable<Conversation['dialog']>, opening: Opening) =>
  dialog.name === opening.dialog && JSON.stringify(dialog.seed ?? null) === JSON.stringify(opening.seed ?? null);

const lineOf = ({ name, args }: Called): string => `/${name}${args ? ` ${args}` : ''}`;

function askToLeave(t: Translate, line: string) {
  return {
    text: t('turn.inTheMiddle'),
    choices: [
      { key: '1', label: t('turn.stay'), value: '!stay' },
      { key: '2', label: t('turn.leave'), value: `!leave ${line}` },
    ],
  };
}

async function carryOut(asked: Asked, outcome: Outcome, place: Place): Promise<void> {
  const { desk, parts, request, tx } = asked;
  await runEffects(asked, outcome.effects ?? []);
  if (outcome.inGroup !== undefined) desk.remark('here', outcome.inGroup);
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
  const paused = request.now - dialog.at > pauseMs && input.type === 'text';
  const move = await room.step(tx, request, dialog.state, paused ? { type: 'return' } : input);
  await settle(asked, place, dialog, move);
  return {};
}

async function settle(asked: Asked, place: Place, dialog: { name: string; seed?: Json | undefined }, move: DialogMove): Promise<void> {
  const { desk, request } = asked;
  await runEffects(asked, move.effects);
  desk.say(place, move.say);
  desk.setDialog(
    place,
    move.state === null ? undefined : { name: dialog.name, seed: dialog.seed ?? null, state: move.state, at: request.now },
  );
}

/** One after another, in the order that was decided: a later effect may build on an earlier one. */
async function runEffects({ tx, parts, effects: context }: Asked, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) await parts.registry.effect(effect.type).run(tx, effect, context);
}
