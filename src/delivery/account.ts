import type { Adapter, Address, SendResult } from '../chat/index.js';
import { attempt } from './attempt.js';
import { faultFields, type Log } from '../log.js';
import { createPauses } from './pauses.js';

/** One account of the bot, as sending sees it. */
export interface Account {
  readonly adapter: Adapter;
  /** False while the platform does not accept the account. */
  isOpen(): boolean;
  /** Calls the adapter, at most for the time-out; logs what it threw, and pauses the account when the platform does not accept it. */
  call(what: () => Promise<SendResult>): Promise<SendResult>;
  /** The address of a chat of this account. */
  at(chat: string): Address;
}

/** Makes the account of an adapter. After `pauseMs` a paused one is tried again; operators read of the pause once. */
export function createAccount(parts: { adapter: Adapter; clock: () => number; log: Log; timeoutMs: number; pauseMs: number }): Account {
  const { adapter, log, timeoutMs, pauseMs } = parts;
  const { platform, account } = adapter;
  const pauses = createPauses<'account'>(parts.clock);
  let refused = false;

  const note = (result: SendResult): void => {
    if (!result.ok && result.failure.type === 'misconfigured') {
      pauses.set('account', pauseMs);
      if (!refused) log.error({ platform, account }, 'the platform does not accept this account: sending pauses until it does');
      refused = true;
    } else if (result.ok && refused) {
      refused = false;
      log.info({ platform, account }, 'the platform accepts this account again');
    }
  };

  return {
    adapter,
    isOpen: () => !pauses.has('account'),
    async call(what) {
      const { result, fault } = await attempt(what, timeoutMs);
      if (fault !== undefined) log.error({ platform, account, ...faultFields(fault) }, 'the adapter failed while sending');
      note(result);
      return result;
    },
    at: (chat) => ({ platform, account, chat }),
  };
}
