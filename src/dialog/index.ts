export { dialog } from './builder.js';
export type { AnyDialog, Definition, Dialog } from './definition.js';
export { describe, open, resume, step } from './engine.js';
export { engineKeys } from './engineKeys.js';
export { byPart, engineChoice, leadsAway } from './menu.js';
export type { Step } from './present.js';
export type { Asking, Question } from './question.js';
export * from './questions/index.js';
export { requiredKeys } from './requiredKeys.js';
export { loadState, type DialogState, type Loaded } from './state.js';
export type {
  Answers,
  Completion,
  Context,
  DialogContext,
  Effect,
  Input,
  Json,
  Left,
  MenuItem,
  PaperRecipe,
  Say,
  Translate,
} from './types.js';
export { means, type Word } from './words.js';
