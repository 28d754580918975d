import { command, type Command, type Outcome } from '../../../command/index.js';
import { isOpen, openEvents, stillCounting } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { byCard } from './join.js';
import type { MineParts } from '../residents/mine.js';

/** Goes on with another command of this feature, as if it had been chosen from a menu. */
const runs = (line: string): Outcome => ({ run: line });

/**
 * `取消报名`: one's own list in private; in the group, for somebody whom the bot cannot write to, the same as 我不去了: for the card that was
 * answered, the one list that is open, or the one event that they are in.
 */
export const giveUpCommand = ({ signUps }: Pick<MineParts, 'signUps'>): Command<Tx> =>
  command(
    { name: 'give-up', words: ['取消报名'], for: 'everyone', inGroup: 'either', hidden: true },
    {
      load: async (tx, request) => {
        const { who, now, kind } = request;
        if (kind === 'private') return null;
        const open = (await openEvents(tx, who.communityId, now)).filter((event) => isOpen(event, now));
        const mine = (await signUps.ofPerson(tx, who.personId, now)).filter(
          ({ signUp }) => signUp.registrantId === who.personId && stillCounting.some((state) => state === signUp.status),
        );
        return { card: await byCard(tx, request, open), refs: [...new Set(mine.map(({ event }) => event.ref))] };
      },
      decide: (found, { t, from }) => {
        if (found === null) return runs('/mine');
        const { card, refs } = found;
        const [only, another] = refs;
        if (card) return runs(`/leave-here ${card.ref}`);
        // Nobody was speaking to the bot.
        if (from?.bare) return {};
        if (only !== undefined && another === undefined) return runs(`/leave-here ${only}`);
        return { say: [{ text: t(only === undefined ? 'signup.group.notIn' : 'signup.group.whichLeave') }] };
      },
    },
  );
