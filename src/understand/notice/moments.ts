import { readMoment, type Moment } from '../dates/moment.js';
import { small } from '../dates/scan.js';
import { readNumeral } from '../numbers.js';
import type { About } from './types.js';

const glue = /(?:\d[.:/-]?|[a-z])$/iu;
// These name events as often as days: they say nothing of which meeting is meant.
const unsure = new Set(['vague', 'recurring', 'festival', 'lunar']);

/** A longer stretch is not searched to its end: whoever writes that much writes no notice. */
export const longestStretch = 400;

/** The days and times in a stretch that say which meeting is meant, in order. */
export function momentsIn(text: string): Moment[] {
  const found: Moment[] = [];
  let at = 0;
  while (at < Math.min(text.length, longestStretch) && found.length < 8) {
    const moment = glue.test(text.slice(Math.max(0, at - 2), at)) ? undefined : readMoment(text, at);
    if (moment === undefined || moment.to <= at) {
      at += 1;
      continue;
    }
    const days = moment.days.filter(({ kind }) => !unsure.has(kind));
    if (days.length > 0 || moment.clocks !== undefined) found.push({ ...moment, days });
    at = moment.to;
  }
  return found;
}

const numbered = new RegExp(`第\\s?(${small})\\s?[节次讲课期场]`, 'u');
const one = /[一1]次|[一1][节场]|[这本那]次|[这本那]节|[这本]周(?![一二三四五六日天末])/u;

/** What stretches say of the meeting that is meant, and what is left of them: the words that name the event. */
export function aboutOf(stretches: readonly string[]): { readonly about: About; readonly title: string } {
  const text = stretches.join(' ');
  const moments = stretches.flatMap(momentsIn);
  const number = numbered.exec(text);
  const value = readNumeral(number?.[1] ?? '');
  const title = stretches
    .map((stretch) => without(stretch, momentsIn(stretch)))
    .join(' ')
    .replace(numbered, ' ')
    .trim();
  return {
    about: {
      moments,
      ...(number === null || value === undefined ? {} : { number: { value, words: number[0].replace(/\s/gu, '') } }),
      once: one.test(text.replace(numbered, ' ')),
    },
    title,
  };
}

/** A text with stretches taken out of it. */
function without(text: string, moments: readonly Moment[]): string {
  let at = 0;
  const kept = moments.map(({ from, to }) => {
    const words = text.slice(at, from);
    at = to;
    return words;
  });
  return [...kept, text.slice(at)].join(' ');
}
