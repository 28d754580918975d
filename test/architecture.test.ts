import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { impuritiesIn } from './support/impurities.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs the project's own rules over the src/ of a folder. */
async function walk(folder: string): Promise<ICruiseResult> {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'));
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'));
  const { output } = await cruise(['src'], { ...options, baseDir: folder, validate: true }, {}, { tsConfig });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text where its findings were asked for');
  return output;
}

const findings = ({ summary }: ICruiseResult): string[] => summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

function sources(folder: string): string[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('src', file))
    .filter((file) => file.endsWith('.ts') && !file.startsWith(join('src', 'storage', 'generated')));
}

describe('the direction of imports', () => {
  test('is kept by every file of src/', async () => {
    const house = await walk(root);
    expect(findings(house)).toEqual([]);
    // TypeScript 7 in the place of 6 makes dependency-cruiser see nothing and praise it.
    const seen = new Set(house.modules.map(({ source }) => source));
    expect(sources(root).filter((file) => !seen.has(file))).toEqual([]);
    expect(house.summary.totalDependenciesCruised).toBeGreaterThan(sources(root).length);
  });
});

/** For each rule a file that breaks it, and that alone must be found to. */
const broken: Record<string, { file: string; text: string }> = {
  'no-circular': { file: 'src/chat/egg.ts', text: "import './hen.js';" },
  'room-unknown': { file: 'src/attic/a.ts', text: "import '../chat/fine.js';" },
  'room-unknown-imported': { file: 'src/main.ts', text: "import './attic/a.js';" },
  'features-apart': { file: 'src/features/signup/commands.ts', text: "import '../surveys/rules.js';" },
  'signup-words': { file: 'src/features/signup/words/a.ts', text: "import '../places/fine.js';" },
  'signup-places': { file: 'src/features/signup/places/a.ts', text: "import '../staff/fine.js';" },
  'signup-residents': { file: 'src/features/signup/residents/a.ts', text: "import '../staff/fine.js';" },
  'signup-form': { file: 'src/features/signup/form/a.ts', text: "import '../staff/fine.js';" },
  'signup-talk': { file: 'src/features/signup/talk/a.ts', text: "import '../staff/fine.js';" },
  'signup-group': { file: 'src/features/signup/group/a.ts', text: "import '../staff/fine.js';" },
  'signup-staff': { file: 'src/features/signup/staff/a.ts', text: "import '../group/fine.js';" },
  'adapters-apart': { file: 'src/adapters/web/a.ts', text: "import type {} from '../telegram/a.js';" },
  'app-without-network': { file: 'src/app.ts', text: "import './adapters/telegram/a.js';" },
  'config-alone': { file: 'src/config.ts', text: "import './chat/fine.js';" },
  'prisma-in-stores': { file: 'src/features/signup/rules.ts', text: "import type {} from '@prisma/client';" },
  'bots-in-adapters': { file: 'src/server/bot.ts', text: "import 'grammy';" },
  'http-in-server': { file: 'src/adapters/web/http.ts', text: "import 'fastify';" },
  'pure-rooms': { file: 'src/dialog/clock.ts', text: "import 'node:process';" },
  'papers-lazy': { file: 'src/papers/heavy.ts', text: "import 'qrcode';" },
  resolvable: { file: 'src/chat/lost.ts', text: "import './nowhere.js';" },
};

/** Files that the broken ones need, and files that break nothing. */
const sound: Record<string, string> = {
  'src/chat/fine.ts': 'export {};',
  'src/features/signup/places/fine.ts': 'export {};',
  'src/features/signup/staff/fine.ts': 'export {};',
  'src/features/signup/group/fine.ts': 'export {};',
  'src/chat/hen.ts': "import './egg.js';",
  'src/storage/fine.ts': "import '../seal/key.js';",
  'src/seal/key.ts': "import 'node:crypto';",
  'src/turn/fine.ts': "import '../storage/fine.js'; import '../chat/fine.js';",
  'src/features/surveys/rules.ts': 'export {};',
  'src/features/surveys/store.ts': "import '../../storage/fine.js';",
  'src/adapters/telegram/a.ts': "import '../../chat/fine.js';",
};

