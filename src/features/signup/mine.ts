import { menu, command, menuChoices, pagesOf, type Command, type Outcome, type Request } from '../../command/index.js';
import {
  attendanceOfSignUp,
  hasCome,
  isAhead,
  type Attendance,
  type EventView,
  type ReadLocked,
  type SignUps,
  type SignUpView,
} from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { isUnanswered, mayAnswer } from './answers.js';
import { moment, schedule, shortTitle, when } from './cards.js';
import { readerOf } from './menus.js';
import type { PlaceEffects } from './places.js';
import { nameOf, namesOf } from './tellings.js';

/** What the commands about one's own sign-ups work with. */
export interface MineParts {
  readonly signUps: SignUps;
  readonly effects: PlaceEffects;
  readonly readLocked: ReadLocked;
}

interface Mine {
  readonly signUp: SignUpView;
  readonly event: EventView;
}

/** With what is written down of its sessions, by session. */
interface MineMarked extends Mine {
  readonly marks: ReadonlyMap<string, Attendance> | undefined;
}

const hidden = { words: [], for: 'everyone', inGroup: 'privately', hidden: true } as const;

/** `/mine`: what I signed up, what I was offered, and giving a place back. */
export const mineCommand = ({ signUps }: MineParts): Command<Tx> =>
  command(
    { name: 'mine', words: ['我的报名', '取消报名', 'my sign-ups', 'mine'], for: 'everyone', inGroup: 'privately' },
    {
      load: async (tx, { who, now }) =>
        (await signUps.ofPerson(tx, who.personId, now)).filter(({ signUp }) => signUp.status !== 'cancelled'),
      decide: (mine, request) => {
        const { t, args } = request;
        if (mine.length === 0) return menu(t('signup.mine.none'), menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }]));
        // One button for two who go together.
        const asked = new Set<string>();
        const items = mine.flatMap((one) => {
          const { pairKey, status } = one.signUp;
          const again = status === 'offered' && pairKey !== null && asked.has(pairKey);
          if (pairKey !== null) asked.add(pairKey);
          const pair = pairKey === null ? [one] : mine.filter(({ signUp }) => signUp.pairKey === pairKey && signUp.status === 'offered');
          const same = mine.filter(({ event }) => event.id === one.event.id);
          const first = same.find(({ signUp }) => signUp.status === 'held') === one;
          const answers = same[0] === one ? answering(same, request) : [];
          return [...answers, ...actions(one, { offered: again ? [] : pair, first }, request)];
        });
        return menu(
          [t('signup.mine.some'), ...mine.map((one) => line(one, request))].join('\n'),
          menuChoices(t, items, pagesOf('mine', args)),
        );
      },
    },
  );

/** Answering the event's own questions, once for all of the household who are in it. */
function answering(mine: readonly Mine[], { t, now }: Request) {
  const [first] = mine;
  const named = mine.filter(({ signUp }) => signUp.name !== '' && signUp.status !== 'leaving');
  if (!first || named.length === 0 || !mayAnswer(first.event, now)) return [];
  const missing = named.some(({ event, signUp }) => isUnanswered(event, signUp));
  const label = t(missing ? 'signup.mine.answer' : 'signup.mine.change', { title: shortTitle(first.event.title, 12) });
  return [{ label, line: `/answers ${first.event.ref}` }];
}

function line({ signUp, event }: Mine, request: Request): string {
  const { t } = request;
  const name = nameOf(signUp, t);
  const until = signUp.until === null ? '' : moment(signUp.until, event.sessions[0].timeZone, readerOf(request));
  const state = ['cancelled', 'postponed'].includes(event.status)
    ? t(`signup.eventStatus.${event.status}`)
    : t(`signup.status.${signUp.status}`, { until });
  return t('signup.mine.line', { name, title: event.title, when: whenOf({ signUp, event }, request), status: state });
}

/** When the sign-up is for: its session, or the whole event. */
export function whenOf({ signUp, event }: Mine, request: Request): string {
  const session = event.sessions.find(({ id }) => id === signUp.scope);
  return session ? when(session, readerOf(request)) : schedule(event, readerOf(request));
}

function actions({ signUp, event }: Mine, { offered, first }: { offered: readonly Mine[]; first: boolean }, request: Request) {
  const { t, now } = request;
  const title = shortTitle(event.title, 12);
  const about = { name: nameOf(signUp, t), title };
  const names = namesOf(
    offered.map((one) => one.signUp),
    readerOf(request),
  );
  if (signUp.status === 'leaving') return [{ label: t('signup.mine.undo', about), line: `/undo ${signUp.id}` }];
  const cancel = { label: t('signup.mine.cancel', about), line: `/mine-cancel ${signUp.id}` };
  const take = { label: t('signup.mine.take', { name: names, title }), line: `/take ${signUp.id}` };
  if (signUp.status === 'offered') return offered.length > 0 ? [take, cancel] : [cancel];
  if (signUp.status === 'held' && first) return [...completing(signUp, event, title, t), cancel];
  // Whoever cannot come to one session of several keeps the place.
  const series =
    signUp.status === 'confirmed' && event.signUpFor === 'all' && event.sessions.length > 1 && isAhead(event, event.scopes[0], now);
  return series ? [cancel, { label: t('signup.mine.absence', about), line: `/absence ${signUp.id}` }] : [cancel];
}

/** What makes held places count: saying for whom they are, or handing on a code. */
const completing = ({ heldFor }: SignUpView, { ref }: EventView, title: string, t: Request['t']) => [
  ...(heldFor === 'participant' ? [{ label: t('signup.mine.fill', { title }), line: `/fill ${ref}` }] : []),
  { label: t('signup.mine.handOn', { title }), line: `/hand-on ${ref}` },
];

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
