import type { Inbound } from '../chat/index.js';
import type { InGroup } from '../people/index.js';

/** What came without being read: a picture, another file, or anything else (a voice message, a sticker). */
export type Unread = 'picture' | 'file' | 'unread';

/**
 * An update as the house hears it: words that came with pictures or files are words like others, so everything that reads words reads
 * these too. `came` names what else came and is not read.
 */
export function asHeard(inbound: Inbound): { readonly inbound: Inbound; readonly came?: Unread } {
  const { content } = inbound;
  if (content.type === 'unknown') return { inbound, came: 'unread' };
  if (content.type !== 'file') return { inbound };
  const { type: _, files, ...said } = content;
  const came = files.every(({ mimeType }) => mimeType.startsWith('image/')) ? 'picture' : 'file';
  return said.text.trim() === '' ? { inbound, came } : { inbound: { ...inbound, content: { type: 'text', ...said } }, came };
}

/** Who has left a group, and who is surely in one: they came, or say something there. */
export function comings(inbounds: readonly Inbound[]): { readonly left: readonly InGroup[]; readonly here: readonly InGroup[] } {
  const inGroups = inbounds.filter(({ kind }) => kind === 'group');
  const isGone = ({ content }: Inbound): boolean => content.type === 'member' && content.what === 'left';
  const where = ({ address: { platform, account, chat }, from }: Inbound): InGroup => ({ platform, account, chat, sender: from.id });
  return { left: inGroups.filter(isGone).map(where), here: inGroups.filter((one) => !isGone(one)).map(where) };
}

/**
 * Whether an update is only taken, once, and leads to nothing: somebody came into a group or left it. Who has not said a word is nobody
 * whom Linli has to know, and a greeting for each would be noise.
 */
export const isOnlyTaken = ({ content }: Inbound): boolean => content.type === 'member';
