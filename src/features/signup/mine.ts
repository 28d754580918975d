import { menu, command, menuChoices, pagesOf, type Command, type Request } from '../../command/index.js';
import { day, list } from '../../i18n/index.js';
import {
  attendanceOfSignUps,
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

/** A sign-up with its event. */
export interface Mine {
  readonly signUp: SignUpView;
  readonly event: EventView;
}

/** With what is written down of its sessions, by session. */
export interface MineMarked extends Mine {
  readonly marks: ReadonlyMap<string, Attendance> | undefined;
}

/** `/mine`: what I signed up, what I was offered, and giving a place back. */
export const mineCommand = ({ signUps }: MineParts): Command<Tx> =>
  command(
    { name: 'mine', words: ['我的报名', '取消报名', 'my sign-ups', 'mine'], for: 'everyone', inGroup: 'privately', looks: true },
    {
      load: async (tx, { who, now }) => {
        const mine = (await signUps.ofPerson(tx, who.personId, now)).filter(({ signUp }) => signUp.status !== 'cancelled');
        const marks = await attendanceOfSignUps(
          tx,
          mine.map(({ signUp }) => signUp.id),
        );
        return mine.map((one): MineMarked => ({ ...one, marks: marks.get(one.signUp.id) }));
      },
      decide: (mine, request) => {
        const { t, args } = request;
        if (mine.length === 0) {
          const none = t('signup.mine.none');
          return { ...menu(none, menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }])), within: none };
        }
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
        const text = [t('signup.mine.some'), ...mine.flatMap((one) => [line(one, request), ...below(one, request)])].join('\n');
        return { ...menu(text, menuChoices(t, items, pagesOf('mine', args))), within: text };
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

/** So many days of leave, and so many letters of answers, are shown. */
const [mostDays, mostLetters] = [3, 40];

/** What else was said of a sign-up, each in a short line: for which sessions to come somebody is on leave, and what they answered. */
function below({ signUp, event, marks }: MineMarked, request: Request): string[] {
  const { t, now } = request;
  const { locale } = readerOf(request);
  const leave = event.sessions.filter(({ id, startsAt }) => startsAt > now && marks?.get(id)?.state === 'leave');
  const days = leave.slice(0, mostDays).map(({ startsWall, timeZone }) => day(startsWall, locale, now, timeZone));
  const said = event.questions.flatMap(({ text }) => signUp.answers[text] ?? []);
  const letters = Array.from(said.join(t('signup.schedule.separator')));
  const answers = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('');
  return [
    ...(days.length > 0 ? [t('signup.mine.leave', { days: `${list(days, locale)}${leave.length > mostDays ? '…' : ''}` })] : []),
    ...(answers === '' ? [] : [t('signup.mine.answers', { answers })]),
  ];
}

/** When the sign-up is for: its session, or the whole event. */
export function whenOf({ signUp, event }: Mine, request: Request): string {
  const session = event.sessions.find(({ id }) => id === signUp.scope);
  return session ? when(session, readerOf(request)) : schedule(event, readerOf(request));
}

function actions({ signUp, event }: Mine, { offered, first }: { offered: readonly Mine[]; first: boolean }, request: Request) {
  // What was called off needs no giving back.
  if (event.status === 'cancelled') return [];
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
