import { ensureNode } from './setup/node.mjs';

ensureNode();
const { run } = await import('./run.mjs');
await run('demoResetMain.js');
