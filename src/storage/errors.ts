/** What is wrong with the database or its key. `locales/…/storage.json` says it to people by this code. */
export type StorageErrorCode =
  | 'locked'
  | 'inUse'
  | 'full'
  | 'readOnly'
  | 'corrupt'
  | 'wrongKey'
  | 'emptied'
  | 'newer'
  | 'halfMigrated'
  | 'migrationFailed'
  | 'unreachable'
  | 'dataKeyMismatch'
  | 'dataKeyMissing';

const hints: Readonly<Record<StorageErrorCode, string>> = {
  locked: 'The database is locked by another program. Close that program, then try again.',
  inUse: 'Another Linli is using this database. Stop it first; two cannot share one SQLite file.',
  full: 'The disk, or the space allowed for the database, is full. Make room, then try again.',
  readOnly: 'The database cannot be written. Check the owner and the permissions of its file and folder.',
  corrupt: 'The database file is damaged. Stop Linli and restore the newest backup; without one, keep the file and ask for help.',
  wrongKey: 'The file cannot be read as a database: DATABASE_ENCRYPTION_KEY is missing or wrong, or the file is damaged.',
  emptied:
    'The database file is empty, but the data key of an earlier one is there. Restore a backup; or, to begin anew, delete the empty file.',
  newer: 'The database was written by a newer or another version of Linli. Start that version, or restore a backup.',
  halfMigrated: 'Another tool left a migration half done in the database. Restore the backup made before it.',
  migrationFailed: 'The database could not be brought up to date. Nothing was changed.',
  unreachable: 'The database cannot be reached or opened. Check DATABASE_URL and that the database is running.',
  dataKeyMismatch: 'The key in DATA_KEY_FILE is not the one that the data was sealed with. Put the right key file back.',
  dataKeyMissing: 'The data is sealed, but there is no key at DATA_KEY_FILE. Put the key file back; without it the data cannot be read.',
};

/** A fault of the database that an operator can do something about. Carries no data of people. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** What is wrong and what to do, in plain English. */
  readonly hint: string;

  constructor(
    readonly code: StorageErrorCode,
    options: { readonly cause?: unknown; readonly detail?: string } = {},
  ) {
    super(options.detail === undefined ? hints[code] : `${hints[code]} (${options.detail})`, { cause: options.cause });
    this.hint = hints[code];
  }
}

/** A transaction took longer than it may; it was rolled back. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  constructor(deadlineMs: number) {
    super(`The transaction took longer than ${deadlineMs} ms and was rolled back.`);
  }
}

/**
 * The work of a transaction waited for something that is not the database: a fault of the program, which on SQLite would stop everybody.
 * It was rolled back.
 */
export class IdleTransactionError extends Error {
  override readonly name = 'IdleTransactionError';
  constructor(idleMs: number) {
    super(`The transaction made no database call for ${idleMs} ms and was rolled back. Inside a transaction only wait for calls on tx.`);
  }
}
