import type { Address, Inbound, Receipt } from '../chat/index.js';
import { isFor, readInCommunity, route, type Menu, type Who } from '../command/index.js';
import type { Planned } from '../delivery/index.js';
import { seenIn, type Known } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import type { Asked, TurnParts } from './asked.js';
import { calledIn, noticeOf, runCommand } from './call.js';
import type { Conversation } from './conversation.js';
import { createDesk } from './desk.js';
import { choose, follow, sayAgain } from './follow.js';
import type { Unread } from './heard.js';
import { answerTo } from './prompt.js';
import { refusal, runEffects, stepDialog } from './step.js';

/** What one turn leads to, before any of it is written. Effects have run in the same transaction. */
export interface Taken {
  readonly outbox: readonly Planned[];
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly receipt: Receipt;
}

/** The question that came by itself and stands open, as a turn needs it. */
interface Prompt {
  readonly menu: Menu;
  /** The community that it came from. */
  readonly community: string;
  /** Lets it be answered. */
  readonly forget: () => Promise<void>;
}

/** Takes one message through its turn: route, let the command or dialog decide, run what it decided. */
export async function takeTurn(
  tx: Tx,
  turn: {
    inbound: Inbound;
    came?: Unread;
    uid: string;
    known: Known;
    conversations: ReadonlyMap<string, Conversation>;
    prompt?: Prompt;
    now: number;
  },
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
    ...(turn.came === undefined ? {} : { came: turn.came }),
  };
  const open = desk.conversation('here');
  const answer = answerTo(turn.prompt?.menu, inbound, open, now);
  if (answer !== null && turn.prompt) {
    const { menu, forget } = turn.prompt;
    if (answer.type === 'again') promptAgain(menu, asked);
    // It is over before its answer is carried out, which may lead to the next one.
    else await forget();
    const receipt = answer.type === 'again' ? {} : await takeAnswer(answer.line, inbound, asked, turn.prompt.community);
    return { outbox: desk.outbox(), conversations: desk.changed(), receipt };
  }
  const overheard = await overhear(asked, inbound);
  if (overheard) return { outbox: desk.outbox(), conversations: desk.changed(), receipt: overheard };
  const where = route(inbound, { menu: open.menu, dialog: open.dialog !== undefined }, parts.registry.commands);
  const receipt = await follow(where, inbound, asked, known.isNew);
  return { outbox: desk.outbox(), conversations: desk.changed(), receipt };
}

/** Words in a group that a feature does something about, whoever they are for; answered only where the bot was spoken to. */
async function overhear(asked: Asked, { kind, content }: Inbound): Promise<Receipt | null> {
  if (kind !== 'group' || content.type !== 'text') return null;
  const { tx, desk, parts, request } = asked;
  for (const hears of parts.registry.overheard) {
    const outcome = await hears(tx, content.text, request);
    if (!outcome) continue;
    await runEffects(asked, outcome.effects ?? []);
    const spokenTo = content.mentioned === true || content.replyTo !== undefined || /^\s*[/／]/u.test(content.text);
    if (spokenTo) desk.say('here', outcome.say ?? []);
    return {};
  }
  return null;
}

/** A number that the prompt does not have: it is shown once more, and nothing else happens. */
function promptAgain({ text, choices }: Menu, { desk }: Asked): void {
  desk.remark('here', [text, ...choices.map(({ key = '', label }) => `${key} ${label}`)].join('\n'));
}

/** The same in the community that a prompt came from. The chat goes on looking at its own. */
async function askedThere(asked: Asked, communityId: string): Promise<Asked> {
  const { request, tx, effects } = asked;
  const { who } = request;
  const there = communityId === who.communityId ? null : await seenIn(tx, who.personId, communityId);
  if (!there) return asked;
  return { ...asked, effects: { ...effects, communityId }, request: { ...request, who: { ...who, ...there } } };
}

/** How long (ms) a yes-or-no question is still what somebody has in mind when something else comes between. */
const questionMs = 10 * 60 * 1000;

/** The yes or no that a menu asks for, when it was shown not long ago. */
const questionOf = (menu: Menu | undefined, now: number): Menu | undefined =>
  menu && now - menu.shownAt <= questionMs && menu.choices.length === 2 && menu.choices.every(({ key }) => key === '0' || key === '1')
    ? menu
    : undefined;

/** Whether a question's yes calls this command. */
const asks = ({ choices }: Menu, command: string): boolean => choices.some(({ value }) => calledIn(value).name === command);

/** What a prompt led to is said; then an open dialog, or a question of yes or no, goes on where it stood. */
async function takeAnswer(value: string, inbound: Inbound, before: Asked, community: string): Promise<Receipt> {
  const meant = readInCommunity(value);
  if (meant && !before.desk.conversation('here').dialog) return choose(before, inbound, value);
  const asked = await askedThere(before, community);
  const { desk, parts, request } = asked;
  const { name, args } = calledIn(meant?.line ?? value);
  const command = parts.registry.command(name);
  if (!command) return {};
  if (!isFor(command.for, request.who)) {
    desk.remark('here', refusal(command.for, request));
    return {};
  }
  const { dialog, menu } = desk.conversation('here');
  const question = questionOf(menu, request.now);
  if (!dialog && !question) return runCommand(asked, inbound, { name, args });
  const outcome = await command.answer(asked.tx, { ...request, args });
  // What asks questions of its own first asks whether to put the open one aside.
  if (outcome.open) return runCommand(asked, inbound, { name, args });
  await runEffects(asked, outcome.effects ?? []);
  if (!dialog && question && outcome.settles !== undefined && asks(question, outcome.settles)) {
    desk.say('here', outcome.say ?? []);
    return noticeOf(outcome);
  }
  for (const { text } of outcome.say ?? []) desk.remark('here', text);
  if (!dialog && question) {
    desk.say('here', [sayAgain(question)]);
    return noticeOf(outcome);
  }
  return { ...(await stepDialog(asked, { type: 'again' })), ...noticeOf(outcome) };
}
