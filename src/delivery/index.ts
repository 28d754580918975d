export {
  bringCard,
  type Card,
  cardPressed,
  cardsIn,
  chatsWithCard,
  lostCards,
  placeCard,
  postAgain,
  touchCards,
  touchCommunityCards,
  withdrawCard,
} from './cards.js';
export type { RenderCard } from './cardSteps.js';
export type { Kind } from './kinds.js';
export { createOutbox, type Outbox, type Outgoing, type Planned } from './outbox.js';
export type { Paper, Recipe, RenderPaper } from './paper.js';
export { createSender, type Sender, type SenderParts } from './sender.js';
