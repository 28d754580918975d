export { DeadlineError, IdleTransactionError, StorageError, type StorageErrorCode } from './errors.js';
export { openStorage } from './openStorage.js';
export type { Storage, StorageOptions, Tx } from './storage.js';
export { empty, join, raw, sql } from './sql.js';
export { lockKeys } from './lockKeys.js';
export { migrate, type Migrated } from './migrate.js';
export { openDataKey } from './dataKey.js';
export { copyDays, createTidier, type Tidier } from './tidy.js';
export { createWebLog, type WebLog } from './webLog.js';
