import { effect } from '../../command/index.js';
import { audit, marksSubject } from '../../people/index.js';
import { endLeave, markAttendance, takeBack, type Attendance, type Mark } from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';

/** How many of each state, as the log counts them. */
const counted = (states: readonly Mark[]): [number, number, number] => {
  const of = (state: Mark) => states.filter((one) => one === state).length;
  return [of('attended'), of('absent'), of('leave')];
};

/** Everything that checking in changes, as effects. What staff do leaves one row in the log, with numbers and no name. */
export function createEffects() {
  const mark = effect<Tx, { eventId: string; sessionId: string; signUpIds: readonly string[]; state: Mark; at: number; byStaff: boolean }>(
    'attendance.mark',
    async (tx, { eventId, byStaff, ...marking }, context) => {
      await markAttendance(tx, { ...marking, by: context.actorId });
      if (byStaff) await audit(tx, context, 'attendance.mark', marksSubject(eventId, counted(marking.signUpIds.map(() => marking.state))));
    },
  );

  const undo = effect<Tx, { eventId: string; sessionId: string; at: number; before: readonly Omit<Attendance, 'sessionId'>[] }>(
    'attendance.undo',
    async (tx, { eventId, ...marking }, context) => {
      const taken = await takeBack(tx, { ...marking, by: context.actorId });
      await audit(tx, context, 'attendance.undo', marksSubject(eventId, counted(taken.map(({ state }) => state))));
    },
  );

  const seen = effect<Tx, { eventId: string }>('attendance.seen', (tx, { eventId }, context) => audit(tx, context, 'roster.seen', eventId));

  const leaveEnd = effect<Tx, { signUpId: string; sessionId: string }>('attendance.leaveEnd', (tx, { signUpId, sessionId }) =>
    endLeave(tx, signUpId, sessionId),
  );

  return { mark, undo, seen, leaveEnd };
}

/** The effects by name. */
export type AttendanceEffects = ReturnType<typeof createEffects>;
