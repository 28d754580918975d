import { z } from 'zod';
import { dialogRoom, effect } from '../../command/index.js';
import { custom, dialog, type Effect, type Say } from '../../dialog/index.js';
import { audit, communityById, communityNames, foundCommunity, isFirst } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

/** Founds a community; written down where it was founded from. */
export const found = effect<Tx, { name: string }>('community.found', async (tx, { name }, context) => {
  const { communityId: first, actorId, now, newId } = context;
  const { timeZone, locale } = await communityById(tx, first);
  const id = newId();
  await foundCommunity(tx, { id, name, timeZone, locale }, now);
  await audit(tx, { communityId: first, actorId, now, newId }, 'community.founded', id);
});

interface Facts {
  /** Whether the asker may found communities at all. */
  readonly may: boolean;
  /** Names that are taken. */
  readonly taken: readonly string[];
}

const longestName = 40;

/** A new community, by its name; zone and language are those of the first. Wording: locales, `community.name.*`. */
export const communityDialog = () =>
  dialog<Facts>('community', { version: 1, readBack: 'simple', needs: ['may', 'taken'] })
    .ask(
      'name',
      custom<string, 'empty' | 'tooLong' | 'taken', Facts>({
        schema: z.string(),
        reasons: ['empty', 'tooLong', 'taken'],
        read: (written, { facts }) => {
          const name = written.normalize('NFC').replace(/\s+/gu, ' ').trim();
          if (!/\p{L}/u.test(name)) return { ok: false, reason: 'empty' };
          if (Array.from(name).length > longestName) return { ok: false, reason: 'tooLong' };
          return facts.taken.includes(name) ? { ok: false, reason: 'taken' } : { ok: true, value: name };
        },
        show: (name) => name,
      }),
    )
    .complete(({ name }, { t, facts }): { say: Say[]; effects: Effect[] } => {
      if (!facts.may) return { say: [{ text: t('community.notFirst') }], effects: [] };
      const choices = [{ key: '1', label: t('community.codeAgain'), value: '/community-code' }];
      return { say: [{ text: t('community.founded', { community: name }), choices }], effects: [found.make({ name })] };
    });

/** The dialog with its facts. */
export const communityRoom = () =>
  dialogRoom(
    communityDialog(),
    async (tx: Tx, { who }) => ({
      may: await isFirst(tx, who.communityId),
      taken: await communityNames(tx),
    }),
    'administrator',
  );
