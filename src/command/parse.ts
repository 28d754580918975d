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
  return command ? { command, args: args.trim() } : 'unknown';
}

/** Reads a keyword that stands alone (`报名`, `帮助。`), or with text behind it where the command takes some (`新活动 …`). */
export function parseWord<Tx>(text: string, commands: readonly Command<Tx>[]): Call<Tx> | null {
  const line = bare(text);
  for (const command of commands) {
    for (const word of command.words) {
      if (line === word) return { command, args: '' };
      if (command.takesText && text.trimStart().toLowerCase().startsWith(`${word} `))
        return { command, args: text.trimStart().slice(word.length).trim() };
    }
  }
  return null;
}

/** A whole message without the marks around it: `报名！` and ` 报名 ` both say 报名. */
export function bare(text: string): string {
  return text
    .slice(0, 100)
    .normalize('NFKC')
    .trim()
    .replace(/[。.!?~,、\s]+$/u, '')
    .toLowerCase();
}
