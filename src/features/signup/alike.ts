import { sameKey } from '../../people/index.js';
import type { SignUpView } from '../../programme/index.js';

/**
 * The sign-ups beside which another in the same thing is for a child of the same name and birth date: perhaps one child whom two
 * households have written down, and who takes two places. Only people can say; staff get a hint.
 */
export function alikeAmong(people: readonly SignUpView[]): ReadonlySet<string> {
  const groups = new Map<string, SignUpView[]>();
  for (const one of people) {
    const { name, birthDate, scope } = one;
    if (name === '' || birthDate === null) continue;
    const key = `${scope} ${sameKey({ name, birthDate })}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return new Set([...groups.values()].flatMap((group) => (group.length > 1 ? group.map(({ id }) => id) : [])));
}
