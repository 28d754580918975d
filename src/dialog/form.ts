import { accept, askFor, askingOf, type Scene } from './answers.js';
import { readCorrections } from './corrections.js';
import { entryOf, type Entry } from './definition.js';
import { own } from './engineKeys.js';
import { behindOwnNumber, meaningOf, numbered, otherIn, readField, readWords, takesAnyWords, type Other } from './lines.js';
import { byDigits, fieldChoice } from './menu.js';
import { present, proceed, type Step } from './present.js';
import type { Reading } from './question.js';
import type { DialogState } from './state.js';
import { take, wrong } from './take.js';
import type { Effect, Input, Json } from './types.js';

/** Words at a read-back: in a form they may be corrections; otherwise they are not understood. */
export function correct<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, input: Input): Step<E> {
  const { t } = scene.ctx;
  const chosenOnly = scene.dialog.readBack === 'simple' || state.at.place === 'which';
  if (chosenOnly || input.type === 'choice') return wrong(scene, state, own(t, 'pickOne'));
  const fieldBehind = (digits: string) => scene.dialog.entries.find(({ key }) => byDigits(state.menu, digits) === fieldChoice(key))?.key;
  const anyWords = (key: string) => takesAnyWords(scene, state, key);
  const corrections = readCorrections(input.text, fieldBehind, (key, text) => readField(scene, state, key, text), anyWords);
  switch (corrections.type) {
    case 'none':
      return wrong(scene, state, own(t, 'form.notUnderstood'));
    case 'ambiguous':
      return wrong(scene, state, own(t, 'form.ambiguous'));
    case 'wrong':
      return present(scene, askAgain(scene, state, corrections.key), [refusal(scene, state, corrections.key, corrections.text)]);
    case 'answers':
      return about(scene, state, corrections);
  }
}

/** Words at a question. In a form that asks for a correction they may be about another field. */
export function hear<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>, input: Input): Step<E> {
  const behind = input.type === 'text' ? behindOwnNumber(scene, state, entry, input.text) : null;
  if (behind !== null && input.type === 'text') return hearNumbered(scene, state, entry, { whole: input.text, behind });
  const meaning = input.type === 'text' ? meaningOf(scene, state, entry, input.text) : ({ as: 'answer' } as const);
  if (meaning.as === 'other') return about(scene, state, meaning.other);
  if (meaning.as === 'unclear') return wrong(scene, state, own(scene.ctx.t, 'form.ambiguous'));
  if (meaning.as === 'either' && input.type === 'text')
    return present(scene, { ...state, at: { place: 'which', key: entry.key, text: input.text }, wrong: 0 });
  const reading =
    input.type === 'text' ? readWords(scene, state, entry, input.text) : entry.question.read(input, askingOf(scene, state, entry));
  return heard(scene, state, entry, reading);
}

/** A line that begins with the number of the field that is asked: what stands behind it, unless it goes on to other fields. */
function hearNumbered<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  entry: Entry<Facts>,
  { whole, behind }: { readonly whole: string; readonly behind: string },
): Step<E> {
  const other = otherIn(scene, state, whole);
  const more = other !== null && other !== 'unclear' && other.type === 'answers' && other.answers.length > 1;
  if (more) return about(scene, state, other);
  // As a line of its own, since an option may be named and "none" said.
  const reading = readField(scene, state, entry.key, behind);
  const plain = reading.type === 'wrong' ? readWords(scene, state, entry, whole) : reading;
  const anyWords = takesAnyWords(scene, state, entry.key);
  return heard(scene, state, entry, anyWords || plain.type === 'wrong' ? reading : plain);
}

function heard<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>, reading: Reading<Json>): Step<E> {
  const refused = state.at.place === 'question' && state.at.refused === true;
  if (reading.type === 'wrong' && refused) return wrong(scene, state, refusal(scene, state, entry.key, reading.text));
  return take(scene, state, entry, reading);
}

/** It was asked which of two things a line means, and this is the answer; `back` asks the question once more. */
export function which<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  as: 'asAnswer' | 'asCorrection' | 'back',
): Step<E> {
  const { at } = state;
  const entry = at.place === 'which' ? entryOf(scene.dialog, at.key) : undefined;
  if (at.place !== 'which' || !entry) return proceed(scene, { ...state, at: { place: 'readBack' } });
  const asked = askAgain(scene, state, at.key);
  if (as === 'asAnswer') return take(scene, asked, entry, readWords(scene, asked, entry, at.text));
  const other = as === 'asCorrection' ? otherIn(scene, asked, at.text) : null;
  // Facts may have moved on since it was asked.
  return other === null || other === 'unclear' ? present(scene, asked) : about(scene, asked, other);
}

function about<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, other: Other): Step<E> {
  if (other.type === 'field') return present(scene, askFor(scene, state, other.key, true, state.answers[other.key] ?? null));
  return proceed(scene, accept(scene, state, other.answers, true), other.notes);
}

/** The question behind a line that was refused; the next line is heard with that in mind. */
function askAgain<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, key: string): DialogState {
  const asked = askFor(scene, state, key, true, state.answers[key] ?? null);
  return { ...asked, at: { place: 'question', key, change: true, refused: true } };
}

/** Says which field was not changed, as nobody looks up what number 5 was. */
function refusal<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, key: string, why: string): string {
  const field = numbered(scene, state).find((one) => one.key === key);
  return field ? own(scene.ctx.t, 'form.refused', { n: field.n, label: field.label, why }) : why;
}
