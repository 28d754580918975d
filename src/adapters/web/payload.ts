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
  }),
]);

/** What one message of the log shows. */
export type Payload = z.infer<typeof payload>;

/** One message as the page gets it. */
export type MessageView = Payload & Pick<LoggedMessage, 'id' | 'sender' | 'at'>;

/** What a row holds; null where this version cannot read it. */
export const payloadOf = ({ payload: json }: LoggedMessage): Payload | null => payload.safeParse(parsed(json)).data ?? null;

/** What a message of the bot shows. */
export const shownBy = ({ text, choices, replyTo, mention }: Outbound): Payload => ({
  type: 'shown',
  text,
  choices: choices?.map(({ key, label, value, quiet }) => ({ key, label, value, quiet })),
  replyTo,
  mention: mention && { id: mention.id, name: mention.name },
});

/** A row as the page gets it; null for a row that this version cannot read (it is left out, not a reason to show nothing). */
export function viewOf(row: LoggedMessage): MessageView | null {
  const { id, sender, at } = row;
  const read = payloadOf(row);
  return read && { ...shownOf(read), id, sender, at };
}

/** The page draws labels; what a button carried is not its business. */
export const shownOf = (read: Payload): Payload =>
  read.type === 'pressed' ? { type: read.type, text: read.text, clientId: read.clientId } : read;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
