import type { Receipt, Route } from '../../chat/index.js';
import { answer, fileAnswer, json, jsonType, refusalPage, type Refusal, type Refuse } from './answers.js';
import type { Entrance } from './entrance.js';
import { readFile } from './files.js';
import type { Admits, Purpose } from './guard.js';
import type { Hub } from './hub.js';
import type { Intake, Place } from './intake.js';
import { addressKey, type Limits } from './limits.js';
import type { MessageLog } from './log.js';
import { isIn, type WebChat } from './neighbours.js';
import { packed } from './packed.js';
import type { Page } from './page.js';
import { viewOf } from './payload.js';
import {
  clockBody,
  fileQuery,
  historyQuery,
  isBlank,
  isJson,
  maxIncomingText,
  messageBody,
  pressBody,
  readBody,
  readQuery,
  streamQuery,
  type ForwardStep,
} from './requests.js';
import { createRoom } from './room.js';
import { isBytes, mostBytes, readUpload } from './upload.js';
import type { VisitorDesk } from './visitorRoutes.js';

/** When (ms) somebody whose address has too many files on their way is to try again; the page does so by itself. */
const uploadsAgainMs = 5_000;

/** How many messages of a chat the page is given at a time. */
const historyLength = 200;

interface RouteParts {
  readonly entrance: Entrance;
  /** Null where nobody comes in by themselves. */
  readonly desk: VisitorDesk | null;
  readonly admits: Admits;
  readonly limits: Limits;
  /** What is said to a request from elsewhere, and to somebody who asks for a chat that they are not in. */
  readonly says: { readonly elsewhere: Refusal; readonly notIn: Refusal };
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly page: Page;
  readonly log: MessageLog;
  readonly hub: Hub;
  readonly refuse: Refuse;
  /** The texts of the language in which is said what the page does not say itself. */
  readonly ourTexts: Readonly<Record<string, string>>;
  /** Null while the adapter takes no updates. */
  readonly intake: () => Intake | null;
  /** Lets a clean stop wait for what is under way. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** Now, ms since the epoch. */
  readonly clock: () => number;
  /** The zone (IANA) of the times on the page. */
  readonly zone: string;
  /** Puts the clock forward; undefined where nobody may. */
  readonly forward: ((step: ForwardStep) => Promise<boolean>) | undefined;
}

