import type { Tx } from '../storage/index.js';
import { audit, noSubject } from './audit.js';
import { communityOfChat } from './communities.js';
import type { Codes } from './codes.js';
import { linkGroup } from './community.js';
import { holds } from './team.js';

/** How long the code that makes a group a community's is good for. */
export const groupCodeMs = 24 * 60 * 60 * 1000;

/** Somebody writes a code in a group that belongs to no community. */
export interface GroupLine {
  readonly platform: string;
  readonly account: string;
  readonly chat: string;
  readonly title: string;
  readonly sender: string;
  readonly code: string;
}

/**
 * Makes a group a community's by a code that its staff were given in private. It is looked at only when somebody types it whom the
 * bot knows already, so that guesses are counted and strangers go unheard, and counts only while whoever made it is still staff.
 * A group that is a community's already stays with it.
 */
export async function linkByCode(tx: Tx, codes: Codes, line: GroupLine, parts: { now: number; newId: () => string }): Promise<boolean> {
  const { platform, account, chat, title, sender, code } = line;
  const { now, newId } = parts;
  if ((await communityOfChat(tx, { platform, account, chat })) !== null) return false;
  const key = { platform, account, externalId: sender };
  const identity = await tx.identity.findUnique({ where: { platform_account_externalId: key } });
  if (!identity) return false;
  const { personId, privateChat } = identity;
  const home = privateChat === null ? null : await communityOfChat(tx, { platform, account, chat: privateChat });
  if (home === null) return false;
  const used = await codes.use(tx, { kinds: ['group'], code, personId, communityId: home, now, newId });
  if (used.type !== 'used') return false;
  const { communityId, createdBy } = used;
  const staff = (await holds(tx, communityId, createdBy, 'administrator')) || (await holds(tx, communityId, createdBy, 'organiser'));
  if (!staff) return false;
  await linkGroup(tx, { platform, account, chat, title }, communityId, newId);
  await audit(tx, { communityId, actorId: personId, now, newId }, 'group.linked', noSubject);
  return true;
}
