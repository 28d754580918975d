import { command, helperLine, type Command } from '../../../command/index.js';
import type { Codes } from '../../../people/index.js';
import {
  attendanceOfSignUps,
  hasCome,
  isForAdults,
  openScopes,
  participantKey,
  type EventView,
  type SignUpView,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { SignupEffects } from '../places/effects.js';
import { askSession, closed, groupMenu, most, scopeFor, there } from './groupAsk.js';
import { codeStands, heldCodeOf } from '../talk/handOn.js';
import { holdOf, untilWords } from '../places/holds.js';
import { readerOf } from '../words/menus.js';
import type { PlaceEffects } from '../places/places.js';
import type { Participant, Registration } from '../places/register.js';
import { loadSignup, type SignupFacts } from '../talk/signup.facts.js';
import { placesFor, type Comer, type Given } from '../talk/signup.rules.js';

/** What signing up in a group works with. */
export type GroupParts = Parameters<typeof loadSignup>[0] & {
  readonly codes: Codes;
  readonly register: SignupEffects['register'];
  readonly cancel: PlaceEffects['cancel'];
  readonly take: PlaceEffects['take'];
  readonly undo: PlaceEffects['undo'];
};

/** `/hold EVENT COUNT [SESSION]`: takes places for children in the group, before anybody is named; names do not belong there. */
export const holdCommand = (parts: GroupParts): Command<Tx> => ({
  name: 'hold',
  ...there,
  inGroup: 'either',
  answer: async (tx, request) => {
    const { t, who, args, now, from } = request;
    const [ref = '', written = '', number] = args.split(' ');
    const facts = await loadSignup(parts)(tx, request, { ref }, true);
    const { event } = facts;
    const count = Number(written);
    if (!event || !from || !Number.isInteger(count) || count < 1 || openScopes(event, now).length === 0) return closed(request);
    if (count > most) return { say: [{ text: t('signup.group.tooMany', { max: most }) }] };
    const scope = scopeFor(event, number, now);
    if (!scope) return askSession(event, `/hold ${ref} ${count}`, request);
    const before = facts.held.filter(({ signUp }) => signUp.scope === scope.key);
    const comers = Array.from({ length: before.length > 0 ? 0 : count }, (): Comer => ({ type: 'unnamed' }));
    const [given] = placesFor({ comers, companions: 0, sessions: [scope.key], facts: { ...facts, held: [] }, now });
    const places = before.length > 0 ? before.filter(({ rank }) => rank === null).length : placed(given);
    const until = before[0]?.signUp.until ?? holdOf(event, scope, now).until;
    const time = untilWords(until, event, readerOf(request));
    const effects = comers.length > 0 && given ? [parts.register.make(registration(event, comers, [given]))] : [];
    const total = before.length || count;
    const said = t(`signup.group.${before.length > 0 ? 'heldBefore' : places === total ? 'held' : places > 0 ? 'heldSome' : 'waiting'}`, {
      count: total,
      places,
      until: time,
    });
    if (who.privately) return { effects, inGroup: said, line: `/fill ${ref}`, open: { dialog: 'signup', seed: { ref, fill: true } } };
    const expiresAt = codeStands(places > 0 ? until : scope.sessions[0].startsAt, now);
    const about = { kind: 'held', communityId: who.communityId, createdBy: who.personId, expiresAt, now } as const;
    const code = await parts.codes.make(tx, { ...about, payload: heldCodeOf(event) });
    const help = [{ key: '9', label: t('turn.help'), value: helperLine }];
    return { effects, say: [{ text: [said, t('signup.group.goOn', { code })].join('\n'), choices: help }] };
  },
});

const placed = (given: Given | undefined): number => given?.got.filter((one) => one?.status === 'confirmed').length ?? 0;

/** `/join-here EVENT COUNT|0 [NAMES] `: a grown-up signs up, with so many guests or with named ones; needs nothing personal. */
export const joinHereCommand = (parts: GroupParts): Command<Tx> => joinWith(parts, 'join-here', true);

/** `/guests EVENT NAMES`: guests alone. */
export const guestsCommand = (parts: GroupParts): Command<Tx> => joinWith(parts, 'guests', false);

function joinWith(parts: GroupParts, name: string, withSelf: boolean): Command<Tx> {
  return {
    name,
    ...there,
    answer: async (tx, request) => {
      const { t, who, args, now } = request;
      const [ref = '', ...rest] = args.split(' ');
      const numbers = rest.filter((part) => /^\d+$/u.test(part)).map(Number);
      const names = rest.filter((part) => part !== '' && !/^\d+$/u.test(part)).flatMap((part) => part.split(','));
      const facts = await loadSignup(parts)(tx, request, { ref }, true);
      const { event } = facts;
      if (!event || !isForAdults(event) || openScopes(event, now).length === 0) return closed(request);
      const [extra = 0, session] = withSelf ? numbers : [0, numbers[0]];
      const scope = scopeFor(event, session === undefined ? undefined : String(session), now);
      if (!scope) return askSession(event, `/${name} ${args}`, request);
      const guests = names.length > 0 ? names : Array.from({ length: extra }, () => '');
      const theirs = facts.mine.filter((one) => one.scope === scope.key && one.participant.startsWith('g:'));
      const known = theirs.filter(({ status }) => status !== 'leaving' && status !== 'cancelled');
      if (guests.length + known.length > most) return { say: [{ text: t('signup.group.tooManyGuests', { max: most }) }] };
      const wanted = guests.filter((guest) => guest === '' || !known.some((one) => one.name === guest));
      const { back, fresh } = comingBack(wanted, theirs);
      const self: Comer[] = withSelf ? [{ type: 'named', chosen: { id: `p:${who.personId}` } }] : [];
      const comers = [...self, ...fresh.map((): Comer => ({ type: 'unnamed' }))];
      const [given] = placesFor({ comers, companions: 0, sessions: [scope.key], facts: { ...facts, held: [] }, now });
      const got = given?.got.filter((one) => one !== undefined) ?? [];
      if (!given || got.length + back.length === 0) return { say: [{ text: t('signup.group.already', { title: event.title }) }] };
      const people: Participant[] = [...(withSelf ? [{ person: who.personId }] : []), ...fresh.map((guest) => ({ guest }))];
      const register = got.length === 0 ? [] : [parts.register.make(registration(event, comers, [given], people))];
      const undo = back.map(({ id }) => parts.undo.make({ signUpId: id, eventId: event.id }));
      const places = placed(given) + back.length;
      const count = got.length + back.length;
      // Those who were signed up before come too.
      const before = ownIn(facts, who.personId).filter((one) => one.scope === scope.key && one.status === 'confirmed').length;
      const joined = before > 0 ? 'joinedMore' : 'joined';
      const key = places === count ? joined : places > 0 ? 'joinedSome' : 'joinedWaiting';
      const [wait] = got.filter((one) => one.status === 'waiting');
      const rank = wait?.status === 'waiting' ? wait.rank : 0;
      const about = { count, places, all: before + count, title: event.title, rank };
      const choices = [
        // Not first: whoever confirmed with a 1 may press it twice.
        { key: '1', label: t('signup.group.fine'), value: '/not-now fine' },
        { key: '2', label: t('signup.group.undo'), value: `/leave-here ${ref}` },
        { key: '9', label: t('turn.help'), value: helperLine },
      ];
      const lines = [t(`signup.group.${key}`, about), ...(event.questions.length > 0 ? [t('signup.group.questions')] : [])];
      return { effects: [...undo, ...register], say: [{ text: lines.join('\n'), choices }] };
    },
  };
}

/** Of the guests wanted, those whose places were just given back and are still kept, by their names; the rest is new. */
function comingBack(wanted: readonly string[], theirs: readonly SignUpView[]): { back: SignUpView[]; fresh: string[] } {
  const leaving = theirs.filter(({ status }) => status === 'leaving');
  const [back, fresh]: [SignUpView[], string[]] = [[], []];
  for (const guest of wanted) {
    const kept = leaving.find((one) => one.name === guest && !back.includes(one));
    if (kept) back.push(kept);
    else fresh.push(guest);
  }
  return { back, fresh };
}

/** What is written for those who come; `people` says who they are, where somebody has said it. */
function registration(event: EventView, comers: readonly Comer[], given: readonly Given[], people?: readonly Participant[]): Registration {
  return {
    eventId: event.id,
    byHousehold: event.unit === 'household',
    purpose: '',
    bond: null,
    code: null,
    proxy: null,
    participants: comers.map((_comer, at) => {
      const who = people?.[at] ?? { unnamed: true };
      const heldFor = 'unnamed' in who ? 'participant' : null;
      const places = given.flatMap(({ scope, got }) => {
        const mine = got[at];
        return mine ? [{ scope: scope.key, status: mine.status, pair: false, heldFor, fills: null } as const] : [];
      });
      return { who, places, companions: 0, needsConsent: false, answers: null };
    }),
  };
}

/** What somebody signed up themselves for an event and has not given back. */
const ownIn = ({ mine }: SignupFacts, personId: string): SignUpView[] =>
  mine.filter(({ registrantId, status }) => registrantId === personId && status !== 'leaving' && status !== 'cancelled');

/** `/take-here EVENT`: yes in the group to what one was offered, by whoever has no private chat. */
export const takeHereCommand = (parts: GroupParts): Command<Tx> =>
  command(
    { name: 'take-here', ...there },
    {
      load: (tx, request) => loadSignup(parts)(tx, request, { ref: request.args }, true),
      decide: (facts, request) => {
        const { t, who } = request;
        const offered = ownIn(facts, who.personId).filter(({ status }) => status === 'offered');
        if (!facts.event || offered.length === 0) return { say: [{ text: t('signup.group.notIn') }] };
        const held = offered.some(({ heldFor }) => heldFor !== null);
        const text = t(held ? 'signup.group.takenHeld' : 'signup.group.taken', { title: facts.event.title });
        return { effects: [parts.take.make({ signUps: offered, eventId: facts.event.id })], say: [{ text }] };
      },
    },
  );

/** Which of several sign-ups are given back. */
type Which = 'all' | 'self' | 'others' | 'last';

/** Those among one's own sign-ups that are meant, in order of arrival. */
function meantBy(which: Which, mine: readonly SignUpView[], personId: string): readonly SignUpView[] {
  const self = mine.filter(({ participant }) => participant === participantKey.person(personId));
  if (which === 'self') return self;
  if (which === 'others') return mine.filter((one) => !self.includes(one));
  return which === 'last' ? mine.slice(-1) : mine;
}

/** `/leave-here EVENT [all | self | others | last]`: gives back in the group what one signed up. Of several it is asked, without their names. */
export const leaveHereCommand = (parts: GroupParts): Command<Tx> =>
  command(
    { name: 'leave-here', ...there },
    {
      load: async (tx, request) => {
        const [ref = '', said = ''] = request.args.split(' ');
        const facts = await loadSignup(parts)(tx, request, { ref }, true);
        const own = ownIn(facts, request.who.personId);
        const marks = await attendanceOfSignUps(
          tx,
          own.map(({ id }) => id),
        );
        const which = (['all', 'self', 'others', 'last'] as const).find((one) => one === said) ?? null;
        return { facts, own, marks, which };
      },
      decide: ({ facts, own, marks, which }, request) => {
        const { t, now, who } = request;
        const { event } = facts;
        if (!event || own.length === 0) return { say: [{ text: t('signup.group.notIn') }] };
        // Whoever has come stays on the list that staff are marking.
        const mine = own.filter((one) => !hasCome(event, one, marks.get(one.id), now));
        if (mine.length === 0) return { say: [{ text: t('signup.group.here') }] };
        if (mine.length > 1 && which === null) {
          const others = meantBy('others', mine, who.personId).length;
          const item = (label: string, one: Which) => ({ label, line: `/leave-here ${event.ref} ${one}` });
          const items = [
            item(t('signup.group.leaveAll', { count: mine.length }), 'all'),
            ...(others < mine.length ? [item(t('signup.group.leaveSelf'), 'self')] : []),
            ...(others < mine.length && others > 0 ? [item(t('signup.group.leaveOthers', { count: others }), 'others')] : []),
            ...(others > 1 ? [item(t('signup.group.leaveLast'), 'last')] : []),
          ];
          return groupMenu(t('signup.group.leaveWhich', { count: mine.length, title: event.title }), items, request, 'keep');
        }
        const left = meantBy(which ?? 'all', mine, who.personId);
        return {
          effects: left.map(({ id: signUpId }) => parts.cancel.make({ signUpId, eventId: event.id })),
          say: [
            {
              text: t('signup.group.left', { title: event.title }),
              choices: [
                { key: '1', label: t('signup.group.fine'), value: '/not-now fine' },
                { key: '2', label: t('signup.cancel.undo'), value: '/undo' },
              ],
            },
          ],
        };
      },
    },
  );
