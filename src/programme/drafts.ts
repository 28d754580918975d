import { sql, type Tx } from '../storage/index.js';

/** A draft of an event, or a template for new ones: rows of the table of events that have no session, so nobody finds or joins them. */
export interface Kept {
  readonly id: string;
  readonly ref: string;
  readonly status: KeptAs;
  readonly title: string;
  /** JSON: the answers of the form, and which version of it wrote them. */
  readonly form: string;
  /** Ids of the group chats in which a draft will be posted; empty: not chosen yet. */
  readonly groups: readonly string[];
  readonly revision: number;
}

/** What it is kept as. */
export type KeptAs = 'draft' | 'template';

type Row = Awaited<ReturnType<Tx['event']['findFirstOrThrow']>>;

const keptAs = (status: string): KeptAs => (status === 'template' ? 'template' : 'draft');

const view = ({ id, ref, status, title, form, groups, revision }: Row): Kept => ({
  id,
  ref,
  status: keptAs(status),
  title,
  form: form ?? '{}',
  // Only `keep` writes it.
  groups: JSON.parse(groups) as string[],
  revision,
});

/** The drafts or the templates of a community, newest first. */
export async function keptOf(tx: Tx, communityId: string, status: KeptAs): Promise<Kept[]> {
  const rows = await tx.event.findMany({ where: { communityId, status }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 });
  return rows.map(view);
}

/** One draft or template of a community; null when there is none. */
export async function keptByRef(tx: Tx, communityId: string, ref: string): Promise<Kept | null> {
  const row = await tx.event.findFirst({ where: { communityId, ref, status: { in: ['draft', 'template'] } } });
  return row && view(row);
}

/** The same, held until the transaction ends, so that of two who publish one draft only one does. */
export async function keptLocked(tx: Tx, communityId: string, ref: string): Promise<Kept | null> {
  await tx.$executeRaw(sql`UPDATE "Event" SET "revision" = "revision" WHERE "ref" = ${ref} AND "communityId" = ${communityId}`);
  return keptByRef(tx, communityId, ref);
}

/** Writes a draft or a template. `now` in ms. */
export async function keep(
  tx: Tx,
  kept: Omit<Kept, 'revision'> & { readonly communityId: string; readonly createdBy: string; readonly now: number },
): Promise<void> {
  const { groups, now, ...rest } = kept;
  await tx.event.create({ data: { ...rest, groups: JSON.stringify(groups), createdAt: new Date(now) } });
}

/** Writes what a draft or a template has become. */
export async function keepAgain(tx: Tx, { id, title, form, groups }: Pick<Kept, 'id' | 'title' | 'form' | 'groups'>): Promise<void> {
  const data = { title, form, groups: JSON.stringify(groups), revision: { increment: 1 } };
  await tx.event.updateMany({ where: { id, status: { in: ['draft', 'template'] } }, data });
}

/** Deletes a draft or a template; false when it is gone already. What is published is never deleted by it. */
export async function discard(tx: Tx, communityId: string, id: string): Promise<boolean> {
  const { count } = await tx.event.deleteMany({ where: { communityId, id, status: { in: ['draft', 'template'] } } });
  return count > 0;
}
