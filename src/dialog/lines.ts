import { applying, askFor, askingOf, type Scene } from './answers.js';
import { fold, menuKey, oneLine } from './clean.js';
import { numberedPart, readCorrections } from './corrections.js';
import { entryOf, type Dialog, type Entry } from './definition.js';
import { own } from './engineKeys.js';
import { byLabel } from './menu.js';
import type { Asking, Reading } from './question.js';
import type { DialogState } from './state.js';
import type { Effect, Json, Translate } from './types.js';
import { means, wordOf } from './words.js';

/** Another field that a line may be about: opened by its number alone, or corrected at once. */
export type Other =
  | { readonly type: 'field'; readonly key: string }
  | { readonly type: 'answers'; readonly answers: readonly (readonly [string, Json])[]; readonly notes: readonly string[] };

/** What a line means while a form asks one field: its answer, something about other fields, one of the two, or several things. */
export type Meaning =
  { readonly as: 'answer' } | { readonly as: 'other'; readonly other: Other } | { readonly as: 'either' } | { readonly as: 'unclear' };

/** Reads one field's new value as if its question had just been asked. Numbers of a menu mean nothing here: the person has not seen it. */
export function readField<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, key: string, text: string): Reading<Json> {
  const entry = entryOf(scene.dialog, key);
  if (!entry) return { type: 'wrong', text: '' };
  const { question } = entry;
  const asking = askingOf(scene, { ...askFor(scene, state, key, true, state.answers[key] ?? null), menu: [] }, entry);
  const prompt = question.ask(asking);
  if (question.optional && (means(text, 'skip') || (prompt.free && means(text, 'nothing')))) return { type: 'answer', answer: null };
  const option = byLabel(prompt.options, text);
  return option ? question.read({ type: 'choice', value: option.value }, asking) : readWords(scene, state, entry, text, asking);
}

/** Reads words as what a field holds. What takes any words takes no button of the form or of another menu, and no bare number: whoever writes it means something else. */
export function readWords<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  entry: Entry<Facts>,
  text: string,
  asking: Asking<Facts> = askingOf(scene, state, entry),
): Reading<Json> {
  const { dialog, ctx } = scene;
  const reading = entry.question.read({ type: 'text', text }, asking);
  const taken = reading.type === 'wrong' || dialog.readBack !== 'form' || !takesAnyWords(scene, state, entry.key);
  if (taken || !isNoValue(dialog, text, ctx.t)) return reading;
  return {
    type: 'wrong',
    text: own(ctx.t, 'form.notAValue', { said: oneLine(text), label: ctx.t(`${asking.base}.label`, asking.params) }),
  };
}

function isNoValue({ name, keep, labels }: Dialog<never, Effect>, text: string, t: Translate): boolean {
  if (/^\d+\s?[.。、,)!]?$/u.test(oneLine(text).normalize('NFKC'))) return true;
  if (wordOf(text, ['confirm', 'change', 'keep'])) return true;
  return [`${name}.confirm`, ...(keep ? [`${name}.keep`] : []), ...labels].some((key) => fold(t(key)) === fold(text));
}

/** What stands behind the number of the field that is asked: whoever opened field 7 and writes `7 彩笔` says the number again. Null where no such number does. */
export function behindOwnNumber<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  entry: Entry<Facts>,
  text: string,
): string | null {
  const { at } = state;
  const part = scene.dialog.readBack === 'form' && at.place === 'question' && at.change ? numberedPart(text) : undefined;
  return part && numbered(scene, state).some(({ key, n }) => key === entry.key && n === part.digits) ? part.text : null;
}

/** The fields of the read-back with their numbers and labels; the same as when it was shown, as nothing has been accepted since. */
export function numbered<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
): { readonly key: string; readonly n: string; readonly label: string }[] {
  return applying(scene, state).map((entry, index) => {
    const { base, params, t } = askingOf(scene, state, entry);
    return { key: entry.key, n: String(index + 1), label: t(`${base}.label`, params) };
  });
}

/** What a line says about other fields, if anything: `3` alone, or `3 new text` that fits. Null when it is no such line. */
export function otherIn<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, text: string): Other | 'unclear' | null {
  const fields = numbered(scene, state);
  const behind = (digits: string) => fields.find(({ n }) => n === digits)?.key;
  const digits = menuKey(text);
  const field = digits === undefined ? undefined : behind(digits);
  if (field !== undefined) return { type: 'field', key: field };
  const anyWords = (key: string) => takesAnyWords(scene, state, key);
  const corrections = readCorrections(text, behind, (key, value) => readField(scene, state, key, value), anyWords);
  if (corrections.type === 'answers') return corrections;
  return corrections.type === 'ambiguous' ? 'unclear' : null;
}

/**
 * Decides what a line means while a form asks one field for a correction. Where the person chose the field, its own answer comes first.
 * Where a line such as `5 -3` was refused, they are writing corrections by number: the next may well be for another field, and only
 * where both readings are equally good is it asked which was meant. Nothing counts before the read-back either way.
 */
export function meaningOf<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>, text: string): Meaning {
  const { at } = state;
  if (scene.dialog.readBack !== 'form' || at.place !== 'question' || !at.change) return { as: 'answer' };
  const refused = at.refused === true;
  const fits = readWords(scene, state, entry, text).type !== 'wrong';
  if (fits && !refused) return { as: 'answer' };
  const other = otherIn(scene, state, text);
  if (other === null) return { as: 'answer' };
  // What takes any words fits everything, so that it fits says nothing.
  const anyWords = (key: string): boolean => takesAnyWords(scene, state, key);
  if (other === 'unclear') return fits && !anyWords(entry.key) ? { as: 'answer' } : { as: 'unclear' };
  if (other.type === 'field') {
    if (!refused || other.key === entry.key) return { as: 'answer' };
    return fits && !anyWords(entry.key) ? { as: 'either' } : { as: 'other', other };
  }
  const keys = other.answers.map(([key]) => key);
  const itself = keys.length === 1 && keys[0] === entry.key;
  const clearly = anyWords(entry.key) && keys.some((key) => !anyWords(key));
  return !fits || itself || clearly ? { as: 'other', other } : { as: 'either' };
}

/** Whether a field takes whatever is written, such as a name or a place. */
export function takesAnyWords<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, key: string): boolean {
  const entry = entryOf(scene.dialog, key);
  const prompt = entry?.question.ask(askingOf(scene, askFor(scene, state, key, true, null), entry));
  return prompt?.free === true && prompt.numbersAreAnswers === false;
}
