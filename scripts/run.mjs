import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { setUp } from './setup.mjs';
import { root } from './setup/root.mjs';
import { say } from './setup/say.mjs';
import { hearStopOnce, stopWithParent } from './setup/stop.mjs';

/** Sets up what is missing and runs one entry of dist/ in this same process, so that no signal and no exit code is lost on the way. */
export async function run(entry) {
  process.chdir(root);
  stopWithParent();
  await setUp({ dev: false });
  readEnvFile();
  hearStopOnce();
  process.setSourceMapsEnabled(true);
  // Prisma's query compiler is WebAssembly: compiling it a second time, for speed, takes some 70 MB for as long as Linli runs
  // and saves about 4% of the CPU time of a turn with many typed queries.
  setFlagsFromString('--liftoff-only');
  // Left to itself, V8 lets garbage grow to several times of what is in use before it collects: 320 MB in 10,000 turns, where 230 do as
  // well and as fast. Half as much again is room enough.
  setFlagsFromString('--heap-growing-percent=50');
  await import(pathToFileURL(join(root, 'dist', entry)).href);
}

function readEnvFile() {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch {
    say('envUnreadable');
    process.exit(2);
  }
}
