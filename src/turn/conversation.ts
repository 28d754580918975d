import { z } from 'zod';
import { menuSchema } from '../command/index.js';
import type { Json } from '../dialog/index.js';
import type { Sealer } from '../seal/index.js';

// What JSON.parse gave is JSON; the dialog itself looks into it.
const json = z.custom<Json>((value) => value !== undefined);

const schema = z.object({
  v: z.literal(1),
  /** The choices last shown. */
  menu: menuSchema.optional(),
  /** The menu of the read-back that was confirmed last, and when (ms): the same answer again is a repeat. */
  done: z.object({ at: z.number(), menu: menuSchema }).optional(),
  /** What a command put by for later calls, and when (ms). */
  remembered: z.object({ at: z.number(), what: json }).optional(),
  /** The open dialog: its name, what it was opened with, its state (which only the dialog itself reads) and when it was last touched (ms). */
  dialog: z.object({ name: z.string(), seed: json, state: json, at: z.number() }).optional(),
});

/** What one person has open in one chat. */
export type Conversation = z.infer<typeof schema>;

/** Nothing open. */
export const nothingOpen: Conversation = { v: 1 };

/** Whether there is nothing open. */
export const isNothing = ({ menu, done, dialog, remembered }: Conversation): boolean =>
  menu === undefined && done === undefined && dialog === undefined && remembered === undefined;

/** Opens a stored conversation. One that cannot be read (a much older program wrote it) counts as nothing open rather than locking the person out. */
export function readConversation(sealer: Sealer, key: string, stored: Uint8Array | undefined): Conversation {
  if (!stored) return nothingOpen;
  const parsed = schema.safeParse(JSON.parse(sealer.open(stored, `conversation:${key}`)));
  return parsed.success ? parsed.data : nothingOpen;
}

/** Seals a conversation to its own row. */
export const writeConversation = (sealer: Sealer, key: string, conversation: Conversation): Uint8Array<ArrayBuffer> =>
  sealer.seal(JSON.stringify(conversation), `conversation:${key}`);
