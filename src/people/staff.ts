import type { Tx } from '../storage/index.js';

/** Those who run a community's events, each once, with the language in which to write to them. */
export async function staffOf(tx: Tx, communityId: string): Promise<{ personId: string; locale: string }[]> {
  const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
  const roles = await tx.role.findMany({
    where: { communityId, role: { in: ['administrator', 'organiser'] } },
    include: { person: { select: { locale: true } } },
    orderBy: { grantedAt: 'asc' },
  });
  const people = new Map(roles.map(({ personId, person }) => [personId, person.locale ?? community.locale]));
  return [...people].map(([personId, locale]) => ({ personId, locale }));
}
