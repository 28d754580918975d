import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createClient } from '@libsql/client';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { enterAt, guestAt } from '../adapters/web/visitors.js';
import { bare } from '../adapters/web/wire.js';
import { databases } from '../support/databases.js';
import { answer, build, history, makeHome, resetsDemo, say, startLinli, withClock, type Ended } from './linli.js';

beforeAll(build);
// Some start it several times, each a process that opens a database: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 });

const code = 'LINLI-2026';
const notice = '新活动 雏鹰天地成长营 修身课堂·美术公益课堂第四节 8月1日10:00-11:30 费家营社区党群活动中心二楼 名额20人 6-12岁 带彩笔';

/** It ended by itself, in words for people. */
const refused = ({ code: exit, stdout, stderr }: Ended, text: string): void => {
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/^\s+at |Error:/mu);
};

describe('a start that cannot be', () => {
  test('names every wrong setting at once, with an example, and repeats no secret', async () => {
    const { env } = await makeHome();
    const wrong = { HTTP_PORT: '80000', TIME_ZONE: 'Mars/Olympus', DATABASE_ENCRYPTION_KEY: 'geheim', ADMIN_CODE: '私房码' };
    const { code: exit, stdout, stderr } = await startLinli({ ...env, ...wrong }).ended;
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    for (const name of Object.keys(wrong)) expect(stderr).toMatch(new RegExp(`^${name}\n[^]*?${name}=\\S`, 'mu'));
    expect(stderr).not.toMatch(/geheim|私房码|^\s+at /mu);
  });

  test('tells which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    refused(await startLinli({ ...(await makeHome()).env, HTTP_PORT: port }).ended, `端口 ${port} 已经被占用`);
  });

  test('tells that a database server is not there, without its password', async () => {
    const ended = await startLinli({ ...(await makeHome()).env, DATABASE_URL: 'postgresql://linli:geheim@127.0.0.1:1/none' }).ended;
    refused(ended, '连不上或打不开数据库');
    expect(ended.stderr).not.toContain('geheim');
  });

  // Everything else that can be wrong with them: test/open.test.ts.
  test('tells what is wrong with the files: a damaged one, a folder that nobody may write in, a key that is gone', async () => {
    const { folder, env } = await makeHome();
    const [file, key] = [join(folder, 'data/linli.db'), env['DATA_KEY_FILE'] ?? ''];
    const first = startLinli(env);
    await first.url;
    await first.stop();
    const whole = await readFile(file);
    const again = (): Promise<Ended> => {
      const linli = startLinli(env, asOwner);
      return Promise.race([linli.ended, linli.url.then(() => linli.stop())]);
    };

    await writeFile(file, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0xff)]));
    refused(await again(), '数据库文件损坏了');
    await writeFile(file, whole);
    await chmod(join(folder, 'data'), 0o500);
    refused(await again(), '数据库写不进去');
    await chmod(join(folder, 'data'), 0o700);
    await rm(key);
    refused(await again(), '没有密钥');
  });
});

test('/readyz tells when nothing can be written though all can be read, and when it can again', { timeout: 90_000 }, async () => {
  const { folder, env } = await makeHome();
  const linli = startLinli(env);
  const url = await linli.url;
  const ready = async (): Promise<unknown> => (await fetch(new URL('readyz', url))).json();
  expect(await ready()).toMatchObject({ ready: true, parts: { database: 'ok' } });
  const other = createClient({ url: `file:${join(folder, 'data/linli.db')}` });
  onTestFinished(() => other.close());
  // The house itself may be writing just now.
  await expect.poll(() => other.execute('BEGIN IMMEDIATE').then(() => 'begun', String), { timeout: 30_000 }).toBe('begun');
  // Locked, or slow while it is still being found out.
  await expect.poll(ready, { timeout: 30_000, interval: 300 }).toMatchObject({ ready: false, parts: { app: 'ok' } });
  await other.execute('ROLLBACK');
  await expect.poll(ready, { timeout: 30_000, interval: 300 }).toMatchObject({ ready: true });
  await linli.stop();
});

// Root may write everything; without that right it is an owner like any other.
const asOwner = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

