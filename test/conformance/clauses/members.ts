import { expect } from 'vitest';
import type { Clause } from '../rig.js';

/** Who is in a group. */
export const members: readonly Clause[] = [
  {
    name: 'who comes into a group and who leaves it comes in, of that person and there; the bot itself does not',
    async prove(rig) {
      const [one, other] = rig.people;
      const { membership } = rig.adapter.capabilities;
      const posted = [
        await rig.moves('bot', 'joined'),
        await rig.moves(one, 'joined'),
        await rig.moves(other, 'left'),
        await rig.moves('bot', 'left'),
      ];
      expect(posted.map((each) => each?.taken ?? null)).toEqual(posted.map(() => (membership ? true : null)));
      const moved = rig.received.map(({ kind, address, from, content }) => ({ kind, chat: address.chat, id: from.id, content }));
      const there = { kind: 'group', chat: rig.group.id };
      expect(moved).toEqual(
        membership
          ? [
              { ...there, id: one.id, content: { type: 'member', what: 'joined' } },
              { ...there, id: other.id, content: { type: 'member', what: 'left' } },
            ]
          : [],
      );
    },
  },
];
