// npm run check: everything that can be known without running the program. All failures are shown, not only the first.
import { spawnSync } from 'node:child_process';
import { ensureNode } from './setup/node.mjs';
import { root } from './setup/root.mjs';

ensureNode();
const { setUp } = await import('./setup.mjs');
await setUp({ dev: true });

const checks = {
  types: ['typescript7/bin/tsc', '-p', 'tsconfig.json'],
  lint: ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  unused: ['knip/bin/knip.js', '--no-progress'],
  architecture: ['dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs'],
  database: ['../scripts/db-check.mjs'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}`);
  process.exit(2);
}

const failed = [];
for (const [name, [script, ...args]] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  console.log(`${status === 0 ? '✓' : '✗'} ${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push({ name, output: `${stdout}${stderr}`.trim() });
}
for (const { name, output } of failed) console.log(`\n── ${name}\n${output}`);
console.log(failed.length === 0 ? '\ncheck: all well' : `\ncheck: failed: ${failed.map(({ name }) => name).join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
