import { menu, menuChoices, type FreeText, type Outcome, type Request } from '../../command/index.js';
import { list, asLocale } from '../../i18n/index.js';
import type { Families } from '../../people/index.js';
import { isForAdults, participantKey, type EventView } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { isSurelyName, readQuickSignUp, signsUpOther, signsUpOwn, type QuickSignUp } from '../../understand/index.js';
import { most } from './groupAsk.js';

type Join = Extract<QuickSignUp, { type: 'join' }>;

/** Who is meant by what somebody wrote to the bot alone. */
export interface SaidAlone {
  readonly quick: Join;
  /** Somebody who is no child of theirs and has no name yet: 给邻居报名. */
  readonly other: boolean;
  /** Those of their own whose names they wrote, as the dialog knows them. */
  readonly known: readonly { readonly id: string; readonly name: string }[];
}

/** Words in private that sign up or off: who is coming is read again by `/join`, what is given back is chosen in 我的报名. */
export const quickPrivately: FreeText = (text) => {
  if (signsUpOwn(text)) return { name: 'join', args: text };
  const quick = readQuickSignUp(text);
  return quick && (quick.type === 'leave' ? { name: 'mine', args: '' } : { name: 'join', args: text });
};

/** Reads what stands behind 报名, or a whole message, written to the bot alone; null where it names nobody. */
export async function saidAlone(tx: Tx, families: Families, words: string, { who }: Request): Promise<SaidAlone | null> {
  const read = readQuickSignUp(words) ?? readQuickSignUp(`报名 ${words}`);
  const other = signsUpOther(words);
  const own = other || signsUpOwn(words);
  if (own) return { quick: { type: 'join', names: [] }, other, known: [] };
  if (read?.type !== 'join' || !read.names.every(isSurelyName)) return null;
  const family = read.names.length === 0 ? [] : [...(await families.of(tx, who.personId)), ...(await families.elders(tx, who.personId))];
  const known = [
    { id: participantKey.person(who.personId), name: who.name },
    ...family.map(({ id, name }) => ({ id: participantKey.dependant(id), name })),
  ];
  return { quick: read, other, known: known.filter(({ name }) => read.names.includes(name)) };
}

/**
 * What becomes of it: their own are chosen in the talk already, other grown-ups come as guests once that is confirmed, and in a list for
 * children the talk asks. Null where the talk begins as ever.
 */
export function joinAlone(event: EventView, { quick, other, known }: SaidAlone, request: Request): Outcome | null {
  const { t, who } = request;
  const { names, children, extra, places } = quick;
  const { title, ref } = event;
  const talk = { dialog: 'signup', seed: { ref } };
  const guests = names.filter((name) => !known.some((one) => one.name === name));
  if (names.length > 0 && guests.length === 0) {
    // The same name twice at home: the talk asks which.
    const sure = known.length === names.length;
    return { line: `/join ${ref}`, open: { ...talk, ...(sure ? { answers: { who: known.map(({ id }) => ({ id })) } } : {}) } };
  }
  if (!isForAdults(event)) {
    const named = names.length > 0 ? { named: list(names, asLocale(who.locale)) } : {};
    return { line: `/join ${ref}`, open: { ...talk, seed: { ref, ...named } } };
  }
  if (other) return menu(t('signup.quick.whoElse'), menuChoices(t, [{ label: t('signup.quick.self'), line: `/join ${ref}` }]));
  if (places !== undefined && places > 1) return { run: `/how-many ${ref} ${places}` };
  if (guests.length > most) return { say: [{ text: t('signup.group.tooManyGuests', { max: most }) }] };
  if (guests.length > 0) {
    const self = names.some((name) => name === who.name);
    const called = list(guests, asLocale(who.locale));
    const written = guests.join(',');
    const withSelf = { label: t('signup.quick.withSelf', { names: called }), line: `/join-here ${ref} 0 ${written}` };
    const items = [...(self ? [] : [{ label: t('signup.quick.only', { names: called }), line: `/guests ${ref} ${written}` }]), withSelf];
    return menu(t('signup.quick.ask', { title }), menuChoices(t, items));
  }
  if (children === undefined && extra !== undefined && extra > 0) {
    const items = [{ label: t('signup.quick.withMore', { count: extra, all: extra + 1 }), line: `/join-here ${ref} ${extra}` }];
    return menu(t('signup.quick.ask', { title }), menuChoices(t, items));
  }
  return null;
}
