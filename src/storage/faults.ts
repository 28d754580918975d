import { DeadlineError, StorageError, type StorageErrorCode } from './errors.js';

/** Which database a fault came from; their codes mean different things. */
export type Provider = 'sqlite' | 'postgresql';

type Details = Readonly<Record<string, unknown>>;

const sqliteCodes: Readonly<Record<number, StorageErrorCode>> = {
  3: 'readOnly', // SQLITE_PERM
  5: 'locked', // SQLITE_BUSY
  6: 'locked', // SQLITE_LOCKED
  8: 'readOnly', // SQLITE_READONLY
  10: 'unreachable', // SQLITE_IOERR
  11: 'corrupt', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  14: 'unreachable', // SQLITE_CANTOPEN
  26: 'wrongKey', // SQLITE_NOTADB
};

const postgresCodes: Readonly<Record<string, StorageErrorCode>> = {
  '25006': 'readOnly', // read_only_sql_transaction
  '53100': 'full', // disk_full
  '53200': 'full', // out_of_memory
  '55P03': 'locked', // lock_not_available
  '57P01': 'unreachable', // admin_shutdown
  '57P02': 'unreachable', // crash_shutdown
  '57P03': 'unreachable', // cannot_connect_now
  XX001: 'corrupt', // data_corrupted
  XX002: 'corrupt', // index_corrupted
};
const queryCanceled = '57014';

const unreachableKinds = new Set([
  'DatabaseNotReachable',
  'DatabaseDoesNotExist',
  'DatabaseAccessDenied',
  'AuthenticationFailed',
  'TooManyConnections',
  'TlsConnectionError',
  'ConnectionClosed',
  'SocketTimeout',
]);
const unreachableSocket = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);
// The driver gives these two no code.
const unreachableMessage = /connection terminated|timeout exceeded when trying to connect/i;

const fileCodes: Readonly<Record<string, StorageErrorCode>> = {
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EEXIST: 'unreachable',
  ENOTDIR: 'unreachable',
  EISDIR: 'unreachable',
};

/** Turns what a driver threw into a fault that an operator understands; anything else comes back as it was. */
export function explainFault(provider: Provider, error: unknown, deadlineMs = 0): unknown {
  if (error instanceof StorageError || error instanceof DeadlineError) return error;
  const layers = layersOf(error);
  if (provider === 'postgresql' && layers.some((layer) => postgresCodeOf(layer) === queryCanceled)) return new DeadlineError(deadlineMs);
  const code = layers.map(provider === 'sqlite' ? fromSqlite : fromPostgres).find((found) => found !== undefined);
  return code === undefined ? error : new StorageError(code, { cause: error });
}

/** The same for a fault of the file system around the database file. */
export function explainFileFault(error: unknown): unknown {
  const code = layersOf(error)
    .map((layer) => fileCodes[String(layer['code'])])
    .find((found) => found !== undefined);
  return code === undefined ? explainFault('sqlite', error) : new StorageError(code, { cause: error });
}

/** Prisma wraps the driver's error: in `cause`, or in `meta.driverAdapterError`. */
function layersOf(error: unknown): Details[] {
  const layers: Details[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && layers.length < 8) {
    const next = waiting.shift();
    if (!isDetails(next)) continue;
    layers.push(next);
    waiting.push(next['cause'], isDetails(next['meta']) ? next['meta']['driverAdapterError'] : undefined);
  }
  return layers;
}

function fromSqlite(layer: Details): StorageErrorCode | undefined {
  const raw = layer['extendedCode'] ?? layer['rawCode'] ?? layer['originalCode'];
  return raw === undefined ? undefined : sqliteCodes[Number(raw) & 0xff];
}

function fromPostgres(layer: Details): StorageErrorCode | undefined {
  const { kind, code, message } = layer;
  if (unreachableKinds.has(String(kind)) || unreachableSocket.has(String(code))) return 'unreachable';
  if (typeof message === 'string' && unreachableMessage.test(message)) return 'unreachable';
  return postgresCodes[postgresCodeOf(layer)];
}

const postgresCodeOf = (layer: Details): string => String(layer['originalCode'] ?? layer['code']);

const isDetails = (value: unknown): value is Details => typeof value === 'object' && value !== null;
