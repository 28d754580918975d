import type { Content, Inbound, Receipt, Receive, Sender } from '../../chat/index.js';
import type { LoggedMessage, MessageLog } from './log.js';
import type { WebChat } from './neighbours.js';
import { asView, payloadOf, viewOf, type FileOfMessage, type MessageView, type Payload } from './payload.js';
import type { PressBody } from './requests.js';

/** A person in a chat that this person may write to. */
export interface Place {
  readonly from: Sender;
  readonly chat: WebChat;
}

/** What somebody says: words, and perhaps a file with its content. */
export interface Saying {
  readonly clientId: string;
  readonly text: string;
  readonly replyTo?: string | undefined;
  readonly file?: FileOfMessage | undefined;
  readonly content?: Uint8Array;
}

/** Takes what people write and press: writes it to the log, hands it to the core. Null: the core did not take it, it must be posted again. Rejects when the log fails. */
export interface Intake {
  say(place: Place, saying: Saying): Promise<(Receipt & { readonly id: string }) | null>;
  press(place: Place, body: PressBody): Promise<Receipt | null>;
  /** Hands a message of the log, which no turn ever took, to the core: under the id that it always had. */
  takeUp(place: Place, row: LoggedMessage): Promise<void>;
}

interface IntakeParts {
  readonly account: string;
  readonly platform: string;
  /** What people call the bot by, after an @. */
  readonly botNames: readonly string[];
  readonly log: MessageLog;
  readonly clock: () => number;
  readonly receive: Receive;
  readonly show: (chat: WebChat, message: MessageView) => void;
}

/**
 * First the log, then the core, both under ids made from the page's clientId:
 * - a crash between the two leaves the words in the chat and the page without an answer, so it posts again: the log keeps its one row
 *   (`fresh: false`, nothing is shown twice) and the core gets the update, for the first time;
 * - a crash after the core's commit: the page posts again, the log and the core's inbox both know the id already, nothing happens twice;
 * - the other way round, a crash between would show an answer to words that are not there, and an answer could overtake its question.
 * The page keeps what it posted until it gets an answer, so nothing depends on this process's memory. And what stands in a chat as said
 * is taken up at the next start, also where that page is gone: nobody is left with words that no one heard.
 */
export function createIntake({ account, platform, botNames, log, clock, receive, show }: IntakeParts): Intake {
  const keep = async (
    { from, chat }: Place,
    clientId: string,
    payload: Payload,
    content?: Uint8Array,
  ): Promise<{ id: string; at: number }> => {
    const message = { key: keyOf(from.id, clientId), chat: chat.id, sender: from.id, at: clock(), payload: JSON.stringify(payload) };
    const row = await log.append(content === undefined ? message : { ...message, content });
    if (row.fresh) show(chat, asView(payload, { id: row.id, sender: from.id, at: row.at }));
    return row;
  };
  const inbound = ({ from, chat }: Place, clientId: string, at: number, content: Content): Inbound => ({
    id: `${from.id}:${clientId}`,
    at,
    address: { platform, account, chat: chat.id },
    kind: chat.kind,
    ...(chat.kind === 'group' ? { title: chat.title } : {}),
    from,
    content,
  });

  /** Whoever rejects has logged why; here it only means "again". */
  const handOver = (update: Inbound): Promise<Receipt | null> => receive(update).catch(() => null);

  /** What was said with the message of this id. */
  const contentOf = async ({ chat }: Place, id: string, { text, replyTo, file }: Omit<Saying, 'clientId'>): Promise<Content> => {
    const words = chat.kind === 'group' ? withoutMention(text, botNames) : { text };
    const answersUs = replyTo !== undefined && (await log.one(chat.id, replyTo))?.sender === null;
    const said = { ...words, ...(answersUs ? { replyTo } : {}) };
    if (!file) return { type: 'text', ...said };
    const { name, mimeType, size } = file;
    return { type: 'file', files: [{ id, name, mimeType, ...(size === undefined ? {} : { size }) }], ...said };
  };

  return {
    say: async (place, { clientId, text, replyTo, file, content }) => {
      const row = await keep(place, clientId, { type: 'said', text, clientId, replyTo, file }, content);
      const receipt = await handOver(inbound(place, clientId, row.at, await contentOf(place, row.id, { text, replyTo, file })));
      return receipt && { ...receipt, id: row.id };
    },
    press: async (place, { clientId, messageId, value }) => {
      // In a group everybody would see who pressed what, so only a private chat keeps the label. It comes from the log, never from the page.
      const label = place.chat.kind === 'private' ? await labelOf(log, place.chat.id, messageId, value) : null;
      const at =
        label === null
          ? clock()
          : (await keep(place, clientId, { type: 'pressed', text: label, clientId, button: { value, messageId } })).at;
      return handOver(inbound(place, clientId, at, { type: 'press', value, messageId }));
    },
    takeUp: async (place, row) => {
      const kept = payloadOf(row);
      if (kept?.type === 'said') await handOver(inbound(place, kept.clientId, row.at, await contentOf(place, row.id, kept)));
      if (kept?.type === 'pressed' && kept.button) await handOver(inbound(place, kept.clientId, row.at, { type: 'press', ...kept.button }));
    },
  };
}

/** What a message of a person is kept under. */
export const keyOf = (person: string, clientId: string): string => `in:${person}:${clientId}`;

async function labelOf(log: MessageLog, chat: string, messageId: string, value: string): Promise<string | null> {
  const row = await log.one(chat, messageId);
  const view = row && viewOf(row);
  if (view?.type !== 'shown') return null;
  return view.choices?.find((choice) => choice.value === value)?.label ?? null;
}

/** `@小邻 活动` addresses the bot with 活动. A longer word that only begins like the name (@小邻居) is left alone. */
function withoutMention(text: string, names: readonly string[]): { text: string; mentioned?: boolean } {
  for (const name of names) {
    const mention = new RegExp(`@${name.replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu');
    if (mention.test(text)) return { text: text.replace(mention, '').trim(), mentioned: true };
  }
  return { text };
}
