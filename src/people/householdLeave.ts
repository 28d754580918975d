import type { Tx } from '../storage/index.js';
import { audit, bondSubject, type Doing } from './audit.js';
import { isGuardianAmong, isGuardianOf } from './bonds.js';
import { writeTies } from './childBonds.js';
import { memberOf, type HouseholdChild, type HouseholdView, type Member } from './householdView.js';
import { markOf } from './mark.js';

/** Who is spoken of when somebody wants to leave. */
type Seen = Pick<HouseholdView, 'members' | 'children' | 'elders'>;

const others = ({ members }: Pick<HouseholdView, 'members'>, personId: string) => members.filter((member) => member.personId !== personId);

/** Who keeps what somebody signed up for the family when they go: a guardian before all others; null where nobody stays. */
export function heirOf(household: Pick<HouseholdView, 'members' | 'children'>, personId: string): Member | null {
  const staying = others(household, personId);
  const guarded = (member: Member) => household.children.filter((child) => isGuardianOf(member, child)).length;
  const [best] = staying.toSorted((one, other) => guarded(other) - guarded(one));
  return best ?? null;
}

/** The children of whom somebody is the last guardian: they would stay with others who may not consent for them. */
export function leftAlone(household: Seen, personId: string): readonly HouseholdChild[] {
  const me = memberOf(household, personId);
  const staying = others(household, personId);
  if (!me || staying.length === 0) return [];
  return household.children.filter((child) => isGuardianOf(me, child) && !staying.some((one) => isGuardianOf(one, child)));
}

/** Those with whom the children would stay though none of them may consent for them; nobody where somebody who may stays, or goes too. */
export const unfitToKeep = (household: Seen, personId: string): readonly Member[] =>
  leftAlone(household, personId).length > 0 ? others(household, personId) : [];

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
  if (!household || !by || !whom || by === whom || !isGuardianAmong(by, household.children)) return 'gone';
  if (isGuardianAmong(whom, household.children)) return 'guardian';
  await endMembership(tx, household, { personId, to: by.personId }, doing);
  await audit(tx, doing, 'household.out', personId);
  return 'out';
}

/** What staff decide about a grown-up of a family: no guardian, or no member any more. */
export type StaffSays = 'none' | 'out';

/**
 * Staff take back that somebody is guardian, or take them out, where a guardian asked for it. Not in their own family (`own`), and no child
 * is left without a guardian by it (`last`).
 */
export async function staffDecide(
  tx: Tx,
  household: HouseholdView | null,
  { personId, says }: { personId: string; says: StaffSays },
  doing: Doing,
): Promise<'done' | 'last' | 'own' | 'gone'> {
  const whom = household && memberOf(household, personId);
  if (!household || !whom) return 'gone';
  if (memberOf(household, doing.actorId)) return 'own';
  const heir = heirOf(household, personId);
  if (!heir || leftAlone(household, personId).length > 0) return 'last';
  if (says === 'out') {
    await endMembership(tx, household, { personId, to: heir.personId }, doing);
    await audit(tx, doing, 'household.out', personId);
    return 'done';
  }
  const bond = whom.bond === 'grandparent' ? 'grandparent' : 'other';
  await writeTies(tx, { householdId: household.id, personId }, { bond, confirmedBy: null, confirmedAt: null }, []);
  await audit(tx, doing, 'household.bond', bondSubject(personId, bond));
  return 'done';
}
