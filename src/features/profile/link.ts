import { z } from 'zod';
import { type Command, type Request } from '../../command/index.js';
import { asLocale, list } from '../../i18n/index.js';
import {
  identitiesBut,
  identityOf,
  personName,
  belongingsOf,
  linkPersons,
  unlinkIdentity,
  voidCodes,
  type CodeContent,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { refused } from './codes.js';
import { doingOf, hiddenHere, keptLine, menu, sure, type ProfileParts } from './parts.js';

const linkMs = 10 * 60 * 1000;
const personCode = z.strictObject({ personId: z.string() });
const kinds = ['link', 'person'] as const;

/** `/link`: shows a code for the other account; with a code behind it, asks whether the two are one person. */
export const linkCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'link',
  words: ['绑定账号', '绑定', 'link accounts', 'link'],
  takesText: true,
  for: 'everyone',
  inGroup: 'privately',
  // Codes are made and looked at inside the transaction.
  answer: (tx, request) => (request.args === '' ? showCode(parts, tx, request) : confirm(parts, tx, request)),
});

async function showCode({ codes }: ProfileParts, tx: Tx, { t, who, now, address }: Request) {
  const { personId: createdBy, communityId } = who;
  await voidCodes(tx, { createdBy, kind: 'link' });
  const payload: z.infer<typeof personCode> = { personId: createdBy };
  const code = await codes.make(tx, { kind: 'link', communityId, createdBy, payload, expiresAt: now + linkMs, now });
  // The account that is being used cannot be taken away under somebody's feet.
  const others = await identitiesBut(tx, createdBy, address);
  const items = others.map(({ id, name, platform }) => ({ label: t('link.unlink', { name, platform }), line: `/unlink ${id}` }));
  return menu(t, t('link.code', { code }), items);
}

async function confirm({ codes }: ProfileParts, tx: Tx, request: Request) {
  const { t, who, args, now, newId } = request;
  const { personId, communityId } = who;
  const code = args.slice(0, 100);
  const found = await codes.lookUp(tx, { code, kinds, personId, communityId, now, newId });
  if (found.type !== 'open') return refused(request, found.type);
  const from = otherPerson(found);
  if (from === personId) return menu(t, t('link.self'));
  const { identities, signUps, children, staff } = await belongingsOf(tx, from);
  const name = await personName(tx, from);
  if (name === null) return refused(request, 'expired');
  const accounts = identities.map(({ name, platform }) => t('link.account', { name, platform }));
  const text = [
    t(found.kind === 'link' ? 'link.sure' : 'link.sureUnreached'),
    accounts.length > 0 ? list(accounts, asLocale(who.locale)) : name,
    t('link.signUps', { count: signUps }),
    t('link.dependants', { count: children }),
    ...(staff ? [t('link.staff')] : []),
    t('link.after'),
  ].join('\n');
  return sure(text, { label: t('link.yes'), line: `/link-yes ${code}` }, { label: t('link.no'), line: keptLine('link') });
}

const otherPerson = ({ payload }: CodeContent): string => personCode.parse(payload).personId;

/** `/link-yes CODE`: makes one person of two. Who types stays; everything of the other comes over. */
export const linkYesCommand = ({ codes, emit }: ProfileParts): Command<Tx> => ({
  name: 'link-yes',
  ...hiddenHere,
  // What the code opens is only sure while it is held.
  answer: async (tx, request) => {
    const { t, who, args, now } = request;
    const { personId } = who;
    const found = await codes.read(tx, { code: args, kinds, personId, now, lock: true });
    if (found.type !== 'open') return refused(request, found.type);
    const linked = await linkPersons(tx, { from: otherPerson(found), into: personId }, doingOf(request));
    if (linked.type !== 'linked') return menu(t, t(linked.type === 'self' ? 'link.self' : 'link.gone'));
    await codes.spend(tx, { code: args, personId, now });
    for (const place of linked.freed) await emit(tx, { type: 'place.freed', ...place }, doingOf(request));
    const items = ['mine', 'family'].map((name) => ({ label: t(`help.commands.${name}.label`), line: `/${name}` }));
    return menu(t, t('link.done'), items);
  },
});

/** Says what stays with whom before an account goes its own way again. */
export const unlinkCommand = (): Command<Tx> => ({
  name: 'unlink',
  ...hiddenHere,
  answer: async (tx, { t, who, args }) => {
    const identity = await identityOf(tx, who.personId, args);
    if (!identity) return menu(t, t('link.unlinkGone'));
    const { name, platform } = identity;
    return sure(
      t('link.unlinkSure', { name, platform }),
      { label: t('link.unlinkYes'), line: `/unlink-yes ${args}` },
      { label: t('link.unlinkNo'), line: '/link' },
    );
  },
});

/** Lets an account go its own way. */
export const unlinkYesCommand = (): Command<Tx> => ({
  name: 'unlink-yes',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, who, args } = request;
    const made = await unlinkIdentity(tx, { identityId: args, personId: who.personId }, doingOf(request));
    return menu(t, t(made === null ? 'link.unlinkGone' : 'link.unlinked'));
  },
});
