export { audit } from './audit.js';
export { asBond, bonds, better, earlierPosition, mayConsent, samePairs, takesPlace, type Bond, type Pair } from './bonds.js';
export { claim, openClaim, type Claimed } from './claim.js';
export {
  createCodes,
  looksLikeCode,
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
  consentsOf,
  consentTextVersion,
  giveConsent,
  makeConsentCode,
  withdrawConsent,
  type ConsentAsked,
  type ConsentView,
  type GivenConsent,
} from './consents.js';
export { createFamilies, type Dependant, type Families, type NewDependant } from './family.js';
export { createHouseholds, guardiansOf, type Doing, type Households, type HouseholdView, type Member } from './household.js';
export { belongingsOf, linkPersons, unlinkIdentity, type Belongings, type Linked } from './link.js';
export { mergeDependants, moveSignUps, type Freed } from './merge.js';
export { renameChat, suspend } from './reach.js';
export { recognise, type Known, type Seen } from './recognise.js';
export type { Role } from './roles.js';
export { createTasks, staffOf, type NewTask, type TaskKind, type TaskPayload, type Tasks, type TaskView } from './tasks.js';
export { createUnreached, type Unreached } from './unreached.js';
