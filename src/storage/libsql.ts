import {
  LibsqlError,
  type Client,
  type Config,
  type InArgs,
  type InStatement,
  type InValue,
  type ResultSet,
  type Transaction,
} from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { Connection, type Bound } from './connection.js';
import { pathOfUrl } from './sqliteFile.js';

// WAL and FULL: neither SIGKILL nor power loss loses what was acknowledged. 3 s for a reader with a lock, such as a backup tool.
const pragmas = 'PRAGMA busy_timeout = 3000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;';

/**
 * Prisma's libsql factory on one persistent connection. The stock one opens a connection per transaction and never closes it.
 * The adapter's own lock keeps plain statements out of an open transaction; a transaction that is over, or in which a statement
 * failed, takes no more statements, because they would run outside of it.
 */
export class OneConnectionLibSql extends PrismaLibSql {
  #connection: SqlDriverAdapter | undefined;

  override async connect(): Promise<SqlDriverAdapter> {
    const connection = await super.connect();
    await connection.executeScript(pragmas);
    this.#connection = connection;
    return connection;
  }

  override createClient({ url, encryptionKey }: Config): Client {
    return clientOf(new Connection({ path: pathOfUrl(url), encryptionKey }));
  }

  /** Runs several statements outside of Prisma, in turn with everything else on the connection. */
  async script(statements: string): Promise<void> {
    if (this.#connection === undefined) throw new Error('The database is not open.');
    await this.#connection.executeScript(statements);
  }

  /** Puts everything into the one file, so that nothing beside it is needed to copy it. To be called before closing. */
  async finish(): Promise<void> {
    // Best effort: a database that cannot be written is closed as well.
    await this.#connection?.executeScript('PRAGMA wal_checkpoint(TRUNCATE);').catch(() => {});
  }
}

type Execute = (statement: InStatement, args?: InArgs) => Promise<ResultSet>;

/** A connection as libsql's client, of which Prisma's adapter uses a part. */
function clientOf(connection: Connection): Client {
  let closed = false;
  const execute = renewWhenBusy(connection);
  const client = {
    protocol: 'file',
    get closed() {
      return closed;
    },
    execute,
    transaction: () => beginImmediate(execute),
    executeMultiple: async (statements: string) => connection.script(statements),
    batch: unsupported,
    migrate: unsupported,
    sync: unsupported,
    reconnect: () => connection.renew(),
    close() {
      closed = true;
      connection.close();
    },
  };
  return client;
}

const unsupported = () => Promise.reject(new LibsqlError('Linli does not use this.', 'NOT_SUPPORTED'));

/**
 * A statement that another program's lock stopped stays half done in libsql until it is collected, and until then SQLite commits nothing
 * on that connection, not even plain writes that seem to succeed. So the connection is replaced.
 */
function renewWhenBusy(connection: Connection): Execute {
  let renewed = false;
  return async (statement, args) => {
    const { sql, values } = asked(statement, args);
    if (renewed) {
      connection.script(pragmas);
      renewed = false;
    }
    try {
      return connection.execute(sql, values);
    } catch (error) {
      if (isBusy(error)) {
        // Closing alone would leave an open transaction, and its lock, for as long as the half-done statement lives.
        rollBack(connection);
        connection.renew();
        renewed = true;
      }
      throw error;
    }
  };
}

function rollBack(connection: Connection): void {
  try {
    connection.execute('ROLLBACK');
  } catch {
    // There was no transaction.
  }
}

/** Prisma gives every value by its place. */
function asked(statement: InStatement, args: InArgs = []): { sql: string; values: Bound[] } {
  const { sql, args: given = [] } = typeof statement === 'string' ? { sql: statement, args } : statement;
  if (!Array.isArray(given)) throw new LibsqlError('Values are given by their places.', 'NOT_SUPPORTED');
  return { sql, values: given.map(boundOf) };
}

function boundOf(value: InValue): Bound {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  return value instanceof Date ? value.getTime() : value;
}

// SQLITE_BUSY and SQLITE_LOCKED, whatever their extension.
const isBusy = (error: unknown): boolean => error instanceof LibsqlError && [5, 6].includes((error.rawCode ?? 0) & 0xff);

async function beginImmediate(run: Execute): Promise<Transaction> {
  await run('BEGIN IMMEDIATE');
  let state: 'open' | 'broken' | 'over' = 'open';

  // Some faults (disk full, for one) make SQLite roll back by itself; the next statement would then be committed alone.
  const execute: Execute = async (statement, args) => {
    if (state !== 'open') throw new LibsqlError('The transaction is over.', 'TRANSACTION_CLOSED');
    try {
      return await run(statement, args);
    } catch (error) {
      state = 'broken';
      throw error;
    }
  };
  const rollback = async (): Promise<void> => {
    if (state === 'over') return;
    state = 'over';
    await run('ROLLBACK');
  };

  return {
    execute,
    batch: unsupported,
    executeMultiple: unsupported,
    rollback,
    async commit() {
      try {
        await execute('COMMIT');
        state = 'over';
      } catch (error) {
        // Left open, the transaction would swallow the plain statements that come next.
        await rollback().catch(() => {});
        throw error;
      }
    },
    close: () => void rollback().catch(() => {}),
    get closed() {
      return state === 'over';
    },
  };
}