describe('two on one SQLite file', () => {
  test('the second waits a little, says so, and gives up kindly while the first goes on; it starts when the first goes', async () => {
    const { env } = await makeHome();
    const first = startLinli(env);
    const url = await first.url;
    const second = startLinli(env);
    await second.says('等它几秒');
    const third = startLinli(env);
    const { code: exit, stderr, ms } = await second.ended;
    expect(exit).toBe(1);
    expect(stderr).toBe('另一个邻里正在使用这个数据库。请先停掉它：两个程序不能共用一个 SQLite 文件。\n');
    expect(ms).toBeGreaterThan(4_500);
    expect(await say(url, 'wang', '活动')).toBe(200);
    await third.ended;

    const next = startLinli(env);
    await next.says('等它几秒');
    expect((await first.stop()).code).toBe(0);
    expect(await history(await next.url, 'wang')).toContainEqual(expect.objectContaining({ text: '活动' }));
  });
});

test('with DATABASE_ENCRYPTION_KEY nothing on the disk can be read, and the next start reads it', async () => {
  const { folder, env } = await makeHome();
  const key = { DATABASE_ENCRYPTION_KEY: 'a long secret of the house' };
  const first = startLinli({ ...env, ...key });
  const url = await first.url;
  await say(url, 'wang', '你好');
  await answer(url, 'wang', '您好');
  await first.stop();
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('linli.db');
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    for (const word of ['SQLite format 3', 'CREATE TABLE', '王妈妈', '你好', '书法班', 'neighbours'])
      expect(bytes.includes(word), name).toBe(false);
  }
  expect((await history(await startLinli({ ...env, ...key }).url, 'wang')).map(({ text }) => text)).toContain('你好');
});

test('the code for the first administrator is made once and printed until it is used; a key that others can read is closed to them', async () => {
  const { env } = await makeHome();
  const key = env['DATA_KEY_FILE'] ?? '';
  const printed = /工作人员认证码（只能用一次）：(\S+)/u;
  const first = startLinli(env);
  await first.url;
  await first.says('要停下');
  const [, made = ''] = printed.exec(first.stdout()) ?? [];
  expect(made).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  expect((await first.stop()).stderr).not.toContain('data key');
  await chmod(key, 0o644);
  const second = startLinli(env);
  const url = await second.url;
  await second.says(made);
  expect((await stat(key)).mode & 0o777).toBe(0o600);
  await say(url, 'xiaoli', `工作人员认证 ${made}`);
  await answer(url, 'xiaoli', '认证好了');
  expect((await second.stop()).stderr).toContain('others could read the data key');
  const third = startLinli(env);
  await third.says('要停下');
  expect(third.stdout()).not.toMatch(/认证码/u);
  // While it runs, nothing of the sample community is cleared; nor without a yes.
  expect(await resetsDemo(env, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('正在使用这个数据库') });
  expect((await third.stop()).stderr).not.toContain('data key');
  expect(await resetsDemo(env)).toMatchObject({ code: 1, stderr: expect.stringContaining('没有清空') });
  expect(await resetsDemo(env, '--yes')).toMatchObject({ code: 0, stdout: '清空好了。npm start 会重新开始，并打印新的认证码。\n' });
  const fourth = startLinli(env);
  expect(await history(await fourth.url, 'xiaoli')).toEqual([]);
  await fourth.says('要停下');
  expect(printed.exec(fourth.stdout())?.[1]).not.toBe(made);
  await fourth.stop();
});

