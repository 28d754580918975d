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
  { readonly type: 'text'; readonly text: string } | { readonly type: 'press'; readonly nth: number } | { readonly type: 'pause' };

const useful = [
  '1',
  '2',
  '3',
  '0',
  '9',
  '8',
  '1 2',
  '全部',
  '返回',
  '跳过',
  '帮忙',
  '重来',
  '对',
  '要改',
  '同意',
  '就这些',
  '加一个',
  '接着填',
  '发布',
];
const answers = [
  '王小丽',
  '2017-07-07',
  '王小丽 2017-07-07',
  '花生',
  '2026-08-01',
  '周六',
  '二楼',
  '3 周六 5 20人',
  '2 外出',
  '2 课',
  '5 无',
  '6 6-12岁',
];
const moves = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...useful, ...answers).map((text): Move => ({ type: 'text', text })) },
    { weight: 5, arbitrary: fc.nat(8).map((nth): Move => ({ type: 'press', nth })) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text): Move => ({ type: 'text', text })) },
    { weight: 1, arbitrary: fc.constant<Move>({ type: 'pause' }) },
  ),
  { minLength: 10, maxLength: 40 },
);

type Run = (moves: readonly Move[], see: (before: DialogState, input: Input | null, after: Step, ctx: Again) => void) => void;
type Again = { readonly say: (state: DialogState, text: string) => Step; readonly load: (state: unknown) => DialogState | undefined };

/** Plays moves on a dialog, each state through JSON; ends when the dialog does. */
function player<Facts, E extends Effect>(dialog: Dialog<Facts, E>, first: () => Step<E>, ctx: Context<Facts>): Run {
  const again: Again = {
    say: (state, text) => step(dialog, state, { type: 'text', text }, ctx),
    load: (state) => {
      const loaded = loadState(dialog, state);
      return loaded.ok ? loaded.state : undefined;
    },
  };
  return (played, see) => {
    let last: Step<E> = first();
    for (const move of played) {
      if (!last.state) return;
      const before = JSON.parse(JSON.stringify(last.state)) as DialogState;
      if (move.type === 'pause') {
        last = resume(dialog, before, ctx);
        see(before, null, last, again);
        continue;
      }
      const choices = last.say.flatMap(({ choices: shown = [] }) => shown);
      const input: Input = move.type === 'text' ? move : { type: 'choice', value: choices[move.nth % choices.length]?.value ?? ':confirm' };
      last = step(dialog, before, input, ctx);
      see(before, input, last, again);
    }
  };
}

const seed = { eventId: 'e1' };
const dialogs: [string, Run][] = [
  ['a known family', player(camp, () => open(camp, world(knownFamily), { seed }), world(knownFamily))],
  ['a first time', player(camp, () => open(camp, world(firstTime), { seed }), world(firstTime))],
  ['a form', player(newEvent, () => open(newEvent, world({}), { answers: { title: '美术课', day: '2026-08-01' } }), world({}))],
];

describe.each(dialogs)('whatever is said and pressed: %s', (_name, run) => {
  test('nothing throws, a state survives JSON and loads as itself, and there is always an answer', () => {
    const check = fc.property(moves, (played) =>
      run(played, (_before, _input, after, { load }) => {
        expect(after.say.length).toBeGreaterThan(0);
        expect(after.say.every(({ text }) => text !== '')).toBe(true);
        if (after.state) expect(load(JSON.parse(JSON.stringify(after.state)))).toEqual(after.state);
        else expect(after.ended).toBeDefined();
      }),
    );
    fc.assert(check, { numRuns: 120 });
  });

  test('answers change only by an accepted input, which back undoes exactly', () => {
    let accepted = 0;
    const check = fc.property(moves, (played) =>
      run(played, (before, input, after, { say }) => {
        if (!after.state) return;
        const grown = after.state.trail.length - before.trail.length;
        if (grown === 1) {
          accepted += 1;
          expect(say(after.state, '返回').state).toMatchObject({ answers: before.answers, trail: before.trail });
          expect(Object.keys(say(after.state, '返回').state?.answers ?? {}).toSorted()).toEqual(Object.keys(before.answers).toSorted());
        } else if (grown === 0) expect(after.state.answers).toEqual(before.answers);
        else expect([before.initial, answersBefore(before)]).toContainEqual(after.state.answers);
        if (input === null || after.state.wrong > before.wrong) {
          expect({ ...after.state, wrong: 0, menu: [], resuming: false }).toEqual({ ...before, wrong: 0, menu: [], resuming: false });
        }
      }),
    );
    fc.assert(check, { numRuns: 120 });
    expect(accepted).toBeGreaterThan(50);
  });

  test('effects only after a read-back that was confirmed', () => {
    let completed = 0;
    const check = fc.property(moves, (played) =>
      run([...played, ...ending], (before, _input, after) => {
        if (after.ended !== 'completed') return expect(after.effects).toEqual([]);
        completed += 1;
        expect(before.at).toEqual({ place: 'readBack' });
        return expect(after.effects).toHaveLength(1);
      }),
    );
    fc.assert(check, { numRuns: 120 });
    expect(completed).toBeGreaterThan(10);
  });
});

/** Inputs that bring most talks to their end. */
const ending: readonly Move[] = ['王小丽 2017-07-07', '全部', '就这些', '1', '同意', '二楼', '1', '1', '对', '返回', '对'].map((text) => ({
  type: 'text',
  text,
}));

/** What stood before the last accepted input, worked out from the trail alone. */
function answersBefore(state: DialogState): DialogState['answers'] {
  const last = state.trail.at(-1);
  const kept = Object.entries(state.answers).filter(([key]) => !last?.set.includes(key));
  return { ...Object.fromEntries(kept), ...last?.was };
}
