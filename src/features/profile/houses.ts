import type { Item, Outcome, Request } from '../../command/index.js';
import { asLocale, list, type Locale } from '../../i18n/index.js';
import { bonds, isGuardianOf, tieTo, type HouseholdView, type Member, type Ward } from '../../people/index.js';
import { menu } from './parts.js';

/** `王妈妈（爸妈）`; where it is not the same to every child, `王妈妈（王小明的爸妈）`. */
export function memberLine(
  member: Member,
  children: readonly (Ward & { readonly name: string })[],
  t: Request['t'],
  locale: Locale,
): string {
  const { name, bond } = member;
  if (member.apart.length > 0 && !children.every((child) => isGuardianOf(member, child))) {
    const parts = bonds.flatMap((one) => {
      const theirs = children.filter((child) => isGuardianOf(member, child) && tieTo(member, child).bond === one);
      const names = list(
        theirs.map((child) => child.name),
        locale,
      );
      return theirs.length > 0 ? [t('profile.family.bondTo', { names, bond: t(`profile.bond.${one}`) })] : [];
    });
    if (parts.length > 0) return t('profile.family.member', { name, bond: list(parts, locale) });
    return t('profile.family.member', { name, bond: t('profile.bond.other') });
  }
  return bond === null ? name : t('profile.family.member', { name, bond: t(`profile.bond.${bond}`) });
}

/** One household, line by line; without the lines of those that it has not. */
export function linesOf({ members, children, elders }: HouseholdView, { t, who }: Pick<Request, 't' | 'who'>): string[] {
  const locale = asLocale(who.locale);
  const named = (key: string, names: readonly string[]) => (names.length > 0 ? [t(key, { names: list(names, locale) })] : []);
  return [
    ...named(
      'profile.family.adults',
      members.map((member) => memberLine(member, children, t, locale)),
    ),
    ...named(
      'profile.family.children',
      children.map(({ name }) => name),
    ),
    ...named(
      'profile.family.elders',
      elders.map(({ name }) => name),
    ),
  ];
}

/** What one of somebody's households is called: by its other grown-ups, or else by its children (`和王爸爸的家`). */
export function houseName({ members, children }: HouseholdView, { t, who }: Pick<Request, 't' | 'who'>): string {
  const locale = asLocale(who.locale);
  const others = members.filter(({ personId }) => personId !== who.personId).map(({ name }) => name);
  if (others.length > 0) return t('profile.house.with', { names: list(others, locale) });
  const names = children.map(({ name }) => name);
  return names.length > 0 ? t('profile.house.of', { names: list(names, locale) }) : t('profile.house.own');
}

/**
 * Which household is meant: the one that is named, or the only one. `null` is somebody's first household, not made yet. An outcome
 * where it has to be asked, or where the named one is no longer theirs.
 */
export function houseFor(
  mine: readonly HouseholdView[],
  id: string,
  line: string,
  request: Request,
): { readonly house: HouseholdView | null } | { readonly ask: Outcome } {
  const { t } = request;
  const named = mine.find((one) => one.id === id);
  if (named) return { house: named };
  if (id !== '') return { ask: menu(t, t('profile.family.nothing')) };
  if (mine.length < 2) return { house: mine[0] ?? null };
  return {
    ask: menu(
      t,
      t('profile.house.which'),
      mine.map((one): Item => ({ label: houseName(one, request), line: `/${line} ${one.id}` })),
    ),
  };
}
