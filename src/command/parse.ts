import type { Command } from './feature.js';

/** A command that somebody called, with what stood behind its name. */
export interface Call<Tx> {
  readonly command: Command<Tx>;
  readonly args: string;
}

const slash = /^[/／]([a-z][a-z-]{0,31})(?:@[a-z0-9_]{1,64})?(?:\s+([\s\S]*))?$/iu;

/** Reads `/name text`. Unknown and hidden names give `unknown`, so that a typing error gets help instead of silence; text that begins with no slash gives null. */
export function parseSlash<Tx>(text: string, commands: readonly Command<Tx>[]): Call<Tx> | 'unknown' | null {
  const trimmed = text.trim();
  if (!/^[/／]/u.test(trimmed)) return null;
  const [, name = '', args = ''] = slash.exec(trimmed) ?? [];
  const command = commands.find((candidate) => candidate.name === name.toLowerCase() && !candidate.hidden);
  // `/报名` is what people write who have seen `/join`.
  return command ? { command, args: args.trim() } : (parseWord(trimmed.slice(1), commands) ?? 'unknown');
}

/** Reads a keyword that stands alone (`报名`, `帮助。`), or with text behind it where the command takes some (`新活动 …`). */
export function parseWord<Tx>(text: string, commands: readonly Command<Tx>[]): Call<Tx> | null {
  const line = bare(text);
  for (const command of commands) {
    for (const word of command.words) {
      if (line === word) return { command, args: '' };
      const behind = command.takesText ? textBehind(text.trimStart(), word) : null;
      if (behind !== null) return { command, args: behind };
    }
  }
  return null;
}

/** What follows a word, a space, a line break or a colon: `新活动：…`. */
function textBehind(text: string, word: string): string | null {
  if (text.slice(0, word.length).toLowerCase() !== word) return null;
  const rest = text.slice(word.length);
  // Nobody types a space between Chinese and a code: 认证ABCD-2345.
  const meets = /\p{Script=Han}$/u.test(word) && /^[a-z0-9]/iu.test(rest);
  return meets || /^[\s:：，,]/u.test(rest) ? rest.replace(/^[\s:：，,]+/u, '').trim() : null;
}

/** No word that calls something is longer, with the marks around it. */
const longest = 100;

/** A whole message without the marks around it: `报名！` and ` 报名 ` both say 报名. A mark alone stays. */
export function bare(text: string): string {
  const trimmed = text.trim();
  // Not cut: the beginning of a long text is not what it says.
  if (trimmed.length > longest) return trimmed;
  const line = trimmed.normalize('NFKC').toLowerCase();
  return line.replace(/[。.!?~,、\s]+$/u, '') || line;
}
