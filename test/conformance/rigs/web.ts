import { z } from 'zod';
import type { Receive, Sender } from '../../../src/chat/index.js';
import { createRig, groups, people as sample, type Rig as WebRig } from '../../adapters/web/rig.js';
import type { OpenRig, Posted, Rig, Seen } from '../rig.js';

const message = z.looseObject({
  id: z.string(),
  sender: z.string().nullable(),
  text: z.string(),
  choices: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  replyTo: z.string().optional(),
  mention: z.object({ id: z.string() }).optional(),
  file: z.object({ name: z.string() }).optional(),
});
const history = z.object({ messages: z.array(message) });

const senderOf = ({ id, name }: (typeof sample)[number]): Sender => ({ id, name, privateChat: `p-${id}` });
const [, fang, he] = sample;
const [group] = groups;
if (!fang || !he || !group) throw new Error('The sample has three people and a group');
const people = [senderOf(fang), senderOf(he)] as const;
const theGroup = group;

/** The web chat behind a real port: what its page does, without the page. */
export const webRig: OpenRig = () => open();

async function open(after?: WebRig): Promise<Rig> {
  let core: Receive = async () => ({});
  const web = await createRig((inbound) => core(inbound), {}, after);
  let posts = 0;

  const messagesOf = async (as: string, chat: string): Promise<z.infer<typeof history>['messages']> => {
    const response = await fetch(new URL(`/web/history?as=${as}&chat=${encodeURIComponent(chat)}`, web.url));
    return history.parse(await response.json()).messages;
  };
  const fileOf = async (as: string, chat: string, id: string): Promise<Uint8Array> => {
    const response = await fetch(new URL(`/web/file?as=${as}&chat=${encodeURIComponent(chat)}&message=${id}`, web.url));
    return new Uint8Array(await response.arrayBuffer());
  };
  // The page posts what was not taken again under the same id, to whatever process answers at that address.
  const post = async (path: string, body: object): Promise<Posted> => ({
    taken: (await web.post(path, body)).status === 200,
    again: () => post(path, body),
  });
  const clientId = (): string => `client-${String((posts += 1)).padStart(4, '0')}`;
  const readerOf = (chat: string): string => people.find(({ privateChat }) => privateChat === chat)?.id ?? people[0].id;

  return {
    adapter: web.web,
    people,
    group: theGroup,
    received: web.inbounds,
    core: (receive) => void (core = receive),
    says: (from, chat, text, { replyTo, mentioning } = {}) =>
      post('/web/messages', {
        as: from.id,
        chat,
        clientId: clientId(),
        text: mentioning === true ? `@小邻 ${text}` : text,
        ...(replyTo === undefined ? {} : { replyTo }),
      }),
    picks: async (from, chat, label) => {
      const shown = (await messagesOf(from.id, chat)).findLast(({ choices }) => choices?.some((choice) => choice.label === label));
      const choice = shown?.choices?.find((one) => one.label === label);
      if (!shown || !choice) throw new Error(`Nobody offers “${label}” in this chat`);
      return post('/web/presses', { as: from.id, chat, clientId: clientId(), messageId: shown.id, value: choice.value });
    },
    attaches: (from, chat, { name, mimeType: type, data }, { text = '', replyTo, mentioning } = {}) => {
      const message = {
        as: from.id,
        chat,
        clientId: clientId(),
        name,
        type,
        text: mentioning === true ? `@小邻 ${text}` : text,
        ...(replyTo === undefined ? {} : { replyTo }),
      };
      const send = async (): Promise<Posted> => ({
        taken: (await web.upload(Uint8Array.from(data), message)).status === 200,
        again: send,
      });
      return send();
    },
    // The sample people are in the group from the start and stay.
    moves: () => null,
    // The page can send words and presses, nothing else.
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
    restart: async () => {
      await web.close();
      return open(web);
    },
    logged: () => JSON.stringify(web.logged),
    secrets: [],
    close: () => web.close(),
  };
}
