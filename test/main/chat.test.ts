import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { readTranscript } from '../../src/transcript.js';
import { sqlite } from '../support/databases.js';
import { buildHouse } from '../support/house.js';
import { build } from './linli.js';
import { quickFolder } from '../support/quickFolder.js';

beforeAll(build);

const script = fileURLToPath(new URL('../../scripts/chat.mjs', import.meta.url));
const journey = new URL('../journeys/main-job.transcript.txt', import.meta.url);

/** `npm run chat` with this on its standard input; an argument such as `NAME=value` is a setting. `TMPDIR` is a folder of the test's own. */
async function chat(input: string, ...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string; folder: string }> {
  const folder = await mkdtemp(join(quickFolder, 'linli-talk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const isSetting = (arg: string): boolean => /^[A-Z_]+=/u.test(arg);
  const settings = Object.fromEntries(args.filter(isSetting).map((arg) => arg.split('=')));
  const options = args.filter((arg) => !isSetting(arg)).map((arg) => arg.replace('FOLDER', folder));
  const child = spawn(process.execPath, [script, ...options], {
    env: { ...process.env, DEFAULT_LOCALE: '', TIME_ZONE: '', ...settings, TMPDIR: folder },
    stdio: 'pipe',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr, folder };
}

test('a transcript on standard input is played, and printed as it stands in its file', async () => {
  const written = await readFile(journey, 'utf8');
  const { code, stdout, stderr, folder } = await chat(written, '--now', '2026-07-28T10:00');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim()).toBe(written.replaceAll(/^#.*\n/gmu, '').trim());
  expect(await readdir(folder)).toEqual([]);
});

test('a talk that was saved can be played again as a journey', async () => {
  const said = '【王妈妈】> 你好\n\n【王妈妈】> 活动\n      | 第二行\n【社工小李】> 工作人员认证 LINLI-2026\n';
  const { code, folder } = await chat(said, '--save', 'FOLDER/mine.transcript.txt');
  expect(code).toBe(0);
  const saved = await readFile(join(folder, 'mine.transcript.txt'), 'utf8');
  expect(saved).toContain('\n      | 第二行\n');
  const { storage, close } = await sqlite.open();
  onTestFinished(close);
  const house = await buildHouse(storage);
  const played: string[] = [];
  for (const line of readTranscript(saved).lines) played.push('', ...(await house.talk.run(line)));
  await house.app.stop();
  expect(`${played.join('\n')}\n`).toBe(saved);
});

test('what cannot be played is said kindly, and the talk goes on', async () => {
  const said =
    '乱写一行\n【王妈妈】> 你好\n第二行\n      第三行\n【别的群·王妈妈】> 报名\n【王妈妈】> [没有]\n【时间】2026-13-45 99:00\n【王妈妈】> 活动\n';
  const { code, stdout, stderr } = await chat(`\uFEFF${said.replaceAll('\n', '\r\n')}`);
  expect(code).toBe(1);
  const how = '一句话有几行的话，从第二行起前面加六个空格和“| ”。';
  expect(stderr.trim().split('\n')).toEqual([
    '第1行没看懂，没有播放：乱写一行',
    how,
    '第3行没看懂，没有播放：第二行',
    how,
    '第4行没看懂，没有播放：      第三行',
    how,
    '没有这个群，这里的群叫“居民群”。',
    '没有叫这个名字的按钮。',
    '没有这个时间，请写成 2026-07-28 10:00 这样。',
  ]);
  expect(stdout).toMatch(/\n【王妈妈】> 活动\n {2}【王妈妈】< /u);
  expect((await chat('# 空的\n')).stderr).toBe('没有读到对话。一行一句，比如：【王妈妈】> 活动\n');
});

test.each([[['--wrong']], [['--now', 'yesterday']], [['--save', 'FOLDER/not/there.txt']]])(
  '%s is answered with how it is used',
  async (args) => {
    const { code, stdout, stderr } = await chat('', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^用法：npm run chat .*\nUsage: npm run chat .*\n$/u);
  },
);

test('speaks the language that the settings name', async () => {
  const { code, stdout, stderr } = await chat("【Anna】> hello\n【the residents' group·Anna】> /help\n", 'DEFAULT_LOCALE=en');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('[1 ');
  expect(stdout).not.toMatch(/\p{Script=Han}{3}/u);
});
