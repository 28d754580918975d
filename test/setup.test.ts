import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFile, toyCheckout, type ToyCheckout } from './support/toyCheckout.js';

let toy: ToyCheckout;
beforeEach(() => {
  toy = toyCheckout();
});
afterEach(() => toy.remove());

const install = 'install --no-save --omit=dev --ignore-scripts --no-audit --no-fund';
const installAll = 'install --no-save --include=dev --ignore-scripts --no-audit --no-fund';

/** Code given to Node before anything else. */
const before = (code: string): string[] => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
const tellSpawns = before(`
  import { ChildProcess } from 'node:child_process';
  const spawn = ChildProcess.prototype.spawn;
  ChildProcess.prototype.spawn = function (options) { console.log('spawned'); return spawn.call(this, options); };
`);

describe('a start', () => {
  test('on an old Node says so in two languages, ends with 2 and touches nothing', async () => {
    const old = before(`Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })`);
    const { code, stdout, stderr } = await toy.start({ node: old }).done;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^邻里需要 Node\.js 20\.20 .*18\.20\.4/),
      expect.stringMatching(/^Linli needs Node\.js 20\.20 .*18\.20\.4/),
    ]);
    expect(toy.npmCalls()).toEqual([]);
    expect(existsSync(join(toy.folder, 'dist'))).toBe(false);
  });

  test.each(['20.20.0', '22.0.0'])('on Node %s goes on', async (version) => {
    const other = before(`Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`);
    expect((await toy.start({ node: other }).done).stdout).toBe('hello\n');
  });

  test('on a fresh clone installs, builds, runs, and says what it is doing', async () => {
    const { code, stdout, stderr } = await toy.start().done;
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'hello\n' });
    expect(stderr.trim().split('\n')).toEqual([
      '正在安装需要的组件（第一次约一分钟）… · Installing what Linli needs (about a minute the first time)…',
      '正在准备程序（几秒钟）… · Preparing the program (a few seconds)…',
    ]);
    expect(toy.npmCalls()).toEqual([install]);
  });

  test('is silent and starts no process when nothing changed', async () => {
    const first = await toy.start({ node: tellSpawns }).done;
    expect(first.stdout).toContain('spawned');
    expect(await toy.start({ node: tellSpawns }).done).toEqual({ code: 0, signal: null, stdout: 'hello\n', stderr: '' });
    expect(toy.npmCalls()).toEqual([install]);
  });

  test('builds again when the source changed, and leaves nothing old behind', async () => {
    await toy.start().done;
    toy.write('dist/old.js', 'export {};');
    toy.write('src/main.ts', "import { word } from './word.js'; console.log(word);");
    toy.write('src/word.ts', "export const word = 'again';");
    expect((await toy.start().done).stdout).toBe('again\n');
    expect(readdirSync(join(toy.folder, 'dist'))).not.toContain('old.js');
    expect(toy.npmCalls()).toEqual([install]);
  });

  test('installs again when the lock file changed', async () => {
    await toy.start().done;
    toy.write('package-lock.json', lockFile('1.0.1'));
    await toy.start().done;
    expect(toy.npmCalls()).toEqual([install, install]);
  });

  test('keeps a developer their tools', async () => {
    await toy.start().done;
    toy.write('node_modules/.package-lock.json', lockFile('1.0.0'));
    await toy.start().done;
    expect(toy.npmCalls()).toEqual([install]);
    toy.write('package-lock.json', lockFile('1.0.1'));
    await toy.start().done;
    expect(toy.npmCalls()).toEqual([install, installAll]);
  });

  test('shows what npm said when it fails, and tries again the next time', async () => {
    const { code, stdout, stderr } = await toy.start({ env: { NPM_FAILS: '1' } }).done;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('npm error ENOTFOUND registry');
    expect(stderr).toContain('请检查网络和磁盘空间');
    expect((await toy.start().done).stdout).toBe('hello\n');
  });

  test('does not run what does not build', async () => {
    toy.write('src/main.ts', 'const = 1;');
    const { code, stderr } = await toy.start().done;
    expect(code).toBe(1);
    expect(stderr).toContain('src/main.ts:1:6');
    expect(stderr).toContain('The program could not be prepared');
  });

  test('in a folder that this user may not write says so in two languages, and ends with 1', () => {
    chmodSync(toy.folder, 0o555);
    // Root may write everywhere; without that right it is a user like any other.
    const asUser = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
    const [program, ...args] = [...asUser, process.execPath, join(toy.folder, 'scripts/start.mjs')];
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    chmodSync(toy.folder, 0o755);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^邻里所在的文件夹（.*）不让现在这个用户写.* · This user may not write in Linli's folder/u),
    ]);
  });

  test('passes the exit code on, and reads .env below the real environment', async () => {
    toy.write('.env', 'PLACE=file\nKIND=file\n');
    toy.write('src/main.ts', 'console.log(process.env.PLACE, process.env.KIND); process.exit(7);');
    const { code, stdout } = await toy.start({ env: { KIND: 'real' } }).done;
    expect({ code, stdout }).toEqual({ code: 7, stdout: 'file real\n' });
  });

  test('of the chat hands its arguments on', async () => {
    toy.write('src/chatMain.ts', 'console.log(process.argv.slice(2));');
    expect((await toy.start({ script: 'chat', args: ['--save', 'a b'] }).done).stdout).toBe("[ '--save', 'a b' ]\n");
  });

  test('shows faults where they are in the source', async () => {
    toy.write(
      'src/main.ts',
      "interface Long {\n  readonly name: string;\n}\nconst fault: Long = { name: 'x' };\nthrow new Error(fault.name);",
    );
    expect((await toy.start().done).stderr).toContain('src/main.ts:5:7');
  });
});

