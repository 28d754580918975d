import { applying, askFor, askingOf, contextOf, seen, standing, type Scene } from './answers.js';
import { entryOf, type Entry } from './definition.js';
import { own } from './engineKeys.js';
import { numbered, otherIn } from './lines.js';
import { engineChoice, fieldChoice, keyed, menuOf } from './menu.js';
import type { Asking, Option, Prompt } from './question.js';
import type { DialogState } from './state.js';
import type { Effect, Json, MenuItem, Say, Translate } from './types.js';

/** What a step answers. `state` is null when the dialog is over, and `ended` then says how. */
export interface Step<E extends Effect = Effect> {
  readonly say: readonly Say[];
  readonly state: DialogState | null;
  readonly effects: readonly E[];
  readonly ended?: 'completed' | 'left';
  /** The words were no answer, and nothing but the count of that changed: they may mean something elsewhere. */
  readonly missed?: true;
}

/** How the present place stands before the person: its words alone, its choices, and what is said for help. */
export interface View {
  readonly text: string;
  readonly choices: readonly MenuItem[];
  /** The answer is written, not chosen. */
  readonly free: boolean;
  /** Typed digits are the answer, never the key of a choice. */
  readonly numbersAreAnswers: boolean;
  readonly help: string;
  /** Saved with the state though no choice is shown for it: the numbers of a form's fields. */
  readonly hidden: DialogState['menu'];
}

/** The question at which the dialog stands; undefined at the read-back. */
export function presentEntry<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Entry<Facts> | undefined {
  return state.at.place === 'question' ? entryOf(scene.dialog, state.at.key) : undefined;
}

/** One answered or open field as the read-back shows it. */
function fields<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
): { key: string; label: string; value: string; open: boolean }[] {
  return applying(scene, state).map((entry) => {
    const asking = askingOf(scene, state, entry);
    const answer = state.answers[entry.key] ?? null;
    return {
      key: entry.key,
      label: scene.ctx.t(`${asking.base}.label`, asking.params),
      value: answer === null ? own(scene.ctx.t, 'empty') : entry.question.show(answer, asking),
      open: answer === null && entry.quiet,
    };
  });
}

/** The present place in words and choices. */
export function view<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const entry = presentEntry(scene, state);
  if (entry) return questionView(scene, state, entry);
  if (state.at.place === 'changeWhich') return changeView(scene, state);
  if (state.at.place === 'which') return whichView(scene, state, state.at);
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
  const numbersAreAnswers = prompt.numbersAreAnswers ?? prompt.free;
  // 0 is back and 9 is help also where a number is asked for, unless it would be the answer; in a form it may be the number of a field.
  const isAnswer = (key: string) =>
    numbersAreAnswers && (scene.dialog.readBack === 'form' || entry.question.read({ type: 'text', text: key }, asking).type !== 'wrong');
  const digit = (key: string) => (isAnswer(key) ? {} : { key });
  const choices = prompt.free
    ? [...options, { ...digit('0'), ...backwards }, { ...digit('9'), ...help }]
    : [...keyed(options, state.page, own(t, 'more')), { key: '0', ...backwards }, { key: '9', ...help }];
  return { text: prompt.text, choices, free: prompt.free, numbersAreAnswers, help: prompt.help, hidden: [] };
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
    numbersAreAnswers: false,
    help: own(t, 'readBackHelp'),
    hidden: [],
  };
}

function changeView<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const { t } = scene.ctx;
  const items = fields(scene, state)
    .filter(({ key }) => !entryOf(scene.dialog, key)?.question.auto)
    .map(({ key, label, value }) => ({ label: own(t, 'line', { label, value }), value: fieldChoice(key) }));
  return {
    text: own(t, 'changeWhich'),
    choices: [
      ...keyed(items, state.page, own(t, 'more')),
      { key: '0', label: own(t, 'back'), value: engineChoice.back },
      { key: '9', label: own(t, 'help'), value: engineChoice.help },
    ],
    free: false,
    numbersAreAnswers: false,
    help: own(t, 'changeHelp'),
    hidden: [],
  };
}

