import type { Capabilities } from '../../src/chat/index.js';

/** A platform that shows everything and brings words and presses alone, and cannot tell a repeated send. */
export const wordsAndPresses: Capabilities = {
  buttons: true,
  edits: true,
  files: true,
  filesIn: false,
  membership: false,
  replies: true,
  mentions: true,
  notices: true,
  idempotentSends: false,
  stableIds: true,
  maxText: 4096,
};
