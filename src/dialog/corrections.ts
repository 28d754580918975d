import { oneLine } from './clean.js';
import type { Reading } from './question.js';
import type { Json } from './types.js';

/** What a line such as `3 周六上午` at a form's read-back asks for. */
export type Corrections =
  /** It is no correction. */
  | { readonly type: 'none' }
  /** All of it was understood. */
  | { readonly type: 'answers'; readonly answers: readonly (readonly [string, Json])[]; readonly notes: readonly string[] }
  /** One field was named whose new value does not fit. */
  | { readonly type: 'wrong'; readonly key: string; readonly text: string }
  /** It can be read in several ways. */
  | { readonly type: 'ambiguous' };

interface Part {
  readonly key: string;
  readonly text: string;
}

type Tried = { readonly part: Part; readonly reading: Reading<Json> };

/** More numbers than this in one line are not tried as the beginnings of fields. */
const mostSplits = 5;

/**
 * Reads corrections: a line for each field, or several in one line where only one way of dividing it gives values that fit. What fits a
 * field that takes any words (`anyWords`) says nothing, so of several ways the one with most other values that fit is meant.
 */
export function readCorrections(
  text: string,
  fieldBehind: (digits: string) => string | undefined,
  read: (key: string, text: string) => Reading<Json>,
  anyWords: (key: string) => boolean,
): Corrections {
  const pieces = text
    .split(/[\n;；]/u)
    .map(oneLine)
    .filter((line) => line !== '');
  const lines = pieces.every((line) => headOf(line, fieldBehind)) ? pieces : [oneLine(text)];
  const done = lines.map((line) => readLine(line, fieldBehind, read, anyWords));
  const failed = done.find(({ type }) => type !== 'answers');
  if (failed || done.length === 0) return failed ?? { type: 'none' };
  const all = done.flatMap((line) => (line.type === 'answers' ? [line] : []));
  const answers = all.flatMap((line) => line.answers);
  if (new Set(answers.map(([key]) => key)).size < answers.length) return { type: 'ambiguous' };
  return { type: 'answers', answers, notes: all.flatMap((line) => line.notes) };
}

/** A number and what stands behind it. It must stand apart: "8月1日" alone is nothing about field 8. */
export function numberedPart(line: string): { readonly digits: string; readonly text: string } | undefined {
  const [, digits, text] =
    /^(\d{1,2})(?:\s?[、:：)）]\s?|\s?[.．]\s|\s?(?:改成|改为|改到|改)\s?|\s)(\S[\s\S]*)$/u.exec(line.replace(/[０-９]/g, half)) ?? [];
  return digits === undefined || text === undefined ? undefined : { digits, text };
}

function headOf(line: string, fieldBehind: (digits: string) => string | undefined): Part | undefined {
  const part = numberedPart(line);
  const key = part && fieldBehind(part.digits);
  return key === undefined ? undefined : { key, text: part?.text ?? '' };
}

function half(digit: string): string {
  return digit.normalize('NFKC');
}

function readLine(
  line: string,
  fieldBehind: (digits: string) => string | undefined,
  read: (key: string, text: string) => Reading<Json>,
  anyWords: (key: string) => boolean,
): Corrections {
  const head = headOf(line, fieldBehind);
  if (!head) return { type: 'none' };
  const tries = divisions(head, fieldBehind).map((parts) => parts.map((part): Tried => ({ part, reading: read(part.key, part.text) })));
  const fitting = tries.filter((parts) => parts.every(({ reading }) => reading.type === 'answer'));
  const telling = (parts: readonly Tried[]) => parts.filter(({ part }) => !anyWords(part.key)).length;
  const most = Math.max(...fitting.map(telling));
  const [only, ...others] = fitting.filter((parts) => telling(parts) === most);
  if (others.length > 0) return { type: 'ambiguous' };
  if (only) {
    const accepted = only.flatMap(({ part, reading }) => (reading.type === 'answer' ? [{ part, reading }] : []));
    return {
      type: 'answers',
      answers: accepted.map(({ part, reading }) => [part.key, reading.answer] as const),
      notes: accepted.flatMap(({ reading }) => (reading.note === undefined ? [] : [reading.note])),
    };
  }
  // Of all readings, the one with most right in it is what was meant; its first mistake is what to ask about.
  const right = (parts: readonly Tried[]) => parts.filter(({ reading }) => reading.type === 'answer').length;
  const best = tries.reduce((one, other) => (right(other) > right(one) ? other : one));
  const mistake = best.find(({ reading }) => reading.type !== 'answer');
  return { type: 'wrong', key: mistake?.part.key ?? head.key, text: mistake?.reading.type === 'wrong' ? mistake.reading.text : '' };
}

/** All ways of dividing a line into fields, the undivided one first. */
function divisions(head: Part, fieldBehind: (digits: string) => string | undefined): Part[][] {
  const words = head.text.split(' ');
  const starts = words.flatMap((word, index) => {
    const key = /^\d{1,2}$/.test(word) && index > 0 && index < words.length - 1 ? fieldBehind(word) : undefined;
    return key === undefined ? [] : [{ index, key }];
  });
  if (starts.length > mostSplits) return [[head]];
  const subsets = Array.from({ length: 2 ** starts.length }, (_, bits) => starts.filter((_start, position) => (bits >> position) & 1));
  return subsets.flatMap((chosen) => {
    const parts = [{ key: head.key, index: -1 }, ...chosen].map(({ key, index }, position) => ({
      key,
      text: words.slice(index + 1, chosen[position]?.index ?? words.length).join(' '),
    }));
    const sound = parts.every(({ text }) => text !== '') && new Set(parts.map(({ key }) => key)).size === parts.length;
    return sound ? [parts] : [];
  });
}
