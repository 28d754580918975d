import { z } from 'zod';
import type { Inbound } from '../chat/index.js';
import { answerOf, menuSchema, yesValue, type Menu } from '../command/index.js';
import type { Sealer } from '../seal/index.js';
import type { Conversation } from './conversation.js';

/**
 * A prompt is a question that comes by itself, such as the offer of a place. It has a row of its own beside the conversation: it is
 * written in somebody else's turn, which must not touch what this person has open.
 */
const schema = z.object({ v: z.literal(1), prompt: menuSchema.optional(), community: z.string().optional() });

/** A stored prompt: what is asked, and the community that asks; undefined where an older program wrote it. */
export interface StoredPrompt {
  readonly menu: Menu;
  readonly community: string | undefined;
}

/** Names the row of a conversation's prompt. */
export const promptKey = (conversationKey: string): string => `${conversationKey}#prompt`;

/** Opens a stored prompt; one that was answered, or that cannot be read, is none. */
export function readPrompt(sealer: Sealer, key: string, stored: Uint8Array | undefined): StoredPrompt | undefined {
  if (!stored) return undefined;
  const parsed = schema.safeParse(JSON.parse(sealer.open(stored, `conversation:${key}`)));
  const { prompt: menu, community } = parsed.success ? parsed.data : {};
  return menu && { menu, community };
}

/** Seals a prompt to its own row. */
export const writePrompt = (sealer: Sealer, key: string, prompt: Menu, community: string): Uint8Array<ArrayBuffer> =>
  sealer.seal(JSON.stringify({ v: 1, prompt, community }), `conversation:${key}`);

/** How a message answers a prompt. */
export type Answer = { readonly type: 'line'; readonly line: string } | { readonly type: 'again' };

/**
 * What a message is to a prompt: the command line that it chooses, or a number that the prompt does not have; null when it is no
 * answer to it. Its buttons count as long as it stands; words and numbers only while it is what the person saw last.
 */
export function answerTo(prompt: Menu | undefined, inbound: Inbound, open: Conversation, now: number): Answer | null {
  if (!prompt || inbound.kind !== 'private' || prompt.shownAt > now) return null;
  const seenLast = prompt.shownAt >= Math.max(open.menu?.shownAt ?? 0, open.dialog?.at ?? 0);
  const answer = answerOf(prompt, inbound.content) ?? (inbound.content.type === 'text' ? yesValue(prompt, inbound.content.text) : null);
  if (answer !== null) return inbound.content.type === 'press' || seenLast ? { type: 'line', line: answer } : null;
  const digit = inbound.content.type === 'text' && /^\s*\p{Nd}\s*$/u.test(inbound.content.text);
  return digit && seenLast ? { type: 'again' } : null;
}
