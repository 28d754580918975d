/** How full a session is. `capacity` null means no limit. */
export interface Fullness {
  readonly capacity: number | null;
  /** Places that are held, offered or confirmed. */
  readonly taken: number;
  readonly waiting: number;
}

/** What a participant gets: a place, or a rank (from 1) on the waiting list. */
export type Admission = { readonly status: 'confirmed' } | { readonly status: 'waiting'; readonly rank: number };

/** How many places are free; null where there is no limit. Never negative, also when the capacity was lowered below what is taken. */
export const freePlaces = ({ capacity, taken }: Fullness): number | null => (capacity === null ? null : Math.max(0, capacity - taken));

/**
 * Admits participants in their order: a place while there is one and nobody waits, then the waiting list. Whoever waits goes
 * before whoever comes, so a place that is free while somebody waits is not given away here.
 */
export function admit(fullness: Fullness, participants: number): Admission[] {
  const free = freePlaces(fullness);
  const places = fullness.waiting > 0 ? 0 : free;
  return Array.from({ length: participants }, (_, at) =>
    places === null || at < places ? { status: 'confirmed' } : { status: 'waiting', rank: fullness.waiting + at - places + 1 },
  );
}

/** How many of those who wait get a place now. */
export function promotable(fullness: Fullness): number {
  const free = freePlaces(fullness);
  return free === null ? fullness.waiting : Math.min(free, fullness.waiting);
}

/** Whom an event is for; both bounds inclusive, in whole years on the day of the session. */
export interface Ages {
  readonly minAge: number | null;
  readonly maxAge: number | null;
}

/** Whether an age fits, and if not, why. */
export function ageFits({ minAge, maxAge }: Ages, age: number): 'fits' | 'tooYoung' | 'tooOld' {
  if (minAge !== null && age < minAge) return 'tooYoung';
  return maxAge !== null && age > maxAge ? 'tooOld' : 'fits';
}

const adulthood = 18;

/** Whether grown-ups may sign up themselves. Their age is not asked. */
export const isForAdults = ({ maxAge }: Ages): boolean => maxAge === null || maxAge >= adulthood;

/** Whether children may be signed up. */
export const isForChildren = ({ minAge }: Ages): boolean => minAge === null || minAge < adulthood;

/** Under this age a guardian consents separately (PIPL art. 31; 儿童个人信息网络保护规定 art. 2). */
export const ageOfOwnConsent = 14;
