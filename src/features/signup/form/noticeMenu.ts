import type { Outcome } from '../../../command/index.js';

// 取消 is not among them: under a notice it is as often what the notice says.
const leaving = ['退出', '不要了', '不改了', '算了', '不弄了', 'leave', 'quit', 'exit', 'stop', 'never mind', 'not now'];

/** A menu that the words for leaving put away, with everything that its numbers meant. `line`: the command that does. */
export const leavable = (outcome: Outcome, line: string): Outcome => ({
  ...outcome,
  say: (outcome.say ?? []).map((say) => ({ ...say, words: Object.fromEntries(leaving.map((word) => [word, line])) })),
});
