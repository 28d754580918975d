import type { Inbound, Sender } from '../../chat/index.js';
import type { Refuse } from './answers.js';
import type { Entrance } from './entrance.js';
import { isFromHere, isFromPagesOf, type Admits } from './guard.js';
import { createLimits, usualLimits, type Limits, type LimitRules } from './limits.js';
import { privateChatOf, type TryGroup } from './neighbours.js';
import { passCookie } from './pass.js';
import type { VisitorBook } from './visitorBook.js';
import { createVisitorDesk, type VisitorDesk } from './visitorRoutes.js';
import { createVisitors } from './visitors.js';

/** Everybody who comes is a visitor of their own. */
export interface OnMode {
  readonly mode: 'on';
  readonly visitors: VisitorBook;
  /** The address under which people come, as an origin; undefined: only this computer may come. */
  readonly publicUrl: string | undefined;
  /** The group that every visitor is in; null for none. */
  readonly group: TryGroup | null;
  /** Hears of each visitor before the bot greets them, with the language of their page, where that is not the usual one. */
  readonly onEntered?: (visitor: Sender, locale: string) => Promise<void>;
  /** Hears of each visitor who is forgotten, after the last of theirs was done. */
  readonly onForgotten: (id: string) => Promise<void>;
  /** Makes the token of a pass: unguessable, 43 signs of base64url. */
  readonly newToken: () => string;
  /** Makes the id of a visitor: opaque and random. */
  readonly newVisitorId: () => string;
  /** After how long (ms) without a touch a device that many use forgets its visitor; a minute unless told. */
  readonly kioskMs?: number;
  readonly limits?: LimitRules;
  /** How often (ms) it is looked for those who are to be forgotten. */
  readonly lookMs?: number;
}

/** What mode `on` has that mode `try` has not. */
export interface OpenToVisitors {
  readonly entrance: Entrance;
  readonly desk: VisitorDesk;
  readonly admits: Admits;
  readonly limits: Limits;
  /** Begins to forget those whose time is over. */
  begin(): void;
  end(): Promise<void>;
}

interface Around {
  readonly platform: string;
  readonly clock: () => number;
  readonly botNames: readonly string[];
  /** The languages of the page besides that in which the bot speaks unless told. */
  readonly otherLocales: readonly string[];
  readonly refuse: Refuse;
  /** Ends the open pages of a visitor. */
  readonly close: (id: string) => void;
  /** Resolves when what is under way now is done. */
  readonly settled: () => Promise<unknown>;
  /** Hands an update to the core; false when it was not taken. */
  readonly receive: (inbound: Inbound) => Promise<boolean>;
}

/** Puts mode `on` together. */
export function openToVisitors(mode: OnMode, around: Around): OpenToVisitors {
  const { publicUrl, kioskMs = 60_000, lookMs = 1_000 } = mode;
  const { platform, clock, botNames, refuse } = around;
  const cookie = passCookie(publicUrl?.startsWith('https:') ?? false);
  const limits = createLimits(mode.limits ?? usualLimits, clock);
  const visitors = createVisitors({
    book: mode.visitors,
    cookie,
    group: mode.group,
    kioskMs,
    clock,
    newToken: mode.newToken,
    newId: mode.newVisitorId,
    close: around.close,
    forgotten: async (id) => {
      await around.settled();
      await mode.onForgotten(id);
    },
  });
  // Whoever comes in has pressed "start": what other platforms send as a link without words.
  const greet = async (from: Sender, locale: string | undefined): Promise<boolean> => {
    if (locale !== undefined && around.otherLocales.includes(locale)) await mode.onEntered?.(from, locale);
    return around.receive({
      id: `${from.id}:enter`,
      at: clock(),
      address: { platform, account: mode.mode, chat: privateChatOf(from.id) },
      kind: 'private',
      from,
      content: { type: 'link', payload: '' },
    });
  };

  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  const look = (): void => {
    // Whoever is over reads nothing in any case; the next look tries again what a fault of the store left.
    looking ??= visitors
      .forgetOver()
      .catch(() => undefined)
      .finally(() => (looking = null));
  };

  return {
    entrance: visitors,
    desk: createVisitorDesk({ visitors, cookie, limits, botNames, refuse, greet }),
    admits: publicUrl === undefined ? isFromHere : isFromPagesOf(publicUrl),
    limits,
    begin: () => {
      timer = setInterval(look, lookMs).unref();
    },
    end: async () => {
      if (timer) clearInterval(timer);
      timer = null;
      await looking;
    },
  };
}
