/** What a person may be in one community. */
export type Role = 'administrator' | 'organiser' | 'check-in helper' | 'case worker';

/** Staff run the events: administrators and organisers. */
export const isStaff = (held: readonly Role[]): boolean => held.includes('administrator') || held.includes('organiser');
