import { buttonsOf, menuOf, noticeValue, type EffectRunner, type Tell, type Telling } from '../command/index.js';
import type { Outbox, Planned } from '../delivery/index.js';
import { reachedAt } from '../people/index.js';
import type { Sealer } from '../seal/index.js';
import type { Tx } from '../storage/index.js';
import { conversationKey } from './desk.js';
import { promptKey, writePrompt } from './prompt.js';
import { saveConversations } from './rows.js';

/** What telling needs. */
export interface TellParts {
  readonly outbox: Outbox;
  readonly sealer: Sealer;
  readonly newToken: () => string;
  readonly clock: () => number;
}

/**
 * Tells people something in their private chats, in the transaction that decided it. Somebody without one is told in the group, where
 * the telling names one. Where there is something to answer, the choices are kept as the person's prompt, so that "1" means what they saw.
 */
export function createTell({ outbox, sealer, newToken, clock }: TellParts): Tell<Tx> {
  return async (tx, communityId, { personId, identityId, kind, text, key, choices, asksYes, leadsTo, inGroup, notBefore, expiresAt }) => {
    const identity = await reachable(tx, personId, identityId);
    const times = { ...(notBefore === undefined ? {} : { notBefore }), ...(expiresAt === undefined ? {} : { expiresAt }) };
    if (!identity) {
      const said = inGroup && (await calledIn(tx, personId, inGroup));
      if (said) await outbox.enqueue(tx, [{ communityId, kind, dedupeKey: key, ...said, ...times }]);
      return;
    }
    const { address, externalId } = identity;
    const now = clock();
    const prompt = choices && menuOf({ text, choices, ...(asksYes ? { asksYes } : {}) }, newToken(), Math.max(now, notBefore ?? 0));
    const leads = leadsTo ? [{ label: leadsTo.label, value: noticeValue(communityId, leadsTo.command) }] : [];
    const buttons = [...(prompt ? buttonsOf(prompt) : []), ...leads];
    const message = { text, ...(buttons.length > 0 ? { choices: buttons } : {}) };
    const written = await outbox.enqueue(tx, [{ communityId, kind, dedupeKey: key, address, message, ...times }]);
    if (!prompt || written.length === 0) return;
    const row = promptKey(conversationKey(address, externalId));
    await saveConversations(tx, [{ key: row, state: writePrompt(sealer, row, prompt, communityId) }], now);
  };
}

/** The words in a group where somebody has an account that has not left it, with their name before them; null where they are in none of these. */
async function calledIn(tx: Tx, personId: string, { groups, text }: NonNullable<Telling['inGroup']>) {
  const identities = await tx.identity.findMany({
    where: { personId },
    include: { absences: { include: { chat: true } } },
    orderBy: { createdAt: 'desc' },
  });
  for (const address of groups) {
    const identity = identities.find(
      ({ platform, account, absences }) =>
        platform === address.platform && account === address.account && absences.every(({ chat }) => chat.externalId !== address.chat),
    );
    if (identity) return { address, message: { text, mention: { id: identity.externalId, name: identity.name } } };
  }
  return null;
}

/** Carries out the effect `tell`. */
export const tellRunner = (tell: Tell<Tx>): EffectRunner<Tx> => ({
  type: 'tell',
  // Only command's `tell` makes effects of this type.
  run: (tx, effect, { communityId }) => tell(tx, communityId, effect.payload as Telling),
});

/** The same message addressed to the private chat in which a person can be reached, if there is one. */
export async function toPerson(tx: Tx, personId: string, message: Omit<Planned, 'address'>): Promise<Planned[]> {
  const identity = await reachable(tx, personId);
  return identity ? [{ ...message, address: identity.address }] : [];
}

/** Where somebody is written to, as an address. */
async function reachable(tx: Tx, personId: string, identityId?: string) {
  const at = await reachedAt(tx, personId, identityId);
  return at && { address: { platform: at.platform, account: at.account, chat: at.chat }, externalId: at.externalId };
}
