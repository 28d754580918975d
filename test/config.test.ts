import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeProblems, readConfig, variables, type Config } from '../src/config.js';
import { locales, readTexts } from '../src/i18n/index.js';

const texts = readTexts(fileURLToPath(new URL('../locales', import.meta.url)));

function configOf(env: Record<string, string>): Config {
  const result = readConfig(env);
  if (!result.ok) throw new Error(describeProblems(result.problems, texts));
  return result.config;
}

function problemsOf(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems.map(({ variable, problem }) => `${variable} ${problem}`);
}

const defaults: Config = {
  databaseUrl: 'file:./data/linli.db',
  databaseEncryptionKey: undefined,
  dataKeyFile: './keys/data.key',
  httpHost: '127.0.0.1',
  httpPort: 3000,
  adminCode: undefined,
  timeZone: 'Asia/Shanghai',
  defaultLocale: 'zh-CN',
  webChat: 'try',
  publicUrl: undefined,
  webGroup: undefined,
  trustedProxy: undefined,
  logLevel: 'info',
};

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(configOf({})).toEqual(defaults);
  });

  test('takes blank for not set', () => {
    expect(configOf(Object.fromEntries(variables.map((name) => [name, ' '])))).toEqual(defaults);
  });

  test('takes everything that was set', () => {
    const env = {
      DATABASE_URL: 'postgres://linli:s%40fe@db.example:5432/linli',
      DATA_KEY_FILE: '/srv/keys/data.key',
      HTTP_HOST: '0.0.0.0',
      HTTP_PORT: '8080\r',
      ADMIN_CODE: 'abcd-1234',
      TIME_ZONE: 'Asia/Urumqi',
      DEFAULT_LOCALE: 'en',
      WEB_CHAT: 'on',
      PUBLIC_URL: 'HTTPS://Chat.Example.org:443/',
      WEB_GROUP: '幸福里居民群',
      TRUSTED_PROXY: 'loopback, 10.0.0.0/8',
      LOG_LEVEL: 'warn',
    };
    expect(configOf(env)).toEqual({
      databaseUrl: 'postgresql://linli:s%40fe@db.example:5432/linli',
      databaseEncryptionKey: undefined,
      dataKeyFile: '/srv/keys/data.key',
      httpHost: '0.0.0.0',
      httpPort: 8080,
      adminCode: 'abcd-1234',
      timeZone: 'Asia/Urumqi',
      defaultLocale: 'en',
      webChat: 'on',
      publicUrl: 'https://chat.example.org',
      webGroup: '幸福里居民群',
      trustedProxy: 'loopback, 10.0.0.0/8',
      logLevel: 'warn',
    });
  });

  test.each([
    ['DATABASE_URL', 'file:/srv/linli/linli.db'],
    ['DATABASE_URL', 'file:数据/邻里.db'],
    ['DATABASE_URL', 'postgresql:///linli?host=/var/run/postgresql'],
    ['DATABASE_ENCRYPTION_KEY', 'sixteen letters!'],
    ['HTTP_HOST', 'localhost'],
    ['HTTP_HOST', '::1'],
    ['HTTP_HOST', '127.0.0.9'],
    ['HTTP_PORT', '0'],
    ['HTTP_PORT', '65535'],
    ['ADMIN_CODE', 'a'.repeat(64)],
    ['TIME_ZONE', 'UTC'],
  ])('%s may be %j', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([]);
  });

  test.each([
    ['DATABASE_URL', 'linli.db', 'databaseUrl'],
    ['DATABASE_URL', 'file:', 'databaseUrl'],
    ['DATABASE_URL', 'file:./data/', 'databaseUrl'],
    ['DATABASE_URL', 'file::memory:', 'databaseUrl'],
    ['DATABASE_URL', 'file:./linli.db?connection_limit=1', 'databaseUrl'],
    ['DATABASE_URL', 'mysql://host/linli', 'databaseUrl'],
    ['DATABASE_URL', 'postgresql://host', 'databaseUrl'],
    ['DATABASE_URL', 'postgresql://a:b/c@host:x/linli', 'databaseUrl'],
    ['DATABASE_ENCRYPTION_KEY', 'fifteen letters', 'keyTooShort'],
    ['DATA_KEY_FILE', './keys/', 'notAFile'],
    ['HTTP_HOST', 'http://localhost', 'host'],
    ['HTTP_HOST', '127.0.0.1:3000', 'host'],
    ['HTTP_HOST', '300.1.1.1', 'host'],
    ['HTTP_HOST', '0.0.0.0', 'tryNeedsLoopback'],
    ['HTTP_HOST', '::', 'tryNeedsLoopback'],
    ['HTTP_HOST', '127.evil.example', 'tryNeedsLoopback'],
    ['HTTP_PORT', '65536', 'port'],
    ['HTTP_PORT', '-1', 'port'],
    ['HTTP_PORT', '3e3', 'port'],
    ['HTTP_PORT', '80.5', 'port'],
    ['ADMIN_CODE', 'short-1', 'adminCode'],
    ['ADMIN_CODE', 'a'.repeat(65), 'adminCode'],
    ['ADMIN_CODE', '管理员管理员管理员', 'adminCode'],
    ['ADMIN_CODE', 'with space', 'adminCode'],
    ['TIME_ZONE', 'Asia/Lanzhou', 'timeZone'],
    ['TIME_ZONE', '+08:00', 'timeZone'],
    ['TIME_ZONE', '北京', 'timeZone'],
    ['DEFAULT_LOCALE', 'zh', 'locale'],
    ['WEB_CHAT', 'yes', 'webChat'],
    ['PUBLIC_URL', 'chat.example.org', 'publicUrl'],
    ['PUBLIC_URL', 'https://chat.example.org/linli', 'publicUrl'],
    ['PUBLIC_URL', 'https://chat.example.org?x', 'publicUrl'],
    ['PUBLIC_URL', 'https://somebody@chat.example.org', 'publicUrl'],
    ['PUBLIC_URL', 'https://:80', 'publicUrl'],
    ['PUBLIC_URL', 'javascript:alert(1)', 'publicUrl'],
    ['WEB_GROUP', '群'.repeat(41), 'webGroup'],
    ['TRUSTED_PROXY', 'yes', 'trustedProxy'],
    ['TRUSTED_PROXY', '10.0.0.0/33', 'trustedProxy'],
    ['TRUSTED_PROXY', '0.0.0.0/0', 'trustedProxy'],
    ['TRUSTED_PROXY', '::1/0', 'trustedProxy'],
    ['TRUSTED_PROXY', '10.0.0.1,', 'trustedProxy'],
    ['LOG_LEVEL', 'verbose', 'logLevel'],
  ])('%s may not be %j', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} ${problem}`]);
  });

  test('leaves the encryption of PostgreSQL to PostgreSQL', () => {
    const env = { DATABASE_ENCRYPTION_KEY: 'sixteen letters!', DATABASE_URL: 'postgresql://db.example/linli' };
    expect(problemsOf(env)).toEqual(['DATABASE_ENCRYPTION_KEY keyNeedsFile']);
  });

  test('opens the try-out chat on this computer only, and the server anywhere without it', () => {
    expect(problemsOf({ HTTP_HOST: '192.168.1.5', WEB_CHAT: 'try' })).toEqual(['HTTP_HOST tryNeedsLoopback']);
    expect(problemsOf({ HTTP_HOST: '192.168.1.5', WEB_CHAT: 'off' })).toEqual([]);
  });

  test('opens the chat for residents on this computer, or anywhere under the address that it is told', () => {
    const open = { HTTP_HOST: '0.0.0.0', WEB_CHAT: 'on' };
    expect(problemsOf({ WEB_CHAT: 'on' })).toEqual([]);
    expect(problemsOf(open)).toEqual(['PUBLIC_URL onNeedsUrl']);
    expect(problemsOf({ ...open, PUBLIC_URL: 'http://192.168.1.5:3000' })).toEqual([]);
  });

  test('keeps what is for residents out of the try-out chat', () => {
    const env = { PUBLIC_URL: 'https://chat.example.org', WEB_GROUP: '幸福里居民群', TRUSTED_PROXY: 'loopback' };
    expect(problemsOf(env)).toEqual(['PUBLIC_URL onlyOn', 'WEB_GROUP onlyOn', 'TRUSTED_PROXY onlyOn']);
    expect(problemsOf({ ...env, WEB_CHAT: 'on' })).toEqual([]);
    expect(problemsOf({ ...env, WEB_CHAT: 'off' })).toEqual([]);
  });

  test('finds everything at once, contradictions too', () => {
    expect(problemsOf({ HTTP_HOST: '0.0.0.0', HTTP_PORT: 'x', TIME_ZONE: 'Mars/Olympus' })).toEqual([
      'HTTP_HOST tryNeedsLoopback',
      'HTTP_PORT port',
      'TIME_ZONE timeZone',
    ]);
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...variables), fc.string({ unit: 'grapheme' })), (env) => {
        const result = readConfig(env);
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('describeProblems', () => {
  test('names the variable, what is wrong and an example, in both languages', () => {
    const result = readConfig({ HTTP_PORT: 'x', LOG_LEVEL: 'loud' });
    if (result.ok) throw new Error('these were to be refused');
    expect(describeProblems(result.problems, texts)).toBe(
      [
        '设置里有2处要改，改好再启动：',
        '2 settings need a change before Linli can start:',
        '',
        'HTTP_PORT',
        '  应是 0 到 65535 的整数',
        '  must be a whole number from 0 to 65535',
        '  例 / e.g.: HTTP_PORT=3000',
        '',
        'LOG_LEVEL',
        '  应是 trace、debug、info、warn、error、fatal、silent 之一',
        '  must be one of trace, debug, info, warn, error, fatal, silent',
        '  例 / e.g.: LOG_LEVEL=info',
      ].join('\n'),
    );
  });

  test('never repeats a value, which may be a secret', () => {
    const secret = 'Tr0ub4dor';
    const result = readConfig(Object.fromEntries(variables.map((name) => [name, `/${secret}/`])));
    if (result.ok) throw new Error('these were to be refused');
    expect(result.problems.length).toBeGreaterThan(5);
    expect(describeProblems(result.problems, texts)).not.toContain(secret);
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  test('gives examples that are right themselves', () => {
    const bad = readConfig(Object.fromEntries(variables.map((name) => [name, '/x/'])));
    if (bad.ok) throw new Error('these were to be refused');
    expect(problemsOf(Object.fromEntries(bad.problems.map(({ variable, example }) => [variable, example])))).toEqual([]);
  });

  test('has the same texts in every language', () => {
    const [first, ...others] = locales.map((locale) =>
      texts
        .keys(locale)
        .filter((key) => /^(config|setup)\./.test(key))
        .map((key) => key.replace(/_(one|other)$/, '')),
    );
    for (const other of others) expect(new Set(other)).toEqual(new Set(first));
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const settings = lines.filter((line) => /^# [A-Z_]+=/.test(line)).map((line) => line.slice(2));

  test('names exactly the variables that are read', () => {
    expect(settings.map((line) => line.split('=')[0])).toEqual(variables);
  });

  test('shows the defaults', () => {
    const env = Object.fromEntries(Object.entries(parseEnv(settings.join('\n'))).map(([name, value]) => [name, value ?? '']));
    expect(configOf(env)).toEqual(defaults);
  });

  test('sets nothing when it is copied as it is', () => {
    expect(parseEnv(lines.join('\n'))).toEqual({});
  });
});
