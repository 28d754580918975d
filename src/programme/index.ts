export { ageFits, ageOfOwnConsent, isForAdults, isForChildren, type Ages } from './ages.js';
export { nextSending, planHold, planOffer, undoMs, type OfferPlan } from './clocks.js';
export { eventById, eventByRef, managedEvents, openEvents, readLocked, searchEvents, type Looked, type ReadLocked } from './events.js';
export { admit, freePlaces, nextInLine, seatsOf, type Admission, type Comer, type Places, type Waiting } from './places.js';
export { changeStatus, createSignUps, waitedInVain, writeSignUp, type NewSignUp, type SignUps } from './signUps.js';
export {
  isAhead,
  isOpen,
  isOver,
  nextSession,
  openScopes,
  participantKey,
  wholeEvent,
  type EventView,
  type Scope,
  type SessionView,
  type SignUpView,
} from './view.js';
