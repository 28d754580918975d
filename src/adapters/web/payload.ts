import { z } from 'zod';
import type { Outbound, OutboundFile } from '../../chat/index.js';
import type { LoggedMessage } from './log.js';

const choice = z.object({ key: z.string().optional(), label: z.string(), value: z.string(), quiet: z.boolean().optional() });

/** A file that came with a message; its content stands beside the message (`MessageLog.content`). */
const file = z.object({
  name: z.string(),
  mimeType: z.string(),
  /** In bytes. */
  size: z.number().optional(),
  /** The sides of what is shown as a picture. */
  picture: z.object({ width: z.number(), height: z.number() }).optional(),
  /** The content in base64, as it was kept in the message itself before it stood beside it. */
  data: z.base64().optional(),
});

/** A file that came with a message, without its content. */
export type FileOfMessage = z.infer<typeof file>;

const payload = z.discriminatedUnion('type', [
  /** A person's words. `clientId` lets the page that sent them know its own message again. */
  z.object({ type: z.literal('said'), text: z.string(), clientId: z.string(), replyTo: z.string().optional(), file: file.optional() }),
  /** The label of a button that a person pressed in a private chat, so that the talk reads well. */
  z.object({
    type: z.literal('pressed'),
    text: z.string(),
    clientId: z.string(),
    /** What the button carried and where it hung, so that a press that no turn ever took can be taken up. */
    button: z.object({ value: z.string(), messageId: z.string() }).optional(),
  }),
  /** A message of the bot. */
  z.object({
    type: z.literal('shown'),
    text: z.string(),
    choices: z.array(choice).optional(),
    replyTo: z.string().optional(),
    mention: z.object({ id: z.string(), name: z.string() }).optional(),
    file: file.optional(),
  }),
]);

/** What one message of the log shows. */
export type Payload = z.infer<typeof payload>;

/** A file as the page gets it first: its content is asked for when it is wanted. */
export interface FileView {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The sides of a picture, so that its place is kept free; absent for what is only saved. */
  readonly picture?: { readonly width: number; readonly height: number };
}

type Viewed<P> = P extends { file?: unknown } ? Omit<P, 'file'> & { readonly file?: FileView } : P;

/** One message as the page gets it. */
export type MessageView = Viewed<Payload> & Pick<LoggedMessage, 'id' | 'sender' | 'at'>;

/** What a row holds; null where this version cannot read it. */
export const payloadOf = ({ payload: json }: LoggedMessage): Payload | null => payload.safeParse(parsed(json)).data ?? null;

/** What a message of the bot shows. */
export const shownBy = ({ text, choices, file, replyTo, mention }: Outbound): Payload => ({
  type: 'shown',
  text,
  choices: choices?.map(({ key, label, value, quiet }) => ({ key, label, value, quiet })),
  replyTo,
  mention: mention && { id: mention.id, name: mention.name },
  file: file && sentFile(file),
});

/** A row as the page gets it; null for a row that this version cannot read (it is left out, not a reason to show nothing). */
export function viewOf(row: LoggedMessage): MessageView | null {
  const read = payloadOf(row);
  return read && asView(read, row);
}

/** A message as the page gets it, with its file named only; what a pressed button carried is not the page's business. */
export function asView(shown: Payload, { id, sender, at }: Pick<LoggedMessage, 'id' | 'sender' | 'at'>): MessageView {
  if (shown.type === 'pressed') return { type: shown.type, text: shown.text, clientId: shown.clientId, id, sender, at };
  const { file: sent, ...rest } = shown;
  return { ...rest, ...(sent === undefined ? {} : { file: fileView(sent) }), id, sender, at };
}

/** The file that came with a message, and its content where that stands in the message; null when none did. */
export function fileOf(row: LoggedMessage): (FileOfMessage & { readonly content?: Uint8Array }) | null {
  const read = payloadOf(row);
  if (!read || read.type === 'pressed' || read.file === undefined) return null;
  const { data, ...named } = read.file;
  return { ...named, ...(data === undefined ? {} : { content: Buffer.from(data, 'base64') }) };
}

/** A file of the bot's own, which needs no cleaning. */
function sentFile({ name, mimeType, data }: OutboundFile): FileOfMessage {
  const picture = mimeType === 'image/png' ? pngSides(data) : null;
  return { name, mimeType, size: data.length, ...(picture ? { picture } : {}) };
}

function fileView({ name, mimeType, size, picture, data }: FileOfMessage): FileView {
  if (data === undefined) return { name, size: size ?? 0, ...(picture ? { picture } : {}) };
  const bytes = Buffer.from(data, 'base64');
  return fileView(sentFile({ name, mimeType, data: bytes, instead: '' }));
}

// A PNG begins with eight signs of its own, then a block of eight more, then its sides.
const pngSigns = '89504e470d0a1a0a';
const pngHead = 24;

function pngSides(data: Uint8Array): { readonly width: number; readonly height: number } | null {
  const head = Buffer.from(data.subarray(0, pngHead));
  if (head.length < pngHead || head.toString('hex', 0, 8) !== pngSigns) return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