/** Two readings of one line, each as what it would lead to. */
function whichView<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  { key, text }: { readonly key: string; readonly text: string },
): View {
  const { t } = scene.ctx;
  const all = numbered(scene, state);
  const named = (which: string) => all.find((field) => field.key === which) ?? { n: '', label: '' };
  const shown = (which: string, answer: Json): string => {
    const entry = entryOf(scene.dialog, which);
    if (!entry || answer === null) return own(t, 'empty');
    return entry.question.show(answer, askingOf(scene, askFor(scene, state, which, true, null), entry));
  };
  const entry = entryOf(scene.dialog, key);
  const reading = entry?.question.read({ type: 'text', text }, askingOf(scene, askFor(scene, state, key, true, null), entry));
  const other = otherIn(scene, state, text);
  const corrected = other === null || other === 'unclear' || other.type === 'field' ? [] : other.answers;
  const correction =
    other !== null && other !== 'unclear' && other.type === 'field'
      ? own(t, 'form.whichField', { n: named(other.key).n, label: named(other.key).label })
      : corrected
          .map(([which, answer]) =>
            own(t, 'form.whichValue', { n: named(which).n, label: named(which).label, value: shown(which, answer) }),
          )
          .join(own(t, 'separator'));
  const answer = own(t, 'line', { label: named(key).label, value: reading?.type === 'answer' ? shown(key, reading.answer) : text });
  return {
    text: own(t, 'form.which', { said: text }),
    choices: [
      { key: '1', label: answer, value: engineChoice.asAnswer },
      { key: '2', label: correction, value: engineChoice.asCorrection },
      { key: '0', label: own(t, 'back'), value: engineChoice.back },
      { key: '9', label: own(t, 'help'), value: engineChoice.help },
    ],
    free: false,
    numbersAreAnswers: false,
    help: own(t, 'form.whichHelp'),
    hidden: [],
  };
}

function formView<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): View {
  const { t } = scene.ctx;
  const shown = fields(scene, state);
  const numbered = shown.map((field, index) => ({ ...field, n: index + 1 }));
  const lines = numbered.filter(({ open }) => !open).map(({ n, label, value }) => own(t, 'field', { n, label, value }));
  const open = numbered.filter((field) => field.open).map(({ n, label }) => own(t, 'form.openField', { n, label }));
  if (open.length > 0) lines.push(own(t, 'form.open', { fields: open.join(own(t, 'separator')) }));
  const confirm = t(`${scene.dialog.name}.confirm`);
  return {
    text: [...state.remarks, own(t, 'form.readBack'), ...lines, own(t, 'form.howTo', { confirm })].join('\n'),
    choices: [
      { label: confirm, value: engineChoice.confirm },
      ...(scene.dialog.keep ? [{ label: t(`${scene.dialog.name}.keep`), value: engineChoice.keep }] : []),
      { label: own(t, 'leave'), value: engineChoice.leave },
    ],
    free: true,
    numbersAreAnswers: true,
    help: own(t, 'form.help', { confirm }),
    hidden: shown.map(({ key }, index) => ({ key: String(index + 1), value: fieldChoice(key) })),
  };
}

/**
 * Shows the place where the dialog stands, under the words that lead to it, as one message; remembers what was offered. To somebody
 * who has just been `helped` the same choice fetches a person.
 */
export function present<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  before: readonly string[] = [],
  helped = false,
): Step<E> {
  if (isDeadEnd(scene, state)) {
    const text = [...before, view(scene, state).text].filter((line) => line !== '').join('\n');
    return { say: [{ text }], state: null, effects: [], ended: 'left' };
  }
  const plain = view(scene, state);
  const choices = helped ? plain.choices.map((choice) => withHelper(choice, scene.ctx.t)) : plain.choices;
  const shown = { ...plain, choices };
  const text = [...before, shown.text].filter((line) => line !== '').join('\n');
  const say = { text, choices: shown.choices, ...(shown.numbersAreAnswers ? { numbersAreAnswers: true } : {}) };
  return { say: [say], state: { ...state, menu: [...menuOf(shown.choices), ...shown.hidden], resuming: false }, effects: [] };
}

/** A question that nothing can be chosen of holds nobody up: it says why, and the talk is over. Whoever corrects something goes back instead. */
function isDeadEnd<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): boolean {
  const entry = presentEntry(scene, state);
  const correcting = scene.dialog.readBack === 'form' || (state.at.place === 'question' && state.at.change);
  if (!entry || correcting || entry.question.optional) return false;
  const { free, options } = entry.question.ask(askingOf(scene, state, entry));
  return !free && options.length === 0;
}

const withHelper = (choice: MenuItem, t: Translate): MenuItem =>
  choice.value === engineChoice.help ? { ...choice, label: own(t, 'helper'), value: engineChoice.helper } : choice;

/** Goes to the next question that needs an answer, or to the read-back, and shows it. */
export function proceed<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, before: readonly string[] = []): Step<E> {
  const { answers, dropped, next, stale, renewed } = standing(scene, state);
  const fresh: DialogState = { ...state, answers, partial: null, page: 0 };
  const changed = renewed.map((key) => own(scene.ctx.t, 'renewed', { label: scene.ctx.t(`${scene.dialog.wordsOf}.${key}.label`) }));
  if (next === null) return present(scene, { ...fresh, at: { place: 'readBack' } }, [...before, ...changed]);
  const asked = askFor(scene, fresh, next, false, dropped[next] ?? null);
  if (!stale) return present(scene, asked, [...before, ...changed]);
  const entry = entryOf(scene.dialog, next);
  const label = entry
    ? scene.ctx.t(`${scene.dialog.wordsOf}.${next}.label`, entry.params(seen(scene.dialog, answers), contextOf(scene, fresh)))
    : '';
  return present(scene, asked, [...before, own(scene.ctx.t, 'noLonger', { label })]);
}
