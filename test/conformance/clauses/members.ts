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
        await rig.moves(['bot'], 'joined'),
        await rig.moves([one], 'joined'),
        await rig.moves([other], 'left'),
        await rig.moves(['bot'], 'left'),
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
  {
    name: 'several who come into a group at once are an update each, and come again where one of them was not taken',
    async prove(rig) {
      const [one, other] = rig.people;
      let calls = 0;
      rig.core(async () => {
        calls += 1;
        if (calls === 2) throw new Error('commit failed');
        return {};
      });
      const posted = await rig.moves([one, other], 'joined');
      const again = await posted?.again();
      const { membership } = rig.adapter.capabilities;
      expect([posted?.taken, again?.taken]).toEqual(membership ? [false, true] : [undefined, undefined]);
      expect(new Set(rig.received.map(({ id }) => id)).size).toBe(membership ? 2 : 0);
    },
  },
];
