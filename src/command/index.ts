export { courtesyOf } from './courtesy.js';
export { dialogRoom, type LoadFacts } from './dialogRoom.js';
export { inCommunity, noticeValue, readInCommunity } from './elsewhere.js';
export { openListMs } from './etiquette.js';
export {
  command,
  effect,
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
  type UnderstoodCall,
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
export type { PaperContext, PaperFile, PaperMaker } from './paper.js';
export { parseWord } from './parse.js';
export { createRegistry, type Registry } from './registry.js';
export { isFor, type Audience, type Opening, type Outcome, type Request, type Who } from './request.js';
export { menu, ofCommunity } from './say.js';
export { cardValue, route, type Open, type Route } from './router.js';
export { tell, type Tell, type Telling } from './telling.js';
