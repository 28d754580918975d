export { audit, auditActions, noSubject, type AuditAction } from './audit.js';
export { claim, openClaim, type Claimed } from './claim.js';
export { createCodes, type Codes } from './codes.js';
export {
  communitiesFor,
  communityOfChat,
  foundCommunity,
  groupsOfCommunity,
  isFirst,
  lookAt,
  seenIn,
  unlinkGroup,
  withoutAdministrator,
  type CommunityChoice,
} from './communities.js';
export { firstCommunity, linkGroup, type Community } from './community.js';
export {
  eraseLeftovers,
  erasePerson,
  lastAdministratorOf,
  ownDependants,
  proofsUntil,
  purgeProofs,
  type Erased,
  type ErasedAccount,
} from './erase.js';
export { createFamilies, type Dependant, type Families, type NewDependant } from './family.js';
export { actorsIn, eventsInLog, readLog, type LogFilter, type LogRow } from './auditLog.js';
export { groupCodeMs, linkByCode } from './groupLink.js';
export { createInvitations, invitationMs, type Invitations, type Looked, type Offered } from './invitation.js';
export { loadPersonRecord, type PersonRecord, type RecordParticipant } from './personRecord.js';
export { renameChat, suspend } from './reach.js';
export { recognise, type Known, type Seen } from './recognise.js';
export { asRole, roles, type Role } from './roles.js';
export { endRole, handOver, teamOf, type Ended, type Member } from './team.js';
