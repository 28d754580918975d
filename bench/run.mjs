// What npm run bench runs once everything is there: all rows, or those that are named.
import { createDatabases } from './support/databases.mjs';
import { report, tableOf } from './support/report.mjs';
import { loadRow, rows } from './rows.mjs';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !rows.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${rows.join(', ')}`);
  process.exit(2);
}

const databases = createDatabases();
try {
  const results = [];
  for (const name of wanted.length > 0 ? wanted : rows) {
    const { about, run } = await loadRow(name);
    const start = performance.now();
    const lines = await run({ databases });
    results.push({ name, about, lines });
    console.error(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  console.log(tableOf(results));
  for (const { why } of results.flatMap(({ lines }) => lines)) if (why !== undefined) console.log(`\n${why}`);
  // A part of the table would be taken for the whole.
  if (wanted.length === 0) await report(results, await databases.postgresVersion());
} finally {
  await databases.close();
}
process.exit(0);
