import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  loadState,
  open,
  resume,
  step,
  type Context,
  type Dialog,
  type DialogState,
  type Effect,
  type Input,
  type Step,
} from '../../src/dialog/index.js';
import { camp, firstTime, knownFamily } from './sample/camp.js';
import { world } from './sample/driver.js';
import { newEvent } from './sample/newEvent.js';

type Move =
  { readonly type: 'apt' | 'press'; readonly nth: number } | { readonly type: 'text'; readonly text: string } | { readonly type: 'pause' };

/** What would fit where the dialog stands. */
const apt: Readonly<Record<string, readonly string[]>> = {
  children: ['王小丽 2017-07-07', '王小丽', '2017-07-07', '1', '1 2', '全部', '就这些'],
  session: ['1', '2'],
  consent: ['同意'],
  allergies: ['花生', '跳过'],
  companions: ['1', '2'],
  title: ['手工课', '书法课'],
  kind: ['课', '外出'],
  day: ['周六', '2026-08-09'],
  place: ['一楼', '二楼'],
  capacity: ['12', '20人', '3', '6 6-12岁'],
  ages: ['6-12岁', '跳过'],
  bus: ['是', '不是'],
  readBack: ['对', '要改', '3 周六 5 20人', '2 外出', '2 课', '6 6-12岁', '5 无', '5 -3'],
  changeWhich: ['1', '2', '3', '4'],
  which: ['1', '2', '返回'],
};
const anything = ['1', '9', '返回', '返回', '帮忙', '重来', '跳过', '退出', '好', '8', '3 什么', '接着填'];
const moves = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.nat(20).map((nth): Move => ({ type: 'apt', nth })) },
    { weight: 4, arbitrary: fc.constantFrom(...anything).map((text): Move => ({ type: 'text', text })) },
    { weight: 4, arbitrary: fc.nat(8).map((nth): Move => ({ type: 'press', nth })) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text): Move => ({ type: 'text', text })) },
    { weight: 1, arbitrary: fc.constant<Move>({ type: 'pause' }) },
  ),
  { minLength: 20, maxLength: 40 },
);

/** One turn as the checks see it. */
interface Turn {
  readonly before: DialogState;
  readonly paused: boolean;
  readonly after: Step;
  /** What a further word would lead to. */
  say(state: DialogState, text: string): Step;
  load(state: unknown): unknown;
}

type Play = (played: readonly Move[]) => Turn[];

/** Plays moves on a dialog, each state through JSON; a talk that has ended begins anew. */
function player<Facts, E extends Effect>(dialog: Dialog<Facts, E>, first: () => Step<E>, ctx: Context<Facts>): Play {
  const say = (state: DialogState, text: string) => step(dialog, state, { type: 'text', text }, ctx);
  const load = (state: unknown) => loadState(dialog, state);
  return (played) => {
    let last: Step<E> = first();
    return played.map((move) => {
      if (!last.state) last = first();
      const before = JSON.parse(JSON.stringify(last.state)) as DialogState;
      last = move.type === 'pause' ? resume(dialog, before, ctx) : step(dialog, before, inputOf(move, last), ctx);
      return { before, paused: move.type === 'pause', after: last, say, load };
    });
  };
}

function inputOf(move: Exclude<Move, { type: 'pause' }>, last: Step): Input {
  if (move.type === 'text') return { type: 'text', text: move.text };
  if (move.type === 'press') {
    const choices = last.say.flatMap(({ choices: shown = [] }) => shown);
    return { type: 'choice', value: choices[move.nth % choices.length]?.value ?? ':confirm' };
  }
  const at = last.state?.at;
  const fitting = apt[at?.place === 'question' ? at.key : (at?.place ?? '')] ?? ['对'];
  return { type: 'text', text: fitting[move.nth % fitting.length] ?? '对' };
}

/** What stood before the last accepted input, worked out from the trail alone. */
function answersBefore(state: DialogState): DialogState['answers'] {
  const last = state.trail.at(-1);
  const kept = Object.entries(state.answers).filter(([key]) => !last?.set.includes(key));
  return { ...Object.fromEntries(kept), ...last?.was };
}

/** Without what every turn may change: the count of wrong answers and what was offered. */
function bare(state: DialogState): object {
  return { ...state, wrong: 0, menu: [], resuming: false };
}

const seed = { eventId: 'e1' };
const dialogs: [string, Play][] = [
  ['a known family', player(camp, () => open(camp, world(knownFamily), { seed }), world(knownFamily))],
  ['a first time', player(camp, () => open(camp, world(firstTime), { seed }), world(firstTime))],
  ['a form', player(newEvent, () => open(newEvent, world({}), { answers: { title: '美术课', day: '2026-08-01' } }), world({}))],
];

/** Fitting answers that bring most talks to their end. */
const ending: readonly Move[] = Array.from({ length: 14 }, (_, turn) => ({ type: 'apt', nth: turn % 2 === 0 ? 0 : 6 }));

/** Plays many talks and returns how many turns the check was about; it answers true, false, or null where it has nothing to say. */
function always(play: Play, check: (turn: Turn) => boolean | null): number {
  let checked = 0;
  const holds = (turn: Turn) => {
    const verdict = check(turn);
    if (verdict !== null) checked += 1;
    return verdict !== false;
  };
  fc.assert(
    fc.property(moves, (played) => play([...played, ...ending]).every(holds)),
    { numRuns: 80 },
  );
  return checked;
}

describe.each(dialogs)('whatever is said and pressed: %s', (_name, play) => {
  test('nothing throws, there is always an answer, and a state survives JSON and loads as itself', () => {
    const turns = always(play, ({ after, load }) => {
      const answered = after.say.length > 0 && after.say.every(({ text }) => text !== '');
      const over = after.state === null && after.ended !== undefined;
      return answered && (over || isDeepStrictEqual(load(JSON.parse(JSON.stringify(after.state))), { ok: true, state: after.state }));
    });
    expect(turns).toBeGreaterThan(1000);
  });

  test('back undoes exactly one accepted input', () => {
    const accepted = always(play, ({ before, after, say }) => {
      if (!after.state || after.state.trail.length <= before.trail.length) return null;
      const undone = say(after.state, '返回').state;
      return isDeepStrictEqual([undone?.answers, undone?.trail], [before.answers, before.trail]);
    });
    expect(accepted).toBeGreaterThan(30);
  });

  test('answers change only by an accepted input, by back, or by starting again', () => {
    const unaccepted = always(play, ({ before, after }) => {
      if (!after.state || after.state.trail.length > before.trail.length) return null;
      const possible = after.state.trail.length < before.trail.length ? [before.initial, answersBefore(before)] : [before.answers];
      return possible.some((answers) => isDeepStrictEqual(answers, after.state?.answers));
    });
    expect(unaccepted).toBeGreaterThan(30);
  });

  test('a wrong answer and a pause change nothing', () => {
    const idle = always(play, ({ before, paused, after }) => {
      if (!after.state || (!paused && after.state.wrong <= before.wrong)) return null;
      return isDeepStrictEqual(bare(after.state), bare(before));
    });
    expect(idle).toBeGreaterThan(10);
  });

  test('effects only where a read-back was confirmed, and only then the dialog is completed', () => {
    const confirmed = always(play, ({ before, after }) => {
      if (after.ended !== 'completed') return after.effects.length === 0 ? null : false;
      return before.at.place === 'readBack' && after.effects.length === 1;
    });
    expect(confirmed).toBeGreaterThan(0);
  });
});
