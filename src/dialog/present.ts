import { applying, askingOf, contextOf, seen, standing, type Scene } from './answers.js';
import { entryOf, type Entry } from './definition.js';
import { own } from './engineKeys.js';
import { engineChoice, fieldChoice, keyed, menuOf } from './menu.js';
import type { Asking, Option, Prompt } from './question.js';
import type { DialogState } from './state.js';
import type { Effect, Json, MenuItem, Say } from './types.js';

/** What a step answers. `state` is null when the dialog is over, and `ended` then says how. */
export interface Step<E extends Effect = Effect> {
  readonly say: readonly Say[];
  readonly state: DialogState | null;
  readonly effects: readonly E[];
  readonly ended?: 'completed' | 'left';
}

/** How the present place stands before the person: its words alone, its choices, and what is said for help. */
export interface View {
  readonly text: string;
  readonly choices: readonly MenuItem[];
  /** Typed digits are the answer. */
  readonly free: boolean;
  readonly help: string;
  /** Saved with the state though no choice is shown for it: the numbers of a form's fields. */
  readonly hidden: DialogState['menu'];
}

/** The question at which the dialog stands; undefined at the read-back. */
export function presentEntry<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Entry<Facts> | undefined {
  return state.at.place === 'question' ? entryOf(scene.dialog, state.at.key) : undefined;
}

/** One answered or open field as the read-back shows it. */
function fields<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): { key: string; label: string; value: string }[] {
  return applying(scene, state).map((entry) => {
    const asking = askingOf(scene, state, entry);
    const answer = state.answers[entry.key] ?? null;
    return {
      key: entry.key,
      label: scene.ctx.t(`${asking.base}.label`, asking.params),
      value: answer === null ? own(scene.ctx.t, 'empty') : entry.question.show(answer, asking),
    };
  });
}

/** The present place in words and choices. */
export function view<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const entry = presentEntry(scene, state);
  if (entry) return questionView(scene, state, entry);
  if (state.at.place === 'changeWhich') return changeView(scene, state);
  return scene.dialog.readBack === 'form' ? formView(scene, state) : simpleView(scene, state);
}

function questionView<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>): View {
  const { t } = scene.ctx;
  const asking = askingOf(scene, state, entry);
  const prompt = entry.question.ask(asking);
  const skip: Option[] = entry.question.optional ? [{ label: own(t, 'skip'), value: engineChoice.skip }] : [];
  const options = [...optionsOf(prompt), ...skip];
  const backwards = {
    label: own(t, canGoBack(state, entry, asking) ? 'back' : 'leave'),
    value: engineChoice[canGoBack(state, entry, asking) ? 'back' : 'leave'],
  };
  const help = { label: own(t, 'help'), value: engineChoice.help };
  const choices = prompt.free
    ? [...options, backwards, help]
    : [...keyed(options, state.page, own(t, 'more')), { key: '0', ...backwards }, { key: '9', ...help }];
  return { text: prompt.text, choices, free: prompt.free, help: prompt.help, hidden: [] };
}

/** A question's options under values that cannot be taken for the engine's own. */
export function optionsOf(prompt: Prompt): Option[] {
  return prompt.options.map(({ label, value }) => ({ label, value: `=${value}` }));
}

function canGoBack<Facts>(state: DialogState, entry: Entry<Facts>, asking: Asking<Facts>): boolean {
  const within = entry.question.back?.(asking) !== undefined;
  return within || state.trail.length > 0 || (state.at.place === 'question' && state.at.change);
}

function simpleView<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const { t } = scene.ctx;
  const lines = fields(scene, state).map(({ label, value }) => own(t, 'line', { label, value }));
  return {
    text: [...state.remarks, own(t, 'readBack'), ...lines].join('\n'),
    choices: [
      { key: '1', label: t(`${scene.dialog.name}.confirm`), value: engineChoice.confirm },
      { key: '2', label: own(t, 'change'), value: engineChoice.change },
      { key: '0', label: own(t, 'leave'), value: engineChoice.leave },
      { key: '9', label: own(t, 'help'), value: engineChoice.help },
    ],
    free: false,
    help: own(t, 'readBackHelp'),
    hidden: [],
  };
}

function changeView<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const { t } = scene.ctx;
  const items = fields(scene, state).map(({ key, label, value }) => ({ label: own(t, 'line', { label, value }), value: fieldChoice(key) }));
  return {
    text: own(t, 'changeWhich'),
    choices: [
      ...keyed(items, state.page, own(t, 'more')),
      { key: '0', label: own(t, 'back'), value: engineChoice.back },
      { key: '9', label: own(t, 'help'), value: engineChoice.help },
    ],
    free: false,
    help: own(t, 'changeHelp'),
    hidden: [],
  };
}

function formView<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const { t } = scene.ctx;
  const shown = fields(scene, state);
  const lines = shown.map(({ label, value }, index) => own(t, 'field', { n: index + 1, label, value }));
  const confirm = t(`${scene.dialog.name}.confirm`);
  return {
    text: [...state.remarks, own(t, 'form.readBack'), ...lines, own(t, 'form.howTo', { confirm })].join('\n'),
    choices: [
      { label: confirm, value: engineChoice.confirm },
      { label: own(t, 'leave'), value: engineChoice.leave },
    ],
    free: true,
    help: own(t, 'form.help', { confirm }),
    hidden: shown.map(({ key }, index) => ({ key: String(index + 1), value: fieldChoice(key) })),
  };
}

/** Shows the place where the dialog stands, under the words that lead to it, as one message; remembers what was offered. */
export function present<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, before: readonly string[] = []): Step<E> {
  const shown = view(scene, state);
  const text = [...before, shown.text].filter((line) => line !== '').join('\n');
  const say = { text, choices: shown.choices, ...(shown.free ? { numbersAreAnswers: true } : {}) };
  return { say: [say], state: { ...state, menu: [...menuOf(shown.choices), ...shown.hidden], resuming: false }, effects: [] };
}

/** Goes to the next question that needs an answer, or to the read-back, and shows it. */
export function proceed<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, before: readonly string[] = []): Step<E> {
  const { answers, dropped, next, stale } = standing(scene, state);
  const fresh: DialogState = { ...state, answers, partial: null, page: 0 };
  if (next === null) return present(scene, { ...fresh, at: { place: 'readBack' } }, before);
  const asked = askFor(scene, fresh, next, false, dropped[next] ?? null);
  if (!stale) return present(scene, asked, before);
  const entry = entryOf(scene.dialog, next);
  const label = entry
    ? scene.ctx.t(`${scene.dialog.name}.${next}.label`, entry.params(seen(scene.dialog, answers), contextOf(scene, fresh)))
    : '';
  return present(scene, asked, [...before, own(scene.ctx.t, 'noLonger', { label })]);
}

/** The state in which one question is asked, beginning with what can be kept of an earlier answer to it. */
export function askFor<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  key: string,
  change: boolean,
  earlier: Json,
): DialogState {
  const at: DialogState = { ...state, at: { place: 'question', key, change }, partial: null, page: 0, wrong: 0 };
  const entry = entryOf(scene.dialog, key);
  if (!entry?.question.reopen || earlier === null) return at;
  return { ...at, partial: entry.question.reopen(earlier, askingOf(scene, at, entry)) };
}
