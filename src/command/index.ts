export { courtesyOf } from './courtesy.js';
export { dialogRoom, type LoadFacts } from './dialogRoom.js';
export { openListMs } from './etiquette.js';
export {
  command,
  effect,
  tell,
  type Command,
  type DialogInput,
  type DialogMove,
  type DialogRoom,
  type EffectContext,
  type EffectRunner,
  type Feature,
  type FreeText,
  type Suggestion,
  type Opening,
  type Outcome,
  type Request,
  type Telling,
  type Who,
} from './feature.js';
export { buttonsOf, menuChoices, menuOf, menuSchema, pagesOf, pressedValue, typedValue, type Item, type Menu } from './menu.js';
export { createRegistry, type Registry } from './registry.js';
export { cardValue, route, type Open, type Route } from './router.js';
