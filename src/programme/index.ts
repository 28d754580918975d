export { ageFits, ageOfOwnConsent, isForAdults, isForChildren, type Ages } from './ages.js';
export { nextSending, planHold, planOffer, undoMs, type OfferPlan } from './clocks.js';
export {
  attendanceOf,
  attendanceOfEvent,
  attendanceOfSignUp,
  attendanceOfSignUps,
  endLeave,
  eventOfSession,
  hasCome,
  leavesOf,
  markAttendance,
  markingAt,
  takeBack,
  type Attendance,
  type Mark,
  type Marking,
} from './attendance.js';
export { discard, keep, keepAgain, keptByRef, keptLocked, keptOf, type Kept, type KeptAs } from './drafts.js';
export { editEvent, eventDetails, nameTeacher, resizeSession, teacherIdOf, type EventDetails, type EventEdit } from './edit.js';
export {
  concerned,
  droppedSessions,
  eventById,
  eventByRef,
  eventsByIds,
  eventsCalled,
  eventRefOf,
  eventTitles,
  managedEvents,
  openEvents,
  readLocked,
  searchEvents,
  stillCounting,
  type Looked,
  type ReadLocked,
} from './events.js';
export { awaitingConsent, endOfHold } from './holding.js';
export {
  admit,
  freePlaces,
  nextInLine,
  nextInTurn,
  seatsFor,
  seatsOf,
  type Admission,
  type Comer,
  type InTurn,
  type Places,
  type Waiting,
} from './places.js';
export { createFinder, type Finder } from './finder.js';
export { createRosters, guestsOf, type Rosters, type SignUpDetails } from './rosters.js';
export { anyHeld, askAfterAll, askAgain, offeredTogether, seatedIn, waitApart, waitedInVain } from './line.js';
export { createEvent, moveSession, type EventFields, type SessionFields } from './publish.js';
export { writeAnswers, type OwnQuestion } from './questions.js';
export { createSignUps, type PersonsSignUp, type SignUps } from './signUps.js';
export { callOffEvent, closeEvent, dropSession, endEvent, reopenEvent, sessionRevisions } from './status.js';
export { changeStatus, consentThere, fillHeld, giveBackAll, signUpIdOf, writeSignUp, type NewSignUp } from './writeSignUps.js';
export {
  isAhead,
  isOpen,
  isOver,
  isPutOff,
  isToCome,
  dated,
  nextSession,
  openScopes,
  participantKey,
  participantKind,
  wholeEvent,
  type EventView,
  type HeldFor,
  type Scope,
  type SessionView,
  type SignUpView,
} from './view.js';
