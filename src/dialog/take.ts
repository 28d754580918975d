import { accept, contextOf, type Scene } from './answers.js';
import type { Entry } from './definition.js';
import { present, proceed, view, type Step } from './present.js';
import type { Reading } from './question.js';
import type { DialogState } from './state.js';
import type { Effect, Json } from './types.js';

/** Nothing changes but the count; who has been wrong twice is told more. */
export function wrong<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, text: string): Step<E> {
  const times = state.wrong + 1;
  const helped = times >= 2;
  const help = helped ? [view(scene, state).help] : [];
  return { ...present(scene, { ...state, wrong: times }, [text, ...help], helped), missed: true };
}

/** Leaves a dialog before its end; `at` is the question whose answer ended it. */
export function leave<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, text: string, at: string | null): Step<E> {
  const { say = { text }, effects = [] } = scene.dialog.left?.(contextOf(scene, state), at) ?? {};
  return { say: [say], state: null, effects, ended: 'left' };
}

/** Goes on from what was read as the answer to a question. */
export function take<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  entry: Entry<Facts>,
  reading: Reading<Json>,
): Step<E> {
  switch (reading.type) {
    case 'wrong':
      return wrong(scene, state, reading.text);
    case 'end':
      return leave(scene, state, reading.text, entry.key);
    case 'partial':
      return present(scene, { ...state, partial: reading.partial, page: 0, wrong: 0 }, [reading.note ?? '']);
    case 'answer': {
      const change = state.at.place === 'question' && state.at.change;
      const given = [[entry.key, reading.answer] as const, ...Object.entries(reading.also ?? {})];
      return proceed(scene, accept(scene, state, given, change), [reading.note ?? '']);
    }
  }
}
