export { areBack, haveLeft, type InGroup } from './absence.js';
export {
  asBond,
  bonds,
  better,
  canBeConfirmed,
  earlierPosition,
  givesRights,
  isGuardianAmong,
  isGuardianOf,
  keepersOf,
  mayConsent,
  mayName,
  needsStaff,
  plainName,
  samePairs,
  stronger,
  takesPlace,
  tieTo,
  type Bond,
  type Bound,
  type Pair,
  type Ward,
} from './bonds.js';
export { guardedAmong, guardedIn } from './childBonds.js';
export { claim, openClaim, type Claimed } from './claim.js';
export { codeIn } from './codeText.js';
export {
  createCodes,
  exposeCode,
  makeCode,
  readCode,
  spendCode,
  useCode,
  voidCodes,
  type CodeContent,
  type CodeKind,
  type CodeRefusal,
  type Codes,
  type TypedCode,
  type UsedCode,
} from './codes.js';
export { firstCommunity, linkGroup, type Community } from './community.js';
export {
  guardiansConcerned,
  consentsOf,
  consentTo,
  consentWordings,
  familyPurpose,
  giveConsent,
  hasWithdrawn,
  makeConsentCode,
  noEvent,
  withdrawConsent,
  withdrawPaper,
  type ConsentAsked,
  type EventGuardian,
  type ConsentView,
  type GivenConsent,
  type GivenTo,
} from './consents.js';
export { guardianByPaper, guardianshipOf, hasChildren, sayBond, type Guardianship } from './guardianship.js';
export { createGuests, type Guests } from './guests.js';
export { createNotes, type Notes } from './notes.js';
export { createSearches, type Searches } from './searches.js';
export { createOwnAnswers, type Answered, type OwnAnswers } from './ownAnswers.js';
export { createFamilies, type Dependant, type Families, type NewDependant } from './family.js';
export { createHouseholds, guardiansOf, isBusy, isSignedUp, membershipOf, signedUpAmong, type Households } from './household.js';
export { memberOf, type HouseholdChild, type HouseholdView, type Member } from './householdView.js';
export { heirOf, leavingMark, leftAlone, signUpsOf, unfitToKeep, type StaffSays } from './householdLeave.js';
export { namedPlatform, platformsTold, type NamedPlatform } from './accounts.js';
export { leaveAccount } from './leaveAccount.js';
export type { PlatformTraces, TracesByPlatform } from './traces.js';
export { belongingsOf, linkPersons, personsMark, unlinkIdentity, type Belongings, type Linked, type Travelled } from './link.js';
export { mergeDependants, moveSignUps, type Freed } from './merge.js';
export {
  communityById,
  groupChats,
  groupTitle,
  householdIdOf,
  namesakes,
  peopleHere,
  personName,
  reachableAmong,
  type GroupChat,
  type Namesake,
  type Reachable,
} from './lookup.js';
export { reachedAt, renameChat, suspend } from './reach.js';
export { recognise, type Known, type Seen } from './recognise.js';
export {
  createTasks,
  staffOf,
  type NewTask,
  type StaffMember,
  type TaskKind,
  type TaskPayload,
  type Tasks,
  type TaskView,
  paperOccasion,
} from './tasks.js';
export { createPlaceCodes, type PlaceCode, type PlaceCodes } from './placeCodes.js';
export { createUnreached, type Unreached } from './unreached.js';
export { audit, auditActions, auditEach, marksSubject, noSubject, type AuditAction, type Doing } from './audit.js';
export {
  communitiesFor,
  communityNamed,
  communityNames,
  communityOfChat,
  foundCommunity,
  groupsOfCommunity,
  isFirst,
  lookAt,
  seenIn,
  turnSwitch,
  unlinkGroup,
  withoutAdministrator,
  type CommunityChoice,
} from './communities.js';
export { eraseLeftovers, erasePerson, lastAdministratorOf, proofsUntil, purgeProofs, type Erased, type ErasedAccount } from './erase.js';
export { goingWith, ownDependants, unfitAfter, type Going, type Unfit } from './going.js';
export { takenOverIn, type LeftBehind } from './leftBehind.js';
export { actorsIn, eventsInLog, readLog, type LogFilter, type LogRow } from './auditLog.js';
export { groupCodeMs, linkByCode } from './groupLink.js';
export { createInvitations, invitationMs, type Invitations, type Looked, type Offered } from './invitation.js';
export { loadPersonRecord, type PersonRecord, type RecordParticipant } from './personRecord.js';
export { asRole, roles, type Role } from './roles.js';
export { administratorsOf, endRole, handOver, teamOf, type Ended, type Member as TeamMember } from './team.js';
export {
  addPerson,
  identitiesBut,
  identityAt,
  identityOf,
  localeOf,
  setElder,
  setLocale,
  setName,
  speakersAmong,
  type OwnIdentity,
  type Speaker,
} from './person.js';
