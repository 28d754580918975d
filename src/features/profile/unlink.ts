import { tell, type Command, type Request } from '../../command/index.js';
import { belongingsOf, identityOf, platformsTold, unlinkIdentity } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { accountName } from './link.words.js';
import { doingOf, hiddenHere, menu, sure } from './parts.js';

/** Says what stays with whom before an account goes its own way again. */
export const unlinkCommand = (): Command<Tx> => ({
  name: 'unlink',
  ...hiddenHere,
  answer: async (tx, { t, who, args }) => {
    const identity = await identityOf(tx, who.personId, args);
    if (!identity) return menu(t, t('link.unlinkGone'));
    const accounts = (await belongingsOf(tx, who.personId)).identities;
    const at = accounts.findIndex(({ id }) => id === identity.id);
    return sure(
      t('link.unlinkSure', { account: accountName(identity.name, platformsTold(accounts)[at], t) }),
      { label: t('link.unlinkYes'), line: `/unlink-yes ${args}` },
      { label: t('link.unlinkNo'), line: '/link' },
    );
  },
});

/** Lets an account go its own way; it is told in its own chat, for it may not have been what its owner wanted. */
export const unlinkYesCommand = (): Command<Tx> => ({
  name: 'unlink-yes',
  ...hiddenHere,
  answer: async (tx, request: Request) => {
    const { t, texts, who, args } = request;
    const made = await unlinkIdentity(tx, { identityId: args, personId: who.personId }, doingOf(request));
    if (made === null) return menu(t, t('link.unlinkGone'));
    const text = texts(who.locale)('link.toldUnlinked', { name: who.name });
    return { ...menu(t, t('link.unlinked')), effects: [tell({ personId: made, kind: 'change', text, key: `parted:${made}` })] };
  },
});
