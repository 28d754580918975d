export { type Card, cardPressed, placeCard, postAgain, touchCards } from './cards.js';
export type { RenderCard } from './cardSteps.js';
export type { Hooks } from './hooks.js';
export { type InDoubt, type Kind, kinds, type Policy } from './kinds.js';
export type { Log } from './log.js';
export { createOutbox, type Outbox, type Outgoing, type Planned } from './outbox.js';
export type { State } from './row.js';
export { createSender, type Sender, type SenderParts } from './sender.js';
