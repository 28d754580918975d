import {
  createClient,
  LibsqlError,
  type Client,
  type Config,
  type InArgs,
  type InStatement,
  type ResultSet,
  type Transaction,
} from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';

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

  override createClient(config: Config): Client {
    const client = createClient(config);
    client.execute = renewWhenBusy(client);
    client.transaction = () => beginImmediate(client);
    return client;
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

/**
 * A statement that another program's lock stopped stays half done in libsql until it is collected, and until then SQLite commits nothing
 * on that connection, not even plain writes that seem to succeed. So the connection is replaced.
 */
function renewWhenBusy(client: Client): (statement: InStatement, args?: InArgs) => Promise<ResultSet> {
  const execute = client.execute.bind(client);
  let renewed = false;
  return async (statement, args) => {
    if (renewed) {
      await client.executeMultiple(pragmas);
      renewed = false;
    }
    try {
      return await (typeof statement === 'string' ? execute(statement, args) : execute(statement));
    } catch (error) {
      if (isBusy(error)) {
        // Closing alone would leave an open transaction, and its lock, for as long as the half-done statement lives.
        await execute('ROLLBACK').catch(() => {});
        // Typed as immediate, but the client of files answers with a promise.
        await Promise.resolve(client.reconnect());
        renewed = true;
      }
      throw error;
    }
  };
}

// SQLITE_BUSY and SQLITE_LOCKED, whatever their extension.
const isBusy = (error: unknown): boolean => error instanceof LibsqlError && [5, 6].includes((error.rawCode ?? 0) & 0xff);

async function beginImmediate(client: Client): Promise<Transaction> {
  await client.execute('BEGIN IMMEDIATE');
  let state: 'open' | 'broken' | 'over' = 'open';

  // Some faults (disk full, for one) make SQLite roll back by itself; the next statement would then be committed alone.
  const whileOpen = async <T>(run: () => Promise<T>): Promise<T> => {
    if (state !== 'open') throw new LibsqlError('The transaction is over.', 'TRANSACTION_CLOSED');
    try {
      return await run();
    } catch (error) {
      state = 'broken';
      throw error;
    }
  };
  const rollback = async (): Promise<void> => {
    if (state === 'over') return;
    state = 'over';
    await client.execute('ROLLBACK');
  };

  return {
    execute: (statement: InStatement, args?: InArgs) =>
      whileOpen(() => (typeof statement === 'string' ? client.execute(statement, args) : client.execute(statement))),
    batch: (statements) =>
      whileOpen(async () => {
        const results = [];
        for (const statement of statements) results.push(await client.execute(statement));
        return results;
      }),
    executeMultiple: () => Promise.reject(new LibsqlError('Scripts do not run inside a transaction.', 'NOT_SUPPORTED')),
    rollback,
    async commit() {
      try {
        await whileOpen(() => client.execute('COMMIT'));
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
