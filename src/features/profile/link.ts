import { z } from 'zod';
import { type Command, type Request } from '../../command/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { belongingsOf, identitiesBut, linkPersons, personName, platformsTold, voidCodes, type CodeContent } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { refused } from './codes.js';
import { accountName, afterLinking, belongingLines } from './link.words.js';
import { askOther, linkMs } from './linkAgree.js';
import { askAboutUnlike } from './linkUnlike.js';
import { doingOf, hiddenHere, keptLine, menu, sure, type ProfileParts } from './parts.js';

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
  const platforms = platformsTold([address, ...others]).slice(1);
  const items = others.map(({ id, name }, at) => ({
    label: t('link.unlink', { account: accountName(name, platforms[at], t) }),
    line: `/unlink ${id}`,
  }));
  return menu(t, t('link.code', { code }), items);
}

async function confirm({ codes }: ProfileParts, tx: Tx, request: Request) {
  const { t, who, args, now, newId, address } = request;
  const { personId, communityId } = who;
  const code = args.slice(0, 100);
  const found = await codes.lookUp(tx, { code, kinds, personId, communityId, now, newId });
  if (found.type !== 'open') return refused(request, found.type);
  const from = otherPerson(found);
  if (from === personId) return menu(t, t('link.self'));
  const theirs = await belongingsOf(tx, from);
  const name = await personName(tx, from);
  if (name === null) return refused(request, 'expired');
  const platforms = platformsTold([...theirs.identities, address]);
  const accounts = theirs.identities.map((one, at) => accountName(one.name, platforms[at], t));
  const withAccount = found.kind === 'link';
  const text = [
    t(withAccount ? 'link.sure' : 'link.sureUnreached'),
    accounts.length > 0 ? list(accounts, asLocale(who.locale)) : name,
    ...belongingLines(theirs, t),
    t('link.after'),
    ...(withAccount ? [t('link.both')] : []),
  ].join('\n');
  return sure(text, { label: t('link.yes'), line: `/link-yes ${code}` }, { label: t('link.no'), line: keptLine('link') });
}

const otherPerson = ({ payload }: CodeContent): string => personCode.parse(payload).personId;

/** `/link-yes CODE`: asks the other account, which must say yes too; what staff wrote down for somebody without one comes over at once. Who types stays. */
export const linkYesCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'link-yes',
  ...hiddenHere,
  // What the code opens is only sure while it is held.
  answer: async (tx, request) => {
    const { codes, emit } = parts;
    const { t, who, args: code, now } = request;
    const { personId } = who;
    const found = await codes.read(tx, { code, kinds, personId, now, lock: true });
    if (found.type !== 'open') return refused(request, found.type);
    const from = otherPerson(found);
    if (found.kind === 'link') return askOther(parts, tx, request, { code, from });
    const linked = await linkPersons(tx, { from, into: personId }, doingOf(request));
    if (linked.type !== 'linked') return menu(t, t(linked.type === 'self' ? 'link.self' : 'link.gone'));
    await codes.spend(tx, { code, personId, now });
    for (const place of linked.freed) await emit(tx, { type: 'place.freed', ...place }, doingOf(request));
    await askAboutUnlike(parts, tx, { personId, linked }, doingOf(request));
    const { text, items } = await afterLinking(parts, tx, { personId, linked, locale: asLocale(who.locale), t });
    return menu(t, text, items);
  },
});
