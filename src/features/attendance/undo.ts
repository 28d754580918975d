import { z } from 'zod';
import type { Request } from '../../command/index.js';
import type { Json } from '../../dialog/index.js';
import { undoMs } from './rules.js';
import { writeAt, type At } from './sheet.js';

/** What one's last marking is taken back by: of which session and when it was, how many it marked, and what stood there before. */
const schema = z.object({
  session: z.string(),
  at: z.number(),
  count: z.number(),
  before: z.array(z.object({ signUpId: z.string(), state: z.enum(['attended', 'absent', 'leave']), at: z.number(), by: z.string() })),
});

/** What one's last marking is taken back by; written as `type`, so that it may be remembered. */
export type Undo = z.infer<typeof schema>;

/** One's last marking in this session, as the chat remembers it; null where there is none to take back. */
export function lastMarking({ remembered }: { readonly remembered?: Json }, sessionId: string): Undo | null {
  const parsed = schema.safeParse(remembered);
  return parsed.success && parsed.data.session === sessionId ? parsed.data : null;
}

/** Whether it is late for taking a marking back in one go. */
export const isLate = (undo: Undo, now: number): boolean => now - undo.at > undoMs;

/** The command line that takes the last marking back. */
export const undoLine = (at: At): string => `/check-in-undo ${writeAt(at)}`;

/** Whether the last marking can be taken back now, so that it is offered. */
export const mayUndo = (request: Pick<Request, 'remembered' | 'now'>, sessionId: string): boolean => {
  const undo = lastMarking(request, sessionId);
  return undo !== null && !isLate(undo, request.now);
};

/** What takes a marking back while somebody is in the list, in whatever language the list is; elsewhere these words call something else, or nothing. */
export const undoWords = (at: At): Record<string, string> =>
  Object.fromEntries(['撤销', '撤消', '撤回', 'undo'].map((word) => [word, undoLine(at)]));
