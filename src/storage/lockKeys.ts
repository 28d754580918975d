import { createHash } from 'node:crypto';
import { join, sql } from './sql.js';
import type { Storage, Tx } from './storage.js';

/**
 * Makes other transactions that lock one of these keys wait until this one ends. Call it before the first read.
 * Locks are always taken in the same order, so two calls never wait for each other. On SQLite there is nothing to do: transactions run one by one.
 */
export async function lockKeys(tx: Tx, { provider }: Pick<Storage, 'provider'>, keys: readonly string[]): Promise<void> {
  if (provider === 'sqlite' || keys.length === 0) return;
  const numbers = [...new Set(keys.map(numberOf))].sort((a, b) => (a < b ? -1 : 1));
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock("key") FROM unnest(ARRAY[${join(numbers)}]::bigint[]) AS "key"`);
}

const numberOf = (key: string): bigint => createHash('sha256').update(key).digest().readBigInt64BE(0);
