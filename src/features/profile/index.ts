import { dialogRoom, type Command, type Feature } from '../../command/index.js';
import { dialog, type Effect, type Say, type Translate } from '../../dialog/index.js';
import type { Families, Invitations } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { cancelCommand, claimCommand, helpCommand, languageCommand, meCommand, meNameCommand, startCommand } from './commands.js';
import { createEffects, type ProfileEffects } from './effects.js';
import { childCommand, childForgetCommand, childForgetYesCommand, childFormCommand, childRoom, familyCommand } from './family.js';
import { nameQuestion } from './nameQuestion.js';

/** How somebody wants to be called. Wording: locales, `name.*`. */
export const nameDialog = (effects: ProfileEffects) =>
  dialog<{ readonly personId: string }>('name', { version: 1, readBack: 'simple', needs: ['personId'] })
    .ask('name', nameQuestion())
    .complete(({ name }, { t, facts }): { say: Say[]; effects: Effect[] } => ({
      say: [{ text: t('profile.me.renamed', { name }) }],
      effects: [effects.rename.make({ personId: facts.personId, name })],
    }));

/** What people say about themselves and their family, and the commands that everybody begins with. */
export function createProfile(parts: {
  families: Families;
  invitations: Invitations;
  texts: (locale: string | null) => Translate;
  commands: () => readonly Command<Tx>[];
}): Feature<Tx> {
  const { families, invitations, texts } = parts;
  const effects = createEffects(families, invitations);
  return {
    name: 'profile',
    commands: [
      familyCommand(families),
      meCommand(families),
      languageCommand(effects, texts),
      startCommand(),
      helpCommand(parts.commands),
      cancelCommand(),
      claimCommand(invitations, effects),
      meNameCommand(),
      childCommand(families),
      childFormCommand(families, 'child-add'),
      childFormCommand(families, 'child-correct'),
      childForgetCommand(families),
      childForgetYesCommand(families, effects),
    ],
    dialogs: [dialogRoom(nameDialog(effects), async (_tx, { who }) => ({ personId: who.personId })), childRoom(families, effects)],
    effects: Object.values(effects).map(({ runner }) => runner),
  };
}
