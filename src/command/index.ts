export { courtesyOf } from './courtesy.js';
export { dialogRoom, type LoadFacts } from './dialogRoom.js';
export { inCommunity, noticeValue, readInCommunity } from './elsewhere.js';
export { openListMs } from './etiquette.js';
export {
  command,
  effect,
  isFor,
  tell,
  type Audience,
  type Awaited,
  type Beside,
  type Command,
  type DialogInput,
  type DialogMove,
  type DialogRoom,
  type EffectContext,
  type EffectRunner,
  type Feature,
  type FreeText,
  type Overheard,
  type Suggestion,
  type Opening,
  type Outcome,
  type PaperContext,
  type PaperFile,
  type PaperMaker,
  type Request,
  type Tell,
  type Telling,
  type Who,
} from './feature.js';
export {
  answerOf,
  yesValue,
  buttonsOf,
  helperLine,
  menuChoices,
  menuOf,
  menuSchema,
  pagesOf,
  partValue,
  pressedValue,
  spelledOut,
  typedValue,
  withHelperAt9,
  nameLine,
  type Item,
  type Menu,
} from './menu.js';
export { parseWord } from './parse.js';
export { createRegistry, type Registry } from './registry.js';
export { menu, ofCommunity } from './say.js';
export { cardValue, route, type Open, type Route } from './router.js';
