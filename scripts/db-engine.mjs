// Prisma's schema engine as WebAssembly: compares models without a database server and without downloading a binary.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { migrationsFolder, tablesFor } from './db-model.mjs';

const filters = { externalTables: [], externalEnums: [] };
let bindings;

async function loadBindings() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')).replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

// The engine hands a whole migration to executeRaw, of which libsql would run the first statement only.
class WholeScripts extends PrismaLibSql {
  async connect() {
    return runWholeScripts(await super.connect());
  }
  async connectToShadowDb() {
    return runWholeScripts(await super.connectToShadowDb());
  }
}

function runWholeScripts(connection) {
  const executeRaw = connection.executeRaw.bind(connection);
  connection.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await connection.executeScript(query.sql);
    return 0;
  };
  return connection;
}

// Comparing two models asks a server only for its version, so a stand-in that answers that one question spares a running PostgreSQL.
function postgresStandIn() {
  const connection = {
    provider: 'postgres',
    adapterName: 'stand-in',
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 16.0', 160000]],
    }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    startTransaction: async () => {
      throw new Error('The stand-in for PostgreSQL cannot run statements.');
    },
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: async () => {},
  };
  const connect = async () => connection;
  return { provider: 'postgres', adapterName: 'stand-in', connect, connectToShadowDb: connect };
}

/** A schema engine on a driver adapter factory (SQLite in memory, or the stand-in, unless given). */
export async function openEngine(provider, model, factory) {
  bindings ??= loadBindings();
  const { SchemaEngine } = await bindings;
  const own = provider === 'sqlite' ? new WholeScripts({ url: ':memory:' }) : postgresStandIn();
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', tablesFor(provider, model)]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory ?? own),
  );
}

/** Wraps a model as one side of a comparison; undefined is the empty database. */
export const asTarget = (provider, model) =>
  model === undefined
    ? { tag: 'empty' }
    : { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: tablesFor(provider, model) }] };

/** Migrations in the form the engine takes. */
export const asMigrationList = (provider, migrations) => ({
  baseDir: `${migrationsFolder}/${provider}`,
  lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
});

/** SQL that leads from one side to the other; undefined when they are the same. */
export async function difference(provider, model, from, to, factory) {
  const engine = await openEngine(provider, model, factory);
  const { exitCode, stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters });
  if (exitCode === 0) return undefined;
  // The schema "public" is always there, and naming it needs a right that a careful server does not give.
  return (stdout ?? '').replace('-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n', '');
}
