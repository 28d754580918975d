import { createInterface } from 'node:readline';
import type { Adapter, Inbound, Receive } from '../../src/chat/index.js';
import { createApp } from '../../src/app.js';
import { createIds } from '../../src/ids.js';
import { readTexts } from '../../src/i18n/index.js';
import { firstCommunity } from '../../src/people/index.js';
import { createSealer, loadDataKey } from '../../src/seal/index.js';
import { openStorage } from '../../src/storage/index.js';
import { tallyFeature } from '../support/tally.js';
import { wordsAndPresses } from '../support/capabilities.js';

/** A whole Linli in a process of its own, to be killed: takes updates as lines of JSON, says `ack ID` once a commit holds each, and `sent KEY` for what leaves. */
const [url = '', keyFile = '', locales = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const storage = await openStorage({ url });
const ids = createIds();
const clock = () => Date.now();
await storage.transaction((tx) => firstCommunity(tx, { name: '社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' }, ids.id, clock()));
let receive: Receive | undefined;
const wire: Adapter = {
  platform: 'wire',
  account: 'test',
  capabilities: wordsAndPresses,
  start: (to) => {
    receive = to;
    return Promise.resolve();
  },
  send: (_to, _message, key) => {
    say(`sent ${key}`);
    return Promise.resolve({ ok: true, messageId: key });
  },
  edit: (_to, messageId) => Promise.resolve({ ok: true, messageId }),
  fetchFile: () => Promise.resolve({ ok: false, failure: { type: 'gone' } }),
  stop: () => Promise.resolve(),
};
const log = {
  info: () => undefined,
  warn: (fields: object, text: string) => say(`warn ${text} ${JSON.stringify(fields)}`),
  error: (fields: object, text: string) => say(`error ${text} ${JSON.stringify(fields)}`),
};
const app = createApp({
  storage,
  adapters: [wire],
  texts: readTexts(locales),
  locale: 'zh-CN',
  clock,
  ids,
  log,
  extra: [tallyFeature()],
  sealer: createSealer(
    await loadDataKey({
      file: keyFile,
      mayCreate: true,
    }),
  ),
});
await app.start();
say('ready');

for await (const line of createInterface({ input: process.stdin })) {
  const { id, sender } = JSON.parse(line) as { id: string; sender: string };
  const inbound: Inbound = {
    id,
    at: clock(),
    kind: 'private',
    address: {
      platform: wire.platform,
      account: wire.account,
      chat: sender,
    },
    from: {
      id: sender,
      name: `邻居${sender}`,
      privateChat: sender,
    },
    content: {
      type: 'text',
      text: `/tally ${id}`,
    },
  };
  void receive?.(inbound).then(
    () => say(`ack ${id}`),
    () => say(`again ${id}`),
  );
}
await app.stop();
await storage.close();
say('stopped');
