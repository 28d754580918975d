import { menu, command, menuChoices, pagesOf, type Command, type Outcome, type Request } from '../../command/index.js';
import { day, list } from '../../i18n/index.js';
import { guardianshipOf, hasChildren, type Guardianship } from '../../people/index.js';
import {
  attendanceOfSignUps,
  dated,
  freePlaces,
  isAhead,
  isPutOff,
  participantKind,
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
import { wasAsked } from './offerWords.js';
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

/**
 * Places and guests without a name that stand alike with this one: they are one line, since nobody could tell them apart. Whatever has a
 * name, or was offered, stands alone.
 */
export function alike<One extends Mine>(mine: readonly One[], { signUp, event }: One): One[] {
  const keyOf = (one: SignUpView, eventId: string) =>
    [eventId, one.scope, one.status, one.until, one.heldFor, one.registrantId, participantKind(one.participant)].join(' ');
  const key = keyOf(signUp, event.id);
  const alone = signUp.name !== '' || signUp.status === 'offered';
  return mine.filter((one) => (alone ? one.signUp.id === signUp.id : one.signUp.name === '' && keyOf(one.signUp, one.event.id) === key));
}

/** Whether somebody may give the consent that a sign-up waits for, or may once they have said what they are to the child. */
const mayDecide = ({ heldFor, dependantId }: SignUpView, { of, unsaid }: Guardianship): boolean =>
  heldFor === 'consent' && dependantId !== null && (of.includes(dependantId) || unsaid.includes(dependantId));

/** The event, where children of somebody's family wait there for their consent. */
export async function awaitsConsentOf(tx: Tx, mine: readonly Mine[], personId: string): Promise<Mine | undefined> {
  const open = mine.filter(
    ({ signUp: { heldFor, status }, event }) =>
      event.status !== 'cancelled' && heldFor === 'consent' && status !== 'leaving' && status !== 'cancelled',
  );
  if (open.length === 0) return undefined;
  const guardianship = await guardianshipOf(tx, personId);
  return open.find(({ signUp }) => mayDecide(signUp, guardianship));
}

/** `/mine`: what I signed up, what I was offered, and giving a place back. */
export const mineCommand = ({ signUps }: MineParts): Command<Tx> =>
  command(
    { name: 'mine', words: ['我的报名', 'my sign-ups', 'mine'], for: 'everyone', inGroup: 'privately', looks: true },
    {
      load: async (tx, { who, now }) => {
        const mine = (await signUps.ofPerson(tx, who.personId, now)).filter(({ signUp }) => signUp.status !== 'cancelled');
        const marks = await attendanceOfSignUps(
          tx,
          mine.map(({ signUp }) => signUp.id),
        );
        return {
          mine: mine.map((one): MineMarked => ({ ...one, marks: marks.get(one.signUp.id) })),
          ...(await mayOf(
            tx,
            mine.map(({ signUp }) => signUp),
            who.personId,
          )),
        };
      },
      decide: ({ mine, guardianship, mayName }, request) => {
        const { t, args, who } = request;
        if (mine.length === 0) {
          const none = t('signup.mine.none');
          return { ...menu(none, menuChoices(t, [{ label: t('signup.mine.look'), line: '/events' }])), within: none };
        }
        if (args.startsWith('back')) return givingBack(mine, args.slice(4).trim(), request);
        // One button for two who go together.
        const asked = new Set<string>();
        // What nobody could tell apart is one line.
        const lines = mine.filter((one) => alike(mine, one)[0] === one);
        const items = lines.flatMap((one) => {
          const { pairKey, status } = one.signUp;
          const again = status === 'offered' && pairKey !== null && asked.has(pairKey);
          if (pairKey !== null) asked.add(pairKey);
          const pair = pairKey === null ? [one] : mine.filter(({ signUp }) => signUp.pairKey === pairKey && signUp.status === 'offered');
          const same = mine.filter(({ event }) => event.id === one.event.id);
          const first = (which: (one: SignUpView) => boolean) => same.find(({ signUp }) => which(signUp)) === one;
          // What was called off is completed no more.
          if (one.event.status === 'cancelled') return [];
          const answers = same[0] === one ? answering(same, request) : [];
          const consents = first((signUp) => mayDecide(signUp, guardianship)) ? [consenting(one.event, t)] : [];
          const completes = first((signUp) => mayComplete(signUp, who.personId, guardianship))
            ? completing(one.signUp, one.event, mayName, t)
            : [];
          const theirs = alike(mine, one);
          const apart = partingOf(one, mine, request);
          return [...answers, ...consents, ...completes, ...actions(one, { theirs, offered: again ? [] : pair }, request), ...apart];
        });
        const text = [
          t('signup.mine.some'),
          ...lines.flatMap((one) => [line(one, alike(mine, one), request), ...below(one, request)]),
        ].join('\n');
        return { ...menu(text, menuChoices(t, items, pagesOf('mine', args))), within: text };
      },
    },
  );

/** What can be given back, of whom or what is called by these words, or of everything: of one it is asked at once. */
function givingBack(mine: readonly Mine[], words: string, request: Request): Outcome {
  const { t } = request;
  const open = mine.filter(({ signUp, event }) => signUp.status !== 'leaving' && event.status !== 'cancelled');
  const called = open.filter(({ signUp, event }) => words !== '' && (signUp.name === words || event.title.includes(words)));
  const meant = called.length > 0 ? called : open;
  const lines = meant.filter((one) => alike(meant, one)[0] === one);
  const [only, second] = lines;
  if (only && !second && alike(meant, only).length === 1) return { run: `/mine-cancel ${only.signUp.id}` };
  const items = lines.flatMap((one) => actions(one, { theirs: alike(meant, one), offered: [] }, request));
  const cancels = items.filter(({ line: call }) => call.startsWith('/mine-cancel '));
  return menu(t(cancels.length > 0 ? 'signup.mine.backWhich' : 'signup.mine.none'), menuChoices(t, cancels));
}

/** Answering the event's own questions, once for all of the household who are in it. */
function answering(mine: readonly Mine[], { t, now }: Request) {
  const [first] = mine;
  const named = mine.filter(({ signUp }) => signUp.name !== '' && signUp.status !== 'leaving');
  if (!first || named.length === 0 || !mayAnswer(first.event, now)) return [];
  const missing = named.some(({ event, signUp }) => isUnanswered(event, signUp));
  const label = t(missing ? 'signup.mine.answer' : 'signup.mine.change', { title: shortTitle(first.event.title, 12) });
  return [{ label, line: `/answers ${first.event.ref}` }];
}

/** What somebody or something is called that stands alike with others: several are counted. */
export const nameOfAll = (theirs: readonly Mine[], request: Request): string => {
  const [only, second] = theirs;
  const signUps = theirs.map(({ signUp }) => signUp);
  return only && !second ? nameOf(only.signUp, request.t) : namesOf(signUps, readerOf(request));
};

function line({ signUp, event }: Mine, theirs: readonly Mine[], request: Request): string {
  const { t } = request;
  const name = nameOfAll(theirs, request);
  const until = signUp.until === null ? '' : moment(signUp.until, event.sessions[0].timeZone, readerOf(request));
  const scope = event.scopes.find(({ key }) => key === signUp.scope);
  const off = event.status === 'cancelled' ? 'cancelled' : scope && isPutOff(event, scope) ? 'postponed' : null;
  const waits = off === 'postponed' && signUp.status === 'waiting' ? [t('signup.status.waiting')] : [];
  const state = off
    ? [...waits, t(`signup.eventStatus.${off}`)].join(t('signup.schedule.separator'))
    : t(`signup.status.${signUp.status}`, { until });
  return t('signup.mine.line', { name, title: event.title, when: whenOf({ signUp, event }, request), status: state });
}

/** So many days of leave, and so many letters of answers, are shown. */
const [mostDays, mostLetters] = [3, 40];

/** What else was said of a sign-up, each in a short line: for which sessions to come somebody is on leave, and what they answered. */
function below({ signUp, event, marks }: MineMarked, request: Request): string[] {
  const { t, now } = request;
  const { locale } = readerOf(request);
  const leave = dated(event.sessions, now).filter(({ id }) => marks?.get(id)?.state === 'leave');
  const days = leave.slice(0, mostDays).map(({ startsWall, timeZone }) => day(startsWall, locale, now, timeZone));
  const said = event.questions.flatMap(({ text }) => signUp.answers[text] ?? []);
  const letters = Array.from(said.join(t('signup.schedule.separator')));
  const answers = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('');
  return [
    ...(signUp.status === 'offered' ? [t('signup.mine.offered')] : []),
    ...(mayStillTake({ signUp, event }, now) ? [t('signup.mine.stillFree')] : []),
    ...(days.length > 0 ? [t('signup.mine.leave', { days: `${list(days, locale)}${leave.length > mostDays ? '…' : ''}` })] : []),
    ...(answers === '' ? [] : [t('signup.mine.answers', { answers })]),
  ];
}

/** What it is for, in short: of single sessions the one that is meant. */
export function titleOf({ signUp, event }: Mine, request: Request, max?: number): string {
  const title = max === undefined ? event.title : shortTitle(event.title, max);
  const session =
    event.signUpFor === 'single' && event.sessions.length > 1 ? event.sessions.find(({ id }) => id === signUp.scope) : undefined;
  if (!session) return title;
  const { locale } = readerOf(request);
  return request.t('signup.mine.titleOf', {
    title,
    number: session.number,
    day: day(session.startsWall, locale, request.now, session.timeZone),
  });
}

/** When the sign-up is for: its session, or the whole event. */
export function whenOf({ signUp, event }: Mine, request: Request): string {
  const session = event.sessions.find(({ id }) => id === signUp.scope);
  return session ? when(session, readerOf(request)) : schedule(event, readerOf(request));
}

/** Two who wait to go together may always say that one may go first; one button for both. */
function partingOf({ signUp }: Mine, mine: readonly Mine[], request: Request) {
  const { pairKey, scope, status, registrantId } = signUp;
  if (pairKey === null || status !== 'waiting' || registrantId !== request.who.personId) return [];
  const both = mine.map((one) => one.signUp).filter((one) => one.pairKey === pairKey && one.scope === scope && one.status === 'waiting');
  if (both.length < 2 || both[0]?.id !== signUp.id) return [];
  return [{ label: request.t('signup.mine.apart', { names: namesOf(both, readerOf(request)) }), line: `/apart ${signUp.id}` }];
}

/** Whether somebody who let an offer pass finds a place that is free still. */
function mayStillTake({ signUp, event }: Mine, now: number): boolean {
  const scope = event.scopes.find(({ key }) => key === signUp.scope);
  return wasAsked({ signUp, event }) && scope !== undefined && isAhead(event, scope, now) && freePlaces(scope.places) !== 0;
}

function actions({ signUp, event }: Mine, { offered, theirs }: { offered: readonly Mine[]; theirs: readonly Mine[] }, request: Request) {
  const { t, now } = request;
  const title = titleOf({ signUp, event }, request, 12);
  const about = { name: nameOf(signUp, t), title };
  const names = namesOf(
    offered.map((one) => one.signUp),
    readerOf(request),
  );
  const all = { name: nameOfAll(theirs, request), title };
  if (signUp.status === 'leaving')
    return [{ label: t('signup.mine.undo', all), line: `/undo ${signUp.id}${theirs.length > 1 ? ' all' : ''}` }];
  if (theirs.length > 1)
    return [
      { label: t('signup.mine.cancel', { name: namesOf([signUp], readerOf(request)), title }), line: `/mine-cancel ${signUp.id}` },
      { label: t('signup.mine.cancel', all), line: `/mine-cancel ${signUp.id} all` },
    ];
  const cancel = { label: t('signup.mine.cancel', about), line: `/mine-cancel ${signUp.id}` };
  const take = { label: t('signup.mine.take', { name: offered.length > 0 ? names : about.name, title }), line: `/take ${signUp.id}` };
  if (signUp.status === 'offered') return offered.length > 0 ? [take, cancel] : [cancel];
  if (mayStillTake({ signUp, event }, now)) return [take, cancel];
  // Whoever cannot come to one session of several keeps the place.
  const series =
    signUp.status === 'confirmed' && event.signUpFor === 'all' && event.sessions.length > 1 && isAhead(event, event.scopes[0], now);
  return series ? [cancel, { label: t('signup.mine.absence', about), line: `/absence ${signUp.id}` }] : [cancel];
}

/** A guardian who did not sign the child up makes the place count by agreeing. */
const consenting = ({ id, title }: EventView, t: Request['t']) => ({
  label: t('signup.mine.consent', { title: shortTitle(title, 12) }),
  line: `/consent-to ${id}`,
});

/** Whether whoever looks may complete a place that they hold themselves; where they may consent, that alone is missing. */
const mayComplete = (signUp: SignUpView, personId: string, guardianship: Guardianship): boolean =>
  signUp.status === 'held' && signUp.registrantId === personId && !mayDecide(signUp, guardianship);

/** What makes held places count: saying for whom they are, or handing on a code. */
const completing = ({ heldFor }: SignUpView, { ref, title: whole }: EventView, mayName: boolean, t: Request['t']) => {
  const title = shortTitle(whole, 12);
  return [
    ...(heldFor === 'participant' && mayName ? [{ label: t('signup.mine.fill', { title }), line: `/fill ${ref}` }] : []),
    { label: t('signup.mine.handOn', { title }), line: `/hand-on ${ref}` },
  ];
};

/** Where nothing is missing, nobody need know who may give it. */
const nobodys: Guardianship = { said: false, atHome: false, homeUnsaid: true, of: [], unsaid: [] };

/** For whom they may consent, and whether they could say for whom a place is: a guardian could, and whoever has children at home, or has not said yet. */
async function mayOf(tx: Tx, mine: readonly SignUpView[], personId: string): Promise<{ guardianship: Guardianship; mayName: boolean }> {
  if (mine.every(({ heldFor }) => heldFor === null)) return { guardianship: nobodys, mayName: false };
  const guardianship = await guardianshipOf(tx, personId);
  const { homeUnsaid, atHome, of } = guardianship;
  return { guardianship, mayName: homeUnsaid || atHome || of.length > 0 || (await hasChildren(tx, personId)) };
}
