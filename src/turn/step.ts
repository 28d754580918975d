import type { Receipt } from '../chat/index.js';
import { isFor, type Audience, type DialogInput, type DialogMove, type Request } from '../command/index.js';
import type { Effect, Json } from '../dialog/index.js';
import type { Asked } from './asked.js';
import type { Place } from './desk.js';
import { askToLeave, subjectOf } from './leaving.js';
import { doneBy } from './repeats.js';

/** After this long (ms) without a word, an open dialog offers to go on instead of taking whatever comes as its answer. */
const pauseMs = 60 * 60 * 1000;

/** Steps the open dialog; words that are no answer may get one from `otherwise`, and the question is asked again below it. Whoever is no longer among those for whom it is, or is away for long, does not go on in it. */
export async function stepDialog(
  asked: Asked,
  input: DialogInput,
  place: Place = 'here',
  otherwise: () => Promise<string | null> = () => Promise.resolve(null),
): Promise<Receipt> {
  const { desk, parts, request, tx } = asked;
  const { dialog } = desk.conversation(place);
  const room = dialog && parts.registry.dialog(dialog.name);
  if (!dialog || !room) {
    desk.setDialog(place, undefined);
    desk.remark(place, request.t('turn.unknown'));
    return {};
  }
  if (!isFor(room.for, request.who)) {
    desk.setDialog(place, undefined);
    desk.say(place, [{ text: refusal(room.for, request) }]);
    return {};
  }
  const paused = request.now - dialog.at > pauseMs && input.type === 'text';
  const move = await room.step(tx, request, dialog.state, paused ? { type: 'return' } : input);
  const elsewhere = move.missed && input.type === 'text' ? await besideLine(asked, input.text) : null;
  if (elsewhere !== null) {
    desk.say(place, [askToLeave(request.t, subjectOf(parts, dialog), elsewhere, null)]);
    return {};
  }
  const beside = move.missed ? await otherwise() : null;
  if (beside === null) await settle(asked, place, dialog, move);
  else {
    desk.remark(place, beside);
    await settle(asked, place, dialog, await room.step(tx, request, dialog.state, { type: 'again' }));
  }
  return {};
}

/** The command line that words surely are which the open question does not take. */
async function besideLine({ tx, parts, request }: Asked, text: string): Promise<string | null> {
  for (const beside of parts.registry.beside) {
    const line = await beside(tx, text, request);
    if (line !== null) return line;
  }
  return null;
}

/** Writes down where a dialog stands now, after its effects. */
export async function settle(
  asked: Asked,
  place: Place,
  dialog: { name: string; seed?: Json | undefined },
  move: DialogMove,
): Promise<void> {
  const { desk, request } = asked;
  const { menu } = desk.conversation(place);
  await runEffects(asked, move.effects);
  desk.say(place, move.say);
  desk.setDone(place, move.confirmed ? doneBy(menu, request.now) : undefined);
  desk.setDialog(
    place,
    move.state === null ? undefined : { name: dialog.name, seed: dialog.seed ?? null, state: move.state, at: request.now },
  );
}

/** One after another, in the order that was decided: a later effect may build on an earlier one. */
export async function runEffects({ tx, parts, effects: context }: Asked, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) await parts.registry.effect(effect.type).run(tx, effect, context);
}

/** What somebody is told for whom something is not: who may do it; only who has no role at all may have a code still to type. */
export function refusal(audience: Audience, { who: { roles }, t }: Pick<Request, 'who' | 't'>): string {
  if (audience === 'administrator') return t('turn.administratorOnly');
  const [role] = roles;
  if (role !== undefined) return t(`turn.otherRole.${audience}`, { role: t(`team.roles.${role}`) });
  return audience === 'checkIn' ? t('turn.checkInOnly') : t('turn.staffOnly');
}
