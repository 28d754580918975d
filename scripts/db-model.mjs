// Where the model and what is made from it lie, and how the PostgreSQL twin is made. Built-ins only: the start script uses this too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const providers = ['sqlite', 'postgresql'];
export const modelFile = join(root, 'prisma/schema.prisma');
export const twinFile = join(root, 'prisma/postgresql/schema.prisma');
export const migrationsFolder = join(root, 'prisma/migrations');
/** The model as the newest migration left it: what the next migration starts from. */
export const snapshotFile = join(migrationsFolder, 'schema.prisma');

export const readModel = () => readFileSync(modelFile, 'utf8');
export const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** The same model for one provider, as text. */
export function modelFor(provider, model) {
  if (provider === 'sqlite') return model;
  const swapped = replaceOnce(model, 'provider = "sqlite"', 'provider = "postgresql"');
  return replaceOnce(swapped, '"../src/storage/generated/sqlite"', '"../../src/storage/generated/postgresql"');
}

/**
 * The model from which one provider's tables are made. SQLite numbers rows only in an INTEGER key, which Prisma writes for Int alone;
 * an INTEGER holds 64 bits there, so the clients read it as the BigInt that the model says.
 */
export function tablesFor(provider, model) {
  const own = modelFor(provider, model);
  return provider === 'sqlite' ? own.replaceAll(/\bBigInt(?=\s+@id\s+@default\(autoincrement\(\)\))/g, 'Int') : own;
}

/** The text of the twin schema file. */
export function twinOf(model) {
  return `// Generated from prisma/schema.prisma by npm run db:migration. Do not edit.\n\n${modelFor('postgresql', model)}`;
}

/** The migrations of one provider, oldest first. */
export function readMigrations(provider) {
  const folder = join(migrationsFolder, provider);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
}

function replaceOnce(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`prisma/schema.prisma must hold ${from} exactly once.`);
  return parts.join(to);
}
