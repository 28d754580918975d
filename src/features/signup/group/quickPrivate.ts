import { command, menu, menuChoices, type Command, type FreeText, type Item, type Outcome, type Request } from '../../../command/index.js';
import { asLocale, list } from '../../../i18n/index.js';
import { freePlaces, isForAdults, isForChildren, openScopes, participantKey, type EventView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { isSurelyName, readGivingBack, readQuickSignUp, signsUpOther, signsUpOwn, type QuickSignUp } from '../../../understand/index.js';
import { most } from './groupAsk.js';
import type { SignupFacts } from '../talk/signup.facts.js';

type Join = Extract<QuickSignUp, { type: 'join' }>;

/** Who is meant by what somebody wrote to the bot alone. */
export interface SaidAlone extends Pick<Join, 'names' | 'extra' | 'places'> {
  /** Named, with the writer: 我和张三. */
  readonly withSelf: boolean;
  /** Somebody who is no child of theirs and has no name yet: 给邻居报名. */
  readonly other: boolean;
}

/** Words in private that sign up or off: who is coming is read again by `/join`, what is given back is chosen in 我的报名. */
export const quickPrivately: FreeText = (text, { who }) => {
  if (signsUpOwn(text)) return { name: 'join', args: text };
  const back = readGivingBack(text);
  // Staff who write 取消美术课 may mean the event itself.
  if (back !== null && (back === '' || !who.staff)) return { name: 'mine', args: `back ${back}`.trim() };
  return readQuickSignUp(text) && { name: 'join', args: text };
};

/** Reads what stands behind 报名, or a whole message, written to the bot alone; null where it says nothing of who is coming. */
export function saidAlone(words: string): SaidAlone | null {
  const other = signsUpOther(words);
  if (other || signsUpOwn(words)) return { names: [], withSelf: false, other };
  const beside = /^我[和跟、,，与\s]\s*([^\s].*)$/su.exec(words)?.[1];
  const read = readQuickSignUp(words) ?? readQuickSignUp(`报名 ${words}`) ?? (beside ? readQuickSignUp(`报名 ${beside}`) : null);
  if (read?.type !== 'join' || !read.names.every(isSurelyName)) return null;
  const { names, extra, places } = read;
  return {
    names,
    ...(extra === undefined ? {} : { extra }),
    ...(places === undefined ? {} : { places }),
    withSelf: beside !== undefined && names.length > 0,
    other,
  };
}

/**
 * What becomes of it: their own are chosen in the talk already, other grown-ups come as guests once that is confirmed, and of a new child
 * the talk asks the birth date. Null where the talk begins as ever.
 */
export function joinAlone(event: EventView, said: SaidAlone, { household }: SignupFacts, request: Request): Outcome | null {
  const { t, who, now } = request;
  const { names, extra, places, withSelf, other } = said;
  const { title, ref } = event;
  const talk = { label: t('signup.quick.self'), line: `/join ${ref}` };
  const self = withSelf || names.includes(who.name);
  const family = household.filter(({ id, name }) => id !== participantKey.person(who.personId) && names.includes(name));
  const guests = names.filter((name) => name !== who.name && !family.some((one) => one.name === name));
  if (names.length > 0 && guests.length === 0) return ofFamily(event, { names, self, family, household }, request);
  if (!isForAdults(event)) return names.length === 0 ? null : { line: `/join ${ref}`, open: naming(ref, guests) };
  if (other) {
    const ask = { text: t('signup.quick.whoElse'), choices: menuChoices(t, [talk]), nameGoesTo: `/join ${ref} 报名` };
    return { say: [ask] };
  }
  if (places !== undefined && places > 1) return { run: `/how-many ${ref} ${places}` };
  const more = guests.length > 0 ? guests.length : (extra ?? 0);
  if (more === 0) return null;
  if (more > most) return menu(t('signup.group.tooManyGuests', { max: most }), menuChoices(t, [talk]));
  const items = guests.length > 0 ? guestItems(event, guests, self, request) : [withMore(event, more, request)];
  const [scope, another] = openScopes(event, now);
  const free = scope && !another ? freePlaces(scope.places) : null;
  const short = free !== null && free < more + (guests.length > 0 ? 0 : 1) ? [t('signup.quick.short', { count: free })] : [];
  return { say: [{ text: [...short, t('signup.quick.ask', { title })].join('\n'), choices: menuChoices(t, items), asksYes: true }] };
}

/** Their own, and themselves: chosen already; who cannot be is said, and the rest goes on. */
function ofFamily(
  { ref, title }: EventView,
  said: Pick<SaidAlone, 'names'> & Pick<SignupFacts, 'household'> & { self: boolean; family: SignupFacts['household'] },
  { t, who }: Request,
): Outcome {
  const self = said.household.filter(({ id }) => said.self && id === participantKey.person(who.personId));
  const chosen = [...self, ...said.family];
  const out = chosen.filter(({ fits }) => !fits);
  const talk = { dialog: 'signup', seed: { ref } };
  if (out.length > 0) {
    const lines = out.map(({ label, why }) => t('signup.quick.unfit', { name: label, why: why ?? '', title }));
    const items = [
      { label: t('signup.mine.show'), line: '/mine' },
      { label: t('signup.quick.others'), line: `/join ${ref}` },
    ];
    return menu(lines.join('\n'), menuChoices(t, items));
  }
  // The same name twice at home: the talk asks which.
  const sure = chosen.length === said.names.length;
  return { line: `/join ${ref}`, open: { ...talk, ...(sure ? { answers: { who: chosen.map(({ id }) => ({ id })) } } : {}) } };
}

/** Who is to be written down as a child: the talk asks the birth date of one, and of several who they are. */
const naming = (ref: string, names: readonly string[]) => {
  const [only, second] = names;
  return { dialog: 'signup', seed: { ref, ...(only !== undefined && second === undefined ? { named: only } : {}) } };
};

function guestItems(event: EventView, guests: readonly string[], self: boolean, { t, who }: Request): Item[] {
  const { ref } = event;
  const names = list(guests, asLocale(who.locale));
  const written = guests.join(',');
  // Where children may come too, only they know whether it is one.
  const mixed = isForChildren(event);
  const only = { label: t(mixed ? 'signup.quick.onlyAdults' : 'signup.quick.only', { names }), line: `/guests ${ref} ${written}` };
  const both = { label: t('signup.quick.withSelf', { names }), line: `/join-here ${ref} 0 ${written}` };
  const child = { label: t('signup.quick.asChild', { names }), line: `/join-child ${ref} ${written}` };
  return [...(self ? [] : [only]), both, ...(mixed && !self ? [child] : [])];
}

const withMore = ({ ref }: EventView, count: number, { t }: Request): Item => ({
  label: t('signup.quick.withMore', { count, all: count + 1 }),
  line: `/join-here ${ref} ${count}`,
});

/** `/join-child EVENT NAMES`: it is a child: its birth date and its guardian are asked. */
export const joinChildCommand = (): Command<Tx> =>
  command(
    { name: 'join-child', words: [], for: 'everyone', inGroup: 'privately', hidden: true },
    {
      load: async () => null,
      decide: (_facts, request) => {
        const [ref = '', names = ''] = request.args.split(' ');
        return { line: `/join ${ref}`, open: naming(ref, names.split(',')) };
      },
    },
  );
