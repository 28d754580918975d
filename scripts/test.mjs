// npm test: everything that testing needs, then vitest with the arguments given.
import { spawn } from 'node:child_process';
import { ensureNode } from './setup/node.mjs';
import { root } from './setup/root.mjs';

ensureNode();
const { setUp } = await import('./setup.mjs');
await setUp({ dev: true });

const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// The terminal tells vitest itself; this process only waits for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => vitest.kill('SIGTERM'));
vitest.once('exit', (code) => process.exit(code ?? 1));
