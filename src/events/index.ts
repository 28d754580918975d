export {
  createEvents,
  on,
  type DomainEvent,
  type DomainEvents,
  type Emit,
  type EventContext,
  type EventName,
  type Subscription,
} from './events.js';
