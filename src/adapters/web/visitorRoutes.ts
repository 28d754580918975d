import { z } from 'zod';
import type { Sender } from '../../chat/index.js';
import { json, type Refuse } from './answers.js';
import type { Limits } from './limits.js';
import { readBody } from './requests.js';
import type { PassCookie } from './pass.js';
import { readVisitorName } from './visitorName.js';
import type { Visitors } from './visitors.js';

const enterBody = z.strictObject({ name: z.string(), kiosk: z.boolean(), locale: z.string().max(20).optional() });
const nothing = z.strictObject({});

/** Answers what only visitors ask: to come in, to stay, to leave. */
export interface VisitorDesk {
  enter(request: Request, ip: string): Promise<Response>;
  stay(request: Request): Promise<Response>;
  leave(request: Request): Promise<Response>;
}

interface DeskParts {
  readonly visitors: Visitors;
  readonly cookie: PassCookie;
  readonly limits: Limits;
  readonly botNames: readonly string[];
  readonly refuse: Refuse;
  /** Lets the bot greet somebody new, in the language of their page; false when it could not be told. */
  readonly greet: (visitor: Sender, locale: string | undefined) => Promise<boolean>;
}

const withCookie = (response: Response, cookie: string): Response => {
  response.headers.append('set-cookie', cookie);
  return response;
};

export function createVisitorDesk({ visitors, cookie, limits, botNames, refuse, greet }: DeskParts): VisitorDesk {
  return {
    enter: async (request, ip) => {
      const body = await readBody(request, enterBody);
      if (!body) return refuse('badRequest');
      // Pressed twice, or in a second tab: one comes in once.
      const already = await visitors.who(request, undefined);
      if (typeof already !== 'string') return json({});
      const read = readVisitorName(body.name, botNames);
      if (!read.ok) return refuse(read.why);
      const wait = limits.visitor(ip);
      if (wait > 0) return refuse('tooManyVisitors', wait);
      const entered = await visitors.enter(read.name, body.kiosk);
      if (await greet(entered.visitor, body.locale)) return withCookie(json({}), entered.cookie);
      // Whoever was not greeted would stand before an empty page; the page comes in again.
      await visitors.forget(entered.visitor.id);
      return refuse('sendAgain');
    },
    stay: async (request) => {
      if (!(await readBody(request, nothing))) return refuse('badRequest');
      const who = await visitors.who(request, undefined);
      return typeof who === 'string' ? refuse(who) : json({});
    },
    leave: async (request) => {
      if (!(await readBody(request, nothing))) return refuse('badRequest');
      const who = await visitors.who(request, undefined);
      if (typeof who !== 'string') await visitors.forget(who.id);
      return withCookie(json({}), cookie.take());
    },
  };
}
