import { tryAccount } from './sample.js';
import { clearStorage, type Storage } from './storage/index.js';

/** What came of clearing the sample community. `real`: somebody came by another way than the try-out, so nothing was touched. */
export type DemoReset = 'cleared' | 'nothing' | 'real';

/** Empties the database of the sample community, so that the next start plants a new one. */
export async function resetDemo(storage: Storage): Promise<DemoReset> {
  const elsewhere = { NOT: tryAccount };
  const [people, chats, communities] = await Promise.all([
    storage.read.identity.count({ where: elsewhere }),
    storage.read.chat.count({ where: elsewhere }),
    storage.read.community.count(),
  ]);
  if (people > 0 || chats > 0) return 'real';
  if (communities === 0) return 'nothing';
  await clearStorage(storage);
  return 'cleared';
}
