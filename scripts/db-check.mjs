// npm run db:check — tells when the PostgreSQL twin or the migrations no longer lead to prisma/schema.prisma. Needs no server.
import { asMigrationList, asTarget, difference } from './db-engine.mjs';
import { providers, readIfThere, readMigrations, readModel, snapshotFile, twinFile, twinOf } from './db-model.mjs';

const model = readModel();
const faults = [];

if (readIfThere(twinFile) !== twinOf(model)) faults.push('prisma/postgresql/schema.prisma is not what prisma/schema.prisma makes.');

const snapshot = readIfThere(snapshotFile);
if (snapshot === undefined) faults.push('prisma/migrations/schema.prisma is missing.');
for (const provider of providers) {
  const missing = await difference(provider, model, asTarget(provider, snapshot), asTarget(provider, model));
  if (missing !== undefined) faults.push(`prisma/schema.prisma has changes that no ${provider} migration makes yet:\n${indent(missing)}`);
}

// SQLite runs in memory, so here the migrations themselves are run and compared, not only the snapshot.
const list = { tag: 'migrations', ...asMigrationList('sqlite', readMigrations('sqlite')) };
const drift = await difference('sqlite', model, list, asTarget('sqlite', snapshot ?? model));
if (drift !== undefined) faults.push(`The sqlite migrations do not lead to the model they were written for; missing:\n${indent(drift)}`);

const [sqliteNames, postgresNames] = providers.map((provider) =>
  readMigrations(provider)
    .map(({ name }) => name)
    .join('\n'),
);
if (sqliteNames !== postgresNames)
  faults.push('prisma/migrations/sqlite and prisma/migrations/postgresql do not hold the same migrations.');

if (faults.length > 0) {
  console.error(faults.join('\n\n'));
  console.error('\nRun: npm run db:migration NAME');
  process.exitCode = 1;
} else {
  console.log('Model, twin schema and migrations agree.');
}

function indent(text) {
  return text.trim().replaceAll(/^/gm, '    ');
}