describe('two starts at once', () => {
  const both = (): Promise<{ stdout: string }[]> =>
    Promise.all([toy.start({ env: { NPM_TAKES: '500' } }).done, toy.start({ env: { NPM_TAKES: '500' } }).done]);

  test('prepare once and run both', async () => {
    const runs = await both();
    expect(runs.map(({ stdout }) => stdout)).toEqual(['hello\n', 'hello\n']);
    expect(toy.npmCalls()).toEqual([install]);
    expect(readdirSync(join(toy.folder, 'dist')).filter((name) => name.startsWith('.setup-lock'))).toEqual([]);
  });

  test('would prepare twice without the lock', async () => {
    toy.write('scripts/setup/lock.mjs', 'export const withLock = (lock, heard, work) => work();');
    await both();
    expect(toy.npmCalls()).toEqual([install, install]);
  });

  test('the lock of a process that is gone holds nobody up', async () => {
    const gone = toy.start();
    await gone.done;
    toy.write('dist/.setup-lock/pid', String(gone.pid));
    const { stdout, stderr } = await toy.start().done;
    expect({ stdout, stderr }).toEqual({ stdout: 'hello\n', stderr: '' });
  });

  test('the lock of a living process is waited for', async () => {
    toy.write('dist/.setup-lock/pid', String(process.pid));
    const waiting = toy.start();
    await waiting.shows('另一个窗口正在做准备');
    expect(toy.npmCalls()).toEqual([]);
    process.kill(waiting.pid, 'SIGTERM');
    const { code, stderr } = await waiting.done;
    expect(code).toBe(143);
    expect(stderr).toMatch(/^另一个窗口正在做准备/);
  });
});

describe('a wish to stop', () => {
  const listener = `
    const heard = [];
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
      heard.push(signal);
      console.log('heard', signal);
      if (heard.length === 1) setTimeout(() => process.exit(0), Number(process.env.STAYS ?? 300));
    });
    setInterval(() => {}, 1000);
    console.log('listening', process.pid);
  `;
  beforeEach(() => toy.write('src/main.ts', listener));

  /** Sends the signals with some ms between and gives what the program heard. */
  async function heard(signals: NodeJS.Signals[], gapMs: number, env: Record<string, string> = {}): Promise<string[]> {
    const running = toy.start({ env });
    await running.shows('listening');
    for (const signal of signals) {
      process.kill(running.pid, signal);
      await pause(gapMs);
    }
    const { stdout } = await running.done;
    return stdout.split('\n').filter((line) => line.startsWith('heard'));
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s arrives', async (signal) => {
    expect(await heard([signal], 0)).toEqual([`heard ${signal}`]);
  });

  test('arrives once when the terminal and npm both hand it on', async () => {
    expect(await heard(['SIGINT', 'SIGINT'], 50)).toEqual(['heard SIGINT']);
  });

  test('would arrive twice without the filter', async () => {
    toy.write(
      'scripts/setup/stop.mjs',
      'export const exitOnSignals = () => () => {}; export const hearStopOnce = () => {}; export const stopWithParent = () => {};',
    );
    expect(await heard(['SIGINT', 'SIGINT'], 50)).toEqual(['heard SIGINT', 'heard SIGINT']);
  });

  test('arrives again from somebody who insists', async () => {
    expect(await heard(['SIGINT', 'SIGINT'], 1100, { STAYS: '1800' })).toEqual(['heard SIGINT', 'heard SIGINT']);
  });

  test('arrives when the shell of npm dies of the signal that was meant for the program', async () => {
    const running = toy.start({ shell: true, env: { npm_lifecycle_event: 'start' } });
    await running.shows('listening');
    process.kill(running.pid, 'SIGKILL');
    const { stdout } = await running.done;
    expect(stdout).toContain('heard SIGTERM');
  });

  test('ends the installation too, and the next start begins anew', async () => {
    const running = toy.start({ env: { NPM_TAKES: '60000' } });
    await expect.poll(() => toy.npmCalls(), { timeout: 5000 }).toEqual([install]);
    process.kill(running.pid, 'SIGTERM');
    expect((await running.done).code).toBe(143);
    await expect.poll(() => toy.npmWasStopped()).toBe(true);
    toy.write('src/main.ts', "console.log('hello');");
    expect((await toy.start().done).stdout).toBe('hello\n');
  });
});
