import type { Request } from '../../command/index.js';
import {
  attendanceOf,
  eventByRef,
  type Attendance,
  type EventView,
  type ReadLocked,
  type SessionView,
  type SignUps,
  type SignUpView,
} from '../../programme/index.js';
import type { Tx } from '../../storage/index.js';
import { listOf, type Listed } from './rules.js';

/** What checking in works with. */
export interface AttendanceParts {
  readonly signUps: SignUps;
  /** Holds the event, so that two who mark at once do so one after another. */
  readonly readLocked: ReadLocked;
}

/** Which list is meant: an event's session by its number, and the page that is shown. */
export interface At {
  readonly ref: string;
  readonly number: string;
  readonly page: number;
}

/** `REF NUMBER PAGE`, and what stands behind it. */
export function readAt(args: string): { readonly at: At; readonly rest: string } {
  const [ref = '', number = '', page = '1', ...rest] = args.split(' ');
  const at = { ref, number, page: /^\d{1,3}$/u.test(page) ? Math.max(1, Number(page)) : 1 };
  return { at, rest: rest.join(' ') };
}

/** The same as it stands in a command line. */
export const writeAt = ({ ref, number, page }: At): string => `${ref} ${number} ${page}`;

/** Everybody in a session with what is written down of them. */
export interface Sheet {
  readonly event: EventView;
  readonly session: SessionView;
  /** All who have a place or wait, in order of arrival: their order gives the numbers. */
  readonly people: readonly SignUpView[];
  readonly marks: ReadonlyMap<string, Attendance>;
  readonly list: readonly Listed[];
}

/** Reads the list of a session; null where event or session are gone. Under the event's lock where something is about to be written. */
export async function loadSheet(
  { signUps, readLocked }: AttendanceParts,
  tx: Tx,
  { who }: Request,
  { ref, number }: Pick<At, 'ref' | 'number'>,
  how: 'look' | 'write',
): Promise<Sheet | null> {
  const event = await (how === 'write' ? readLocked : eventByRef)(tx, who.communityId, ref);
  const session = event?.sessions.find((one) => String(one.number) === number);
  return event && session ? sheetOf(signUps, tx, event, session) : null;
}

/** The list of one session of an event that was read. */
async function sheetOf(signUps: SignUps, tx: Tx, event: EventView, session: SessionView): Promise<Sheet> {
  const scope = event.signUpFor === 'single' ? session.id : event.scopes[0].key;
  const people = (await signUps.ofEvent(tx, event.id)).filter((one) => one.scope === scope);
  const marks = await attendanceOf(tx, session.id);
  return { event, session, people, marks, list: listOf(people, marks) };
}
