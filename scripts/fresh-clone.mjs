// npm run fresh: what a newcomer lives through. Clones the last commit into an empty folder with an empty npm cache, runs npm start until
// it is ready, stops it, starts it again, runs npm test, and prints how long each took. Ends with 1 when one of them failed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './setup/root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'linli-fresh-'));
const checkout = join(folder, 'linli');
const port = await freePort();
// Without the npm_ variables of the npm that runs this script: they would tell the new one what to do.
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
const env = { ...inherited, npm_config_cache: join(folder, 'npm-cache'), HTTP_PORT: String(port) };
const times = {};
let failed = false;

try {
  spawnSync('git', ['clone', '--quiet', root, checkout], { stdio: 'inherit' });
  await startAndStop('npm start, first');
  await startAndStop('npm start, second');
  await timed('npm test', async () => (await ended(npm(['test']))) === 0);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\nNode ${process.versions.node}`);
for (const [name, line] of Object.entries(times)) console.log(`${name}: ${line}`);
process.exit(failed ? 1 : 0);

async function startAndStop(name) {
  const linli = npm(['start']);
  const gone = ended(linli);
  await timed(`${name}, until ready`, () => ready(gone));
  await timed(`${name}, stopping`, async () => {
    linli.kill('SIGTERM');
    await gone;
    return true;
  });
}

async function timed(name, work) {
  const start = performance.now();
  const well = await work();
  times[name] = `${((performance.now() - start) / 1000).toFixed(1)} s${well ? '' : ', FAILED'}`;
  failed ||= !well;
}

function npm(args) {
  const child = spawn('npm', args, { cwd: checkout, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  child.stdout.pipe(process.stdout, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  return child;
}

// Not `exit`: npm may be gone before what it started, which holds the same pipes.
function ended(child) {
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

async function ready(gone) {
  let over = false;
  void gone.then(() => (over = true));
  while (!over) {
    if (await answers()) return true;
    await pause(50);
  }
  return false;
}

async function answers() {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}
