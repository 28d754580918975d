import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../scripts/setup/root.mjs';

/** A folder of its own for what one Linli keeps. */
export async function makeHome() {
  const folder = await mkdtemp(join(tmpdir(), 'linli-bench-home-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs `npm start` as a person would and waits until `/readyz` says yes. `ms` is the time that took; `settings` tells more of its environment, by its address. */
export async function startLinli({ folder }, settings = () => ({})) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    DATABASE_URL: `file:${join(folder, 'data/linli.db')}`,
    DATA_KEY_FILE: join(folder, 'keys/data.key'),
    HTTP_PORT: String(port),
    LOG_LEVEL: 'error',
    ...settings(url),
  };
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let over = false;
  void ended.then(() => (over = true));
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (over) throw new Error('Linli ended before it was ready.');
    await pause(10);
  }
  const ms = performance.now() - began;
  const pid = lastDescendant(child.pid);
  return {
    url,
    ms,
    /** Resident memory of the process itself, without npm, in bytes. */
    resident: () => Number(ps(['-o', 'rss=', '-p', String(pid)])) * 1024,
    stop: async () => {
      process.kill(pid, 'SIGTERM');
      await ended;
    },
  };
}

/** How long `npm start` of a package that does nothing takes, ms. */
export function startNothing({ folder }) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, scripts: { start: 'node --eval 0' } }));
  const began = performance.now();
  spawnSync('npm', ['start', '--silent'], { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32' });
  return performance.now() - began;
}

/** `npm start` runs a shell that runs Node: the last of them is Linli. */
function lastDescendant(pid) {
  const child = ps(['-A', '-o', 'pid=,ppid='])
    .split('\n')
    .map((line) => line.trim().split(/\s+/u).map(Number))
    .find(([, parent]) => parent === pid);
  return child === undefined ? pid : lastDescendant(child[0]);
}

const ps = (args) => spawnSync('ps', args, { encoding: 'utf8' }).stdout;
