import { Temporal } from 'temporal-polyfill';

/** How sessions follow each other, where they do so evenly. Weekdays from 1 for Monday. */
export type Rhythm = { readonly type: 'weekly'; readonly weekday: number } | { readonly type: 'daily' } | { readonly type: 'workdays' };

interface Times {
  /** "YYYY-MM-DDTHH:MM" */
  readonly startsWall: string;
  readonly endsWall: string | null;
}

/** The rhythm of sessions in their order, by their days; null where there is none, or where the clock differs. A session moved away breaks it, and then people should see each day. */
export function rhythmOf(sessions: readonly Times[]): Rhythm | null {
  const [first] = sessions;
  if (!first || sessions.length < 3) return null;
  const clock = ({ startsWall, endsWall }: Times) => `${startsWall.slice(11)} ${endsWall?.slice(11) ?? ''}`;
  if (sessions.some((one) => clock(one) !== clock(first))) return null;
  const days = sessions.map(({ startsWall }) => Temporal.PlainDate.from(startsWall.slice(0, 10)));
  const follows = (next: (day: Temporal.PlainDate) => Temporal.PlainDate) =>
    days.every((day, at) => at === 0 || next(days[at - 1] ?? day).equals(day));
  if (follows((day) => day.add({ days: 7 }))) return { type: 'weekly', weekday: days[0]?.dayOfWeek ?? 1 };
  if (follows((day) => day.add({ days: 1 }))) return { type: 'daily' };
  return follows((day) => day.add({ days: day.dayOfWeek === 5 ? 3 : 1 })) && days.every(({ dayOfWeek }) => dayOfWeek <= 5)
    ? { type: 'workdays' }
    : null;
}
