import { type Awaited } from '../../../command/index.js';
import { means } from '../../../dialog/index.js';
import type { PersonsSignUp, SignUps } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';

const yes = /^(?:要的?|我要|要这个|要了|要啊|要吧|可以的|行的?)[。.!！~]*$/u;
const no = /^(?:不用了?|不要了?|我不要了?|先不要了?|不去了|算了)[。.!！~]*$/u;

/** What a short word says to an offer; null where it says nothing. A mere "noted" is no answer. */
function saidTo(text: string): 'take' | 'decline' | null {
  if (text.length > 12 || means(text, 'noted')) return null;
  const said = text.trim();
  if (yes.test(said) || means(said, 'yes') || means(said, 'agreed')) return 'take';
  return no.test(said) || means(said, 'no') ? 'decline' : null;
}

/** Whether somebody who waits let the last offer of a place pass. */
export const wasAsked = ({ signUp }: PersonsSignUp): boolean => signUp.status === 'waiting' && signUp.until !== null;

/** An offer is answered by a word as long as it stands, whatever was looked at since, while it is the only one and nothing else is asked. */
export const offerWords =
  (signUps: SignUps): Awaited<Tx> =>
  async (tx, text, { who, now }) => {
    const said = saidTo(text);
    if (said === null) return null;
    const mine = await signUps.ofPerson(tx, who.personId, now);
    const standing = mine.filter(({ signUp }) => signUp.status === 'offered');
    // A late yes still asks for the place; a late no gives up nothing.
    const late = said === 'take' && standing.length === 0 ? mine.filter((one) => wasAsked(one)) : [];
    const offered = [...standing, ...late];
    const [first] = offered;
    // Two who go together are one offer.
    const alone = offered.every(({ signUp }) => signUp.pairKey !== null && signUp.pairKey === first?.signUp.pairKey);
    return first && (offered.length === 1 || alone) ? `/${said} ${first.signUp.id}` : null;
  };
