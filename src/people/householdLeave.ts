import type { Tx } from '../storage/index.js';
import { audit, type Doing } from './audit.js';
import { mayConsent } from './bonds.js';
import { memberOf, type HouseholdView, type Member } from './householdView.js';
import { markOf } from './mark.js';

/** Who is spoken of when somebody wants to leave. */
type Seen = Pick<HouseholdView, 'members' | 'children' | 'elders'>;

const others = ({ members }: Pick<HouseholdView, 'members'>, personId: string) => members.filter((member) => member.personId !== personId);

/** Who keeps what somebody signed up for the family when they go: a guardian before all others; null where nobody stays. */
export function heirOf(household: Pick<HouseholdView, 'members'>, personId: string): Member | null {
  const staying = others(household, personId);
  return staying.find(mayConsent) ?? staying[0] ?? null;
}

/** Those with whom the children would stay though none of them may consent for a child; nobody where somebody who may stays, or goes too. */
export function unfitToKeep(household: Seen, personId: string): readonly Member[] {
  const me = memberOf(household, personId);
  const staying = others(household, personId);
  const unfit = me !== undefined && mayConsent(me) && household.children.length > 0 && !staying.some(mayConsent);
  return unfit ? staying : [];
}

/** The mark of what was said before somebody leaves: who stays, and who would be left to them. */
export function leavingMark(household: Seen, personId: string): string {
  const ids = [
    others(household, personId).map((member) => member.personId),
    household.children.map(({ id }) => id),
    household.elders.map(({ id }) => id),
  ].map((each) => [...each].sort());
  return markOf(ids);
}

/** What somebody signed up for the family belongs to another from now on, with all that is told about it. */
async function passOn(
  tx: Tx,
  { householdId, from, to, now }: { householdId: string; from: string; to: string; now: number },
): Promise<void> {
  const theirs = { registrantId: from, dependant: { householdId } };
  await tx.signUp.updateMany({ where: theirs, data: { registrantId: to, updatedAt: new Date(now) } });
}

/** How many sign-ups of the family somebody made who goes. */
export const signUpsOf = (tx: Tx, { householdId, personId }: { householdId: string; personId: string }): Promise<number> =>
  tx.signUp.count({
    where: {
      registrantId: personId,
      dependant: { householdId },
      status: { in: ['held', 'offered', 'confirmed', 'waiting'] },
      event: { status: { in: ['published', 'closed', 'postponed'] } },
    },
  });

/** Takes a member out of a household that is held; their codes for it die, and what they signed up for the family stays with it. */
export async function endMembership(
  tx: Tx,
  household: HouseholdView,
  { personId, to }: { personId: string; to: string },
  doing: Doing,
): Promise<void> {
  const { id: householdId } = household;
  await passOn(tx, { householdId, from: personId, to, now: doing.now });
  const codes = { createdBy: personId, kind: 'household', usedAt: null };
  await tx.code.updateMany({ where: codes, data: { expiresAt: new Date(doing.now) } });
  await tx.householdMember.delete({ where: { householdId_personId: { householdId, personId } } });
}

/**
 * A guardian takes somebody out who is none. `guardian`: one guardian does not take out another. `gone`: they do not both belong to it,
 * or whoever asks is no guardian (any more).
 */
export async function takeOut(
  tx: Tx,
  household: HouseholdView | null,
  personId: string,
  doing: Doing,
): Promise<'out' | 'guardian' | 'gone'> {
  const by = household && memberOf(household, doing.actorId);
  const whom = household && memberOf(household, personId);
  if (!household || !by || !whom || by === whom || !mayConsent(by)) return 'gone';
  if (mayConsent(whom)) return 'guardian';
  await endMembership(tx, household, { personId, to: by.personId }, doing);
  await audit(tx, doing, 'household.out', personId);
  return 'out';
}
