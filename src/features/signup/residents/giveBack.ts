import { menu, command, menuChoices, type Command, type Outcome, type Request } from '../../../command/index.js';
import { hasWithdrawn } from '../../../people/index.js';
import { attendanceOfSignUp, hasCome, undoMs, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { concernedBy, tellConcerned } from '../places/cancelTold.js';
import { readerOf } from '../words/menus.js';
import type { MineParts } from './mine.js';
import { alike, nameOfAll, titleOf, whenOf, type Mine, type MineMarked } from './mine.lines.js';
import { isUnnamed, nameOf, namesOf } from '../words/tellings.js';

const hidden = { words: [], for: 'everyone', inGroup: 'privately', hidden: true } as const;

/** A sign-up, with those that nobody could tell apart from it where all of them are meant (`ID all`). */
interface Found extends Mine {
  readonly theirs: readonly Mine[];
  /** Those who would go together with it or not at all. */
  readonly left: readonly SignUpView[];
}

const find = async ({ signUps }: MineParts, tx: Tx, { who, now, args }: Request): Promise<Found | undefined> => {
  const [id, all] = args.split(' ');
  const mine = await signUps.ofPerson(tx, who.personId, now);
  const one = mine.find(({ signUp }) => signUp.id === id);
  if (!one) return undefined;
  const { pairKey, scope } = one.signUp;
  const paired = mine.map(({ signUp }) => signUp).filter((other) => pairKey !== null && other.pairKey === pairKey && other.scope === scope);
  const left = paired.filter((other) => other.id !== one.signUp.id && !gone(other));
  return { ...one, theirs: all === 'all' ? alike(mine, one) : [one], left };
};

interface FoundMarked extends MineMarked {
  readonly left: readonly SignUpView[];
  readonly theirs: readonly MineMarked[];
}

const withMarks = async (tx: Tx, found: Found | undefined): Promise<FoundMarked | undefined> => {
  if (!found) return undefined;
  const theirs: MineMarked[] = [];
  for (const one of found.theirs) theirs.push({ ...one, marks: await attendanceOfSignUp(tx, one.signUp.id) });
  return { ...found, marks: theirs.find(({ signUp }) => signUp.id === found.signUp.id)?.marks, theirs };
};

/** The sign-up and its event, read again under the event's lock: between a first look and the lock somebody may have changed the list. */
async function findLocked(parts: MineParts, tx: Tx, request: Request): Promise<Found | undefined> {
  const first = await find(parts, tx, request);
  const event = first && (await parts.readLocked(tx, request.who.communityId, first.event.ref));
  const again = event ? await find(parts, tx, request) : undefined;
  return event && again ? { ...again, event } : undefined;
}

const notThere = ({ t }: Request): Outcome =>
  menu(t('signup.cancel.notThere'), menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }]));

const gone = (signUp: SignUpView | undefined): boolean => !signUp || signUp.status === 'cancelled' || signUp.status === 'leaving';

/** Whoever is checked in has come: giving the place back would take them off the list that staff are marking. Null where they may cancel. */
function come({ event, theirs }: FoundMarked, { t, now }: Request): Outcome | null {
  const here = theirs.find((one) => hasCome(event, one.signUp, one.marks, now));
  if (!here) return null;
  const { signUp } = here;
  const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
  return menu(t('signup.cancel.here', { name: nameOf(signUp, t), title: event.title }), show);
}

/** What was done: of people by name, of places that are nobody's yet by their number. */
function doneWords(what: 'cancel' | 'undo', theirs: readonly Mine[], title: string, request: Request): string {
  const signUps = theirs.map(({ signUp }) => signUp);
  if (signUps.every(isUnnamed)) return request.t(`signup.${what}.doneHeld`, { names: namesOf(signUps, readerOf(request)), title });
  return request.t(`signup.${what}.done`, { name: nameOfAll(theirs, request), title });
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
        const { event, theirs } = found;
        const text = t('signup.cancel.sure', { name: nameOfAll(theirs, request), title: event.title, when: whenOf(found, request) });
        const choices = [
          { key: '1', label: t('signup.cancel.yes'), value: `/mine-cancel-yes ${request.args}` },
          { key: '0', label: t('signup.cancel.no'), value: '/mine' },
        ];
        return { say: [{ text, choices, asksYes: true }] };
      },
    },
  );

