import type { PrismaClient } from './generated/sqlite/client.js';
import type { OpenDatabase } from './database.js';
import type { StorageOptions } from './storage.js';

/** Opens a pool on a PostgreSQL server. A statement that waits for a lock gives up after `lockMs`. */
export async function openPostgres({ url, maxConnections = 10 }: StorageOptions, lockMs: number): Promise<OpenDatabase> {
  // Loaded only where it is used: a client costs half a second and much memory.
  const [{ PrismaPg }, generated] = await Promise.all([import('@prisma/adapter-pg'), import('./generated/postgresql/client.js')]);
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: 10_000,
      lock_timeout: lockMs,
      statement_timeout: Math.max(10_000, lockMs),
      // Frees the locks of a process that is stopped but not dead.
      idle_in_transaction_session_timeout: 15_000,
      application_name: 'linli',
    },
    { statementNameGenerator: createStatementNames() },
  );
  const client = new generated.PrismaClient({ adapter, errorFormat: 'minimal' });
  return {
    provider: 'postgresql',
    // Both clients are generated from one model, so that they differ only in the names of their types; the code is typed by SQLite's.
    client: client as unknown as PrismaClient,
    file: undefined,
    // Plain queries find a connection even when every transaction is busy.
    transactions: Math.max(1, maxConnections - 2),
    close: () => client.$disconnect(),
  };
}

// A turn says the same sentences with other values: planning them anew takes a good part of its time on the server.
const keptStatements = 300;
// Lists of many values are seldom as long again.
const longestKept = 4_000;
const worthKeeping = 3;

/**
 * Names by which the server keeps what it has planned, on each connection for its life. So a text gets one when it comes for the third
 * time, and only the first 300 do; the empty name keeps nothing.
 */
function createStatementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= keptStatements || sql.length > longestKept) return known ?? '';
    const count = (uses.get(sql) ?? 0) + 1;
    // Texts that never come again must not pile up.
    if (uses.size >= 1_000) uses.clear();
    uses.set(sql, count);
    if (count < worthKeeping) return '';
    uses.delete(sql);
    const name = `linli_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
