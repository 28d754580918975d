import { z } from 'zod';
import type { Outbound } from '../../chat/index.js';
import type { LoggedMessage } from './log.js';

const choice = z.object({ key: z.string().optional(), label: z.string(), value: z.string() });

const payload = z.discriminatedUnion('type', [
  /** A person's words. `clientId` lets the page that sent them know its own message again. */
  z.object({ type: z.literal('said'), text: z.string(), clientId: z.string(), replyTo: z.string().optional() }),
  /** The label of a button that a person pressed in a private chat, so that the talk reads well. */
  z.object({ type: z.literal('pressed'), text: z.string(), clientId: z.string() }),
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

/** What a message of the bot shows. */
export const shownBy = ({ text, choices, replyTo, mention }: Outbound): Payload => ({
  type: 'shown',
  text,
  choices: choices?.map(({ key, label, value }) => ({ key, label, value })),
  replyTo,
  mention: mention && { id: mention.id, name: mention.name },
});

/** A row as the page gets it; null for a row that this version cannot read (it is left out, not a reason to show nothing). */
export function viewOf({ id, sender, at, payload: json }: LoggedMessage): MessageView | null {
  const read = payload.safeParse(parsed(json));
  return read.success ? { ...read.data, id, sender, at } : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
