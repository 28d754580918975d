import { askFor, askingOf, contextOf, seen, standing, undo, type Scene } from './answers.js';
import { menuKey } from './clean.js';
import { entryOf, type Definition, type Dialog, type Entry } from './definition.js';
import { own } from './engineKeys.js';
import { correct, hear, which } from './form.js';
import { chosen, intentOf, type Intent } from './intent.js';
import { byPart, engineChoice, menuOf } from './menu.js';
import { present, presentEntry, proceed, view, type Step } from './present.js';
import { loadState, type DialogState } from './state.js';
import { leave, take, wrong } from './take.js';
import type { Answers, Completion, Context, Effect, Input, Json } from './types.js';

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
      return leave(scene, state, own(t, 'left'), null);
    case 'restart':
      return start(scene, state.seed, state.initial, state.remarks, [own(t, 'restarted')]);
    case 'continue':
      return showAgain(scene, state);
    case 'help': {
      const here = settledPlace(scene, state);
      return present(scene, { ...here, wrong: 0 }, [view(scene, here).help], true);
    }
    case 'more':
      return present(scene, { ...state, page: state.page + 1, wrong: 0 });
    case 'old':
      return showAgain(scene, state, [own(t, 'oldButton')]);
    case 'gone':
      return showAgain(scene, { ...state, page: 0 }, [own(t, 'gone')]);
    case 'tooLong':
      return wrong(scene, state, own(t, 'farTooLong'));
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
    case 'keep':
      return keep(scene, state);
    case 'asAnswer':
    case 'asCorrection':
      return which(scene, state, intent.want);
    case 'answer': {
      const entry = presentEntry(scene, state);
      if (entry && isLost(scene, state, entry, intent.input)) return act(scene, state, { want: 'help' });
      const heard = entry ? hear(scene, state, entry, intent.input) : correct(scene, state, intent.input);
      if (!heard.missed || intent.input.type !== 'text') return heard;
      // Where it is no answer, it may be a part of what stands on a button: 不要 for 不要了.
      const part = scene.dialog.readBack === 'simple' ? byPart(view(scene, state).choices, intent.input.text) : undefined;
      return part ? act(scene, state, chosen(scene, state, part.value)) : heard;
    }
  }
}

/** 9 is help in every menu; where it is no answer, whoever types it means that. */
const isLost = <Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>, input: Input): boolean =>
  input.type === 'text' && menuKey(input.text) === '9' && entry.question.read(input, askingOf(scene, state, entry)).type === 'wrong';

function back<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  if (state.resuming) return showAgain(scene, state);
  const entry = presentEntry(scene, state);
  const within = entry?.question.back?.(askingOf(scene, state, entry));
  if (within !== undefined) return present(scene, { ...state, partial: within, page: 0, wrong: 0 });
  if (state.at.place === 'which') return which(scene, state, 'back');
  const fromReadBack = state.at.place === 'question' ? state.at.change : state.at.place === 'changeWhich';
  if (fromReadBack) return proceed(scene, { ...state, at: { place: 'readBack' }, wrong: 0 });
  const undone = undo(state);
  if (!undone) return present(scene, { ...state, wrong: 0 }, [own(scene.ctx.t, 'first')]);
  if (undone.change) return proceed(scene, undone.state, [own(scene.ctx.t, 'undone')]);
  return present(scene, askFor(scene, undone.state, undone.key, false, state.answers[undone.key] ?? null));
}

function skip<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  const entry = presentEntry(scene, state);
  const within = entry?.question.skip?.(askingOf(scene, state, entry));
  if (entry && within) return take(scene, state, entry, within);
  if (!entry?.question.optional) return wrong(scene, state, own(scene.ctx.t, 'cannotSkip'));
  return take(scene, state, entry, { type: 'answer', answer: null });
}

function changeWhich<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  return present(scene, { ...state, at: { place: 'changeWhich' }, page: 0, wrong: 0 });
}

function confirm<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  // Only what was read back counts: with a gap, or an answer that facts made void, the question comes first.
  const now = standing(scene, state);
  if (state.at.place !== 'readBack' || now.next !== null || now.renewed.length > 0) return proceed(scene, state);
  // An answer to what is not asked any more, because facts have moved on, counts no more.
  return ended(scene, state, scene.dialog.finish(seen(scene.dialog, now.answers), contextOf(scene, state)));
}

/** Puts a form aside with whatever stands in it, also what is half said. */
function keep<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Step<E> {
  const entry = presentEntry(scene, state);
  const half = entry?.question.schema.safeParse(state.partial);
  const answers = entry && half?.success && state.partial !== null ? { ...state.answers, [entry.key]: half.data } : state.answers;
  const completion = scene.dialog.keep?.(seen(scene.dialog, answers), contextOf(scene, state));
  return completion ? ended(scene, state, completion) : showAgain(scene, state);
}

function ended<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, completion: Completion<E>): Step<E> {
  if (!('reject' in completion)) return { say: completion.say, state: null, effects: completion.effects, ended: 'completed' };
  const { [completion.at]: refused, ...answers } = state.answers;
  const entry = entryOf(scene.dialog, completion.at);
  if (!entry || refused === undefined) return present(scene, state, [completion.reject.text]);
  // In a form it is a correction: what stands there stays until another value does, whatever is called in between.
  if (scene.dialog.readBack === 'form') return present(scene, askFor(scene, state, completion.at, true, refused), [completion.reject.text]);
  return present(scene, askFor(scene, { ...state, answers }, completion.at, false, refused), [completion.reject.text]);
}
