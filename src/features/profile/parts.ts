import type { Command, Item, Outcome, Request, Tell } from '../../command/index.js';
import { menuChoices } from '../../command/index.js';
import type { Translate } from '../../dialog/index.js';
import type { Emit, EventContext } from '../../events/index.js';
import type { Codes, Doing, Families, Households, Invitations, OwnAnswers, Tasks } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

/** What the feature works with. */
export interface ProfileParts {
  readonly families: Families;
  readonly ownAnswers: OwnAnswers;
  readonly households: Households;
  readonly codes: Codes;
  readonly tasks: Tasks;
  readonly invitations: Invitations;
  readonly emit: Emit<Tx>;
  readonly tell: Tell<Tx>;
  readonly texts: (locale: string | null) => Translate;
  /** All commands of the house, for the help. */
  readonly commands: () => readonly Command<Tx>[];
  /** The command that takes the codes of a kind, in whatever feature it is. */
  readonly codeCommand: (kind: string) => Command<Tx> | undefined;
}

/** A hidden command of the private chat: reached by menus only. */
export const hiddenHere = { words: [] as readonly string[], hidden: true, for: 'everyone', inGroup: 'privately' } as const;

/** The same for staff. */
export const hiddenForStaff = { ...hiddenHere, for: 'staff' } as const;

/** One text with a menu of residents below it. */
export const menu = (t: Translate, text: string, items: readonly Item[] = []): Outcome => ({
  say: [{ text, choices: menuChoices(t, items) }],
});

/** A yes or a no about something that cannot be undone: 1 does it, 0 leads back. */
export const sure = (text: string, yes: Item, no: Item): Outcome => ({
  say: [
    {
      text,
      choices: [
        { key: '1', label: yes.label, value: yes.line },
        { key: '0', label: no.label, value: no.line },
      ],
    },
  ],
});

/** Who does something, as stores and domain events want to know it. */
export const doingOf = ({ who, now, newId }: Request): Doing & EventContext => ({
  actorId: who.personId,
  communityId: who.communityId,
  now,
  newId,
});

/** What may be asked before it is done, and is left as it was by 0. */
export const leftAlone = ['withdraw', 'link', 'elder'] as const;

/** The command line of a no: says that nothing was done. */
export const keptLine = (what: (typeof leftAlone)[number]): string => `/left-alone ${what}`;
