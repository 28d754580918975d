import { menu, command, menuChoices, pagesOf, type Command, type Outcome, type Request } from '../../../command/index.js';
import { guardianshipOf, hasChildren, type Guardianship } from '../../../people/index.js';
import { attendanceOfSignUps, type EventView, type ReadLocked, type SignUps, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { isUnanswered, mayAnswer } from './answers.js';
import { shortTitle } from '../words/cards.js';
import { actions, partingOf } from './mine.actions.js';
import { alike, below, line, type Mine, type MineMarked } from './mine.lines.js';
import type { PlaceEffects } from '../places/places.js';

/** What the commands about one's own sign-ups work with. */
export interface MineParts {
  readonly signUps: SignUps;
  readonly effects: PlaceEffects;
  readonly readLocked: ReadLocked;
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
