import { readConversation, writeConversation } from '../.cache/house/turn/conversation.js';
import { conversationKey } from '../.cache/house/turn/desk.js';
import { takeTurn } from '../.cache/house/turn/take.js';
import { createRegistry } from '../.cache/house/command/index.js';
import { createIds } from '../.cache/house/ids.js';
import { createEcho, createPeer } from '../peer/grammy.mjs';
import { sixFeature } from '../six/dialog.mjs';
import { talk } from '../six/talk.mjs';
import { readAllTexts } from '../support/house.mjs';
import { alternate, cpuPerCall, median, ratio, short, spread } from '../support/measure.mjs';

export const about = `A resident answers six questions: eight messages, with the call and the yes to the read-back. CPU time per message
(user and system, \`process.cpuUsage\`) of one process. **Ours** is what \`turn/\` does between loading and saving: routing, the command or the
dialog's step with its words, menu and answers, the reply as it would go to the outbox, and the conversation as JSON through zod, from and to
a store that is a map of texts. Who it is comes ready; nothing is sealed, since nothing is stored. **Echo** is grammY's \`handleUpdate\` with one
handler that replies, its API answered by a transformer. **Conversations** is the plugin with its own store in memory. It makes its own API
object inside a conversation and hands it no transformer, so its calls are answered in the place of \`fetch\`; what that costs is measured
with the same echo and taken off its figure.`;

const turns = 8_000;

export async function run() {
  const our = createCore();
  const sides = {
    ours: each(our.says),
    echo: each(createEcho()),
    echoOverFetch: each(createEcho({ overFetch: true })),
    conversations: each(createPeer()),
  };
  await alternate(sides, { times: 2 });
  const found = await alternate(sides);
  const detour = median(found.echoOverFetch) - median(found.echo);
  const conversations = found.conversations.map((cpu) => cpu - detour);
  const ours = `${short(median(found.ours))} µs`;
  const overEcho = ratio(found.ours, found.echo);
  const overConversations = ratio(found.ours, conversations);
  const common = { what: 'Six questions without a database: CPU per turn', ours };
  return [
    {
      ...common,
      peer: `grammY echo ${short(median(found.echo))} µs`,
      ratio: overEcho,
      rounds: spread(found.ours, found.echo),
      target: '≤ 3',
      met: overEcho <= 3,
      why: `${await breakdown(our, median(found.echo))} Echo parses nothing, remembers nothing and knows no words; answered in the place of \`fetch\`, as a real bot is,
it takes ${short(median(found.echoOverFetch))} µs, ${short(ratio(found.ours, found.echoOverFetch))} to one.`,
    },
    {
      ...common,
      peer: `conversations ${short(median(conversations))} µs`,
      ratio: overConversations,
      rounds: spread(found.ours, conversations),
      target: '≤ 0.2',
      met: overConversations <= 0.2,
      ...(overConversations <= 0.2
        ? {}
        : {
            why: 'What is left of our turn is said above; the plugin plays the conversation again from its first line for every message.',
          }),
    },
  ];
}

const each = (says) => () => cpuPerCall((count) => says(1, talk[count % talk.length]), turns);

/** The core of a turn on a store in memory. */
function createCore() {
  const ids = createIds();
  const t = readAllTexts().in('zh-CN');
  const parts = { registry: createRegistry([sixFeature]), texts: () => t, newId: ids.id, newToken: ids.token };
  const asText = { seal: (text) => text, open: (text) => text };
  const store = new Map();
  let updates = 0;
  const known = {
    locale: 'zh-CN',
    communityLocale: 'zh-CN',
    staff: false,
    communityId: 'c',
    communityName: '费家营社区',
    timeZone: 'Asia/Shanghai',
  };
  const read = (key) => readConversation(asText, key, store.get(key));
  const write = (key, conversation) => store.set(key, writeConversation(asText, key, conversation));
  return {
    read,
    write,
    keys: () => store.keys(),
    says: async (person, text) => {
      const chat = String(person);
      const from = { id: chat, name: '王芳', privateChat: chat };
      const address = { platform: 'bench', account: 'bench', chat };
      const now = Date.now();
      const inbound = { id: `u${(updates += 1)}`, at: now, address, kind: 'private', from, content: { type: 'text', text } };
      const key = conversationKey(address, chat);
      const who = { ...known, personId: chat, name: from.name, privateChat: chat, isNew: false };
      const taken = await takeTurn(null, { inbound, uid: inbound.id, known: who, conversations: new Map([[key, read(key)]]), now }, parts);
      for (const [changed, conversation] of taken.conversations) write(changed, conversation);
      return taken;
    },
  };
}

/** What the state alone takes of a turn: measured on the conversation in its middle. */
async function breakdown({ read, write, keys, says }, echo) {
  for (const text of talk.slice(0, 5)) await says(1, text);
  const [key] = keys();
  const text = JSON.stringify(read(key));
  const sides = {
    json: () => cpuPerCall(() => JSON.stringify(JSON.parse(text)), 20_000),
    checked: () => cpuPerCall(() => write(key, read(key)), 20_000),
  };
  await alternate(sides, { times: 1 });
  const { json, checked } = await alternate(sides);
  return `Of a turn, reading and writing the conversation's state (${text.length} letters of JSON in its middle) takes ${short(median(checked))} µs, of which
${short(median(json))} µs are \`JSON.parse\` and \`JSON.stringify\`: three times echo is ${short(3 * echo)} µs.`;
}
