import { isIP } from 'node:net';
import { z } from 'zod';
import { locales, type Locale, type Texts } from './i18n/index.js';

/** What this installation was told by its environment. */
export interface Config {
  /** `file:PATH` (SQLite) or `postgresql://…`. May hold a password: never logged. */
  readonly databaseUrl: string;
  /** Encrypts the whole SQLite file. */
  readonly databaseEncryptionKey: string | undefined;
  /** The file with the key that seals personal data. */
  readonly dataKeyFile: string;
  readonly httpHost: string;
  /** 0: any free port. */
  readonly httpPort: number;
  /** The first administrator's one-time code; made at start when it is not given. */
  readonly adminCode: string | undefined;
  /** IANA zone that a new community begins with. */
  readonly timeZone: string;
  /** Language that a new community begins with. */
  readonly defaultLocale: Locale;
  /** `try`: sample people to be, on this computer only. `on`: everybody who comes is a visitor of their own. */
  readonly webChat: 'try' | 'on' | 'off';
  /** Where people open the web chat, as an origin (`https://chat.example.org`); undefined: on this computer. */
  readonly publicUrl: string | undefined;
  /** Title of a group that every visitor of the web chat is in; undefined: there is none. */
  readonly webGroup: string | undefined;
  /** Whose `X-Forwarded-For` is believed, as `loopback` and addresses with or without a prefix, separated by commas; undefined: nobody's. */
  readonly trustedProxy: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

// A message of zod is the key of a text under `config.problem`.
const shape = {
  DATABASE_URL: z
    .string()
    .default('file:./data/linli.db')
    // What hosting companies hand out often begins with the short name.
    .transform((url) => url.replace(/^postgres:\/\//, 'postgresql://'))
    .refine(isDatabaseUrl, 'databaseUrl'),
  DATABASE_ENCRYPTION_KEY: z.string().min(16, 'keyTooShort').optional(),
  DATA_KEY_FILE: z
    .string()
    .default('./keys/data.key')
    .refine((path) => !/[\\/]$/.test(path), 'notAFile'),
  HTTP_HOST: z.string().default('127.0.0.1').refine(isHost, 'host'),
  HTTP_PORT: z
    .string()
    .default('3000')
    .refine((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65535, 'port')
    .transform(Number),
  ADMIN_CODE: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/, 'adminCode')
    .optional(),
  TIME_ZONE: z.string().default('Asia/Shanghai').refine(isZone, 'timeZone'),
  DEFAULT_LOCALE: z.enum(locales, 'locale').default('zh-CN'),
  WEB_CHAT: z.enum(['try', 'on', 'off'], 'webChat').default('try'),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'publicUrl')
    .transform((url) => new URL(url).origin)
    .optional(),
  WEB_GROUP: z.string().max(40, 'webGroup').optional(),
  TRUSTED_PROXY: z.string().refine(areProxies, 'trustedProxy').optional(),
  LOG_LEVEL: z.enum(logLevels, 'logLevel').default('info'),
};

/** A variable of the environment that Linli reads. */
export type Variable = keyof typeof shape;

/** Every variable that Linli reads, in the order of `.env.example`. */
export const variables = Object.keys(shape) as readonly Variable[];

const examples: Readonly<Record<Variable, string>> = {
  DATABASE_URL: 'file:./data/linli.db',
  DATABASE_ENCRYPTION_KEY: 'choose-a-long-secret-of-your-own',
  DATA_KEY_FILE: './keys/data.key',
  HTTP_HOST: '127.0.0.1',
  HTTP_PORT: '3000',
  ADMIN_CODE: 'LINLI-2026',
  TIME_ZONE: 'Asia/Shanghai',
  DEFAULT_LOCALE: 'zh-CN',
  WEB_CHAT: 'on',
  PUBLIC_URL: 'https://chat.example.org',
  WEB_GROUP: '幸福里居民群',
  TRUSTED_PROXY: 'loopback',
  LOG_LEVEL: 'info',
};

/** One thing that is wrong. Never holds the value that was given: it may be a secret. */
export interface ConfigProblem {
  readonly variable: Variable;
  /** Key of the text under `config.problem`. */
  readonly problem: string;
  /** A value that would do. */
  readonly example: string;
}

/** What came of reading the environment: the configuration, or everything that is wrong with it. */
export type ConfigResult =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads the environment. Blank counts as not set; space around a value is dropped. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given: Partial<Record<Variable, string>> = {};
  for (const variable of variables) {
    const value = env[variable]?.trim();
    if (value) given[variable] = value;
  }
  const read = z.object(shape).safeParse(given);
  const found = [...(read.error?.issues ?? []).map((issue) => [issue.path[0], issue.message] as const), ...contradictions(given)];
  const problems = variables.flatMap((variable) => {
    const first = found.find(([name]) => name === variable);
    return first ? [{ variable, problem: first[1], example: examples[variable] }] : [];
  });
  if (!read.success || problems.length > 0) return { ok: false, problems };
  const values = read.data;
  return {
    ok: true,
    config: {
      databaseUrl: values.DATABASE_URL,
      databaseEncryptionKey: values.DATABASE_ENCRYPTION_KEY,
      dataKeyFile: values.DATA_KEY_FILE,
      httpHost: values.HTTP_HOST,
      httpPort: values.HTTP_PORT,
      adminCode: values.ADMIN_CODE,
      timeZone: values.TIME_ZONE,
      defaultLocale: values.DEFAULT_LOCALE,
      webChat: values.WEB_CHAT,
      publicUrl: values.PUBLIC_URL,
      webGroup: values.WEB_GROUP,
      trustedProxy: values.TRUSTED_PROXY,
      logLevel: values.LOG_LEVEL,
    },
  };
}

/** All problems in plain words, in every language: which of them the reader wants is not known yet. */
export function describeProblems(problems: readonly ConfigProblem[], texts: Texts): string {
  const say = (key: string, separator: string, params = {}) => locales.map((locale) => texts.in(locale)(key, params)).join(separator);
  const lines = problems.flatMap(({ variable, problem, example }) => [
    '',
    variable,
    `  ${say(`config.problem.${problem}`, '\n  ')}`,
    `  ${say('config.example', ' / ')}: ${variable}=${example}`,
  ]);
  return [say('config.title', '\n', { count: problems.length }), ...lines].join('\n');
}

// Looked at apart from the schema, which judges a whole only when each value is right: people should see everything at once.
function contradictions(given: Partial<Record<Variable, string>>): [Variable, string][] {
  const found: [Variable, string][] = [];
  if (given.DATABASE_ENCRYPTION_KEY !== undefined && given.DATABASE_URL?.startsWith('postgres'))
    found.push(['DATABASE_ENCRYPTION_KEY', 'keyNeedsFile']);
  const open = given.HTTP_HOST !== undefined && !isLoopback(given.HTTP_HOST);
  const mode = given.WEB_CHAT ?? 'try';
  if (mode === 'try' && open) found.push(['HTTP_HOST', 'tryNeedsLoopback']);
  if (mode === 'try')
    for (const name of ['PUBLIC_URL', 'WEB_GROUP', 'TRUSTED_PROXY'] as const) if (given[name]) found.push([name, 'onlyOn']);
  // Without it nobody could tell this chat's own pages from those of other sites.
  if (mode === 'on' && open && given.PUBLIC_URL === undefined) found.push(['PUBLIC_URL', 'onNeedsUrl']);
  return found;
}

function isDatabaseUrl(url: string): boolean {
  // libsql would take a query or a memory database; the guard, the backup and the migrations need a plain file.
  if (url.startsWith('file:')) return /^file:[^?#]*[^?#/\\]$/.test(url) && !url.includes(':memory:');
  return url.startsWith('postgresql://') && URL.canParse(url) && new URL(url).pathname.length > 1;
}

function isHost(host: string): boolean {
  return isIP(host) !== 0 || (/^(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(host) && !/^[\d.]+$/.test(host));
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** A whole site: the page lies at its root, and cookies know no other paths. */
function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^/?#@\\]+\/?$/iu.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname !== '';
}

function areProxies(text: string): boolean {
  return text.split(',').every((one) => {
    const [address = '', prefix, ...more] = one.trim().split('/');
    if (one.trim() === 'loopback') return true;
    const family = isIP(address);
    // Everybody would be believed with a prefix of 0.
    const narrow = prefix === undefined || (/^\d{1,3}$/u.test(prefix) && Number(prefix) > 0 && Number(prefix) <= (family === 4 ? 32 : 128));
    return family !== 0 && more.length === 0 && narrow;
  });
}

function isZone(zone: string): boolean {
  // An offset is a legal zone for Intl, but knows no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
