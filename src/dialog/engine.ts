import { accept, askingOf, contextOf, seen, standing, undo, type Scene } from './answers.js';
import { longestInput } from './clean.js';
import { readCorrections } from './corrections.js';
import { entryOf, type Definition, type Dialog, type Entry } from './definition.js';
import { own } from './engineKeys.js';
import { intentOf, type Intent } from './intent.js';
import { byDigits, byLabel, engineChoice, fieldChoice, menuOf } from './menu.js';
import { askFor, present, presentEntry, proceed, view, type Step } from './present.js';
import type { Reading } from './question.js';
import { loadState, type DialogState } from './state.js';
import type { Answers, Context, Effect, Input, Json } from './types.js';
import { means } from './words.js';

/** What a dialog is opened with: answers that are known already, words to stand above the read-back, and its seed. */
export interface Opening<Seed, A> {
  readonly answers?: Partial<A>;
  readonly remarks?: readonly string[];
  readonly seed?: Seed;
}

/**
 * Opens a dialog at its first question, or at the read-back when all is known.
 * @example open(campRegistration, ctx, { seed: { eventId } })
 */
export function open<Facts, Seed extends Json, A, E extends Effect>(
  definition: Definition<Facts, Seed, A, E>,
  ctx: Context<Facts>,
  ...[opening]: null extends Seed ? [opening?: Opening<Seed, A>] : [opening: Opening<Seed, A> & { readonly seed: Seed }]
): Step<E> {
  const { seed, answers } = definition.opening((opening?.seed ?? null) as Seed, opening?.answers ?? {});
  return start({ dialog: definition, ctx }, seed, answers, opening?.remarks ?? []);
}

/**
 * One turn: what was saved and what the person did → what to say, what to save, what to do. Pure, so it may be run again.
 * A saved state that cannot be read is answered kindly by beginning anew.
 */
export function step<Facts, E extends Effect>(dialog: Dialog<Facts, E>, saved: unknown, input: Input, ctx: Context<Facts>): Step<E> {
  const scene = { dialog, ctx };
  const loaded = loadState(dialog, saved);
  if (!loaded.ok) return lost(scene, saved);
  const { state } = loaded;
  // An update of the program took away the question; nothing has been asked since.
  if (state.resuming && state.menu.length === 0) return askToGoOn(scene, state);
  return act(scene, state, intentOf(scene, state, input));
}

/** After a restart or a pause: says where things stand and asks whether to go on. An answer to the question itself is taken too. */
export function resume<Facts, E extends Effect>(dialog: Dialog<Facts, E>, saved: unknown, ctx: Context<Facts>): Step<E> {
  const scene = { dialog, ctx };
  const loaded = loadState(dialog, saved);
  return loaded.ok ? askToGoOn(scene, loaded.state) : lost(scene, saved);
}

/** Shows the present question again. */
export function describe<Facts, E extends Effect>(dialog: Dialog<Facts, E>, saved: unknown, ctx: Context<Facts>): Step<E> {
  const scene = { dialog, ctx };
  const loaded = loadState(dialog, saved);
  return loaded.ok ? showAgain(scene, loaded.state) : lost(scene, saved);
}

function start<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  seed: Json,
  answers: Answers,
  remarks: readonly string[],
  before: readonly string[] = [],
): Step<E> {
  const { name, version, readBack } = scene.dialog;
  const fresh: DialogState = {
    dialog: name,
    version,
    at: { place: 'readBack' },
    answers: answers,
    initial: answers,
    trail: [],
    partial: null,
    menu: [],
    page: 0,
    wrong: 0,
    remarks: [...remarks],
    seed: seed,
    resuming: false,
  };
  const first = proceed(scene, fresh, before);
  // Whoever wrote most of it already is told that it was not lost.
  const gap = readBack === 'form' && Object.keys(answers).length > 0 && first.state?.at.place === 'question';
  return gap ? proceed(scene, fresh, [...before, own(scene.ctx.t, 'form.missing')]) : first;
}

