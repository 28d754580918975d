// npm run db:migration NAME — writes the migrations that lead from the last one to prisma/schema.prisma, for both databases.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asTarget, difference } from './db-engine.mjs';
import { migrationsFolder, providers, readIfThere, readModel, snapshotFile, twinFile, twinOf } from './db-model.mjs';
import { generateClients } from './prisma-generate.mjs';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{1,60}$/.test(name)) {
  console.error('A migration needs a name of small letters, digits and _, for example: npm run db:migration add_surveys');
  process.exit(2);
}

const model = readModel();
const before = readIfThere(snapshotFile);
mkdirSync(dirname(twinFile), { recursive: true });
writeFileSync(twinFile, twinOf(model));
generateClients();

const scripts = [];
for (const provider of providers) {
  const sql = await difference(provider, model, asTarget(provider, before), asTarget(provider, model));
  if (sql !== undefined) scripts.push({ provider, sql });
}

if (scripts.length === 0) {
  // Comments of the model may have changed: the snapshot follows them.
  if (before !== undefined) writeFileSync(snapshotFile, model);
  console.log('Nothing to do: the migrations already lead to prisma/schema.prisma.');
} else {
  const folder = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`;
  // Both sides get a migration even when only one changes, so that their lists of names stay the same.
  for (const provider of providers) {
    const sql = scripts.find((script) => script.provider === provider)?.sql ?? '-- Nothing to change here.\n';
    const target = join(migrationsFolder, provider, folder);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'migration.sql'), sql);
    writeFileSync(join(migrationsFolder, provider, 'migration_lock.toml'), `provider = "${provider}"\n`);
    console.log(`Written: prisma/migrations/${provider}/${folder}/migration.sql`);
  }
  writeFileSync(snapshotFile, model);
}
