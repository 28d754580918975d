/** A command line that is about a community: whoever takes it looks at that community first. Values with `!` are the turn's own. */
export const inCommunity = (communityId: string, line: string): string => `!in@${communityId} ${line}`;

/** The community and the line of such a value; null for any other. */
export function readInCommunity(value: string): { readonly communityId: string; readonly line: string } | null {
  const [, communityId, line] = /^!in@(\S+) (\/[\s\S]*)$/u.exec(value) ?? [];
  return communityId === undefined || line === undefined ? null : { communityId, line };
}

const noticeButton = /^n:([A-Za-z0-9_-]{1,40}):([a-z][a-z-]{0,19})$/u;

/** The value under a notice that leads to a command of its community: it stays good whatever is said meanwhile, and carries nothing of a person. */
export const noticeValue = (communityId: string, command: string): string => `n:${communityId}:${command}`;

/** What such a button calls; null for any other. */
export function readNotice(value: string): { readonly communityId: string; readonly name: string } | null {
  const [, communityId, name] = noticeButton.exec(value) ?? [];
  return communityId === undefined || name === undefined ? null : { communityId, name };
}
