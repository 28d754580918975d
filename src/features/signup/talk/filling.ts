import { menuChoices, tell } from '../../../command/index.js';
import type { DialogContext, Effect, Left, Say, Translate } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import type { Reader } from '../words/cards.js';
import { untilWords } from '../places/holds.js';
import { isFilling, type Closed, type SignupFacts, type SignupSeed } from './signup.facts.js';
import { handOnItems } from './signup.result.js';
import type { Given } from './signup.rules.js';

/** What is held still, and until when; what waits holds nothing yet. */
export function stillHeld({ event, held }: SignupFacts, { t, locale, now }: Reader): string {
  const placed = held.filter(({ rank }) => rank === null);
  if (!event || placed.length === 0) return t('signup.filling.waits', { count: held.length });
  const ends = placed.map(({ signUp }) => signUp.until);
  const until = ends.includes(null) ? null : Math.min(...ends.flatMap((end) => end ?? []));
  return t('signup.filling.held', { count: placed.length, until: untilWords(until, event, { t, locale, now }) });
}

/** What whoever leaves the talk about held places hears: that they stand still, how to go on, and, at a no, whoever holds them too. */
export function leaveFilling(ctx: DialogContext<SignupFacts, SignupSeed>, at: string | null): Left<Effect> {
  const { facts, t, now, seed } = ctx;
  if (!isFilling(seed) || !facts.event || facts.held.length === 0) return {};
  const reader: Reader = { t, now, locale: asLocale(ctx.locale) };
  const how = seed.code === undefined ? 'own' : 'byCode';
  if (at === 'bond' || at === 'bondLater') return how === 'byCode' ? {} : { say: cannotSay(facts, seed, reader) };
  const about = { held: stillHeld(facts, reader) };
  const say: Say = { text: t(`signup.filling.${at === null ? 'left' : 'refused'}.${how}`, about) };
  return { say, effects: at === null ? [] : toHolder(facts, 'toldRefused', facts.held.length, now) };
}

/** Whoever may not fill in held places is told who may, and keeps the places until their time is over. */
export function cannotSay(facts: SignupFacts, { ref, code }: SignupSeed, reader: Reader): Say {
  const { t } = reader;
  if (code !== undefined) return { text: t('signup.bond.cannotByCode') };
  return { text: [t('signup.bond.cannot'), stillHeld(facts, reader)].join('\n'), choices: menuChoices(t, handOnItems(ref, t)) };
}

/** What became of places that were held, or of their code. */
export const closedSay = (closed: Closed, t: Translate): string =>
  t(
    closed === 'released' || closed === 'givenBack' || closed === 'cancelled' || closed === 'postponed'
      ? `signup.filling.${closed}`
      : `codes.${closed}`,
  );

/** Tells whoever holds the places that so many of them were filled in by the code that they handed on. */
export function tellFilled(facts: SignupFacts, given: readonly Given[], now: number): Effect[] {
  const filled = given.flatMap(({ got }) => got.flatMap((one) => one?.fills ?? []));
  return filled.length === 0 ? [] : toHolder(facts, 'toldFilled', filled.length, now);
}

/** In a group in numbers alone; no name stands in the private words either. */
function toHolder({ holder, event, held }: SignupFacts, about: 'toldFilled' | 'toldRefused', count: number, now: number): Effect[] {
  const [first] = held;
  if (!holder || !event || !first) return [];
  const { id, revision } = first.signUp;
  const text = holder.t(`signup.filling.${about}`, { count, title: event.title });
  return [
    tell({
      personId: holder.personId,
      kind: about === 'toldFilled' ? 'confirmation' : 'change',
      text,
      key: `${about}:${id}:${revision}:${now}`,
      inGroup: { groups: holder.groups, text },
    }),
  ];
}
