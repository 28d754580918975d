export { choice, type ListedOption } from './choice.js';
export { consent } from './consent.js';
export { custom, type Parsed } from './custom.js';
export { date } from './date.js';
export { number } from './number.js';
export { optional } from './optional.js';
export { people, type Chosen, type KnownPerson, type NewPerson } from './people.js';
export { text } from './text.js';
export { yesNo } from './yesNo.js';
