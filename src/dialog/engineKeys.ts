import type { Translate } from './types.js';

/** The engine's own texts, below `dialog.` in the locales. */
export const engineKeys = [
  ...([
    'back',
    'skip',
    'leave',
    'help',
    'helper',
    'more',
    'yes',
    'no',
    'all',
    'agree',
    'refuse',
    'empty',
    'line',
    'field',
    'separator',
  ] as const),
  ...(['readBack', 'readBackHelp', 'change', 'changeWhich', 'changeHelp'] as const),
  ...([
    'form.readBack',
    'form.open',
    'form.openField',
    'form.missing',
    'form.howTo',
    'form.help',
    'form.notUnderstood',
    'form.ambiguous',
    'form.notAValue',
  ] as const),
  ...(['form.refused', 'form.which', 'form.whichField', 'form.whichValue', 'form.whichHelp'] as const),
  ...(['resume', 'continue', 'restart', 'restarted', 'left', 'lost', 'lostForGood'] as const),
  ...(['first', 'undone', 'gone', 'noLonger', 'renewed', 'oldButton', 'tooLong', 'farTooLong', 'cannotSkip', 'pickOne'] as const),
  ...(['people.add', 'people.another', 'people.done', 'people.more', 'people.chosen', 'people.several', 'people.child'] as const),
  ...(['people.nobody', 'people.unavailable', 'people.again', 'people.known', 'people.tooMany'] as const),
  ...(['people.name.ask', 'people.name.help', 'people.birthDate.ask', 'people.birthDate.help'] as const),
  ...(['empty', 'tooLong', 'idNumber', 'phone', 'notAName', 'digits'] as const).map((reason) => `people.name.invalid.${reason}` as const),
  ...(['unreadable', 'noSuchDay', 'future', 'tooOld', 'ambiguous', 'idNumber'] as const).map(
    (reason) => `people.birthDate.invalid.${reason}` as const,
  ),
] as const;

/** One of the engine's own texts. */
export type EngineKey = (typeof engineKeys)[number];

/** The engine's own words, checked by the compiler. */
export function own(t: Translate, key: EngineKey, params?: Readonly<Record<string, string | number>>): string {
  return t(`dialog.${key}`, params);
}
