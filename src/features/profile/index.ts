import { dialogRoom, parseWord, type Feature } from '../../command/index.js';
import { dialog, type Effect, type Say } from '../../dialog/index.js';
import type { Subscription } from '../../events/index.js';
import type { Tx } from '../../storage/index.js';
import { codeBeside, codeCommand, codeOverheard, codeText } from './codes.js';
import { cancelCommand, claimCommand, helpCommand, languageCommand, meCommand, meNameCommand, startCommand } from './commands.js';
import { createConsentEffects } from './consent.js';
import { consentCodeCommand, consentRoom, consentToCommand } from './consent.dialog.js';
import { dateAloneCommand, dateText } from './dateAlone.js';
import { createEffects, type ProfileEffects } from './effects.js';
import { elderCommand, elderEffect } from './elder.js';
import { childRoom } from './child.dialog.js';
import { childAddCommand, childCommand, childCorrectCommand, childForgetCommand, childForgetYesCommand } from './family.js';
import { helperCommand, taskEffect } from './helper.js';
import { familyBondCommand, guardianAskCommand } from './bond.js';
import { familyCommand, familyInviteCommand, familyJoinCommand, familyMergeCommand } from './household.js';
import { familyLeaveCommand, familyLeaveYesCommand } from './leave.js';
import { familyCaseCommand, familyCaseSureCommand, familyCaseYesCommand, familyDoubtCommand } from './doubt.js';
import { familyMemberCommand, familyOutCommand, familyOutYesCommand } from './member.js';
import { mergeNoCommand, mergeYesCommand } from './merge.js';
import { createHouseholdEffects, joinRoom, mergeRoom } from './join.dialog.js';
import { linkCommand, linkYesCommand } from './link.js';
import { linkAgreeCommand, linkRefuseCommand } from './linkAgree.js';
import { ownNameQuestion } from './nameQuestion.js';
import { createPaperEffects, paperAsked, paperCommand, paperRoom } from './paper.dialog.js';
import type { ProfileParts } from './parts.js';
import { relativeAddCommand, relativeRoom } from './relative.dialog.js';
import { guardianOkCommand, taskCommand, taskDoneCommand, tasksCommand } from './tasks.js';
import { unlinkCommand, unlinkYesCommand } from './unlink.js';
import { leftAloneCommand, withdrawCommand, withdrawYesCommand } from './withdraw.js';

/** How somebody wants to be called. Wording: locales, `name.*`. */
export const nameDialog = (effects: ProfileEffects) =>
  dialog<{ readonly personId: string; readonly staff: boolean }>('name', { version: 1, readBack: 'simple', needs: ['personId', 'staff'] })
    .ask('name', ownNameQuestion())
    .complete(({ name }, { t, facts }): { say: Say[]; effects: Effect[] } => ({
      say: [{ text: t('profile.me.renamed', { name }) }],
      effects: [effects.rename.make({ personId: facts.personId, name })],
    }));

/** The feature, and what it does when something happens elsewhere. */
export interface Profile extends Feature<Tx> {
  readonly subscriptions: readonly Subscription<Tx>[];
}

/** What people say about themselves and their family, who may consent, whom staff have to call, and the commands that everybody begins with. */
export function createProfile(parts: ProfileParts): Profile {
  const { families, households, invitations, tasks, texts } = parts;
  const effects = createEffects(families, households, invitations, parts.emit);
  const joining = createHouseholdEffects(parts);
  const consents = createConsentEffects(parts);
  const papers = createPaperEffects(parts);
  const makeTask = taskEffect(tasks);
  return {
    name: 'profile',
    commands: [
      familyCommand(parts),
      meCommand(families),
      languageCommand(effects, texts),
      elderCommand(),
      linkCommand(parts),
      withdrawCommand(families),
      startCommand(),
      helpCommand(parts.commands),
      helperCommand(tasks, makeTask),
      cancelCommand(),
      claimCommand(invitations, effects),
      tasksCommand(tasks),
      meNameCommand(families),
      codeCommand(parts),
      dateAloneCommand(),
      childCommand(households),
      childAddCommand(households),
      childCorrectCommand(households),
      childForgetCommand(households),
      childForgetYesCommand(households, effects),
      relativeAddCommand(parts),
      familyInviteCommand(parts),
      familyJoinCommand(parts),
      familyBondCommand(parts),
      familyMergeCommand(parts),
      mergeYesCommand(parts),
      mergeNoCommand(parts),
      familyMemberCommand(parts),
      familyOutCommand(parts),
      familyOutYesCommand(parts),
      familyDoubtCommand(parts, makeTask),
      familyCaseCommand(parts),
      familyCaseSureCommand(parts),
      familyCaseYesCommand(parts),
      familyLeaveCommand(parts),
      familyLeaveYesCommand(parts),
      guardianAskCommand(parts, makeTask),
      consentCodeCommand(parts),
      consentToCommand(parts),
      withdrawYesCommand(parts, consents),
      leftAloneCommand(),
      linkYesCommand(parts),
      linkAgreeCommand(parts),
      linkRefuseCommand(parts),
      unlinkCommand(),
      unlinkYesCommand(),
      taskCommand(tasks),
      taskDoneCommand(tasks),
      guardianOkCommand(parts),
      paperCommand(parts),
    ],
    dialogs: [
      dialogRoom(nameDialog(effects), async (_tx, { who }) => ({ personId: who.personId, staff: who.staff })),
      childRoom(parts, effects, (text) => parseWord(text, parts.commands()) !== null),
      relativeRoom(parts, effects),
      joinRoom(parts, joining),
      mergeRoom(parts, joining),
      consentRoom(parts, consents),
      paperRoom(parts, papers),
    ],
    effects: [effects, joining, consents, papers, { makeTask, elderEffect }].flatMap((group) =>
      Object.values(group).map(({ runner }) => runner),
    ),
    freeText: [codeText, dateText],
    beside: [codeBeside(parts)],
    overheard: [codeOverheard(parts)],
    codes: { invitation: 'claim', household: 'family-join', consent: 'consent-code', link: 'link', person: 'link' },
    subscriptions: [paperAsked(parts)],
  };
}
