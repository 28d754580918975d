/** What a person may be in one community. */
export const roles = ['administrator', 'organiser', 'check-in helper', 'case worker'] as const;

/** One of the roles of a community. */
export type Role = (typeof roles)[number];

/** Staff run the events: administrators and organisers. */
export const isStaff = (held: readonly string[]): boolean => held.includes('administrator') || held.includes('organiser');