/** Gives a place back. It may be taken back for some minutes; only then somebody else is offered it. */
export const mineCancelYesCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'mine-cancel-yes', ...hidden },
    {
      // Under the lock: staff may be marking at this moment.
      load: async (tx, request) => {
        const found = await withMarks(tx, await findLocked(parts, tx, request));
        const signUps = (found?.theirs ?? []).map(({ signUp }) => signUp);
        return { found, concerned: await concernedBy(tx, request.who, signUps) };
      },
      decide: ({ found, concerned }, request) => {
        const { t } = request;
        if (!found || gone(found.signUp)) return notThere(request);
        const here = come(found, request);
        if (here) return here;
        const { event, theirs, left } = found;
        const [alone] = left;
        const also = alone && { label: t('signup.cancel.also', { names: nameOf(alone, t) }), line: `/mine-cancel ${alone.id}` };
        // Not first: whoever said yes with a 1 may say it twice.
        const items = [
          { label: t('signup.mine.show'), line: '/mine' },
          { label: t('signup.cancel.undo'), line: `/undo ${request.args}` },
          ...(also ? [also] : []),
        ];
        const text = [
          doneWords('cancel', theirs, titleOf(found, request), request),
          ...(alone && also ? [t('signup.cancel.alone', { names: nameOf(alone, t), label: also.label })] : []),
        ];
        return {
          effects: [
            ...theirs.map(({ signUp }) => parts.effects.cancel.make({ signUpId: signUp.id, eventId: event.id })),
            ...tellConcerned(concerned, event, request),
          ],
          ...menu(text.join('\n'), menuChoices(t, items)),
        };
      },
    },
  );

/** `/undo`: takes back what was just given back. */
export const undoCommand = (parts: MineParts): Command<Tx> =>
  command(
    { name: 'undo', words: ['撤销', '恢复报名', 'undo'], for: 'everyone', inGroup: 'either', hidden: true },
    {
      load: async (tx, request) => {
        if (request.args !== '') return { found: await findLocked(parts, tx, request), withdrawn: false, standing: [] };
        // The word alone means what was given back last; in a group what they signed up themselves.
        const mine = (await parts.signUps.ofPerson(tx, request.who.personId, request.now)).filter(
          ({ signUp }) => request.kind === 'private' || signUp.registrantId === request.who.personId,
        );
        const [last] = mine
          .filter(({ signUp }) => gone(signUp) && signUp.until !== null)
          .sort((one, other) => (other.signUp.until ?? 0) - (one.signUp.until ?? 0));
        if (last && request.kind === 'group') {
          const found = await findLocked(parts, tx, { ...request, args: last.signUp.id });
          const together = mine.filter(
            ({ signUp, event }) => event.id === last.event.id && gone(signUp) && signUp.until === last.signUp.until,
          );
          return { found: found && { ...found, theirs: together }, withdrawn: false, standing: [] };
        }
        if (last)
          return { found: await findLocked(parts, tx, { ...request, args: `${last.signUp.id} all` }), withdrawn: false, standing: [] };
        const withdrawn = await hasWithdrawn(tx, request.who.personId, request.now - undoMs);
        return { found: undefined, withdrawn, standing: request.kind === 'private' ? mine.filter(({ signUp }) => !gone(signUp)) : [] };
      },
      decide: ({ found, withdrawn, standing }, request) => {
        const { t, now } = request;
        const inGroup = request.kind === 'group';
        const show = inGroup ? [] : menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
        if (withdrawn) return menu(t('signup.undo.withdrawn'), show);
        // Somebody else of the family, or staff, brought it back before.
        if (found && !gone(found.signUp))
          return menu(t('signup.undo.already', { name: nameOfAll(found.theirs, request), title: titleOf(found, request) }), show);
        if (standing.length > 0) {
          const names = standing
            .slice(0, 4)
            .map((one) => t('signup.undo.one', { name: nameOf(one.signUp, t), title: titleOf(one, request) }));
          return menu(t('signup.undo.stands', { names: [...new Set(names)].join(t('signup.schedule.separator')) }), show);
        }
        if (!found || !gone(found.signUp) || (found.signUp.until ?? 0) <= now) return menu(t('signup.undo.tooLate'), show);
        const { event, theirs } = found;
        return {
          effects: theirs.map(({ signUp }) => parts.effects.undo.make({ signUpId: signUp.id, eventId: event.id })),
          // A group reads numbers only.
          ...menu(
            inGroup
              ? t('signup.group.restored', { count: theirs.length, title: event.title })
              : doneWords('undo', theirs, titleOf(found, request), request),
            show,
          ),
        };
      },
    },
  );
