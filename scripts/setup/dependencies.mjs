import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { say } from './say.mjs';

/**
 * Installs what running needs, and with `dev` what testing needs, unless it is there as package-lock.json wants it. Ends with code 1 where
 * npm fails. `folder` is another package of the checkout.
 */
export async function ensureDependencies({ dev, folder = root }) {
  const wanted = packagesIn(join(folder, 'package-lock.json'));
  const present = packagesIn(join(folder, 'node_modules/.package-lock.json'));
  // A developer's tools are not taken away by a start.
  const withDev = dev || Object.values(present ?? {}).some((entry) => entry.dev);
  if (present !== undefined && agree(wanted, present, withDev)) return;

  say(withDev ? 'installingAll' : 'installing');
  // Not `npm ci`: that refuses a lock file made where the registry did not offer the tools' binaries for every other platform,
  // and takes node_modules away from under a Linli that runs. With --no-save the lock file is obeyed and stays as it is.
  const scope = withDev ? '--include=dev' : '--omit=dev';
  const { code, output } = await npm(folder, ['install', '--no-save', scope, '--ignore-scripts', '--no-audit', '--no-fund']);
  if (code === 0) return;
  process.stderr.write(`${output}\n`);
  say('installFailed');
  process.exit(1);
}

// npm notes in node_modules/.package-lock.json what it put there, and does so last: an install that was cut short has none.
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function agree(wanted, present, dev) {
  return Object.entries(wanted).every(([path, entry]) => {
    const needed = path !== '' && !entry.optional && (dev || !(entry.dev || entry.devOptional));
    return !needed || present[path]?.version === entry.version;
  });
}

function npm(cwd, args) {
  const script = process.env.npm_execpath;
  const byNode = script !== undefined && script.endsWith('npm-cli.js');
  const options = { cwd, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = byNode
    ? spawn(process.execPath, [script, ...args], options)
    : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
  const stop = () => child.kill();
  process.once('exit', stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => {
      process.off('exit', stop);
      resolve({ code, output });
    });
  });
}
