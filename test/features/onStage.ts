import { afterEach, beforeEach } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import type { TestDatabase } from '../support/databases.js';
import { openStage, type Stage } from './stage.js';

/** What a test stands on. */
interface Ground {
  readonly stage: Stage;
  readonly storage: Storage;
}

/** Gives every test of a describe a stage of its own, on a database that holds nothing else; `begin` takes it and makes it ready. */
export function onStage(
  open: () => Promise<TestDatabase>,
  begin: (ground: Ground) => Promise<void> | void,
  options: Parameters<typeof openStage>[1] = {},
): void {
  let database: TestDatabase;
  let stage: Stage;
  beforeEach(async () => {
    database = await open();
    stage = await openStage(database.storage, options);
    await begin({ stage, storage: database.storage });
  });
  afterEach(async () => {
    await stage.house.app.stop();
    await database.close();
  });
}