describe('in service', () => {
  test('says how it is, logs lines of JSON without names, words or codes, and serves no chat where there is to be none', async () => {
    const { env } = await makeHome();
    // The announcement names no year; in another season it would be next year's, and have to be looked at first.
    const linli = startLinli({ ...env, ...withClock('2026-07-28T10:00:00+08:00'), ADMIN_CODE: code, LOG_LEVEL: 'trace' });
    const url = await linli.url;
    for (const path of ['healthz', 'readyz']) expect((await fetch(new URL(path, url))).status).toBe(200);
    await say(url, 'xiaoli', `/claim ${code}`);
    await answer(url, 'xiaoli', '认证好了');
    await say(url, 'xiaoli', notice);
    await answer(url, 'xiaoli', '我是这样看的');
    await say(url, 'xiaoli', '确认发布');
    await answer(url, 'xiaoli', '发布好了');
    await say(url, 'wang', '报名', { chat: 'neighbours' });
    await answer(url, 'wang', '您是孩子的');
    await say(url, 'wang', '1');
    await answer(url, 'wang', '孩子叫什么名字');
    await say(url, 'wang', '王小海 2018-5-20');
    await answer(url, 'wang', '已选');
    const { stderr } = await linli.stop();
    const lines = stderr.trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(Number), msg: expect.any(String) });
    expect(stderr).not.toMatch(/王|小海|2018|李|xiaoli|wang|费家营|报名|LINLI|p-/u);

    const off = startLinli({ ...env, WEB_CHAT: 'off' });
    const quiet = await off.url;
    for (const path of ['', 'web/people', 'web/history?as=wang&chat=p-wang']) expect((await fetch(new URL(path, quiet))).status).toBe(404);
    expect(await say(quiet, 'wang', '活动')).toBe(404);
    expect((await fetch(new URL('healthz', quiet))).status).toBe(200);
  });

  test.each(databases)('stopped while messages come in, keeps what it acknowledged and answers each once, on $name', async ({ create }) => {
    const { url: database, remove } = await create('empty');
    onTestFinished(remove);
    const env = { ...(await makeHome()).env, DATABASE_URL: database };
    const people = ['xiaoli', 'wang', 'zhang', 'nainai', 'liu'];
    const each = 30;
    const messages = people.flatMap((as) => Array.from({ length: each }, (_, n) => ({ as, clientId: `${as}-message-${n}` })));
    const linli = startLinli(env);
    const url = await linli.url;
    let acknowledged = 0;
    let stopped: Promise<Ended> | undefined;
    const taken = new Set<string>();
    // Each person writes one message after another; after some, Linli is told to stop while the others are on their way.
    const write = async (to: string, as: string): Promise<void> => {
      for (const message of messages.filter((one) => one.as === as && !taken.has(one.clientId))) {
        if ((await say(to, as, '活动', message)) !== 200) return;
        taken.add(message.clientId);
        acknowledged += 1;
        if (acknowledged === 40) stopped = linli.stop();
      }
    };
    await Promise.all(people.map((as) => write(url, as)));
    const { code: exit, ms } = (await stopped) ?? { code: null, ms: Infinity };
    expect(exit).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(taken.size).toBeGreaterThanOrEqual(40);
    expect(taken.size).toBeLessThan(messages.length);

    const next = startLinli(env);
    const there = await next.url;
    const kept = (await Promise.all(people.map((as) => history(there, as)))).flat();
    const said = new Set(kept.map(({ clientId }) => clientId));
    expect([...taken].filter((clientId) => !said.has(clientId))).toEqual([]);
    // The page posts again what was not acknowledged, under the same id.
    await Promise.all(people.map((as) => write(there, as)));
    expect(taken.size).toBe(messages.length);
    await expect
      .poll(async () => {
        const lists = await Promise.all(people.map((as) => history(there, as)));
        return lists.map((list) => [
          list.filter(({ sender }) => sender !== null).length,
          list.filter(({ sender }) => sender === null).length,
        ]);
      })
      .toEqual(people.map(() => [each, each]));
    expect((await next.stop()).code).toBe(0);
  });
});

test('for residents it tells where to open it, greets who comes in, and keeps them over a restart', { timeout: 90_000 }, async () => {
  const { env } = await makeHome();
  const on = { ...env, WEB_CHAT: 'on', WEB_GROUP: '幸福里居民群' };
  const first = startLinli(on);
  const url = await first.url;
  await first.says('活动中心里大家共用的电脑打开');
  const wang = await enterAt(url, '王妈妈');
  await expect.poll(async () => (await wang.reads()).join('\n')).toContain('小邻');
  expect((await fetch(new URL('/web/history?as=wang&chat=p-wang', url))).status).toBe(400);
  const { code: exit, stderr } = await first.stop();
  expect(exit).toBe(0);
  for (const secret of ['王妈妈', wang.cookie.split('=')[1] ?? '?']) expect(stderr).not.toContain(secret);

  const again = startLinli(on);
  const known = await guestAt(await again.url, wang.cookie);
  expect(known.id).toBe(wang.id);
  expect(await known.reads()).not.toEqual([]);
  await again.stop();
});

test('under its public address it answers its own pages alone', { timeout: 90_000 }, async () => {
  const { env } = await makeHome();
  const linli = startLinli({ ...env, WEB_CHAT: 'on', PUBLIC_URL: 'http://chat.example.org', TRUSTED_PROXY: 'loopback', LOG_LEVEL: 'info' });
  expect(await linli.url).toBe('http://chat.example.org/');
  const port = /"port":(\d+)/u.exec(linli.stderr())?.[1] ?? '';
  const here = `http://127.0.0.1:${port}`;
  expect((await bare(here, '/', { host: 'chat.example.org' })).status).toBe(200);
  expect((await bare(here, '/', {})).status).toBe(403);
  expect((await fetch(`${here}/readyz`)).status).toBe(200);
  await linli.stop();
});
