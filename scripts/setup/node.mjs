// Must run on any Node that knows modules, so that an old one gets a kind answer instead of a syntax error.
import { texts } from './say.mjs';

const needed = [20, 20];

/** Ends with code 2, and says why in both languages, where Node is older than what Linli runs on. */
export function ensureNode() {
  const found = process.versions.node;
  const [major, minor] = found.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  process.stderr.write(`${texts('oldNode', { found, needed: needed.join('.') }).join('\n')}\n`);
  process.exit(2);
}
