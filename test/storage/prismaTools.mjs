// Looks at a migrated database through Prisma's own schema engine. Prints what `prisma migrate deploy` would do, and the SQL of the model.
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaPg } from '@prisma/adapter-pg';
import { asMigrationList, asTarget, difference, openEngine } from '../../scripts/db-engine.mjs';
import { readMigrations, readModel } from '../../scripts/db-model.mjs';

const [, , provider, url] = process.argv;
const model = readModel();
const factory = provider === 'sqlite' ? new PrismaLibSql({ url }) : new PrismaPg({ connectionString: url });
const filters = { externalTables: [], externalEnums: [] };
const engine = await openEngine(provider, model, factory);
const list = { migrationsList: asMigrationList(provider, readMigrations(provider)), filters };
const { appliedMigrationNames } = await engine.applyMigrations(list);
const history = await engine.diagnoseMigrationHistory({ ...list, optInToShadowDatabase: false });
const { editedMigrationNames, failedMigrationNames, hasMigrationsTable } = history;
const modelSql = await difference(provider, model, asTarget(provider, undefined), asTarget(provider, model));
console.log(JSON.stringify({ appliedMigrationNames, editedMigrationNames, failedMigrationNames, hasMigrationsTable, modelSql }));
process.exit(0);
