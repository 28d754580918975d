/** What a person may be in one community, the one with the most rights first. */
export const roles = ['administrator', 'organiser', 'check-in helper', 'case worker'] as const;

/** What a person may be in one community. */
export type Role = (typeof roles)[number];

/** The role behind a stored name; null where the name is none of ours. */
export const asRole = (name: string): Role | null => roles.find((role) => role === name) ?? null;

/** Staff run the events: administrators and organisers. */
export const staffRoles = ['administrator', 'organiser'] as const;

/** Whether somebody with these roles is staff. */
export const isStaff = (held: readonly Role[]): boolean => staffRoles.some((role) => held.includes(role));