function lost<Facts, E extends Effect>(scene: Scene<Facts, E>, saved: unknown): Step<E> {
  const seed: unknown = typeof saved === 'object' && saved !== null && 'seed' in saved ? saved.seed : null;
  if (scene.dialog.acceptsSeed(seed)) return start(scene, seed as Json, {}, [], [own(scene.ctx.t, 'lost')]);
  return { say: [{ text: own(scene.ctx.t, 'lostForGood') }], state: null, effects: [], ended: 'left' };
}

function askToGoOn<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  const { t } = scene.ctx;
  const here = settledPlace(scene, state);
  const choices = [
    { key: '1', label: own(t, 'continue'), value: engineChoice.continue },
    { key: '2', label: own(t, 'restart'), value: engineChoice.restart },
    { key: '0', label: own(t, 'leave'), value: engineChoice.leave },
    { key: '9', label: own(t, 'help'), value: engineChoice.help },
  ];
  const text = `${own(t, 'resume', { subject: t(scene.dialog.subjectKey) })}\n${view(scene, here).text}`;
  return { say: [{ text, choices }], state: { ...here, menu: menuOf(choices), resuming: true }, effects: [] };
}

/** Facts and questions may have changed since: the place where the dialog really stands now. */
function settledPlace<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): DialogState {
  const entry = presentEntry(scene, state);
  const { next } = standing(scene, state);
  const stands = state.at.place === 'question' ? entry !== undefined && (next === entry.key || state.at.change) : next === null;
  return stands ? state : (proceed(scene, state).state ?? state);
}

function showAgain<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, before: readonly string[] = []): Step<E> {
  return present(scene, settledPlace(scene, state), before);
}

function act<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, intent: Intent): Step<E> {
  const { t } = scene.ctx;
  switch (intent.want) {
    case 'leave':
      return { say: [{ text: own(t, 'left') }], state: null, effects: [], ended: 'left' };
    case 'restart':
      return start(scene, state.seed, state.initial, state.remarks, [own(t, 'restarted')]);
    case 'continue':
      return showAgain(scene, state);
    case 'help': {
      const here = settledPlace(scene, state);
      return present(scene, { ...here, wrong: 0 }, [view(scene, here).help]);
    }
    case 'more':
      return present(scene, { ...state, page: state.page + 1, wrong: 0 });
    case 'old':
      return showAgain(scene, state, [own(t, 'oldButton')]);
    case 'gone':
      return showAgain(scene, { ...state, page: 0 }, [own(t, 'gone')]);
    case 'tooLong':
      return wrong(scene, state, own(t, 'tooLong', { max: longestInput }));
    case 'back':
      return back(scene, state);
    case 'skip':
      return skip(scene, state);
    case 'change':
      return changeWhich(scene, state);
    case 'field':
      return present(scene, askFor(scene, state, intent.key, true, state.answers[intent.key] ?? null));
    case 'confirm':
      return confirm(scene, state);
    case 'answer':
      return presentEntry(scene, state) ? answer(scene, state, intent.input) : correct(scene, state, intent.input);
  }
}

/** Nothing changes but the count; who has been wrong twice is told more. */
function wrong<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, text: string): Step<E> {
  const times = state.wrong + 1;
  const help = times >= 2 ? [view(scene, state).help] : [];
  return present(scene, { ...state, wrong: times }, [text, ...help]);
}

function back<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  if (state.resuming) return showAgain(scene, state);
  const entry = presentEntry(scene, state);
  const within = entry?.question.back?.(askingOf(scene, state, entry));
  if (within !== undefined) return present(scene, { ...state, partial: within, page: 0, wrong: 0 });
  const fromReadBack = state.at.place === 'question' ? state.at.change : state.at.place === 'changeWhich';
  if (fromReadBack) return proceed(scene, { ...state, at: { place: 'readBack' }, wrong: 0 });
  const undone = undo(state);
  if (!undone) return present(scene, { ...state, wrong: 0 }, [own(scene.ctx.t, 'first')]);
  if (undone.change) return proceed(scene, undone.state, [own(scene.ctx.t, 'undone')]);
  return present(scene, askFor(scene, undone.state, undone.key, false, state.answers[undone.key] ?? null));
}

