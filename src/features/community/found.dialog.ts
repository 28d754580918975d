import { z } from 'zod';
import { dialogRoom, effect } from '../../command/index.js';
import { custom, dialog, type Effect, type Say } from '../../dialog/index.js';
import { asLocale, instant } from '../../i18n/index.js';
import { audit, foundCommunity, invitationMs, invite, isFirst, type Codes } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';

/** Founds a community with an invitation for its first administrator; both are written down. */
export const createFounding = (codes: Codes) =>
  effect<Tx, { name: string; code: string }>('community.found', async (tx, { name, code }, context) => {
    const { communityId: first, actorId, now, newId } = context;
    const { timeZone, locale } = await tx.community.findUniqueOrThrow({ where: { id: first } });
    const id = newId();
    await foundCommunity(tx, { id, name, timeZone, locale }, now);
    await invite(tx, codes, code, 'administrator', { ...context, communityId: id });
    await audit(tx, { id: newId(), communityId: first, actorId, action: 'community.founded', subject: id, now });
  });

interface Facts {
  /** Whether the asker may found communities at all. */
  readonly may: boolean;
  /** Names that are taken. */
  readonly taken: readonly string[];
  /** The code that the first administrator of the new community will be given. */
  readonly code: string;
}

const longestName = 40;

/** A new community, by its name; zone and language are those of the first. Wording: locales, `community.name.*`. */
export const communityDialog = (found: ReturnType<typeof createFounding>) =>
  dialog<Facts>('community', { version: 1, readBack: 'simple', needs: ['may', 'taken', 'code'] })
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
    .complete(({ name }, { t, facts, now, locale, timeZone }): { say: Say[]; effects: Effect[] } => {
      if (!facts.may) return { say: [{ text: t('community.notFirst') }], effects: [] };
      const { code } = facts;
      const until = instant(now + invitationMs, asLocale(locale, 'zh-CN'), now, timeZone);
      return { say: [{ text: t('community.founded', { community: name, code, until }) }], effects: [found.make({ name, code })] };
    });

/** The dialog with its facts. */
export const communityRoom = (codes: Codes, found: ReturnType<typeof createFounding>) =>
  dialogRoom(
    communityDialog(found),
    async (tx: Tx, { who }) => ({
      may: await isFirst(tx, who.communityId),
      taken: (await tx.community.findMany({ select: { name: true } })).map(({ name }) => name),
      code: codes.newCode(),
    }),
    'administrator',
  );
