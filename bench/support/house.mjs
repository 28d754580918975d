import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createApp } from '../.cache/house/app.js';
import { readTexts } from '../.cache/house/i18n/index.js';
import { createIds } from '../.cache/house/ids.js';
import { firstCommunity } from '../.cache/house/people/index.js';
import { createSealer } from '../.cache/house/seal/index.js';
import { sixFeature } from '../six/dialog.mjs';
import { cache } from './setUp.mjs';

export const timeZone = 'Asia/Shanghai';

/** The house's texts and those of the six questions. */
export const readAllTexts = () => readTexts(join(cache, 'locales'));

const quiet = { info() {}, warn() {}, error: (fields, text) => console.error(text, fields) };

/**
 * A whole Linli with all its features and the six questions on a database, sending included. Its adapter is a memory adapter that
 * forgets: it shows each message at once to `onShown` and keeps none, so that only Linli's own memory is measured.
 */
export async function openHouse(storage) {
  const ids = createIds();
  const shown = new Map();
  let receive;
  let updates = 0;
  const adapter = {
    platform: 'bench',
    account: 'bench',
    capabilities: {
      buttons: true,
      edits: true,
      files: true,
      filesIn: true,
      membership: true,
      idempotentSends: true,
      stableIds: true,
      maxText: 4096,
    },
    start: async (core) => void (receive = core),
    stop: async () => {},
    send: async ({ chat }, message) => {
      shown.get(chat)?.(message);
      return { ok: true, messageId: 'm' };
    },
    edit: async (_to, messageId) => ({ ok: true, messageId }),
    fetchFile: async () => ({ ok: false, failure: { type: 'gone' } }),
  };
  const sealer = createSealer(new Uint8Array(randomBytes(32)));
  const app = createApp({
    storage,
    sealer,
    adapters: [adapter],
    texts: readAllTexts(),
    locale: 'zh-CN',
    clock: Date.now,
    ids,
    log: quiet,
    extra: [sixFeature],
  });
  const community = await storage.transaction((tx) =>
    firstCommunity(tx, { name: '费家营社区', timeZone, locale: 'zh-CN' }, ids.id, Date.now()),
  );
  await app.start();
  return {
    app,
    ids,
    community,
    storage,
    sealer,
    /** Somebody writes in private; resolves when a commit holds it. */
    says: (chat, text) =>
      receive({
        id: `u${(updates += 1)}`,
        at: Date.now(),
        address: { platform: 'bench', account: 'bench', chat },
        kind: 'private',
        from: { id: chat, name: '王芳', privateChat: chat },
        content: { type: 'text', text },
      }),
    onShown: (chat, listener) => void shown.set(chat, listener),
    async close() {
      await app.stop();
      await storage.close();
    },
  };
}
