import { Prisma } from './generated/sqlite/client.js';

/**
 * Raw SQL with safe values, for both databases: `tx.$queryRaw(sql\`SELECT … WHERE "uid" = ${uid}\`)`.
 * Names stand in double quotes; inserts that may collide say ON CONFLICT DO NOTHING RETURNING, because a failed statement ends its transaction.
 */
export const sql = Prisma.sql;
/** A list of values or pieces of SQL, separated by commas. Refuses an empty list. */
export const join = Prisma.join;
/** A piece of SQL that is nothing. */
export const empty = Prisma.empty;
/** Text taken as SQL as it is. Never for anything that came from outside. */
export const raw = Prisma.raw;
