import type { Inbound } from '../../chat/index.js';
import type { Feature } from '../../command/index.js';
import type { Translate } from '../../dialog/index.js';
import type { Codes, Invitations } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { communityCommand, foundCommand, foundingCodeCommand } from './communities.js';
import { communityRoom, found } from './found.dialog.js';
import { groupCodeCommand, groupCommand, groupUnlinkCommand, groupUnlinkYesCommand, linkTyped } from './groups.js';
import { inviteBackCommand, inviteCommand, inviteRoleCommand, invitesCommand } from './invite.js';
import { logCommand, logEventsCommand, logPeopleCommand, logSeen } from './log.js';
import { settingCommand, settingsCommand } from './settings.js';
import {
  myRolesCommand,
  staffCommand,
  staffEndCommand,
  staffEndYesCommand,
  staffHandCommand,
  staffHandYesCommand,
  staffRoleCommand,
} from './staff.js';

export { sentence } from './log.js';

/** Communities and those who run them: invitations, roles, the log, settings, groups. */
export interface CommunityFeature extends Feature<Tx> {
  /** Looks at a message before anybody is recognised: in a group of no community it may be the code that makes it one's. */
  beforeRecognised(tx: Tx, inbound: Inbound, parts: { now: number; newId: () => string }): Promise<void>;
}

/** Builds the feature. */
export function createCommunityFeature(parts: {
  codes: Codes;
  invitations: Invitations;
  texts: (locale: string | null) => Translate;
}): CommunityFeature {
  const { codes, invitations, texts } = parts;
  return {
    name: 'community',
    commands: [
      communityCommand(texts),
      groupCommand(),
      staffCommand(),
      inviteCommand(invitations),
      logCommand(),
      settingsCommand(),
      foundCommand(),
      foundingCodeCommand(invitations),
      groupCodeCommand(codes),
      groupUnlinkCommand(),
      groupUnlinkYesCommand(),
      inviteRoleCommand(invitations),
      invitesCommand(invitations),
      inviteBackCommand(invitations),
      myRolesCommand(),
      staffRoleCommand(),
      staffEndCommand(),
      staffEndYesCommand(),
      staffHandCommand(),
      staffHandYesCommand(),
      logPeopleCommand(),
      logEventsCommand(),
      settingCommand(),
    ],
    dialogs: [communityRoom()],
    effects: [logSeen, found].map(({ runner }) => runner),
    beforeRecognised: (tx, inbound, context) => linkTyped(tx, codes, inbound, context),
  };
}
