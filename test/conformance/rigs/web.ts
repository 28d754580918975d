import { z } from 'zod';
import type { Inbound, Receipt, Receive, Sender } from '../../../src/chat/index.js';
import { createRig, groups, people as sample, type Rig as WebRig } from '../../adapters/web/rig.js';
import { createOnRig, lobby, once, type Guest, type OnRig } from '../../adapters/web/visitors.js';
import { nothingToFetch, nothingToMeet, type Cannot, type OpenRig, type Posted, type Rig, type Seen } from '../rig.js';

const message = z.looseObject({
  id: z.string(),
  sender: z.string().nullable(),
  text: z.string(),
  choices: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  replyTo: z.string().optional(),
  mention: z.object({ id: z.string() }).optional(),
  file: z.object({ name: z.string() }).optional(),
});
const receipt = z.looseObject({ id: z.string().optional(), notice: z.string().optional() });
const history = z.object({ messages: z.array(message) });

const senderOf = ({ id, name }: (typeof sample)[number]): Sender => ({ id, name, privateChat: `p-${id}` });
const [, fang, he] = sample;
const [group] = groups;
if (!fang || !he || !group) throw new Error('The sample has three people and a group');
const people = [senderOf(fang), senderOf(he)] as const;
const theGroup = group;

/** What cannot come about where Linli itself is the platform. */
export const webCannot: Cannot = {
  links: 'whoever opens the page comes with nothing in their hands',
  'restart away': 'Linli itself is the platform, and answers when it has started',
  odd: 'the page sends words, files and presses, and nothing else',
  ...nothingToMeet('Linli itself is the platform, which says nothing of the kind'),
  ...nothingToFetch('files stand in the house: its own store is all that can fail'),
};

/** The web chat in one of its modes, with two people before their browsers. */
interface Browsers {
  readonly web: WebRig;
  readonly people: readonly [Sender, Sender];
  readonly group: { readonly id: string; readonly title: string };
  /** What no log may hold. */
  readonly secrets: readonly string[];
  /** Somebody's browser asks, or posts. */
  get(from: string, path: string, query: Readonly<Record<string, string>>): Promise<Response>;
  post(from: string, path: string, body: object): Promise<Response>;
  upload(from: string, bytes: Uint8Array<ArrayBuffer>, message: Readonly<Record<string, unknown>>): Promise<Response>;
  /** The same people before another adapter at the same place. */
  again(core: Core): Promise<Browsers>;
}

type Core = (inbound: Inbound) => Promise<Receipt>;

/** The web chat to try it with, behind a real port: what its page does, without the page. */
export const webTryRig: OpenRig = () => open(tried);

/** The web chat of residents behind a real port. */
export const webOnRig: OpenRig = () => open((core) => createOnRig(core).then(entered));

async function tried(core: Core, after?: WebRig): Promise<Browsers> {
  const web = await createRig(core, {}, after);
  return {
    web,
    people,
    group: theGroup,
    secrets: [],
    get: (as, path, query) => fetch(new URL(`${path}?${String(new URLSearchParams({ as, ...query }))}`, web.url), { headers: once }),
    post: (as, path, body) => web.post(path, { as, ...body }, once),
    upload: (as, bytes, message) => web.upload(bytes, { as, ...message }, once),
    again: async (next) => {
      await web.close();
      return tried(next, web);
    },
  };
}

async function entered(web: OnRig, before?: readonly [Guest, Guest]): Promise<Browsers> {
  const [one, two] = before
    ? [await web.guest(before[0].cookie), await web.guest(before[1].cookie)]
    : [await web.enter(people[0].name), await web.enter(people[1].name)];
  // That the bot greets whoever comes in is what came before.
  if (!before) web.inbounds.splice(0);
  const guestOf = (id: string): Guest => (id === two.id ? two : one);
  return {
    web,
    people: [
      { id: one.id, name: people[0].name, privateChat: one.chat },
      { id: two.id, name: people[1].name, privateChat: two.chat },
    ],
    group: lobby,
    secrets: [one, two].map(({ cookie }) => cookie.split('=')[1] ?? ''),
    get: (from, path, query) => guestOf(from).get(`${path}?${String(new URLSearchParams(query))}`),
    post: (from, path, body) => guestOf(from).post(path, body),
    upload: (from, bytes, message) => web.upload(bytes, { as: undefined, ...message }, { cookie: guestOf(from).cookie }),
    again: async (core) => entered(await web.again(core), [one, two]),
  };
}

