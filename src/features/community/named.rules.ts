import type { CommunityChoice } from '../../people/index.js';

const folded = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

/**
 * The communities that somebody means by a name: the one that is called exactly so, else all whose name holds it. The one that the chat looks at
 * already is meant only where no other can be.
 */
export function namedLike<C extends Pick<CommunityChoice, 'id' | 'name'>>(
  name: string,
  all: readonly C[],
  here: string,
): readonly C[] | 'here' {
  const said = folded(name);
  const exact = all.filter((one) => folded(one.name) === said);
  const found = exact.length > 0 ? exact : all.filter((one) => folded(one.name).includes(said));
  const others = found.filter(({ id }) => id !== here);
  return found.length > 0 && others.length === 0 ? 'here' : others;
}
