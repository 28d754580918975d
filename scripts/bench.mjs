// npm run bench: everything that measuring needs, then the rows named, or all of them. Never a part of npm test.
import { ensureNode } from './setup/node.mjs';

ensureNode();
const { setUp } = await import('./setup.mjs');
await setUp({ dev: true });
const { setUpBench } = await import('../bench/support/setUp.mjs');
await setUpBench();
await import('../bench/run.mjs');
