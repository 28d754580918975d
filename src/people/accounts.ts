/** The platforms that people know by a name. What else an account may be on, such as the terminal of the try-out, is never named to them. */
export const namedPlatforms = ['web', 'telegram', 'wechat'] as const;

/** A platform that has a name for people: `link.platforms.NAME`. */
export type NamedPlatform = (typeof namedPlatforms)[number];

/** The platform by the name that people know; null where there is none. */
export const namedPlatform = (platform: string): NamedPlatform | null => namedPlatforms.find((one) => one === platform) ?? null;

/**
 * On which platform somebody's accounts are, where that tells them apart: of accounts that are all on one platform it says nothing.
 * In their order; null where only the name is to be said.
 */
export function platformsTold(accounts: readonly { readonly platform: string }[]): (NamedPlatform | null)[] {
  const several = new Set(accounts.map(({ platform }) => platform)).size > 1;
  return accounts.map(({ platform }) => (several ? namedPlatform(platform) : null));
}
