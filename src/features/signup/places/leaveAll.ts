import { touchCards } from '../../../delivery/index.js';
import { ownDependants } from '../../../people/index.js';
import { giveBackAll, type Finder } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { serveLine, type LineParts } from './line.js';

/** Somebody goes for good: they and those whom nobody else looks after give back all places, which go to those who wait. */
export const createLeaveAll =
  (parts: LineParts & { readonly finder: Pick<Finder, 'forget'> }, clock: () => number) =>
  async (tx: Tx, personId: string): Promise<void> => {
    const now = clock();
    const left = await giveBackAll(tx, { personId, dependants: await ownDependants(tx, personId), now });
    for (const freed of left) {
      await serveLine(tx, parts, { ...freed, now, anew: true });
      await touchCards(tx, freed.eventId);
    }
    parts.finder.forget();
  };