async function open(begin: (core: Core) => Promise<Browsers>): Promise<Rig> {
  let core: Receive = async () => ({});
  return rigOf(await begin((inbound) => core(inbound)), (receive) => void (core = receive));
}

function rigOf(browsers: Browsers, setCore: (receive: Receive) => void): Rig {
  const { web, people, group, secrets } = browsers;
  let posts = 0;

  const messagesOf = async (as: string, chat: string): Promise<z.infer<typeof history>['messages']> => {
    const response = await browsers.get(as, '/web/history', { chat });
    return history.parse(await response.json()).messages;
  };
  const fileOf = async (as: string, chat: string, message: string): Promise<Uint8Array> => {
    const response = await browsers.get(as, '/web/file', { chat, message });
    return new Uint8Array(await response.arrayBuffer());
  };
  // The page posts what was not taken again under the same id, to whatever process answers at that address.
  const postedBy = async (response: Response, again: () => Promise<Posted>): Promise<Posted> => {
    const { id, notice } = receipt.parse(await response.json());
    return {
      taken: response.status === 200,
      ...(id === undefined ? {} : { messageId: id }),
      ...(notice === undefined ? {} : { notice }),
      again,
    };
  };
  const post = async (from: string, path: string, body: object): Promise<Posted> =>
    postedBy(await browsers.post(from, path, body), () => post(from, path, body));
  const clientId = (): string => `client-${String((posts += 1)).padStart(4, '0')}`;
  const readerOf = (chat: string): string => people.find(({ privateChat }) => privateChat === chat)?.id ?? people[0].id;

  return {
    adapter: web.web,
    people,
    group,
    received: web.inbounds,
    core: setCore,
    says: (from, chat, text, { replyTo, mentioning } = {}) =>
      post(from.id, '/web/messages', {
        chat,
        clientId: clientId(),
        text: mentioning === true ? `@小邻 ${text}` : text,
        ...(replyTo === undefined ? {} : { replyTo }),
      }),
    picks: async (from, chat, label) => {
      const shown = (await messagesOf(from.id, chat)).findLast(({ choices }) => choices?.some((choice) => choice.label === label));
      const choice = shown?.choices?.find((one) => one.label === label);
      if (!shown || !choice) throw new Error(`Nobody offers “${label}” in this chat`);
      return post(from.id, '/web/presses', { chat, clientId: clientId(), messageId: shown.id, value: choice.value });
    },
    attaches: (from, chat, { name, mimeType: type, data }, { text = '', replyTo, mentioning } = {}) => {
      const message = {
        chat,
        clientId: clientId(),
        name,
        type,
        text: mentioning === true ? `@小邻 ${text}` : text,
        ...(replyTo === undefined ? {} : { replyTo }),
      };
      const send = async (): Promise<Posted> => postedBy(await browsers.upload(from.id, Uint8Array.from(data), message), send);
      return send();
    },
    // The sample people are in the group from the start and stay.
    moves: () => null,
    follows: () => null,
    odd: () => null,
    shown: async (chat) => {
      const reader = readerOf(chat);
      const said = (await messagesOf(reader, chat)).filter(({ sender }) => sender === null);
      return Promise.all(
        said.map(async ({ id, text, choices = [], replyTo, mention, file }): Promise<Seen> => ({
          id,
          text,
          labels: choices.map(({ label }) => label),
          ...(replyTo === undefined ? {} : { replyTo }),
          ...(mention === undefined ? {} : { mention: mention.id }),
          ...(file === undefined ? {} : { file: { name: file.name, data: await fileOf(reader, chat, id) } }),
        })),
      );
    },
    // Linli itself is the platform: nothing but a chat that is no more can be met.
    meets: () => null,
    // The store of the house may fail, but nothing that a platform says.
    fetchMeets: () => null,
    restart: (away = false) => (away ? null : open((core) => browsers.again(core))),
    logged: () => JSON.stringify(web.logged),
    secrets,
    close: () => web.close(),
  };
}
