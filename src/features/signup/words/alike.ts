import { plainName } from '../../../people/index.js';
import type { SignUpView } from '../../../programme/index.js';

/**
 * The sign-ups beside which another in the same thing is for somebody of the same name: a child of the same birth date, or somebody whose
 * birth date nobody gave. Perhaps one person whom two have signed up, and who takes two places. Only people can say; staff get a hint.
 */
export function alikeAmong(people: readonly SignUpView[]): ReadonlySet<string> {
  const named = new Map<string, SignUpView[]>();
  for (const one of people) {
    if (one.name === '') continue;
    const key = `${one.scope} ${plainName(one.name)}`;
    named.set(key, [...(named.get(key) ?? []), one]);
  }
  const alike = new Set<string>();
  for (const group of named.values()) {
    for (const one of group) {
      const others = group.filter((other) => other !== one);
      if (others.some(({ birthDate }) => birthDate === null || one.birthDate === null || birthDate === one.birthDate)) alike.add(one.id);
    }
  }
  return alike;
}
