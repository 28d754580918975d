import { createWebAdapter, type WebAdapter, type WebAdapterOptions } from './adapters/web/index.js';
import type { App } from './app.js';
import type { Config } from './config.js';
import { flatTexts, type Texts } from './i18n/index.js';
import { leaveAccount, linkGroup, recognise, setLocale, unlinkGroup } from './people/index.js';
import type { Opened } from './open.js';
import { plantSample, readSample } from './sample.js';
import { accountsWithoutVisitor, createWebLog, createWebVisitors } from './storage/index.js';

/** The web chat of this installation. */
export interface WebChat {
  readonly adapter: WebAdapter;
  /** Gives the community what belongs to the mode: the sample to try it with, or the residents' group. */
  furnish(app: App): Promise<void>;
}

/** The account of the web chat that residents use, and its group. */
const onAccount = { platform: 'web', account: 'on', chat: 'lobby' } as const;

/** The web chat as the configuration wants it; null where it is off. `page` is the folder with the page's files, `forward` puts the clock of the sample forward. */
export function createWebChat(
  config: Config,
  texts: Texts,
  opened: Opened,
  { forward, ...parts }: { clock: () => number; page: URL } & Pick<WebAdapterOptions, 'forward'>,
): WebChat | null {
  const { storage, sealer, ids, community } = opened;
  const common = {
    ...parts,
    log: createWebLog(storage, sealer),
    locale: config.defaultLocale,
    zone: community.timeZone,
    texts: { 'zh-CN': flatTexts(texts, 'zh-CN', 'web'), en: flatTexts(texts, 'en', 'web') },
  };
  if (config.webChat === 'try') {
    const sample = readSample(texts, config.defaultLocale);
    return {
      adapter: createWebAdapter({ ...common, mode: 'try', people: sample.people, groups: sample.groups, ...(forward ? { forward } : {}) }),
      furnish: (app) => plantSample({ storage, app, ids, community, sample, now: parts.clock() }),
    };
  }
  if (config.webChat === 'off') return null;
  const { webGroup: title } = config;
  const { chat: externalId, ...of } = onAccount;
  const forgotten = (id: string): Promise<void> => storage.transaction((tx) => leaveAccount(tx, { ...of, externalId: id }, ids.id));
  return {
    adapter: createWebAdapter({
      ...common,
      mode: 'on',
      visitors: createWebVisitors(storage, sealer),
      publicUrl: config.publicUrl,
      group: title === undefined ? null : { id: onAccount.chat, title },
      onEntered: ({ id, ...names }, locale) =>
        storage.transaction(async (tx) => {
          const seen = { ...of, chat: names.privateChat ?? id, kind: 'private', sender: id, ...names } as const;
          const [known] = await recognise(tx, [seen], ids.id, parts.clock());
          if (known) await setLocale(tx, known.personId, locale);
        }),
      onForgotten: forgotten,
      newToken: ids.pass,
      newVisitorId: ids.visitor,
    }),
    furnish: async () => {
      for (const id of await accountsWithoutVisitor(storage.read, of.account)) await forgotten(id);
      await storage.transaction(async (tx) => {
        if (title !== undefined) return linkGroup(tx, { ...onAccount, title }, community.id, ids.id);
        // Without it nobody is in that group any more: no card is posted there.
        const left = await tx.chat.findUnique({ where: { platform_account_externalId: { ...of, externalId } } });
        if (left) await unlinkGroup(tx, left.id, left.communityId);
      });
    },
  };
}
