import type { Chosen } from '../../../dialog/index.js';
import { asLocale, list } from '../../../i18n/index.js';
import type { Asked } from '../residents/own.field.js';
import type { Participant } from '../places/register.js';
import type { SignupFacts } from './signup.facts.js';
import { nameChosen } from './signup.result.js';
import { comersOf, type Comer } from './signup.rules.js';

/** Those who are to take part by name. */
export const namedOf = (answers: Parameters<typeof comersOf>[0], facts: SignupFacts): Chosen[] =>
  comersOf(answers, facts).flatMap((comer) => (comer.type === 'named' ? [comer.chosen] : []));

/** Of whom the event's own questions are asked; whoever was in it before has answered some already. */
export const askedOf = (chosen: Chosen, facts: SignupFacts): Asked => ({
  name: nameChosen(chosen, facts),
  before: 'new' in chosen ? {} : (facts.mine.find(({ participant }) => participant === chosen.id)?.answers ?? {}),
});

/** What they are called, as a list. */
export const namesOf = (who: readonly Chosen[], { facts, locale }: { facts: SignupFacts; locale: string }): string =>
  list(
    who.map((chosen) => nameChosen(chosen, facts)),
    asLocale(locale),
  );

/** Somebody who takes part, as registering knows them. */
export function participantOf(comer: Comer): Participant {
  if (comer.type === 'unnamed') return { unnamed: true };
  const { chosen } = comer;
  if ('new' in chosen) return { child: chosen.new };
  const id = chosen.id.slice(2);
  return chosen.id.startsWith('p:') ? { person: id } : { dependant: id };
}
