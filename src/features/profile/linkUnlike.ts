import { asLocale, list } from '../../i18n/index.js';
import { communityById, personName, type Doing, type Linked } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileParts } from './parts.js';

/**
 * Two accounts of one person had said different things about the same children. The right that one of them has stays meanwhile, and staff
 * have it among their tasks to ask the family.
 */
export async function askAboutUnlike(
  { households, tasks, texts }: Pick<ProfileParts, 'households' | 'tasks' | 'texts'>,
  tx: Tx,
  { personId, linked }: { personId: string; linked: Extract<Linked, { type: 'linked' }> },
  { communityId, now, newId }: Doing,
): Promise<void> {
  const { locale } = await communityById(tx, communityId);
  for (const householdId of linked.unlike) {
    const house = await households.get(tx, householdId);
    const names = list(
      (house?.children ?? []).map(({ name }) => name),
      asLocale(locale),
    );
    const payload = { name: (await personName(tx, personId)) ?? '', about: texts(locale)('tasks.unlike', { names }) };
    await tasks.make(
      tx,
      { communityId, kind: 'paper', key: `unlike:${householdId}:${personId}:${now}`, personId, payload },
      { newId, now },
    );
  }
}
