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
