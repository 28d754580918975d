import type { Item } from '../../command/index.js';
import type { Translate } from '../../dialog/index.js';
import { list, type Locale } from '../../i18n/index.js';
import type { Belongings, Linked, NamedPlatform } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import type { ProfileParts } from './parts.js';

/** An account as people tell it from another: by its name, and by its platform where that helps. */
export const accountName = (name: string, platform: NamedPlatform | null | undefined, t: Translate): string =>
  platform ? t('link.account', { name, platform: t(`link.platforms.${platform}`) }) : name;

/** What somebody brings along, line by line. */
export const belongingLines = ({ signUps, children, staff }: Belongings, t: Translate): string[] => [
  t('link.signUps', { count: signUps }),
  t('link.dependants', { count: children }),
  ...(staff ? [t('link.staff')] : []),
];

/** What is said once two accounts are one person: of what became one, and of somebody whom two of their households have written down. */
export async function afterLinking(
  { households }: Pick<ProfileParts, 'households'>,
  tx: Tx,
  { personId, linked, locale, t }: { personId: string; linked: Extract<Linked, { type: 'linked' }>; locale: Locale; t: Translate },
): Promise<{ readonly text: string; readonly items: Item[] }> {
  const twice = await knownTwice({ households }, tx, personId);
  const titles = list(
    linked.doubled.map((title) => t('link.title', { title })),
    locale,
  );
  const text = [
    t('link.done'),
    ...(linked.doubled.length > 0 ? [t('link.doubled', { titles })] : []),
    ...(linked.unlike.length > 0 ? [t('link.unlike')] : []),
    ...(twice ? [t('link.twice', { names: list(twice.names, locale) })] : []),
  ].join('\n');
  const usual = ['mine', 'family'].map((name) => ({ label: t(`help.commands.${name}.label`), line: `/${name}` }));
  return { text, items: [...(twice ? [{ label: t('profile.family.merge'), line: twice.line }] : []), ...usual] };
}

/** Who looks the same in two households of somebody: nothing becomes one by itself, since others belong to these households too. */
async function knownTwice(
  { households }: Pick<ProfileParts, 'households'>,
  tx: Tx,
  personId: string,
): Promise<{ readonly names: readonly string[]; readonly line: string } | null> {
  const mine = await households.of(tx, personId);
  for (const [at, into] of mine.entries()) {
    for (const from of mine.slice(at + 1)) {
      const pairs = await households.pairs(tx, from.id, into.id);
      const there = [...from.children, ...from.elders];
      const names = pairs.flatMap((pair) => there.find(({ id }) => id === pair.from)?.name ?? []);
      if (names.length > 0) return { names, line: `/family-merge ${from.id} ${into.id}` };
    }
  }
  return null;
}
