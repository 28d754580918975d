// Everything that a fresh clone lacks, done only where it is missing. Built-ins only: there may be no dependencies yet.
import { join } from 'node:path';
import { ensureBuild, ensureClients } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { withLock } from './setup/lock.mjs';
import { root } from './setup/root.mjs';
import { say } from './setup/say.mjs';
import { exitOnSignals } from './setup/stop.mjs';

/** Brings the checkout to where dist/ can run; with `dev` also to where it can be tested and checked. One process at a time. */
export async function setUp({ dev }) {
  const carryOn = exitOnSignals();
  await withLock(
    join(root, 'dist', '.setup-lock'),
    {
      onWait: () => say('waiting'),
      onForbidden: () => {
        say('notWritable', { folder: root });
        process.exit(1);
      },
    },
    async () => {
      await ensureDependencies({ dev });
      if (dev) await ensureClients();
      await ensureBuild();
    },
  );
  carryOn();
}
