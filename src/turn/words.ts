import type { Inbound } from '../chat/index.js';
import { courtesyOf, type FreeText, type Request, type Suggestion } from '../command/index.js';
import type { Conversation } from './conversation.js';
import { repeats } from './repeats.js';

/** What words mean that call nothing by name. `answer` is the key of a text below `turn.`; null is silence. */
export type Understood =
  | { readonly as: 'call'; readonly call: { readonly name: string; readonly args: string } }
  | ({ readonly as: 'suggestion' } & Suggestion)
  | { readonly as: 'nothing'; readonly answer: 'thanks' | 'noted' | 'alreadyDone' | 'unknown' | null };

/**
 * Perhaps they only say again what is done, or thank for it; perhaps a feature knows what they mean: a command first, else the first
 * suggestion. Whoever writes for the first time is welcomed in any case.
 */
export function understandWords(
  { kind, content }: Inbound,
  parts: {
    request: Request;
    done: Conversation['done'];
    isNew: boolean;
    freeText: readonly FreeText[];
    groupText: readonly FreeText[];
  },
): Understood {
  const { request, done, isNew, freeText, groupText } = parts;
  const text = content.type === 'text' ? content.text : '';
  if (kind === 'group') {
    const call = groupText.flatMap((understands) => understands(text, request) ?? []).find((meant) => 'name' in meant);
    if (call) return { as: 'call', call };
    // A chat about what the bot said is not for the bot, unless it is called by name.
    if (content.type !== 'text' || content.mentioned !== true) return { as: 'nothing', answer: null };
  }
  const courtesy = isNew ? null : courtesyOf(text);
  if (courtesy === 'thanks' || courtesy === 'noted') return { as: 'nothing', answer: courtesy };
  if (kind === 'private' && repeats(done, content, request.now)) return { as: 'nothing', answer: 'alreadyDone' };
  if (courtesy === 'agreed') return { as: 'nothing', answer: 'noted' };
  if (kind === 'group') return { as: 'nothing', answer: 'unknown' };
  const read = freeText.flatMap((understands) => understands(text, request) ?? []);
  const call = read.find((meant) => 'name' in meant);
  if (call) return { as: 'call', call };
  if (isNew) return { as: 'call', call: { name: 'start', args: '' } };
  const [suggestion] = read.filter((meant) => 'suggest' in meant);
  return suggestion ? { as: 'suggestion', ...suggestion } : { as: 'nothing', answer: 'unknown' };
}
