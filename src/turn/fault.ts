import type { Inbound } from '../chat/index.js';
import type { Outbox, Outgoing, Planned } from '../delivery/index.js';
import type { Translate } from '../dialog/index.js';
import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { openInbound } from './commit.js';
import { quarantine, type WaitingItem } from './rows.js';
import { toPerson } from './tell.js';

/**
 * Sets an update aside after its last try: the person is told an id, and so are the administrators of the community, without
 * a word of what was written. The update itself stays sealed in its row.
 */
export async function setAside(
  tx: Tx,
  row: WaitingItem,
  faultId: string,
  parts: { sealer: Sealer; outbox: Outbox; texts: (locale: string | null) => Translate },
): Promise<Outgoing[]> {
  if (!(await quarantine(tx, row.uid, faultId))) return [];
  const inbound = readable(row, parts.sealer);
  const community = inbound && (await communityOf(tx, inbound));
  if (!inbound || !community) return [];
  const { id: communityId } = community;
  const t = parts.texts(community.locale);
  const mention = inbound.kind === 'group' ? { mention: { id: inbound.from.id, name: inbound.from.name } } : {};
  const messages: Planned[] = [
    {
      communityId,
      kind: 'notice',
      dedupeKey: `${row.uid}#fault`,
      address: inbound.address,
      message: { text: t('turn.fault', { id: faultId }), ...mention },
    },
  ];
  const administrators = await tx.role.findMany({ where: { communityId, role: 'administrator' } });
  for (const { personId } of administrators) {
    const message = { text: t('turn.faultForStaff', { id: faultId }) };
    messages.push(...(await toPerson(tx, personId, { communityId, kind: 'notice', dedupeKey: `${row.uid}#fault:${personId}`, message })));
  }
  return parts.outbox.enqueue(tx, messages);
}

/** The community of the chat. Somebody's very first message was undone with its turn, and the chat with it: then the one they would have come to. */
async function communityOf(tx: Tx, { kind, address: { platform, account, chat } }: Inbound) {
  const known = await tx.chat.findFirst({ where: { platform, account, externalId: chat }, include: { community: true } });
  return known?.community ?? (kind === 'private' ? tx.community.findFirst({ orderBy: { createdAt: 'asc' } }) : null);
}

function readable(row: WaitingItem, sealer: Sealer): Inbound | null {
  try {
    return openInbound(sealer, row);
  } catch {
    // A payload that no key opens may be the very fault; its row and its id remain.
    return null;
  }
}
