import {
  describe,
  loadState,
  open,
  resume,
  step,
  type Context,
  type Definition,
  type Effect,
  type Json,
  type Say,
  type Step,
} from '../dialog/index.js';
import type { DialogInput, DialogMove, DialogRoom } from './feature.js';
import type { Audience, Request } from './request.js';

/** Loads the facts of a dialog. `deciding` is true at the read-back, where what is read must stay true until it is written: lock then. */
export type LoadFacts<Tx, Facts, Seed> = (tx: Tx, request: Request, seed: Seed, deciding: boolean) => Promise<Facts>;

/** Says why a talk cannot go on, before anybody is asked anything more in it; null where it can. */
type Over<Facts, Seed> = (facts: Facts, request: Request, seed: Seed) => string | Say | null;

/** Joins a dialog with the loading of its facts, and hides the types of both, so that a registry can hold all dialogs. */
export function dialogRoom<Tx, Facts, Seed extends Json, A, E extends Effect>(
  definition: Definition<Facts, Seed, A, E>,
  load: LoadFacts<Tx, Facts, Seed>,
  audience: Audience = 'everyone',
  overFor: Over<Facts, Seed> = () => null,
): DialogRoom<Tx> {
  const context = (request: Request, facts: Facts): Context<Facts> => {
    const { now, t, who } = request;
    return { facts, now, t, timeZone: who.timeZone, locale: who.locale };
  };
  const factsFor = async (tx: Tx, request: Request, state: Json): Promise<{ ctx: Context<Facts>; seed: Seed } | null> => {
    const loaded = loadState(definition, state);
    const seed = loaded.ok ? loaded.state.seed : null;
    if (!definition.acceptsSeed(seed)) return null;
    const deciding = loaded.ok && loaded.state.at.place === 'readBack';
    // acceptsSeed has checked it with the definition's own schema.
    return { ctx: context(request, await load(tx, request, seed as Seed, deciding)), seed: seed as Seed };
  };
  return {
    name: definition.name,
    subjectKey: definition.subjectKey,
    for: audience,
    open: async (tx, request, { seed = null, answers = {}, remarks = [] }) => {
      if (!definition.acceptsSeed(seed)) throw new Error(`The dialog ${definition.name} was opened with a seed that it does not take`);
      const given = { seed: seed as Seed, answers: answers as Partial<A>, remarks };
      const facts = await load(tx, request, seed as Seed, false);
      const why = overFor(facts, request, seed as Seed);
      return why === null ? moved(open(definition, context(request, facts), given)) : over(why);
    },
    step: async (tx, request, state, input) => {
      const found = await factsFor(tx, request, state);
      if (!found) return over(request.t('dialog.lostForGood'));
      const { ctx, seed } = found;
      const why = overFor(ctx.facts, request, seed);
      return why === null ? moved(stepOf(definition, state, input, ctx)) : over(why);
    },
  };
}

function stepOf<Facts, Seed extends Json, A, E extends Effect>(
  definition: Definition<Facts, Seed, A, E>,
  state: Json,
  input: DialogInput,
  ctx: Context<Facts>,
): Step<E> {
  if (input.type === 'again') return describe(definition, state, ctx);
  if (input.type === 'return') return resume(definition, state, ctx);
  return step(definition, state, input, ctx);
}

const over = (why: string | Say): DialogMove => ({
  say: [typeof why === 'string' ? { text: why } : why],
  state: null,
  effects: [],
  confirmed: false,
  missed: false,
});

const moved = ({ say, state, effects, ended, missed }: Step): DialogMove => ({
  say,
  state,
  effects,
  confirmed: ended === 'completed',
  missed: missed === true,
});