describe('each rule', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-house-'));
  let found: string[];
  let rooms: string[];
  let rules: string[];

  beforeAll(async () => {
    const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'));
    rules = (options.ruleSet?.forbidden ?? []).map(({ name }) => name ?? '');
    rooms = rules.filter((name) => /^room-(?!unknown)/.test(name)).map((name) => name.slice('room-'.length));
    const reaching = rooms.map((room) => ({ file: `src/${room}/reaching.ts`, text: "import '../main.js';" }));
    const files = [...Object.entries(sound), ...[...Object.values(broken), ...reaching].map(({ file, text }) => [file, text] as const)];
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    found = findings(await walk(folder)).map((finding) => finding.split(' → ')[0] ?? '');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has a file that breaks it', () => {
    expect(rules.filter((name) => !(name in broken) && !rooms.includes(name.replace('room-', '')))).toEqual([]);
  });

  test.each(Object.entries(broken))('%s is noticed when broken', (rule, { file }) => {
    expect(found).toContain(`${rule}: ${file}`);
  });

  test('of a room stops it from reaching out', () => {
    expect(rooms.length).toBeGreaterThan(10);
    for (const room of rooms) expect(found).toContain(`room-${room}: src/${room}/reaching.ts`);
  });

  test('lets sound files be', () => {
    const innocent = Object.keys(sound).filter((file) => !file.endsWith('hen.ts'));
    expect(found.filter((finding) => innocent.some((file) => finding.endsWith(`: ${file}`)))).toEqual([]);
  });

  test('stands for every folder of src/', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !rooms.includes(name))).toEqual([]);
  });
});

const outermost = ['src/main.ts', 'src/chatMain.ts', 'src/demoResetMain.ts'];
const pure = /^src\/(chat|dialog|command|understand|events)\/|^src\/features\/[^/]+\/rules[^/]*\.ts$/;

/** What a file takes from its surroundings although it stands where that is not allowed. */
function taken(file: string, text: string): string[] {
  if (outermost.includes(file)) return [];
  return impuritiesIn(file, text)
    .filter(({ what }) => what !== 'process' || pure.test(file))
    .map(({ what }) => `${file}: ${what}`);
}

describe('clock, chance and environment', () => {
  test('come from outside in every file of src/', () => {
    const files = sources(root);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => taken(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test.each([
    ['Date.now', 'export const at = (clock = Date.now) => clock();'],
    ['new Date()', 'export const at = new Date();'],
    ['new Date()', 'export const at = new Date;'],
    ['Math.random', 'export const lot = Math.random();'],
    ['Math.random', "export const lot = Math['random']();"],
    ['Temporal.Now', 'export const at = Temporal.Now.instant();'],
    ['process.env', "export const home = process.env['HOME'];"],
    ['process', 'process.exit(1);'],
  ])('%s is noticed', (what, text) => {
    expect(taken('src/dialog/a.ts', text)).toContain(`src/dialog/a.ts: ${what}`);
  });

  test.each(['new Date(0)', 'order.process()', "'Date.now()'", '({ process: 1 })'])('%s is let be', (text) => {
    expect(taken('src/dialog/a.ts', text)).toEqual([]);
  });
});

/** The queries that a file makes: `tx.person.findMany(`, `tx.$queryRaw`. */
const queriesIn = (text: string): string[] =>
  [
    ...text.matchAll(/\btx\.(?:\$?[a-zA-Z]+\.(?:find|create|update|upsert|delete|count|aggregate|groupBy)\w*|\$(?:query|execute)\w*)/gu),
  ].map(([query]) => query);

describe('queries', () => {
  test('stand in stores, never in features', () => {
    const features = sources(root).filter((file) => file.startsWith(join('src', 'features')));
    expect(features.length).toBeGreaterThan(50);
    expect(features.flatMap((file) => queriesIn(readFileSync(join(root, file), 'utf8')).map((query) => `${file}: ${query}`))).toEqual([]);
    // Control: the rooms that keep the stores are full of them.
    const stores = sources(root).filter((file) => file.startsWith(join('src', 'people')));
    expect(stores.flatMap((file) => queriesIn(readFileSync(join(root, file), 'utf8'))).length).toBeGreaterThan(50);
  });

  test.each(['await tx.person.findMany({})', 'await tx.signUp.updateMany({})', 'await tx.$queryRaw(sql``)'])('%s is noticed', (text) => {
    expect(queriesIn(text)).toHaveLength(1);
  });
});
