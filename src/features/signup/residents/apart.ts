import { menu, command, menuChoices, type Command } from '../../../command/index.js';
import { eventById, eventRefOf, type EventView, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { MineParts } from './mine.js';
import type { PairEffects } from '../places/pairs.js';

/** The pair of a sign-up, where it is this person's and both still wait. */
async function findPair(
  { signUps }: MineParts,
  tx: Tx,
  { communityId, personId }: { readonly communityId: string; readonly personId: string },
  id: string,
): Promise<{ readonly one: SignUpView; readonly pairKey: string; readonly event: EventView } | null> {
  const one = await signUps.byId(tx, id);
  if (one?.registrantId !== personId || one.pairKey === null || one.status !== 'waiting') return null;
  const event = (await eventRefOf(tx, communityId, one.eventId)) === null ? null : await eventById(tx, one.eventId);
  return event && { one, pairKey: one.pairKey, event };
}

const hidden = { words: [], for: 'everyone', inGroup: 'privately', hidden: true } as const;

/** `/apart SIGN-UP`: one place would do. */
export const apartCommand = (parts: MineParts, { apart }: PairEffects): Command<Tx> =>
  command(
    { name: 'apart', ...hidden },
    {
      load: (tx, { who, args }) => findPair(parts, tx, who, args),
      decide: (found, { t }) => {
        const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
        if (!found) return menu(t('signup.pair.over'), show);
        const { one, pairKey, event } = found;
        return {
          effects: [apart.make({ pairKey, eventId: event.id, scope: one.scope })],
          ...menu(t('signup.pair.isApart', { title: event.title }), show),
        };
      },
    },
  );

/** `/keep-together SIGN-UP`: both or neither, as before. */
export const keepTogetherCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'keep-together', ...hidden },
    {
      load: (tx, { who, args }) => findPair(parts, tx, who, args),
      decide: (found, { t }) =>
        menu(
          found ? t('signup.pair.kept', { title: found.event.title }) : t('signup.pair.over'),
          menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]),
        ),
    },
  );
