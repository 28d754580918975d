import type { Tell } from '../../../command/index.js';
import type { Translate } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import { guardiansOf, peopleHere, type Reachable } from '../../../people/index.js';
import { eventById, nextSending, type SignUps, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { moment } from '../words/cards.js';
import { namesOf } from '../words/tellings.js';

/** A guardian who did not sign the child up themselves, with the sign-ups that they may decide about. */
export interface Beside extends Reachable {
  readonly theirs: readonly [SignUpView, ...SignUpView[]];
}

/** The guardians of the children in these sign-ups, but whoever signed them up: they hear of it in one message each. */
export async function guardiansBeside(tx: Tx, communityId: string, signUps: readonly SignUpView[]): Promise<Beside[]> {
  const found = new Map<string, [SignUpView, ...SignUpView[]]>();
  for (const signUp of signUps) {
    if (signUp.dependantId === null) continue;
    for (const { personId } of await guardiansOf(tx, signUp.dependantId)) {
      if (personId === signUp.registrantId) continue;
      const theirs = found.get(personId);
      if (theirs) theirs.push(signUp);
      else found.set(personId, [signUp]);
    }
  }
  const people = await peopleHere(tx, communityId, [...found.keys()]);
  return [...found].flatMap(([personId, theirs]) => {
    const person = people.get(personId);
    return person ? [{ ...person, theirs }] : [];
  });
}

/** What telling guardians works with. */
export interface GuardianParts {
  readonly signUps: SignUps;
  readonly tell: Tell<Tx>;
  readonly texts: (locale: string | null) => Translate;
}

/**
 * A place is held until a guardian consents: those at home who may are told in private at once, with a button that leads to the text of
 * the consent. Names stand in it, so nobody is told in a group.
 */
export async function askGuardians(
  tx: Tx,
  { signUps, tell, texts }: GuardianParts,
  { communityId, eventId, ids, now }: { communityId: string; eventId: string; ids: readonly string[]; now: number },
): Promise<void> {
  const held = (await signUps.byIds(tx, ids)).filter(({ status, heldFor }) => status === 'held' && heldFor === 'consent');
  const event = held.length === 0 ? null : await eventById(tx, eventId);
  if (!event) return;
  const { timeZone } = event.sessions[0];
  for (const { personId, locale: theirLocale, theirs } of await guardiansBeside(tx, communityId, held)) {
    const [{ id, revision, registrantName: holder }] = theirs;
    const locale = asLocale(theirLocale);
    const t = texts(theirLocale);
    const until = Math.min(...theirs.flatMap((one) => one.until ?? []));
    const about = { holder, names: namesOf(theirs, { t, locale }), title: event.title, until: moment(until, timeZone, { locale, now }) };
    await tell(tx, communityId, {
      personId,
      kind: 'confirmation',
      text: t('signup.consentAsked.told', about),
      key: `consentAsked:${id}:${revision}:${personId}`,
      choices: [
        { key: '1', label: t('signup.consentAsked.look'), value: `/consent-to ${eventId}` },
        { key: '0', label: t('signup.consentAsked.later'), value: '/mine' },
      ],
      notBefore: nextSending(now, timeZone),
      expiresAt: until,
    });
  }
}
