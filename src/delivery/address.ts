import type { Address } from '../chat/index.js';

/** One string for one chat, to be a key in memory. */
export const chatKey = ({ platform, account, chat }: Address): string => JSON.stringify([platform, account, chat]);

/** One string for one account of the bot. */
export const accountKey = ({ platform, account }: { platform: string; account: string }): string => JSON.stringify([platform, account]);
