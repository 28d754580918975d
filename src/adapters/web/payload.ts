import { z } from 'zod';
import type { Outbound } from '../../chat/index.js';
import type { LoggedMessage } from './log.js';

const choice = z.object({ key: z.string().optional(), label: z.string(), value: z.string(), quiet: z.boolean().optional() });

const payload = z.discriminatedUnion('type', [
  /** A person's words. `clientId` lets the page that sent them know its own message again. */
  z.object({ type: z.literal('said'), text: z.string(), clientId: z.string(), replyTo: z.string().optional() }),
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
    /** The content in base64, so that it is sealed and gone with its message. */
    file: z.object({ name: z.string(), mimeType: z.string(), data: z.base64() }).optional(),
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

type Shown = Extract<Payload, { type: 'shown' }>;

/** One message as the page gets it. */
export type MessageView = (Exclude<Payload, Shown> | (Omit<Shown, 'file'> & { readonly file?: FileView })) &
  Pick<LoggedMessage, 'id' | 'sender' | 'at'>;

/** What a row holds; null where this version cannot read it. */
export const payloadOf = ({ payload: json }: LoggedMessage): Payload | null => payload.safeParse(parsed(json)).data ?? null;

/** What a message of the bot shows. */
export const shownBy = ({ text, choices, file, replyTo, mention }: Outbound): Payload => ({
  type: 'shown',
  text,
  choices: choices?.map(({ key, label, value, quiet }) => ({ key, label, value, quiet })),
  replyTo,
  mention: mention && { id: mention.id, name: mention.name },
  file: file && { name: file.name, mimeType: file.mimeType, data: Buffer.from(file.data).toString('base64') },
});

/** A row as the page gets it; null for a row that this version cannot read (it is left out, not a reason to show nothing). */
export function viewOf(row: LoggedMessage): MessageView | null {
  const read = payloadOf(row);
  return read && asView(read, row);
}

/** A message as the page gets it, with its file named only; what a pressed button carried is not the page's business. */
export function asView(shown: Payload, { id, sender, at }: Pick<LoggedMessage, 'id' | 'sender' | 'at'>): MessageView {
  if (shown.type === 'pressed') return { type: shown.type, text: shown.text, clientId: shown.clientId, id, sender, at };
  if (shown.type !== 'shown') return { ...shown, id, sender, at };
  const { file, ...rest } = shown;
  return { ...rest, ...(file === undefined ? {} : { file: fileView(file) }), id, sender, at };
}

/** The content of the file that came with a message; null when none did. */
export function fileOf(
  row: LoggedMessage,
): { readonly name: string; readonly mimeType: string; readonly data: Uint8Array<ArrayBuffer> } | null {
  const { data: shown } = payload.safeParse(parsed(row.payload));
  if (shown?.type !== 'shown' || shown.file === undefined) return null;
  const { name, mimeType, data } = shown.file;
  return { name, mimeType, data: Uint8Array.from(Buffer.from(data, 'base64')) };
}

// A PNG begins with eight signs of its own, then a block of eight more, then its sides.
const pngSigns = '89504e470d0a1a0a';
const pngHead = 24;

function fileView({ name, mimeType, data }: NonNullable<Shown['file']>): FileView {
  const size = Buffer.byteLength(data, 'base64');
  const head = Buffer.from(data.slice(0, (pngHead / 3) * 4), 'base64');
  if (mimeType !== 'image/png' || head.length < pngHead || head.toString('hex', 0, 8) !== pngSigns) return { name, size };
  return { name, size, picture: { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
