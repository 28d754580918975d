import { tell, type Beside, type Command, type FreeText, type Overheard } from '../../command/index.js';
import { codeIn, exposeCode, localeOf, type CodeKind, type CodeRefusal } from '../../people/index.js';
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

/** A message that is written like a code is one, and so is one that holds a single piece which is; a date or a telephone number is none. */
export const codeText: FreeText = (text) => {
  const code = codeIn(text);
  return code === null ? null : { name: 'code', args: code };
};

/** A code in the middle of a form, where the question does not take it, is asked about instead of being a wrong answer. Wrong ones count as they do elsewhere. */
export const codeBeside =
  (parts: ProfileParts): Beside<Tx> =>
  async (tx, text, { who: { personId, communityId }, now, newId }) => {
    const code = codeIn(text);
    if (code === null) return null;
    const found = await parts.codes.lookUp(tx, {
      code,
      kinds: kinds.filter((kind) => parts.codeCommand(kind)),
      personId,
      communityId,
      now,
      newId,
    });
    return found.type === 'open' ? `/code ${code}` : null;
  };

/**
 * A code in a group, to the bot or not: what gives rights is void from then on, since everybody has read it, and whoever made it is told to
 * make a new one. The same is answered whatever the code is, so that nobody learns here which ones are good.
 */
export const codeOverheard =
  ({ texts }: ProfileParts): Overheard<Tx> =>
  async (tx, text, { t, who, now, newId }) => {
    const code = codeIn(text);
    const came = code === null ? null : await exposeCode(tx, { code, now });
    if (came === null || came.type === 'group') return null;
    const say = [{ text: t('codes.notHere') }];
    if (came.type !== 'void') return { say };
    const theirs = texts((await localeOf(tx, came.createdBy)) ?? who.communityLocale);
    const told = tell({ personId: came.createdBy, kind: 'change', key: `exposed:${newId()}`, text: theirs('codes.exposed') });
    return { say, effects: [told] };
  };
