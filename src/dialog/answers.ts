import { entryOf, type Dialog, type Entry } from './definition.js';
import type { Asking } from './question.js';
import { longestTrail, type DialogState } from './state.js';
import type { Answers, Context, DialogContext, Effect, Json } from './types.js';

type Stored = DialogState['answers'];

/** The dialog and the world it is in: what most of the engine needs at once. */
export interface Scene<Facts, E extends Effect> {
  readonly dialog: Dialog<Facts, E>;
  readonly ctx: Context<Facts>;
}

/** Where the answers stand: which question is next, and what no longer applies. */
export interface Standing {
  readonly answers: Stored;
  /** Answers that were dropped, by key. */
  readonly dropped: Stored;
  /** The first question without an answer; null when all that apply have one. */
  readonly next: string | null;
  /** The answer to `next` was there, but facts have moved on. */
  readonly stale: boolean;
  /** What is not asked but shown, and has changed since it was. */
  readonly renewed: readonly string[];
}

/** The context of the open dialog. */
export function contextOf<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): DialogContext<Facts, Json> {
  // Field by field: this and the next are made many times a turn, and spreading takes ten times as long.
  const { facts, now, timeZone, locale, t } = scene.ctx;
  return { facts, now, timeZone, locale, t, seed: state.seed };
}

/** What an entry's question is given. */
export function askingOf<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState, entry: Entry<Facts>): Asking<Facts> {
  const ctx = contextOf(scene, state);
  const { facts, now, timeZone, locale, t, seed } = ctx;
  return {
    facts,
    now,
    timeZone,
    locale,
    t,
    seed,
    base: `${scene.dialog.wordsOf}.${entry.key}`,
    params: entry.params(seen(scene.dialog, state.answers), ctx),
    answers: state.answers,
    partial: state.partial,
    shown: shownOptions(state),
  };
}

const none: ReadonlyMap<string, string> = new Map();

function shownOptions({ menu }: DialogState): ReadonlyMap<string, string> {
  const options = menu.filter(({ value }) => value.startsWith('='));
  return options.length === 0 ? none : new Map(options.flatMap(({ key, value }) => (key === null ? [] : [[key, value.slice(1)] as const])));
}

/** Answers as conditions and `complete` see them: what a form left open is null. */
export function seen<Facts, E extends Effect>(dialog: Dialog<Facts, E>, answers: Answers): Answers {
  if (dialog.readBack === 'simple') return answers;
  const open = dialog.entries.filter(({ key, question }) => question.optional && !Object.hasOwn(answers, key));
  return { ...answers, ...Object.fromEntries(open.map(({ key }) => [key, null])) };
}

/** The entries that apply to these answers, in order. Meant for answers without a gap. */
export function applying<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Entry<Facts>[] {
  const ctx = contextOf(scene, state);
  const view = seen(scene.dialog, state.answers);
  return scene.dialog.entries.filter((entry) => entry.conditions.every((holds) => holds(view, ctx)));
}

/**
 * Walks the questions in order: drops the answers of those that do not apply, and finds the first that needs one.
 * It stops there, so conditions only ever see complete answers before them.
 */
export function standing<Facts, E extends Effect>(scene: Scene<Facts, E>, state: DialogState): Standing {
  const { dialog } = scene;
  const ctx = contextOf(scene, state);
  const dropped: Stored = {};
  const renewed: string[] = [];
  let answers = state.answers;
  const drop = (key: string) => {
    const { [key]: gone, ...rest } = answers;
    if (gone !== undefined) dropped[key] = gone;
    answers = rest;
  };
  for (const entry of dialog.entries) {
    const has = Object.hasOwn(answers, entry.key);
    const view = seen(dialog, answers);
    if (!entry.conditions.every((holds) => holds(view, ctx))) {
      if (has) drop(entry.key);
      continue;
    }
    const { auto } = entry.question;
    if (auto) {
      const asking = askingOf(scene, { ...state, answers }, entry);
      const fits = has && (entry.question.fits?.(answers[entry.key] ?? null, asking) ?? true);
      if (has && !fits) renewed.push(entry.key);
      if (!fits) answers = { ...answers, [entry.key]: auto(asking) };
      continue;
    }
    // What hangs on something that has changed is void.
    if (has && entry.dependsOn.some((key) => renewed.includes(key))) drop(entry.key);
    if (!Object.hasOwn(answers, entry.key)) {
      if (entry.question.optional && dialog.readBack === 'form') continue;
      return { answers, dropped, next: entry.key, stale: false, renewed };
    }
    const answer = answers[entry.key] ?? null;
    const fits = answer === null || (entry.question.fits?.(answer, askingOf(scene, { ...state, answers }, entry)) ?? true);
    if (!fits) {
      drop(entry.key);
      return { answers, dropped, next: entry.key, stale: true, renewed };
    }
  }
  return { answers, dropped, next: null, stale: false, renewed };
}

/** Takes accepted answers in: what hangs on them is void, what no longer applies is dropped, and all of it can be undone. */
export function accept<Facts, E extends Effect>(
  scene: Scene<Facts, E>,
  state: DialogState,
  given: readonly (readonly [string, Json])[],
  change: boolean,
): DialogState {
  const was: Stored = {};
  const remember = (key: string) => {
    const before = state.answers[key];
    if (before !== undefined && Object.hasOwn(state.answers, key)) was[key] = before;
  };
  const answers: Stored = { ...state.answers };
  const moved = new Set<string>();
  for (const [key, answer] of given) {
    // A question that gives what it would not take back is a fault of the program; saved, it would be asked for ever.
    if (!entryOf(scene.dialog, key)?.question.schema.safeParse(answer).success)
      throw new Error(`${scene.dialog.name}.${key} read an answer that its schema refuses`);
    remember(key);
    if (!Object.hasOwn(answers, key) || JSON.stringify(answers[key]) !== JSON.stringify(answer)) moved.add(key);
    answers[key] = answer;
  }
  // In the order of the questions, so that what hangs on something that hangs on a change goes too.
  for (const { key, dependsOn } of scene.dialog.entries) {
    if (!dependsOn.some((on) => moved.has(on)) || given.some(([set]) => set === key)) continue;
    remember(key);
    moved.add(key);
    delete answers[key];
  }
  const after = standing(scene, { ...state, answers, partial: null });
  Object.keys(after.dropped).forEach(remember);
  const step = { key: given[0]?.[0] ?? '', change, set: given.map(([key]) => key), was };
  // What only the facts made void is not this answer's doing: whoever shows the next question says so.
  const voided = after.stale && after.next !== null ? { [after.next]: after.dropped[after.next] ?? null } : {};
  return {
    ...state,
    answers: { ...after.answers, ...voided },
    trail: [...state.trail, step].slice(-longestTrail),
    partial: null,
    page: 0,
    wrong: 0,
  };
}

/** Takes the last accepted input back, exactly; undefined where there is none. */
export function undo(state: DialogState): { readonly state: DialogState; readonly key: string; readonly change: boolean } | undefined {
  const last = state.trail.at(-1);
  if (!last) return undefined;
  const kept = Object.entries(state.answers).filter(([key]) => !last.set.includes(key));
  const answers = { ...Object.fromEntries(kept), ...last.was };
  return {
    state: { ...state, answers, trail: state.trail.slice(0, -1), partial: null, page: 0, wrong: 0 },
    key: last.key,
    change: last.change,
  };
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
