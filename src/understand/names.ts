import { looksLikeIdNumber, looksLikePhone } from './identifiers.js';
import { cleanLine } from './normalize.js';

/** The longest name, in code points: the longest names of people here fit twice. */
export const longestName = 40;

/** A person's name as it may be stored, or why the text is none. */
export type NameReading =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: 'empty' | 'tooLong' | 'idNumber' | 'phone' | 'notAName' };

const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1f1e6}-\u{1f1ff}\u{e0020}-\u{e007f}\u200d\ufe0f\u20e3]/gu;
// Private-use characters stay: some computers write rare characters of names with them.
const written = /^[\p{L}\p{M}\p{Nl}\p{Co}\d ·•・.'’\-‐()（）]+$/u;
const introduction = /^(?:(?:姓名|名字)\s?[:：是]\s?|(?:我|他|她|孩子|宝宝)?叫\s?)/u;

/** What people write who know no name: said, it is none. */
const noName =
  /^(?:(?:还)?没有?(?:名字|名)?|无|暂无|不知道|不晓得|不清楚|不详|未知|不记得了?|忘了|忘记了|随便|none|no|nothing|unknown|n\/a|no name|(?:i )?(?:don['’]?t|do not) know)$/iu;

/**
 * Reads a person's name: Chinese (rare characters too), minority names with ·, Latin names. Emoji around it and 我叫 are left away;
 * signs of markup, lists of names, numbers, questions and 没有 are no name.
 */
export function readName(text: string): NameReading {
  if (looksLikeIdNumber(text)) return { ok: false, reason: 'idNumber' };
  if (looksLikePhone(text)) return { ok: false, reason: 'phone' };
  const line = cleanLine(text, { max: longestName });
  if (!line.ok) return line;
  const name = line.line.replace(emoji, '').replace(introduction, '').replace(/ {2,}/g, ' ').trim();
  return written.test(name) && /\p{L}|\p{Nl}|\p{Co}/u.test(name) && !noName.test(name)
    ? { ok: true, name }
    : { ok: false, reason: 'notAName' };
}

/** The same for a name as it stands in papers, where no digits belong: `赵小虎 2017-1-1` says more than a name. */
export function readFullName(text: string): NameReading | { readonly ok: false; readonly reason: 'digits' } {
  const read = readName(text);
  return read.ok && /\p{Nd}/u.test(read.name) ? { ok: false, reason: 'digits' } : read;
}

const office = /社工|工作人员|管理员|网格员|居委会|小邻|^社区/u;
const officeInEnglish = /\b(?:staff|administrator|social worker|xiaolin)\b/iu;

/** Whether somebody who is called so would be taken for somebody of the community's staff, or for the bot. */
export function claimsOffice(name: string): boolean {
  const plain = name.normalize('NFKC');
  return office.test(plain.replace(/[\s·.。-]+/gu, '')) || officeInEnglish.test(plain);
}
