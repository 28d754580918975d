import { menu, command, menuChoices, type Command, type Outcome, type Request } from '../../command/index.js';
import { attendanceOfSignUp, hasCome, type SignUpView } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { whenOf, type Mine, type MineMarked, type MineParts } from './mine.js';
import { nameOf } from './tellings.js';

const hidden = { words: [], for: 'everyone', inGroup: 'privately', hidden: true } as const;

const find = async ({ signUps }: MineParts, tx: Tx, { who, now, args }: Request): Promise<Mine | undefined> =>
  (await signUps.ofPerson(tx, who.personId, now)).find(({ signUp }) => signUp.id === args);

const withMarks = async (tx: Tx, found: Mine | undefined): Promise<MineMarked | undefined> =>
  found && { ...found, marks: await attendanceOfSignUp(tx, found.signUp.id) };

/** The sign-up and its event, read again under the event's lock: between a first look and the lock somebody may have changed the list. */
async function findLocked(parts: MineParts, tx: Tx, request: Request): Promise<Mine | undefined> {
  const first = await find(parts, tx, request);
  const event = first && (await parts.readLocked(tx, request.who.communityId, first.event.ref));
  const again = event ? await find(parts, tx, request) : undefined;
  return event && again ? { event, signUp: again.signUp } : undefined;
}

const notThere = ({ t }: Request): Outcome =>
  menu(t('signup.cancel.notThere'), menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }]));

const gone = (signUp: SignUpView | undefined): boolean => !signUp || signUp.status === 'cancelled' || signUp.status === 'leaving';

/** Whoever is checked in has come: giving the place back would take them off the list that staff are marking. Null where they may cancel. */
function come({ signUp, event, marks }: MineMarked, { t, now }: Request): Outcome | null {
  if (!hasCome(event, signUp, marks, now)) return null;
  const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
  return menu(t('signup.cancel.here', { name: nameOf(signUp, t), title: event.title }), show);
}

/** Asks before a place is given back. */
export const mineCancelCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'mine-cancel', ...hidden },
    {
      load: async (tx, request) => withMarks(tx, await find(parts, tx, request)),
      decide: (found, request) => {
        const { t } = request;
        if (!found || gone(found.signUp)) return notThere(request);
        const here = come(found, request);
        if (here) return here;
        const { signUp, event } = found;
        return menu(t('signup.cancel.sure', { name: nameOf(signUp, t), title: event.title, when: whenOf(found, request) }), [
          { key: '1', label: t('signup.cancel.yes'), value: `/mine-cancel-yes ${signUp.id}` },
          { key: '0', label: t('signup.cancel.no'), value: '/mine' },
        ]);
      },
    },
  );

/** Gives a place back. It may be taken back for some minutes; only then somebody else is offered it. */
export const mineCancelYesCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'mine-cancel-yes', ...hidden },
    {
      // Under the lock: staff may be marking at this moment.
      load: async (tx, request) => withMarks(tx, await findLocked(parts, tx, request)),
      decide: (found, request) => {
        const { t } = request;
        if (!found || gone(found.signUp)) return notThere(request);
        const here = come(found, request);
        if (here) return here;
        const { event, signUp } = found;
        const items = [
          { label: t('signup.cancel.undo'), line: `/undo ${signUp.id}` },
          { label: t('signup.mine.show'), line: '/mine' },
        ];
        return {
          effects: [parts.effects.cancel.make({ signUpId: signUp.id, eventId: event.id })],
          ...menu(t('signup.cancel.done', { name: nameOf(signUp, t), title: event.title }), menuChoices(t, items)),
        };
      },
    },
  );

/** `/undo`: takes back what was just given back. */
export const undoCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'undo', words: ['撤销', '恢复报名', 'undo'], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: async (tx, request) => {
        if (request.args !== '') return findLocked(parts, tx, request);
        // The word alone means what was given back last.
        const mine = await parts.signUps.ofPerson(tx, request.who.personId, request.now);
        const [last] = mine
          .filter(({ signUp }) => gone(signUp) && signUp.until !== null)
          .sort((one, other) => (other.signUp.until ?? 0) - (one.signUp.until ?? 0));
        return last && findLocked(parts, tx, { ...request, args: last.signUp.id });
      },
      decide: (found, request) => {
        const { t, now } = request;
        const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
        if (!found || !gone(found.signUp) || (found.signUp.until ?? 0) <= now) return menu(t('signup.undo.tooLate'), show);
        const { signUp, event } = found;
        return {
          effects: [parts.effects.undo.make({ signUpId: signUp.id, eventId: event.id })],
          ...menu(t('signup.undo.done', { name: nameOf(signUp, t), title: event.title }), show),
        };
      },
    },
  );
