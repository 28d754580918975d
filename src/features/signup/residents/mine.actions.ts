import type { Request } from '../../../command/index.js';
import { isAhead } from '../../../programme/index.js';
import { readerOf } from '../words/menus.js';
import { mayStillTake, nameOfAll, titleOf, type Mine } from './mine.lines.js';
import { nameOf, namesOf } from '../words/tellings.js';

/** Two who wait to go together may always say that one may go first; one button for both. */
export function partingOf({ signUp }: Mine, mine: readonly Mine[], request: Request) {
  const { pairKey, scope, status, registrantId } = signUp;
  if (pairKey === null || status !== 'waiting' || registrantId !== request.who.personId) return [];
  const both = mine.map((one) => one.signUp).filter((one) => one.pairKey === pairKey && one.scope === scope && one.status === 'waiting');
  if (both.length < 2 || both[0]?.id !== signUp.id) return [];
  return [{ label: request.t('signup.mine.apart', { names: namesOf(both, readerOf(request)) }), line: `/apart ${signUp.id}` }];
}

/** What can be done about a sign-up: giving it back, taking what was offered, leave. `theirs`: those that stand alike with it. */
export function actions(
  { signUp, event }: Mine,
  { offered, theirs }: { offered: readonly Mine[]; theirs: readonly Mine[] },
  request: Request,
) {
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
