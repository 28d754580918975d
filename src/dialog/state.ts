import { z } from 'zod';
import { entryOf, type AnyDialog } from './definition.js';
import { json, jsonRecord } from './json.js';
import type { Answers } from './types.js';

const place = z.discriminatedUnion('place', [
  z.object({
    place: z.literal('question'),
    key: z.string(),
    /** Came here from the read-back, and goes back there. */
    change: z.boolean(),
    /** Asked because a line such as `5 -3` was refused: the next line may be for another field. */
    refused: z.literal(true).exactOptional(),
  }),
  z.object({ place: z.literal('readBack') }),
  /** The list of answers of which one is to be changed. */
  z.object({ place: z.literal('changeWhich') }),
  /** It was asked whether this text is the answer to a question or a correction of another field. */
  z.object({ place: z.literal('which'), key: z.string(), text: z.string() }),
]);

const schema = z.object({
  dialog: z.string(),
  version: z.int().positive(),
  at: place,
  /** By question key; null where an optional question was skipped. */
  answers: jsonRecord,
  /** What was known when the dialog was opened; "start again" begins here. */
  initial: jsonRecord,
  /** Every accepted input, with all that it overwrote, so that back undoes exactly one. */
  trail: z.array(z.object({ key: z.string(), change: z.boolean(), set: z.array(z.string()), was: jsonRecord })),
  /** Half an answer to the present question. */
  partial: json,
  /** What was offered last, so that "2" means what the person saw. */
  menu: z.array(z.object({ key: z.string().nullable(), value: z.string() })),
  page: z.int().min(0),
  /** Wrong answers in a row. */
  wrong: z.int().min(0),
  remarks: z.array(z.string()),
  seed: json,
  /** It was asked whether to go on; not answered yet. */
  resuming: z.boolean(),
});

/** An open dialog: plain JSON, stamped with dialog and version, its place named by question key. */
export type DialogState = z.infer<typeof schema>;

/** How many accepted inputs can be undone. */
export const longestTrail = 50;

/** A state read back from the store, or why it cannot be gone on with. */
export type Loaded =
  | { readonly ok: true; readonly state: DialogState }
  | { readonly ok: false; readonly reason: 'unreadable' | 'otherDialog' | 'newer' | 'noUpgrade' };

// A turn loads its state twice: for the facts that it needs, and for the step.
const before = new WeakMap<object, { readonly dialog: AnyDialog; readonly loaded: Loaded }>();

/** Parses a saved state and brings it to the present version. An answer that no longer parses is dropped, and so asked again. */
export function loadState(dialog: AnyDialog, saved: unknown): Loaded {
  if (typeof saved !== 'object' || saved === null) return { ok: false, reason: 'unreadable' };
  const known = before.get(saved);
  if (known?.dialog === dialog) return known.loaded;
  const loaded = load(dialog, saved);
  before.set(saved, { dialog, loaded });
  return loaded;
}

function load(dialog: AnyDialog, saved: object): Loaded {
  const parsed = schema.safeParse(saved);
  if (!parsed.success || !dialog.acceptsSeed(parsed.data.seed)) return { ok: false, reason: 'unreadable' };
  const state = parsed.data;
  if (state.dialog !== dialog.name) return { ok: false, reason: 'otherDialog' };
  if (state.version > dialog.version) return { ok: false, reason: 'newer' };
  if (state.version === dialog.version) return { ok: true, state: settled(dialog, state) };
  const upgraded = upgrade(dialog, state);
  return upgraded ? { ok: true, state: settled(dialog, upgraded) } : { ok: false, reason: 'noUpgrade' };
}

/** A copy of answers that holds only known questions with answers that parse. */
function parsing(dialog: AnyDialog, from: Answers): DialogState['answers'] {
  const entries = dialog.entries.filter(({ key, question }) => Object.hasOwn(from, key) && question.schema.safeParse(from[key]).success);
  return Object.fromEntries(entries.map(({ key }) => [key, from[key] as DialogState['answers'][string]]));
}

function settled(dialog: AnyDialog, state: DialogState): DialogState {
  const known = !('key' in state.at) || entryOf(dialog, state.at.key) !== undefined;
  const kept = { ...state, answers: parsing(dialog, state.answers), initial: parsing(dialog, state.initial) };
  // The question is no more: whatever was typed to it, the person is first shown where things stand.
  return known ? kept : { ...kept, at: { place: 'readBack' }, partial: null, menu: [], page: 0, resuming: true };
}

function upgrade(dialog: AnyDialog, state: DialogState): DialogState | undefined {
  let { answers: now, initial } = state as { answers: Answers; initial: Answers };
  for (let version = state.version; version < dialog.version; version += 1) {
    const step = dialog.upgrades.get(version);
    if (!step) return undefined;
    now = step(now);
    initial = step(initial);
  }
  // What older answers overwrote may not fit any more: there is nothing to go back to.
  return { ...state, version: dialog.version, answers: parsing(dialog, now), initial: parsing(dialog, initial), trail: [] };
}
