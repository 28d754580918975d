import type { Translate } from '../../../dialog/index.js';
import { participantKey, type SignUpView } from '../../../programme/index.js';

/** Who a sign-up came from, in one way for the roster, its details and its file. */
type From = Pick<SignUpView, 'participant' | 'registrantId' | 'registrantName' | 'recordedBy'>;

/** Whether somebody signed themselves up. */
export const isSelf = ({ participant, registrantId }: Pick<From, 'participant' | 'registrantId'>): boolean =>
  participant === participantKey.person(registrantId);

/** Which of the texts says it: staff wrote it down, a family member took it over, or people signed up. */
function wayOf(one: From, takenOver: boolean): 'byStaff' | 'byStaffFor' | 'taken' | 'bySelf' | 'by' {
  if (takenOver) return 'taken';
  if (one.recordedBy !== null) return isSelf(one) ? 'byStaff' : 'byStaffFor';
  return isSelf(one) ? 'bySelf' : 'by';
}

/** Who signed somebody up, for staff: `王妈妈报的`, `社工小李代报`, or that they did it themselves. `takenOver`: who did is gone, and the registrant looks after it now. */
export function byWhom(one: From, takenOver: boolean, t: Translate): string {
  const staff = one.recordedBy === '' || one.recordedBy === null ? t('event.roster.someStaff') : one.recordedBy;
  return t(`event.roster.${wayOf(one, takenOver)}`, { registrant: one.registrantName, staff });
}

/** The same for the file, where a name alone says that this person signed up. */
export const byWhomShort = (one: From, takenOver: boolean, t: Translate): string =>
  takenOver || one.recordedBy !== null ? byWhom(one, takenOver, t) : one.registrantName;
