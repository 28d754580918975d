import { LibsqlError, type ResultSet, type Row, type Value } from '@libsql/client';
import Database from 'libsql';

/** Where the file is, and the key that it is encrypted with. */
export interface Opening {
  readonly path: string;
  readonly encryptionKey?: string | undefined;
}

/** What a statement may be given. */
export type Bound = string | number | bigint | Uint8Array | null;

type Handle = InstanceType<typeof Database>;
type Statement = ReturnType<Handle['prepare']>;

/** A statement that SQLite has compiled, and the columns of what it gives; none where it gives no rows. */
interface Prepared {
  readonly statement: Statement;
  readonly columns: readonly string[] | null;
  readonly types: readonly string[];
}

// A turn says the same sentences with other values: compiling them anew takes a third of a turn's time on the database.
const keptStatements = 300;
// Lists of many values are seldom as long again.
const longestKept = 4_000;

/**
 * One connection to a SQLite file. It keeps what it has compiled, up to 300 statements, the least used going first.
 * Throws `LibsqlError` with SQLite's code.
 */
export class Connection {
  readonly #opening: Opening;
  #database: Handle;
  #prepared = new Map<string, Prepared>();

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#database = open(opening);
  }

  execute(sql: string, args: readonly Bound[] = []): ResultSet {
    try {
      const { statement, columns, types } = this.#prepare(sql);
      if (columns === null) {
        const { changes, lastInsertRowid } = statement.run(args);
        return resultOf({ rowsAffected: changes, lastInsertRowid: BigInt(lastInsertRowid) });
      }
      // Asked for as lists of values (`raw`).
      const rows = statement.all(args) as unknown[][];
      return resultOf({ columns: [...columns], columnTypes: [...types], rows: rows.map((values) => rowOf(values, columns)) });
    } catch (error) {
      // What failed half way is not said again: it goes with the next collection.
      this.#prepared.delete(sql);
      throw explained(error);
    }
  }

  /** Runs several statements. They may change tables, so everything is compiled anew after it. */
  script(statements: string): void {
    this.#prepared.clear();
    try {
      this.#database.exec(statements);
    } catch (error) {
      throw explained(error);
    } finally {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    }
  }

  /** Closes the connection and opens another. */
  renew(): void {
    this.close();
    this.#database = open(this.#opening);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) {
      // The map's order is that of the last use.
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const prepared = prepare(this.#database, sql);
    if (sql.length > longestKept) return prepared;
    this.#prepared.set(sql, prepared);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > keptStatements && oldest !== undefined) this.#prepared.delete(oldest);
    return prepared;
  }
}

function open({ path, encryptionKey }: Opening): Handle {
  // The type of the options lacks the key.
  const options: object = encryptionKey === undefined ? {} : { encryptionKey };
  try {
    return new Database(path, options);
  } catch (error) {
    throw explained(error);
  }
}

function prepare(database: Handle, sql: string): Prepared {
  // Whole numbers as bigint: as numbers they would silently be rounded.
  const statement = database.prepare(sql).safeIntegers(true);
  if (!statement.reader) return { statement, columns: null, types: [] };
  statement.raw(true);
  const columns = statement.columns();
  return { statement, columns: columns.map(({ name }) => name), types: columns.map(({ type }) => type ?? '') };
}

const resultOf = (given: Partial<Omit<ResultSet, 'toJSON'>>): ResultSet => {
  const result = { columns: [], columnTypes: [], rows: [], rowsAffected: 0, lastInsertRowid: undefined, ...given };
  return { ...result, toJSON: () => result };
};

/** Values by their place and by their name, as libsql's clients give them. */
function rowOf(values: readonly unknown[], columns: readonly string[]): Row {
  const row: Row = { length: values.length };
  values.forEach((given, place) => {
    const value = valueOf(given);
    row[place] = value;
    row[columns[place] ?? ''] ??= value;
  });
  return row;
}

/** Whole numbers as numbers and bytes as an ArrayBuffer. Throws RangeError where a number would not be the same any more. */
function valueOf(given: unknown): Value {
  if (typeof given === 'bigint') {
    const number = Number(given);
    if (!Number.isSafeInteger(number)) throw new RangeError('A whole number in the database is too long for JavaScript.');
    return number;
  }
  // SQLite gives nothing else than these.
  return Buffer.isBuffer(given) ? new Uint8Array(given).buffer : (given as string | number | null);
}

// The codes of SQLite, by which faults are told apart: https://www.sqlite.org/rescode.html
const explained = (error: unknown): unknown =>
  error instanceof Database.SqliteError ? new LibsqlError(error.message, error.code, error.code, error.rawCode, error) : error;
