import { bare } from './parse.js';

/** Words that count in a group without mention, reply or slash, and the command each calls (domain.md, "Words in groups"). */
const bareWords: ReadonlyMap<string, string> = new Map([
  ['报名', 'join'],
  ['我报名', 'join'],
  ['+1', 'join'],
  ['取消报名', 'give-up'],
]);

/** How long a list counts as the one that everybody is talking about. */
export const openListMs = 24 * 60 * 60 * 1000;

/** How long a bare number in a group may answer a menu that the bot showed there. */
export const groupMenuMs = 10 * 60 * 1000;

/** The command that a whole message calls in a group by itself, if any: 报名了吗, 报名？ and 老王也报名 call none. */
export function bareGroupWord(text: string): string | null {
  return /[?？]/u.test(text) ? null : (bareWords.get(bare(text)) ?? null);
}
