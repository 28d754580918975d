import { createIds, type Ids } from './ids.js';
import type { Config } from './config.js';
import { firstCommunity, openClaim, type Community } from './people/index.js';
import type { Sealer } from './seal/index.js';
import { migrate, openDataKey, openStorage, refuseEmptied, type Storage } from './storage/index.js';

/** The opened house: database up to date, key at hand, a community there. */
export interface Opened {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly ids: Ids;
  readonly community: Community;
  /** The one-time code for the first administrator; null once there is one. */
  readonly code: string | null;
  /** Where a copy of the database from before a migration is; undefined when there was nothing to migrate. */
  readonly backup: string | undefined;
}

/** After a quick restart the process before may still be finishing its work: it gets 5 s to let go of the file. */
const patience = { tries: 20, pauseMs: 250 };

/** Opens database and key. `pause` waits so many ms; `onWait` hears that another process still uses the database, `onOpenKey` that others could read the key, and whether they no longer can. Throws `StorageError` and `DataKeyError`, whose codes have a text each; the storage is closed then. */
export async function openHouse(
  config: Config,
  parts: {
    migrations: string;
    communityName: string;
    clock: () => number;
    pause: (ms: number) => Promise<void>;
    onWait?: () => void;
    onOpenKey?: (closed: boolean) => void;
  },
): Promise<Opened> {
  const { clock } = parts;
  const ids = createIds();
  await refuseEmptied({ url: config.databaseUrl, dataKeyFile: config.dataKeyFile });
  const storage = await openStorage({
    url: config.databaseUrl,
    stillInUse: async (tries) => {
      if (tries === 1) parts.onWait?.();
      await parts.pause(patience.pauseMs);
      return tries < patience.tries;
    },
    ...(config.databaseEncryptionKey === undefined ? {} : { encryptionKey: config.databaseEncryptionKey }),
  });
  try {
    const { backup } = await migrate(storage, { folder: parts.migrations, now: clock, newId: ids.id });
    const sealer = await openDataKey(storage, {
      file: config.dataKeyFile,
      ...(parts.onOpenKey ? { onOpen: parts.onOpenKey } : {}),
    });
    const defaults = { name: parts.communityName, timeZone: config.timeZone, locale: config.defaultLocale };
    const community = await storage.transaction((tx) => firstCommunity(tx, defaults, ids.id, clock()));
    const code = await storage.transaction((tx) =>
      openClaim(tx, { sealer, communityId: community.id, given: config.adminCode, make: ids.code }),
    );
    return { storage, sealer, ids, community, code, backup };
  } catch (fault) {
    await storage.close();
    throw fault;
  }
}
