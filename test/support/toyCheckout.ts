import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What came of a run of a script. */
export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A script under way. */
export interface Running {
  readonly pid: number;
  /** Resolves when stdout or stderr holds the text. */
  shows(text: string): Promise<void>;
  readonly done: Promise<Run>;
}

/** A tiny checkout in a temp folder: the real set-up scripts, a toy program, and an npm that only notes that it was called. */
export interface ToyCheckout {
  readonly folder: string;
  write(file: string, text: string): void;
  /** The arguments of every call of npm so far. */
  npmCalls(): string[];
  /** Whether an npm under way was told to stop. */
  npmWasStopped(): boolean;
  start(options?: { script?: string; args?: string[]; node?: string[]; env?: Record<string, string>; shell?: boolean }): Running;
  remove(): void;
}

// The fake npm "installs" one package: the real esbuild.
const fakeNpm = `
const fs = require('node:fs');
process.on('SIGTERM', () => { fs.writeFileSync('npm.stopped', ''); process.exit(143); });
fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
setTimeout(() => {
  if (process.env.NPM_FAILS) { console.error('npm error ENOTFOUND registry'); process.exit(1); }
  fs.rmSync('node_modules', { recursive: true, force: true });
  fs.mkdirSync('node_modules');
  fs.symlinkSync(${JSON.stringify(join(root, 'node_modules/esbuild'))}, 'node_modules/esbuild');
  const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  if (process.argv.includes('--omit=dev')) for (const [path, entry] of Object.entries(lock.packages)) if (entry.dev) delete lock.packages[path];
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock));
}, Number(process.env.NPM_TAKES ?? 0));
`;

/** The lock file of the toy, wanting one version of its one dependency. */
export const lockFile = (version: string): string =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/esbuild': { version },
      'node_modules/tester': { version: '1.0.0', dev: true },
      'node_modules/elsewhere': { version: '1.0.0', optional: true },
    },
  });

/** Makes one. Remove it when done. */
export function toyCheckout(): ToyCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'linli-toy-'));
  const path = (file: string): string => join(folder, file);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
  };
  for (const part of ['scripts/start.mjs', 'scripts/chat.mjs', 'scripts/run.mjs', 'scripts/setup.mjs', 'scripts/setup']) {
    cpSync(join(root, part), path(part), { recursive: true });
  }
  for (const locale of ['zh-CN', 'en']) cpSync(join(root, `locales/${locale}/setup.json`), path(`locales/${locale}/setup.json`));
  write('scripts/prisma-generate.mjs', 'export const generateClients = () => false;');
  write('package.json', '{ "type": "module" }');
  write('package-lock.json', lockFile('1.0.0'));
  write('npm/package.json', '{ "type": "commonjs" }');
  write('npm/npm-cli.js', fakeNpm);
  write('src/main.ts', "console.log('hello' satisfies string);");

  return {
    folder,
    write,
    npmCalls: () => (existsSync(path('npm.log')) ? readFileSync(path('npm.log'), 'utf8').trim().split('\n') : []),
    npmWasStopped: () => existsSync(path('npm.stopped')),
    start({ script = 'start', args = [], node = [], env = {}, shell = false } = {}) {
      const command = [process.execPath, ...node, path(`scripts/${script}.mjs`), ...args];
      // A shell that does not simply become the command, as the one that npm starts.
      const [program = '', ...rest] = shell ? ['sh', '-c', `${command.map((word) => `'${word}'`).join(' ')}; :`] : command;
      const child = spawn(program, rest, {
        cwd: folder,
        env: { PATH: process.env['PATH'], npm_execpath: path('npm/npm-cli.js'), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      return {
        pid: child.pid ?? 0,
        shows: (text) =>
          new Promise((resolve, reject) => {
            const look = (): void => {
              if (stdout.includes(text) || stderr.includes(text)) resolve();
            };
            child.stdout.on('data', look);
            child.stderr.on('data', look);
            child.stdout.once('end', () => reject(new Error(`It ended without "${text}": ${stdout}${stderr}`)));
            look();
          }),
        done: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))),
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
