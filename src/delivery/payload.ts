import { z } from 'zod';
import type { Outbound } from '../chat/index.js';
import type { Recipe } from './paper.js';
import type { Sealer } from '../seal/index.js';

// Also a payload that opens may come from another version of Linli, so its shape is checked.
const outbound = z.object({
  text: z.string(),
  choices: z
    .array(z.object({ key: z.string().exactOptional(), label: z.string(), value: z.string(), quiet: z.boolean().exactOptional() }))
    .exactOptional(),
  replyTo: z.string().exactOptional(),
  mention: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  paper: z.object({ name: z.string(), args: z.unknown(), locale: z.string() }).exactOptional(),
});

/** What a message says, and the recipe of the file that comes with it. A file itself never stands in the outbox. */
export interface Contents {
  readonly message: Omit<Outbound, 'file'>;
  readonly paper?: Recipe;
}

const context = (dedupeKey: string): string => `outbox:${dedupeKey}`;

/** Seals a message for its row, so that it opens in no other one. */
export function sealMessage(sealer: Sealer, { message, paper }: Contents, dedupeKey: string): Uint8Array<ArrayBuffer> {
  return sealer.seal(JSON.stringify({ ...message, paper }), context(dedupeKey));
}

/** Opens what `sealMessage` made; null when it is missing, sealed with a lost key or not a message, since no retry would help. */
export function openMessage(sealer: Sealer, payload: Uint8Array | null, dedupeKey: string): Contents | null {
  if (payload === null) return null;
  try {
    const { paper, ...message } = outbound.parse(JSON.parse(sealer.open(payload, context(dedupeKey))));
    return { message, ...(paper === undefined ? {} : { paper }) };
  } catch {
    return null;
  }
}