/** The HTTP routes of the web chat. */
export function webRoutes(parts: RouteParts): readonly Route[] {
  const { entrance, desk, admits, limits, says, page, texts, log, hub, refuse, ourTexts, intake, track, clock, zone, forward } = parts;

  const room = createRoom(log, limits.storedBytes);

  type Handle = (request: Request, ip: string) => Promise<Response>;
  const guarded = (method: Route['method'], path: string, purpose: Purpose, handle: Handle): Route => ({
    method,
    path,
    handle: async (request, { ip }) => {
      if (!admits(request, ip, purpose)) return purpose === 'page' ? refusalPage(ourTexts, says.elsewhere) : refuse(says.elsewhere);
      if (method === 'POST' && !(path === '/web/files' ? isBytes : isJson)(request)) return refuse('wrongType');
      return handle(request, ip);
    },
  });
  const counted =
    (handle: Handle): Handle =>
    async (request, ip) => {
      const wait = limits.request(ip);
      return wait > 0 ? refuse('tooFast', wait) : handle(request, ip);
    };
  const get = (path: string, handle: Handle): Route => guarded('GET', path, 'data', counted(handle));
  const post = (path: string, handle: Handle): Route => guarded('POST', path, 'data', counted(handle));

  /** Who stands where; a refusal when nobody asks, there is no such chat, or whoever asks is not in it. */
  const placeOf = async (request: Request, as: string | undefined, chatId: string): Promise<Place | Response> => {
    const from = await entrance.who(request, as);
    if (typeof from === 'string') return refuse(from);
    const own = from.privateChat !== undefined && chatId === from.privateChat;
    const chat: WebChat | null = own ? { id: chatId, kind: 'private', person: from.id } : await entrance.chat(chatId);
    if (!chat) return refuse('unknownChat');
    return isIn(from.id, chat) ? { from, chat } : refuse(says.notIn);
  };
  /** The same for what is done there, which is counted. */
  const placeToAct = async (request: Request, as: string | undefined, chatId: string): Promise<Place | Response> => {
    const place = await placeOf(request, as, chatId);
    if (place instanceof Response) return place;
    const wait = limits.act(place.from.id);
    return wait > 0 ? refuse('tooFast', wait) : place;
  };
  const packedly = (body: string, type: string) => {
    const answerTo = packed(body, type);
    return async (request: Request) => answerTo(request);
  };
  const take = async (work: (intake: Intake) => Promise<Receipt | null>): Promise<Response> => {
    const open = intake();
    const receipt = open && (await track(work(open)));
    return receipt ? json(receipt) : refuse('sendAgain');
  };

  return [
    ...(desk ? ['/', '/kiosk'] : ['/']).map((path) => guarded('GET', path, 'page', packedly(page.html, 'text/html; charset=utf-8'))),
    // The page's own files are the same for everybody and stand in memory: a centre that opens the page at once is not counted out.
    ...[...page.files].map(([path, { type, body }]) => guarded('GET', path, 'data', packedly(body, type))),
    get('/web/texts', packedly(JSON.stringify(texts), jsonType)),
    get('/web/people', async (request) => {
      const introduced = await entrance.introduce(request);
      if (typeof introduced === 'string') return refuse(introduced);
      const response = json({ ...introduced.about, now: clock(), zone, mayForward: forward !== undefined });
      if (introduced.cookie !== undefined) response.headers.append('set-cookie', introduced.cookie);
      return response;
    }),
    ...(desk
      ? [
          post('/web/enter', (request, ip) => desk.enter(request, ip)),
          post('/web/stay', (request) => desk.stay(request)),
          post('/web/leave', (request) => desk.leave(request)),
        ]
      : []),
    get('/web/history', async (request) => {
      const query = readQuery(request, historyQuery);
      if (!query) return refuse('badRequest');
      const place = await placeOf(request, query.as, query.chat);
      if (place instanceof Response) return place;
      // One more than is given tells whether there are earlier ones.
      const found = await log.list(place.chat.id, historyLength + 1, query.before);
      const rows = found.slice(-historyLength);
      const senders = new Set(rows.flatMap(({ sender }) => sender ?? []));
      return json({
        messages: rows.map(viewOf).filter((view) => view !== null),
        // What cannot be read is left out, so the page goes on from here and not from what it shows.
        before: found.length > rows.length ? rows[0]?.id : undefined,
        names: place.chat.kind === 'group' ? await entrance.names([...senders]) : undefined,
      });
    }),
    get('/web/file', async (request) => {
      const query = readQuery(request, fileQuery);
      if (!query) return refuse('badRequest');
      const place = await placeOf(request, query.as, query.chat);
      if (place instanceof Response) return place;
      const file = await readFile(log, place.chat.id, query.message);
      return file ? fileAnswer(file) : refuse('noFile');
    }),
    get('/web/stream', async (request, ip) => {
      const query = readQuery(request, streamQuery);
      if (!query) return refuse('badRequest');
      const who = await entrance.listener(request, query.as);
      if (typeof who === 'string') return refuse(who);
      const stream = hub.open(who.id, addressKey(ip));
      if (!stream) return refuse('tooManyStreams');
      const response = answer(stream, 'text/event-stream; charset=utf-8');
      // A proxy that gathers what it passes on would hold events back.
      response.headers.set('x-accel-buffering', 'no');
      return response;
    }),
    ...(forward === undefined
      ? []
      : [
          post('/web/clock', async (request) => {
            const body = await readBody(request, clockBody);
            if (!body) return refuse('badRequest');
            if (!(await track(forward(body.step)))) return refuse('farEnough');
            hub.tell({ event: 'clock', data: { now: clock() } }, () => true);
            return json({ now: clock() });
          }),
        ]),
    post('/web/messages', async (request) => {
      const body = await readBody(request, messageBody);
      if (!body) return refuse('badRequest');
      if (body.text.length > maxIncomingText) return refuse('textTooLong');
      if (isBlank(body.text)) return refuse('emptyText');
      const place = await placeToAct(request, body.as, body.chat);
      return place instanceof Response ? place : take((open) => open.say(place, body));
    }),
    {
      ...post('/web/files', async (request) => {
        const posted = await readUpload(request, ourTexts['nameless'] ?? 'file');
        if (typeof posted === 'string') return refuse(posted);
        const place = await placeToAct(request, posted.as, posted.chat);
        if (place instanceof Response) return place;
        const file = { person: place.from.id, clientId: posted.clientId, bytes: posted.content.length };
        return (await room.within(file, () => take((open) => open.say(place, posted)))) ?? refuse('storeFull');
      }),
      large: {
        maxBytes: mostBytes,
        atOnce: limits.uploads.atOnce,
        share: {
          most: limits.uploads.ofAnAddress,
          whose: ({ ip }) => addressKey(ip),
          full: () => refuse('tooManyUploads', uploadsAgainMs),
        },
        // Whoever is not in must not keep those out who are, with bodies that take their time.
        refuse: async (request, { ip }) => {
          if (!admits(request, ip, 'data')) return refuse(says.elsewhere);
          const who = desk ? await entrance.who(request, undefined) : null;
          return typeof who === 'string' ? refuse(who) : null;
        },
      },
    },
    post('/web/presses', async (request) => {
      const body = await readBody(request, pressBody);
      if (!body) return refuse('badRequest');
      const place = await placeToAct(request, body.as, body.chat);
      return place instanceof Response ? place : take((open) => open.press(place, body));
    }),
  ];
}
