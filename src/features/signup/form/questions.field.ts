import { z } from 'zod';
import type { Question, Translate } from '../../../dialog/index.js';
import type { OwnQuestion } from '../../../programme/index.js';
import { whyNotPublic } from './fields.js';

/** So many questions an event may ask of everybody who signs up. */
export const mostQuestions = 5;

const schema = z
  .array(z.object({ text: z.string(), options: z.array(z.string()), optional: z.boolean() }))
  .min(1)
  .max(mostQuestions);

/** Why questions will not do. `asksForId`: an ID number is asked of nobody. */
type Refusal = 'empty' | 'tooMany' | 'tooLong' | 'twice' | 'oneOption' | 'noOption' | 'options' | 'unfit' | 'asksForId';

const mayBeLeftOpen = /[（(]\s*(?:选填|可不填|可不答|optional)\s*[)）]/iu;

/** `穿几码：S/M/L`, `有没有过敏（选填）`: what is asked, what can be chosen, whether it may be left open. */
function readQuestion(line: string): OwnQuestion {
  const plain = line
    .replace(/^[（(]?\d{1,2}[.、．)）]\s*/u, '')
    .replace(mayBeLeftOpen, '')
    .trim();
  const [, text = plain, behind = ''] = /^(.+?[？?]|.+?(?=[：:]))[：:]?\s*([^：:？?]*[/／|｜][^：:？?]*)$/u.exec(plain) ?? [];
  const options = behind
    .split(/[/／|｜]/u)
    .map((option) => option.trim())
    .filter((option) => option !== '');
  return { text: text.trim(), options: [...new Set(options)], optional: mayBeLeftOpen.test(line) };
}

/** Reads a list of questions, one a line or with semicolons between them. */
export function readQuestions(written: string): { ok: true; questions: OwnQuestion[] } | { ok: false; reason: Refusal } {
  const lines = written.split(/[\n;；]+/u).map((line) => line.trim());
  const questions = lines.filter((line) => line !== '').map(readQuestion);
  const refused = (reason: Refusal) => ({ ok: false, reason }) as const;
  if (questions.length === 0 || questions.some(({ text }) => text === '' || /^\d+$/u.test(text))) return refused('empty');
  if (questions.length > mostQuestions) return refused('tooMany');
  if (questions.some(({ text, options }) => tooLong(text, 40) || options.some((option) => tooLong(option, 20)))) return refused('tooLong');
  if (questions.some(({ text }) => /[：:]$/u.test(text))) return refused('noOption');
  if (questions.some(hasOneOption)) return refused('oneOption');
  if (questions.some(({ options }) => options.length > 8)) return refused('options');
  if (new Set(questions.map(({ text }) => text)).size < questions.length) return refused('twice');
  if (/身份证|证件号|ID (?:card|number)/iu.test(written)) return refused('asksForId');
  if (whyNotPublic(written) !== null) return refused('unfit');
  return { ok: true, questions };
}

/** More letters behind a colon are a part of the question. */
const longestLone = 6;

/** `穿几码：S`, `穿几码：S/`: where there is nothing to choose, something was forgotten. A clock (8:30), a list and a question behind the colon are none. */
function hasOneOption({ text, options }: OwnQuestion): boolean {
  if (options.length > 0) return options.length === 1;
  const [, lone] = /[^\d：:][：:]\s*([^：:、，,?？]+)$/u.exec(text) ?? [];
  return lone !== undefined && !tooLong(lone.trim(), longestLone);
}

const tooLong = (text: string, max: number): boolean => Array.from(text).length > max;

/** A question as staff wrote it. */
const shown = ({ text, options, optional }: OwnQuestion, t: Translate): string =>
  [
    text,
    ...(options.length > 0 ? [t('event.questions.options', { options: options.join('/') })] : []),
    ...(optional ? [t('event.questions.optional')] : []),
  ].join('');

/** What everybody is asked who signs up, at most five. */
export const questionsField: Question<readonly OwnQuestion[]> = {
  optional: false,
  schema,
  keys: [
    ...(['empty', 'tooMany', 'tooLong', 'twice', 'oneOption', 'noOption', 'options', 'unfit', 'asksForId'] satisfies Refusal[]).map(
      (reason) => `invalid.${reason}`,
    ),
    'options',
    'optional',
  ],
  ask: ({ t, base, params }) => ({
    text: t(`${base}.ask`, params),
    options: [],
    free: true,
    numbersAreAnswers: false,
    help: t(`${base}.help`, params),
  }),
  read: (input, { t, base }) => {
    const read = readQuestions(input.type === 'text' ? input.text : '');
    return read.ok ? { type: 'answer', answer: read.questions } : { type: 'wrong', text: t(`${base}.invalid.${read.reason}`) };
  },
  show: (answer, { t }) => answer.map((question) => shown(question, t)).join(t('event.questions.separator')),
};
