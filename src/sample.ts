import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { App } from './app.js';
import type { Ids } from './ids.js';
import type { Locale, Texts } from './i18n/index.js';
import { linkGroup, type Community } from './people/index.js';
import type { Storage } from './storage/index.js';

/** The account of the web chat in which visitors try Linli out. */
export const tryAccount = { platform: 'web', account: 'try' } as const;
const groupId = 'neighbours';

const contents = z.object({
  group: z.string(),
  staff: z.string(),
  people: z.record(z.string(), z.object({ name: z.string(), note: z.string() })),
  events: z.array(
    z.object({
      title: z.string(),
      place: z.string(),
      bring: z.string().nullable(),
      /** Days from today, and the clock there. */
      inDays: z.number().int(),
      start: z.string(),
      end: z.string(),
      capacity: z.number().int().nullable(),
      minAge: z.number().int().nullable(),
      maxAge: z.number().int().nullable(),
    }),
  ),
});

/** The invented community to play with. Its people are who a visitor may be. */
export function readSample(
  texts: Texts,
  locale: Locale,
): { people: { id: string; name: string; note: string }[]; groups: { id: string; title: string }[]; contents: z.infer<typeof contents> } {
  const read = contents.parse(texts.file(locale, 'sample'));
  return {
    people: Object.entries(read.people).map(([id, person]) => ({ id, ...person })),
    groups: [{ id: groupId, title: read.group }],
    contents: read,
  };
}

const mark = 'sample';

/** Gives a new community its sample group and some events on coming days. Once: what a visitor changes stays changed. */
export async function plantSample(parts: {
  storage: Storage;
  app: App;
  ids: Ids;
  community: Community;
  sample: ReturnType<typeof readSample>;
  now: number;
}): Promise<void> {
  const { storage, app, ids, community, sample, now } = parts;
  await storage.transaction(async (tx) => {
    for (const { id, title } of sample.groups) await linkGroup(tx, { ...tryAccount, chat: id, title }, community.id, ids.id);
    if (await tx.setting.findUnique({ where: { key: mark } })) return;
    await tx.setting.create({ data: { key: mark, value: new Uint8Array([1]) } });
    const staff = await tx.person.create({ data: { id: ids.id(), name: sample.contents.staff } });
    const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(community.timeZone).toPlainDate();
    for (const { inDays, start, end, place, ...about } of sample.contents.events) {
      const date = today.add({ days: inDays }).toString();
      await app.signup.publish(
        tx,
        { ...about, timeZone: community.timeZone, sessions: [{ date, start, end, place }], groups: [] },
        { communityId: community.id, actorId: staff.id, now, newId: ids.id },
      );
    }
  });
}
