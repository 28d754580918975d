import type { Command, FreeText } from '../../command/index.js';
import { looksLikeCode, type CodeKind, type CodeRefusal } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { menu, type ProfileParts } from './parts.js';
import type { Request } from '../../command/index.js';

const kinds: readonly CodeKind[] = ['household', 'consent', 'link', 'person', 'invitation', 'held'];

/** Says kindly why a code opens nothing. */
export const refused = ({ t }: Request, type: CodeRefusal) => menu(t, t(`codes.${type}`));

/** A code that somebody types by itself, or behind 加入家庭: whatever it is good for goes on from here. */
export const codeCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'code',
  words: ['加入家庭', '验证', '码', 'join family', 'code'],
  takesText: true,
  hidden: true,
  for: 'everyone',
  inGroup: 'privately',
  answer: async (tx, request) => {
    const { t, who, args, now, newId } = request;
    if (args === '') return menu(t, t('codes.ask'));
    const { personId, communityId } = who;
    const code = args.slice(0, 100);
    const taken = kinds.filter((kind) => parts.codeCommand(kind));
    const found = await parts.codes.lookUp(tx, { code, kinds: taken, personId, communityId, now, newId });
    // Held places are filled in: that says more than that the code is used.
    if (found.type === 'taken' && found.kind === 'held') return menu(t, t('codes.filled'));
    if (found.type !== 'open') return refused(request, found.type);
    const command = parts.codeCommand(found.kind);
    return command ? command.answer(tx, { ...request, args: code }) : refused(request, 'wrong');
  },
});

/** A message that is written like a code is one; a date or a telephone number is none. */
export const codeText: FreeText = (text) => (looksLikeCode(text) ? { name: 'code', args: text.trim() } : null);
