import type { Content } from '../chat/index.js';
import { pressedValue, typedValue, type Menu } from '../command/index.js';
import { engineChoice, means } from '../dialog/index.js';
import type { Conversation } from './conversation.js';

/** For this long (ms) after something was confirmed, the same answer is taken for a repeat: an impatient press, or a message sent twice. */
const repeatMs = 10 * 60 * 1000;

/** What is remembered of a read-back that was confirmed under this menu. */
export const doneBy = (menu: Menu | undefined, now: number): Conversation['done'] => menu && { at: now, menu: { ...menu, text: '' } };

/** Whether this says once more what has just been confirmed: its digit, its label, its button, or a plain yes. */
export function repeats(done: Conversation['done'], content: Content, now: number): boolean {
  if (!done || now - done.at > repeatMs) return false;
  if (content.type === 'press') return pressedValue(done.menu, content.value) === engineChoice.confirm;
  if (content.type !== 'text') return false;
  const { text } = content;
  return typedValue(done.menu, text) === engineChoice.confirm || means(text, 'confirm') || means(text, 'yes');
}
