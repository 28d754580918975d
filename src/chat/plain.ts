import type { Outbound } from './outbound.js';

/**
 * A message as plain text with its choices as lines `key label`, for platforms without buttons.
 * A choice without a key (a card's button) stands as its label alone: there it is typed as a word.
 */
export function withNumberedChoices(message: Outbound): string {
  const lines = (message.choices ?? []).map(({ key, label }) => (key === undefined ? label : `${key} ${label}`));
  return [message.text, ...lines].join('\n');
}

/** A message whose file is a line of text, for platforms without files. */
export function withoutFile({ file, ...message }: Outbound): Outbound {
  return file === undefined ? message : { ...message, text: [message.text, file.instead].filter((line) => line !== '').join('\n') };
}

/** A message that begins with the name of whom it is for, for platforms that cannot mention anybody. */
export function withName({ mention, ...message }: Outbound): Outbound {
  return mention === undefined ? message : { ...message, text: `@${mention.name} ${message.text}` };
}
