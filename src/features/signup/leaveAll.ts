import { touchCards } from '../../delivery/index.js';
import { ownDependants } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { serveLine, type LineParts } from './line.js';

/** Somebody goes for good: they and those whom nobody else looks after give back all places, which go to those who wait. */
export const createLeaveAll =
  (parts: LineParts, clock: () => number) =>
  async (tx: Tx, personId: string): Promise<void> => {
    const now = clock();
    const dependants = await ownDependants(tx, personId);
    const theirs = {
      status: { in: ['held', 'offered', 'confirmed', 'waiting', 'leaving'] },
      OR: [{ participant: `p:${personId}` }, { dependantId: { in: dependants } }, { registrantId: personId, dependantId: null }],
    };
    const open = { ...theirs, event: { status: { in: ['published', 'closed', 'postponed'] } } };
    const left = await tx.signUp.findMany({
      where: open,
      select: { communityId: true, eventId: true, scope: true },
      distinct: ['eventId', 'scope'],
      orderBy: [{ eventId: 'asc' }, { scope: 'asc' }],
    });
    await tx.signUp.updateMany({
      where: open,
      data: { status: 'cancelled', until: null, revision: { increment: 1 }, updatedAt: new Date(now) },
    });
    for (const freed of left) {
      await serveLine(tx, parts, { ...freed, now, anew: true });
      await touchCards(tx, freed.eventId);
    }
  };
