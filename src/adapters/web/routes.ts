import type { Receipt, Route } from '../../chat/index.js';
import { answer, fileAnswer, json, jsonType, type Refuse } from './answers.js';
import { readFile } from './files.js';
import { isFromHere, type Purpose } from './guard.js';
import type { Hub } from './hub.js';
import type { Intake, Place } from './intake.js';
import type { MessageLog } from './log.js';
import { privateChatOf, type Neighbours, type TryGroup, type TryPerson } from './neighbours.js';
import { packed } from './packed.js';
import type { Page } from './page.js';
import { viewOf } from './payload.js';
import {
  clockBody,
  fileQuery,
  historyQuery,
  isJson,
  maxIncomingText,
  messageBody,
  pressBody,
  readBody,
  readQuery,
  streamQuery,
  type ForwardStep,
} from './requests.js';
import { isBytes, mostBytes, readUpload, uploadsAtOnce } from './upload.js';

/** How many messages of a chat the page is given. */
const historyLength = 200;

interface RouteParts {
  readonly people: readonly TryPerson[];
  readonly groups: readonly TryGroup[];
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly neighbours: Neighbours;
  readonly page: Page;
  readonly log: MessageLog;
  readonly hub: Hub;
  readonly refuse: Refuse;
  /** What a file without a name is called. */
  readonly nameless: string;
  /** Null while the adapter takes no updates. */
  readonly intake: () => Intake | null;
  /** Lets a clean stop wait for what is under way. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** Now, ms since the epoch. */
  readonly clock: () => number;
  /** Puts the clock forward; undefined where nobody may. */
  readonly forward: ((step: ForwardStep) => Promise<boolean>) | undefined;
}

/** The HTTP routes of the web chat. */
export function webRoutes(parts: RouteParts): readonly Route[] {
  const { page, people, groups, texts, neighbours, log, hub, refuse, nameless, intake, track, clock, forward } = parts;

  const guarded = (method: Route['method'], path: string, purpose: Purpose, handle: (request: Request) => Promise<Response>): Route => ({
    method,
    path,
    handle: async (request, { ip }) => {
      if (!isFromHere(request, ip, purpose)) return refuse('forbidden');
      if (method === 'POST' && !(path === '/web/files' ? isBytes : isJson)(request)) return refuse('wrongType');
      return handle(request);
    },
  });
  const get = (path: string, handle: (request: Request) => Promise<Response>): Route => guarded('GET', path, 'data', handle);
  const post = (path: string, handle: (request: Request) => Promise<Response>): Route => guarded('POST', path, 'data', handle);

  /** Who stands where; a refusal when there is no such person or chat, or the person is not in it. */
  const placeOf = (as: string, chatId: string): Place | Response => {
    const from = neighbours.person(as);
    const chat = neighbours.chat(chatId);
    if (!from || !chat) return refuse('unknownChat');
    return neighbours.isIn(as, chat) ? { from, chat } : refuse('forbidden');
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
    guarded('GET', '/', 'page', packedly(page.html, 'text/html; charset=utf-8')),
    ...[...page.files].map(([path, { type, body }]) => get(path, packedly(body, type))),
    get('/web/texts', packedly(JSON.stringify(texts), jsonType)),
    get('/web/people', async () =>
      json({
        people: people.map((person) => ({ ...person, privateChat: privateChatOf(person.id) })),
        groups,
        now: clock(),
        mayForward: forward !== undefined,
      }),
    ),
    get('/web/history', async (request) => {
      const query = readQuery(request, historyQuery);
      if (!query) return refuse('badRequest');
      const place = placeOf(query.as, query.chat);
      if (place instanceof Response) return place;
      const rows = await log.list(place.chat.id, historyLength);
      return json({ messages: rows.map(viewOf).filter((view) => view !== null) });
    }),
    get('/web/file', async (request) => {
      const query = readQuery(request, fileQuery);
      if (!query) return refuse('badRequest');
      const place = placeOf(query.as, query.chat);
      if (place instanceof Response) return place;
      const file = await readFile(log, place.chat.id, query.message);
      return file ? fileAnswer(file) : refuse('noFile');
    }),
    get('/web/stream', async (request) => {
      const query = readQuery(request, streamQuery);
      if (!query) return refuse('badRequest');
      if (!neighbours.person(query.as)) return refuse('unknownChat');
      const stream = hub.open(query.as);
      return stream ? answer(stream, 'text/event-stream; charset=utf-8') : refuse('tooManyStreams');
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
      const place = placeOf(body.as, body.chat);
      return place instanceof Response ? place : take((open) => open.say(place, body));
    }),
    {
      ...post('/web/files', async (request) => {
        const posted = await readUpload(request, nameless);
        if (typeof posted === 'string') return refuse(posted);
        const place = placeOf(posted.as, posted.chat);
        return place instanceof Response ? place : take((open) => open.say(place, posted));
      }),
      large: { maxBytes: mostBytes, atOnce: uploadsAtOnce },
    },
    post('/web/presses', async (request) => {
      const body = await readBody(request, pressBody);
      if (!body) return refuse('badRequest');
      const place = placeOf(body.as, body.chat);
      return place instanceof Response ? place : take((open) => open.press(place, body));
    }),
  ];
}
