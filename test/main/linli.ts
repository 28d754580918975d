import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { variables } from '../../src/config.js';
import { quickFolder } from '../support/quickFolder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds once before the tests of a file, as `npm start` would, so that no start says that it is doing so. */
export function build(): void {
  const code = `import('./scripts/setup.mjs').then(({ setUp }) => setUp({ dev: false }))`;
  execFileSync(process.execPath, ['-e', code], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
}

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));

/** What the web chat shows of one message. */
export interface Shown {
  readonly id: string;
  readonly type: 'said' | 'pressed' | 'shown';
  readonly sender: string | null;
  readonly text: string;
  readonly clientId?: string;
}

/** Linli as `npm start` runs it: a process of its own. */
export interface Linli {
  /** Resolves with the address once it is ready; rejects with what it said when it ends before. */
  readonly url: Promise<string>;
  /** All that it said so far to whoever started it, and what it logged. */
  stdout(): string;
  stderr(): string;
  /** Resolves once it has said this. */
  says(text: string): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  /** Moves its clock on by five minutes, and resolves once it has gone on; only where it was started with one. */
  fiveMinutesLater(): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the signal, or else from the start, to the end. */
  readonly ms: number;
}

/** A folder with all that one Linli keeps, gone after the test. */
export async function makeHome(): Promise<{ readonly folder: string; readonly env: Record<string, string> }> {
  const folder = await mkdtemp(join(quickFolder, 'linli-main-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = { DATABASE_URL: `file:${join(folder, 'data/linli.db')}`, DATA_KEY_FILE: join(folder, 'keys/data.key'), HTTP_PORT: '0' };
  return { folder, env };
}

/** The environment in which Linli's clock begins at this instant (ISO 8601) and can be moved on. */
export const withClock = (instant: string): Record<string, string> => ({
  TEST_CLOCK: instant,
  NODE_OPTIONS: `--import=${new URL('clock.mjs', import.meta.url).href}`,
});

/** The environment in which Linli dies as of a SIGKILL when its SQLite database is about to be told what this matches. */
export const killedAt = (sql: string): Record<string, string> => ({
  TEST_KILL_AT: sql,
  NODE_OPTIONS: `--import=${new URL('killAt.mjs', import.meta.url).href}`,
});

/** What came of `npm run demo:reset` with these arguments. */
export const resetsDemo = (env: Record<string, string>, ...args: readonly string[]): Promise<Ended> =>
  startLinli(env, [], 'demo-reset.mjs', args).ended;

/** Starts it with exactly these settings, whatever the machine's own are. `before` is a command that runs it. Killed at the end of the test if need be. */
export function startLinli(
  env: Record<string, string>,
  before: readonly string[] = [],
  script = 'start.mjs',
  given: readonly string[] = [],
): Linli {
  const [program, ...args] = [...before, process.execPath, join(scripts, script)];
  // Blank counts as not set, and keeps a developer's .env out.
  const blank = Object.fromEntries(variables.map((name) => [name, '']));
  const child = spawn(program, [...args, ...given], { env: { ...process.env, ...blank, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let began = performance.now();
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const hear = (): void => listeners.forEach((listener) => listener());
  child.stdout.setEncoding('utf8').on('data', (text: string) => ((stdout += text), hear()));
  child.stderr.setEncoding('utf8').on('data', (text: string) => ((stderr += text), hear()));
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr, ms: performance.now() - began })),
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const find = (what: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const [, found] = what.exec(stdout) ?? [];
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      void ended.then(() => reject(new Error(`Linli ended before it said ${String(what)}:\n${stdout}\n${stderr}`)));
      look();
    });
  const says = async (text: string): Promise<void> => void (await find(new RegExp(`(${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')})`)));
  let moves = 0;
  const url = find(/(http:\/\/\S+\/)\n/);
  // Whoever expects it to end does not wait for an address.
  url.catch(() => undefined);

  return {
    url,
    stdout: () => stdout,
    stderr: () => stderr,
    says,
    stop: (signal = 'SIGTERM') => {
      began = performance.now();
      child.kill(signal);
      return ended;
    },
    fiveMinutesLater: () => {
      moves += 1;
      child.kill('SIGWINCH');
      return says(`(clock ${moves})`);
    },
    ended,
  };
}

let posted = 0;

/** Posts words as the page does; gives the answer's status, 0 when nobody answers. */
export async function say(url: string, as: string, text: string, { chat = `p-${as}`, clientId = '' } = {}): Promise<number> {
  const body = JSON.stringify({ as, chat, clientId: clientId || `test-${String((posted += 1)).padStart(6, '0')}`, text });
  const headers = { 'content-type': 'application/json' };
  return fetch(new URL('web/messages', url), { method: 'POST', headers, body }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => 0,
  );
}

/** What a person sees in a chat, oldest first. */
export async function history(url: string, as: string, chat = `p-${as}`): Promise<readonly Shown[]> {
  const response = await fetch(new URL(`web/history?as=${as}&chat=${encodeURIComponent(chat)}`, url));
  return ((await response.json()) as { messages: Shown[] }).messages; // the adapter's own tests check its shape
}

/** Waits until what the bot said last in a private chat holds this, and gives it. */
export async function answer(url: string, as: string, text: string): Promise<string> {
  for (;;) {
    const last = (await history(url, as)).findLast(({ sender }) => sender === null)?.text ?? '';
    if (last.includes(text)) return last;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
