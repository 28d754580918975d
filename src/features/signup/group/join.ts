import {
  menu,
  command,
  menuChoices,
  openListMs,
  pagesOf,
  type Command,
  type FreeText,
  type Outcome,
  type Request,
} from '../../../command/index.js';
import { cardsIn } from '../../../delivery/index.js';
import { eventByRef, isOpen, isOver, openEvents, searchEvents, type EventView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { isPersonal, readQuickSignUp, type QuickSignUp } from '../../../understand/index.js';
import type { SignupEffects } from '../places/effects.js';
import { askHowMany, quickLine } from './groupAsk.js';
import { shortTitle } from '../words/cards.js';
import { eventItems } from '../words/menus.js';
import { awaitsConsentOf } from '../residents/mine.js';
import { joinAlone, saidAlone, type SaidAlone } from './quickPrivate.js';
import { loadSignup, type LoadParts, type SignupFacts } from '../talk/signup.facts.js';
import { fold } from '../words/search.js';

/** What somebody who says 报名 means. */
interface Meant {
  readonly event: EventView | null;
  /** An event was named, so none at all is a mistake. */
  readonly named: boolean;
  readonly open: readonly EventView[];
  /** What they said in one line; null where it was nothing but 报名. */
  readonly quick: QuickSignUp | null;
  /** Whom they named to the bot alone, and the words; null where they named nobody. */
  readonly alone: { readonly said: SaidAlone; readonly words: string; readonly facts: SignupFacts | null } | null;
  /** Words to the bot alone that name neither an event nor a person. */
  readonly unclear: boolean;
  /** Asked in a group by somebody without a private chat, to whom a place was offered there. */
  readonly offered: boolean;
  /** A child of theirs has a place there already, held until they agree. */
  readonly consent: boolean;
  /** Words in a group that do not belong there: an ID number, a telephone number, a birth date. */
  readonly personal: boolean;
}

/** `/join`: by a card, under a card, by an event's reference or name, in one line (`报名 张三`, `带2个孩子`), or simply 报名. */
export const joinCommand = ({ effects, ...parts }: LoadParts & { effects: SignupEffects }): Command<Tx> =>
  command(
    {
      name: 'join',
      words: ['报名', '我要报名', '我报名', '+1', 'join', 'sign up'],
      takesText: true,
      for: 'everyone',
      inGroup: 'either',
      onCards: true,
    },
    {
      load: async (tx, request): Promise<Meant> => {
        const { who, args, from, now } = request;
        const open = (await openEvents(tx, who.communityId, now)).filter((event) => isOpen(event, now));
        // A short number is a page of the list, never a reference.
        const written = /^\d{1,3}$/u.test(args) ? '' : args;
        const [ref = '', ...behind] = written.split(' ');
        const referred = ref === '' ? null : await eventByRef(tx, who.communityId, ref);
        const words = referred ? behind.join(' ') : written;
        const quick = from ? quickOf(words) : null;
        const byWords = referred === null && words !== '' && !quick ? await byName(tx, words, request) : null;
        // 报名 美术课 张三: the event first, then who is coming.
        const [head = '', ...tail] = words.split(/\s+/u);
        const ahead = !from && referred === null && byWords === null && tail.length > 0 ? await byName(tx, head, request) : null;
        const found = referred ?? byWords ?? ahead;
        const left = ahead ? tail.join(' ') : words;
        // To the bot alone the name of an event comes before that of a person.
        const said = !from && left !== '' && byWords === null ? saidAlone(left) : null;
        const event = found ?? (words === '' || quick || said ? await byCard(tx, request, open) : null);
        const [only, second] = open;
        const meant = event ?? (!from?.bare && !second ? only : undefined);
        const asked = { ref: meant?.ref ?? '' };
        const alone = said && { said, words: left, facts: meant ? await loadSignup(parts)(tx, request, asked, false) : null };
        const unclear = !from && left !== '' && byWords === null && !said;
        const mine = meant ? (await parts.signUps.ofPerson(tx, who.personId, now)).filter((one) => one.event.id === meant.id) : [];
        const offered = request.kind === 'group' && event !== null && mine.some(({ signUp }) => signUp.status === 'offered');
        const consent = request.kind === 'private' && (await awaitsConsentOf(tx, mine, who.personId)) !== undefined;
        const personal = from !== undefined && !referred && isPersonal(words, now);
        return { event, named: words !== '' && !quick && !alone, open, quick, alone, unclear, offered, consent, personal };
      },
      decide: (meant, request) => {
        const { event } = meant;
        // Nothing of it is repeated or kept.
        if (meant.personal) return runs('/not-here');
        if (meant.quick?.type === 'leave') return runs(event ? `/leave-here ${event.ref}` : '/give-up');
        if (event && meant.offered) return runs(`/take-here ${event.ref}`);
        if (event && !isOpen(event, request.now)) return notOpen(event, request);
        return decideJoin(effects, meant, request);
      },
    },
  );

/** `/join-how`: how one signs up, in a line or two. */
export const joinHowCommand = (): Command<Tx> =>
  command(
    {
      name: 'join-how',
      words: ['怎么报名', '怎样报名', '如何报名', '报名怎么报', 'how do i sign up', 'how to sign up'],
      for: 'everyone',
      inGroup: 'there',
      hidden: true,
      looks: true,
    },
    {
      load: async () => null,
      decide: (_facts, { t, kind }) => {
        if (kind === 'group') return { say: [{ text: t('help.inGroup') }] };
        const text = t('signup.joinHow');
        return { ...menu(text, menuChoices(t, [{ label: t('help.commands.join.label'), line: '/join' }])), within: text };
      },
    },
  );

/** In a group, words to the bot may sign somebody up, or off. */
export const quickText: FreeText = (text) => (readQuickSignUp(text) ? { name: 'join', args: text } : null);

const quickOf = (words: string): QuickSignUp | null => (words === '' ? null : (readQuickSignUp(words) ?? readQuickSignUp(`报名 ${words}`)));

async function byName(tx: Tx, words: string, { who, now }: Request): Promise<EventView | null> {
  const found = await searchEvents(tx, who.communityId, { words: fold(words.slice(0, 40)).split(/\s+/u) }, now);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** In a group: the event of the card that was answered, or of the one list that is open. */
export async function byCard(tx: Tx, { who, from, now }: Request, open: readonly EventView[]): Promise<EventView | null> {
  const cards = from ? await cardsIn(tx, from.address) : [];
  const answered = cards.find(({ messageId }) => messageId !== null && messageId === from?.messageId);
  const lists = cards.filter(({ ref }) => open.some((event) => event.ref === ref));
  // Words for nobody by name count only while everybody is talking about that list.
  const meant = from?.bare ? lists.filter(({ postedAt }) => postedAt >= now - openListMs) : lists;
  const ref = answered?.ref ?? (meant.length === 1 ? meant[0]?.ref : undefined);
  return ref === undefined ? null : eventByRef(tx, who.communityId, ref);
}

function notOpen(event: EventView, { t, now }: Request): Outcome {
  const begun = event.sessions.every(({ startsAt }) => startsAt <= now);
  const off = event.status === 'cancelled' || event.status === 'postponed' ? event.status : null;
  const closed = t(`signup.${off ?? (isOver(event, now) ? 'over' : begun ? 'begun' : 'closed')}`, { title: event.title });
  return { ...menu(closed, menuChoices(t, [])), notice: closed };
}

/** Goes on with another command of this feature, as if it had been chosen from a menu. */
const runs = (line: string): Outcome => ({ run: line });

function decideJoin(effects: SignupEffects, { event, named, open, quick, alone, unclear, consent }: Meant, request: Request): Outcome {
  const { t, from, kind } = request;
  const only = open.length === 1 ? open[0] : undefined;
  // Whoever calls the bot by name means the only event there is; of bare words it has to be a list of this group.
  const chosen = event ?? (from?.bare ? undefined : only);
  if (chosen) {
    const line = quick?.type === 'join' ? quickLine(chosen, quick, request.who.name) : null;
    if (line !== null) return runs(line);
    const said = alone?.facts && joinAlone(chosen, alone.said, alone.facts, request);
    if (said) return said;
    if (unclear) {
      const item = { label: t('signup.quick.own', { title: shortTitle(chosen.title, 12) }), line: `/join ${chosen.ref}` };
      return menu(t('signup.quick.unclear'), menuChoices(t, [item]));
    }
    // A press proves that the card arrived, and under which id.
    const pressed =
      from?.pressed && from.messageId !== undefined
        ? { effects: [effects.pressed.make({ eventId: chosen.id, address: from.address, messageId: from.messageId })] }
        : {};
    if (kind === 'group') return { ...pressed, ...askHowMany(chosen, request) };
    return {
      ...pressed,
      // The child's place is there already: a guardian who wants it only has to agree.
      ...(consent
        ? { line: `/consent-to ${chosen.id}`, open: { dialog: 'consent', seed: { eventId: chosen.id } } }
        : { line: `/join ${chosen.ref}`, open: { dialog: 'signup', seed: { ref: chosen.ref } } }),
      ...(from ? { notice: t('signup.goPrivate') } : {}),
      ...(from && !from.pressed ? { inGroup: t('signup.goPrivate') } : {}),
    };
  }
  // 报名 by itself in a group counts only while exactly one list is open; otherwise nobody was speaking to the bot.
  if (from?.bare) return {};
  if (kind === 'group') return { say: [{ text: t(open.length === 0 ? 'signup.events.none' : 'signup.group.which') }] };
  if (named || open.length === 0) return menu(t(named ? 'signup.gone' : 'signup.events.none'), menuChoices(t, []));
  const items = eventItems(open, request, 'join');
  if (alone) {
    const lines = items.map(({ label, line }) => ({ label, line: `${line} ${alone.words}` }));
    return menu(t('signup.which'), menuChoices(t, lines.slice(0, 8)));
  }
  return menu(t('signup.which'), menuChoices(t, items, pagesOf('join', request.args)));
}
