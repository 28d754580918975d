export { audit } from './audit.js';
export { claim, openClaim, type Claimed } from './claim.js';
export { firstCommunity, linkGroup, type Community } from './community.js';
export { createFamilies, type Dependant, type Families, type NewDependant } from './family.js';
export { renameChat, suspend } from './reach.js';
export { recognise, type Known, type Seen } from './recognise.js';
export type { Role } from './roles.js';
export { staffOf } from './staff.js';
