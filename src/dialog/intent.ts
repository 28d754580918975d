import { askingOf, type Scene } from './answers.js';
import { clean, longestInput } from './clean.js';
import { byDigits, byLabel, engineChoice, fieldChoice } from './menu.js';
import { optionsOf, presentEntry, view } from './present.js';
import type { DialogState } from './state.js';
import type { Effect, Input } from './types.js';
import { wordOf, type Word } from './words.js';

/** What the person wants, before anything is done about it. */
export type Intent =
  | {
      readonly want:
        'back' | 'leave' | 'help' | 'skip' | 'more' | 'restart' | 'continue' | 'confirm' | 'keep' | 'change' | 'asAnswer' | 'asCorrection';
    }
  | { readonly want: 'field'; readonly key: string }
  /** An answer for the present question, or words at a read-back. */
  | { readonly want: 'answer'; readonly input: Input }
  /** The choice was offered, but is no more. */
  | { readonly want: 'gone' }
  /** The choice is of an earlier message. */
  | { readonly want: 'old' }
  | { readonly want: 'tooLong' };

const anywhere: readonly Word[] = ['back', 'leave', 'help', 'restart'];

/** Understands an input where the dialog stands: by the menu that was shown, by words, by labels; what is left is an answer. */
export function intentOf<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, input: Input): Intent {
  if (input.type === 'choice')
    return state.menu.some(({ value }) => value === input.value) ? chosen(scene, state, input.value) : { want: 'old' };
  if (input.text.length > longestInput) return { want: 'tooLong' };
  const text = clean(input.text);
  const behind = byDigits(state.menu, text);
  if (behind !== undefined) return chosen(scene, state, behind);
  if (state.resuming) {
    const word = wordOf(text, ['continue', 'restart', 'leave', 'help', 'yes', 'no']);
    if (word) return { want: word === 'yes' ? 'continue' : word === 'no' ? 'leave' : word };
  }
  const word = wordOf(text, anywhere);
  if (word) return { want: word } as Intent;
  if (scene.dialog.keep && wordOf(text, ['keep'])) return { want: 'keep' };
  return presentEntry(scene, state) ? atQuestion(scene, state, text) : atReadBack(scene, state, text);
}

function atQuestion<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, text: string): Intent {
  const entry = presentEntry(scene, state);
  const shown = view(scene, state);
  const label = byLabel(shown.choices, text);
  if (label) return chosen(scene, state, label.value);
  if (wordOf(text, ['skip'])) return { want: 'skip' };
  if (entry?.question.optional && shown.free && wordOf(text, ['nothing'])) return { want: 'skip' };
  const paged = shown.choices.some(({ value }) => value === engineChoice.more);
  if (paged && wordOf(text, ['more'])) return { want: 'more' };
  // Options on other pages are known by their label too.
  const option = paged && entry ? byLabel(optionsOf(entry.question.ask(askingOf(scene, state, entry))), text) : undefined;
  return option ? chosen(scene, state, option.value) : { want: 'answer', input: { type: 'text', text } };
}

function atReadBack<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, text: string): Intent {
  const label = byLabel(view(scene, state).choices, text);
  if (label) return chosen(scene, state, label.value);
  if (state.at.place === 'changeWhich')
    return wordOf(text, ['more']) ? { want: 'more' } : { want: 'answer', input: { type: 'text', text } };
  if (state.at.place === 'which') return { want: 'answer', input: { type: 'text', text } };
  if (wordOf(text, ['yes', 'confirm'])) return { want: 'confirm' };
  return wordOf(text, ['change']) ? { want: 'change' } : { want: 'answer', input: { type: 'text', text } };
}

/** What a choice of the present menu asks for. */
export function chosen<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, value: string): Intent {
  // The dialog cannot fetch anybody by itself; where nobody else does, the help stands there again.
  if (value === engineChoice.helper) return { want: 'help' };
  if (value.startsWith('=')) {
    const entry = presentEntry(scene, state);
    const options = entry ? optionsOf(entry.question.ask(askingOf(scene, state, entry))) : [];
    const there = options.some((option) => option.value === value);
    return there ? { want: 'answer', input: { type: 'choice', value: value.slice(1) } } : { want: 'gone' };
  }
  const field = scene.dialog.entries.find(({ key }) => value === fieldChoice(key));
  if (field) return { want: 'field', key: field.key };
  const want = (Object.keys(engineChoice) as (keyof typeof engineChoice)[]).find((name) => engineChoice[name] === value);
  if (want === 'keep' && !scene.dialog.keep) return { want: 'old' };
  return want && want !== 'helper' ? { want } : { want: 'old' };
}