function skip<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  const entry = presentEntry(scene, state);
  if (!entry?.question.optional) return wrong(scene, state, own(scene.ctx.t, 'cannotSkip'));
  return take(scene, state, entry, { type: 'answer', answer: null });
}

function changeWhich<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  return present(scene, { ...state, at: { place: 'changeWhich' }, page: 0, wrong: 0 });
}

function answer<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, input: Input): Step<E> {
  const entry = presentEntry(scene, state);
  return entry ? take(scene, state, entry, entry.question.read(input, askingOf(scene, state, entry))) : showAgain(scene, state);
}

function take<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>, reading: Reading<Json>): Step<E> {
  switch (reading.type) {
    case 'wrong':
      return wrong(scene, state, reading.text);
    case 'end':
      return { say: [{ text: reading.text }], state: null, effects: [], ended: 'left' };
    case 'partial':
      return present(scene, { ...state, partial: reading.partial, page: 0, wrong: 0 }, [reading.note ?? '']);
    case 'answer': {
      const change = state.at.place === 'question' && state.at.change;
      return proceed(scene, accept(scene, state, [[entry.key, reading.answer]], change), [reading.note ?? '']);
    }
  }
}

/** Words at a read-back: in a form they may be corrections; otherwise they are not understood. */
function correct<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, input: Input): Step<E> {
  const { t } = scene.ctx;
  if (scene.dialog.readBack === 'simple' || input.type === 'choice') return wrong(scene, state, own(t, 'pickOne'));
  const fieldBehind = (digits: string) => scene.dialog.entries.find(({ key }) => byDigits(state.menu, digits) === fieldChoice(key))?.key;
  const corrections = readCorrections(input.text, fieldBehind, (key, text) => readField(scene, state, key, text));
  switch (corrections.type) {
    case 'none':
      return wrong(scene, state, own(t, 'form.notUnderstood'));
    case 'ambiguous':
      return wrong(scene, state, own(t, 'form.ambiguous'));
    case 'wrong':
      return present(scene, askFor(scene, state, corrections.key, true, state.answers[corrections.key] ?? null), [corrections.text]);
    case 'answers':
      return proceed(scene, accept(scene, state, corrections.answers, true), corrections.notes);
  }
}

/** Reads one field's new value as if its question had just been asked. Numbers of a menu mean nothing here: the person has not seen it. */
function readField<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, key: string, text: string): Reading<Json> {
  const entry = entryOf(scene.dialog, key);
  if (!entry) return { type: 'wrong', text: '' };
  const { question } = entry;
  const asking = askingOf(scene, { ...askFor(scene, state, key, true, state.answers[key] ?? null), menu: [] }, entry);
  const prompt = question.ask(asking);
  if (question.optional && (means(text, 'skip') || (prompt.free && means(text, 'nothing')))) return { type: 'answer', answer: null };
  const option = byLabel(prompt.options, text);
  return question.read(option ? { type: 'choice', value: option.value } : { type: 'text', text }, asking);
}

function confirm<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  // Only what was read back counts: with a gap, or an answer that facts made void, the question comes first.
  if (state.at.place !== 'readBack' || standing(scene, state).next !== null) return proceed(scene, state);
  const completion = scene.dialog.finish(seen(scene.dialog, state.answers), contextOf(scene, state));
  if (!('reject' in completion)) return { say: completion.say, state: null, effects: completion.effects, ended: 'completed' };
  const { [completion.at]: refused, ...answers } = state.answers;
  const entry = entryOf(scene.dialog, completion.at);
  if (!entry || refused === undefined) return present(scene, state, [completion.reject.text]);
  return present(scene, askFor(scene, { ...state, answers }, completion.at, false, refused), [completion.reject.text]);
}
