import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { createAttendance } from '../../src/features/attendance/index.js';
import { createCommunityFeature, sentence } from '../../src/features/community/index.js';
import { createMyData } from '../../src/features/mydata/index.js';
import { createProfile } from '../../src/features/profile/index.js';
import { createSignup } from '../../src/features/signup/index.js';
import { requiredKeys } from '../../src/dialog/index.js';
import { locales, type Locale } from '../../src/i18n/index.js';
import {
  auditActions,
  createCodes,
  createFamilies,
  createGuests,
  createOwnAnswers,
  createInvitations,
  createNotes,
  createSearches,
  createPlaceCodes,
  createTasks,
  createUnreached,
} from '../../src/people/index.js';
import { createPlanner } from '../../src/schedule/index.js';
import { createSealer } from '../../src/seal/index.js';
import { dialogs } from '../support/dialogs.js';
import { texts } from '../support/house.js';
import { profileParts } from '../support/profile.js';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  // The page of the web chat names its texts in its own way (test/adapters/web.texts.test.ts).
  .filter((path) => path.endsWith('.ts') && !path.startsWith('adapters') && !path.includes('generated'))
  .map((path) => readFileSync(join(src, path), 'utf8'));

/** Every text of a language by its key. */
function all(locale: Locale): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') found.set(path, node);
    else if (typeof node === 'object' && node !== null) for (const [name, value] of Object.entries(node)) walk(value, `${path}.${name}`);
  };
  for (const file of new Set(texts.keys(locale).map((key) => key.split('.')[0] ?? ''))) walk(texts.file(locale, file), file);
  return found;
}

const written = { 'zh-CN': all('zh-CN'), en: all('en') };
const plural = /_(?:one|other)$/u;
const bases = (locale: Locale) => [...new Set([...written[locale].keys()].map((key) => key.replace(plural, '')))].sort();
const has = (locale: Locale, key: string) => written[locale].has(key) || written[locale].has(`${key}_other`);

const sealer = createSealer(new Uint8Array(32));
const families = createFamilies(sealer);
const codes = createCodes({ sealer, make: () => 'CODE' });
const guests = createGuests(sealer);
const ownAnswers = createOwnAnswers(sealer);
const parts = {
  families,
  guests,
  notes: createNotes(sealer),
  searches: createSearches(sealer),
  ownAnswers,
  codes,
  tasks: createTasks(sealer),
  unreached: createUnreached(sealer),
  emit: () => Promise.resolve(),
  planner: createPlanner({ sealer }),
  newRef: () => 'ref',
  tell: () => Promise.resolve(),
  texts: () => texts.in('en'),
  clock: () => 0,
};
const nothingToDo = async () => undefined;
const mydata = createMyData({
  families,
  guests: createGuests(sealer),
  notes: createNotes(sealer),
  ownAnswers,
  planner: createPlanner({ sealer }),
  tidier: { want: nothingToDo, run: nothingToDo },
  sentence: () => '',
  beforeErase: nothingToDo,
  traces: {},
  copyDays: 30,
});
const invitations = createInvitations({ codes, sealer });
const profile = { ...profileParts(sealer), texts: () => texts.in('en') };
const features = [
  createCommunityFeature({ codes, invitations, texts: () => texts.in('en') }),
  mydata,
  createProfile(profile),
  createSignup(parts),
  createAttendance({ families, guests, ownAnswers, codes: createPlaceCodes({ sealer, make: () => '222222' }) }),
];

describe('the two languages', () => {
  test('have the same keys', () => {
    expect(bases('en')).toEqual(bases('zh-CN'));
  });

  test('have the plural forms that each needs, and no others', () => {
    const counted = [...written['zh-CN'].keys()].filter((key) => plural.test(key));
    expect(counted.filter((key) => !key.endsWith('_other'))).toEqual([]);
    const wanted = counted.flatMap((key) => [key.replace(plural, '_one'), key.replace(plural, '_other')]).sort();
    expect([...written.en.keys()].filter((key) => plural.test(key)).sort()).toEqual(wanted);
  });

  test('name the same values in each text', () => {
    const values = (locale: Locale, key: string) => {
      const text = written[locale].get(key) ?? written[locale].get(`${key}_other`) ?? '';
      return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name = '']) => name))].sort();
    };
    for (const key of bases('en')) expect({ key, values: values('en', key) }).toEqual({ key, values: values('zh-CN', key) });
  });
});

describe.each(locales)('texts in %s', (locale) => {
  test.each(dialogs)('the dialog $name has all its words', (dialog) => {
    expect(requiredKeys(dialog).filter((key) => !has(locale, key))).toEqual([]);
  });

  test('the dialogs above are all there are', () => {
    expect(features.flatMap((feature) => feature.dialogs.map(({ name }) => name)).sort()).toEqual(dialogs.map(({ name }) => name).sort());
  });

  test('every key that the program names is there', () => {
    const named = sources.flatMap(keysIn);
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((key) => !has(locale, key))).toEqual([]);
  });

  test('negative control: a key that is not there is found', () => {
    expect(keysIn("say(t(open ? 'signup.nowhere' : 'signup.gone', { title }))").filter((key) => !has(locale, key))).toEqual([
      'signup.nowhere',
    ]);
  });

  test('keys that are put together find texts', () => {
    const beginnings = sources.flatMap((source) => [...source.matchAll(/\bt\(\s*`([a-z][\w.]*)\.\$\{/gu)].map(([, key]) => key ?? ''));
    expect(beginnings.length).toBeGreaterThan(5);
    expect(beginnings.filter((key) => !bases(locale).some((known) => known.startsWith(`${key}.`)))).toEqual([]);
  });

  test('every command that people see has its word, label and line of help', () => {
    const commands = features.flatMap((feature) => feature.commands).filter(({ hidden }) => !hidden);
    const wanted = commands.flatMap(({ name }) => ['word', 'label', 'what'].map((part) => `help.commands.${name}.${part}`)).sort();
    expect([...written[locale].keys()].filter((key) => key.startsWith('help.commands.')).sort()).toEqual(wanted);
  });

  test('everything that is written down has its sentence', () => {
    const t = texts.in(locale);
    for (const action of Object.keys(auditActions)) {
      const row = { id: 'r', at: 0, action, actor: 'ACTOR', subject: 'SUBJECT', role: 'organiser' };
      expect({ action, said: has(locale, `log.actions.${action}`) && sentence(row, t) }).toEqual({
        action,
        said: expect.not.stringContaining('{{'),
      });
    }
    expect(sentence({ id: 'r', at: 0, action: 'no.such', actor: 'ACTOR', subject: '', role: '' }, t)).toBe(
      t('log.unknown', { actor: 'ACTOR' }),
    );
  });

  test('there is no sentence for what nobody writes down, and what is written down is named in the list', () => {
    const sentences = bases(locale)
      .filter((key) => key.startsWith('log.actions.'))
      .map((key) => key.slice('log.actions.'.length));
    expect(sentences.sort()).toEqual(Object.keys(auditActions).sort());
    const written = sources.flatMap((source) => [...source.matchAll(/\baudit\([^;]*?'(\w+\.\w+)'/gu)].map(([, action]) => action));
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter((action) => action === undefined || !Object.hasOwn(auditActions, action))).toEqual([]);
    // Nothing in the list is only there.
    expect(
      Object.keys(auditActions).filter(
        (action) => !sources.some((source) => source.includes(`'${action}'`) && !source.includes('export const auditActions')),
      ),
    ).toEqual([]);
  });

  test('every word of the help calls its command when it is typed', () => {
    for (const { name, words } of features.flatMap((feature) => feature.commands).filter(({ hidden }) => !hidden))
      expect(words).toContain(texts.in(locale)(`help.commands.${name}.word`));
  });

  test('every fault of database and key that stops the start is told', () => {
    const codes = (file: string, before: RegExp) =>
      [...(before.exec(readFileSync(join(src, file), 'utf8'))?.[1] ?? '').matchAll(/'(\w+)'/gu)].map(([, code]) => code ?? '');
    const storage = codes('storage/errors.ts', /export type StorageErrorCode =([^;]+);/u);
    const dataKey = codes('seal/dataKey.ts', /readonly reason: ([^,]+),/u);
    expect([storage.length, dataKey.length]).toEqual([13, 3]);
    for (const key of [...storage.map((code) => `errors.${code}`), ...dataKey.map((reason) => `dataKey.${reason}`)])
      expect(has(locale, `storage.${key}`)).toBe(true);
  });

  test('none is empty or shouts', () => {
    for (const [key, text] of written[locale]) {
      expect({ key, empty: text.trim() === '' }).toEqual({ key, empty: false });
      expect({ key, text }).not.toEqual({ key, text: expect.stringMatching(/[!！]/u) });
    }
  });

  test('values stand where i18next would put them', () => {
    const engine = i18next.createInstance();
    const files = Object.fromEntries(
      [...new Set(bases(locale).map((key) => key.split('.')[0] ?? ''))].map((file) => [file, texts.file(locale, file)]),
    );
    void engine.init({
      initAsync: false,
      lng: locale,
      resources: { [locale]: { translation: files } },
      interpolation: { escapeValue: false },
    });
    for (const [key, text] of written[locale]) {
      const names = [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? '');
      const values = fc.record(Object.fromEntries(names.map((name) => [name, name === 'count' ? fc.nat() : fc.string()])));
      const base = key.replace(plural, '');
      fc.assert(
        fc.property(values, (given) => {
          const params = plural.test(key) ? { count: 1, ...given } : given;
          expect(texts.in(locale)(base, params)).toBe(engine.t(base, params));
        }),
        { numRuns: 3 },
      );
    }
  });

  test('a value is shown as it is, whatever stands in it', () => {
    const t = texts.in(locale);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('$t(signup.gone)', '{{name}}', '$&', "$'", '<b>&amp;')),
        (title) => {
          expect(t('signup.closed', { title })).toContain(title);
        },
      ),
    );
  });
});

test('Chinese texts have Chinese marks', () => {
  // Latin ones stay where they belong to something Latin, such as an address.
  const halfWidth = /[\p{Script=Han}，。：；？“”（）、][,:;?()]|[,:;?()][\p{Script=Han}，。：；？“”（）、]/u;
  const wrong = [...written['zh-CN'].values()].filter((text) => halfWidth.test(text.replace(/postgresql:\/\/[^\s（]+/u, '')));
  expect(wrong).toEqual([]);
  expect(halfWidth.test('太长了,请写短一点')).toBe(true);
});

/** The keys among what `t(` is given first, also behind a condition. */
function keysIn(source: string): string[] {
  return [...source.matchAll(/\b(?:t|text)\(\s*((?:[^(),`]|\([^()]*\))*?)[,)]/gu)].flatMap(([, first = '']) =>
    [...first.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/gu)].map(([, key]) => key ?? ''),
  );
}

test('English texts have one apostrophe, and one word for who is a guardian beside the parents', () => {
  const wrong = [...written.en].filter(([key, text]) => !key.startsWith('setup.') && /[a-z}]'[a-z]/iu.test(text));
  expect(wrong.map(([key]) => key)).toEqual([]);
  const guardians = [...written.en].filter(([key]) => /(?:option|bonds?)\.guardian$/u.test(key)).map(([, text]) => text.toLowerCase());
  expect(new Set(guardians)).toEqual(new Set(['another guardian']));
  const asked = [...written.en].filter(([key]) => key.endsWith('.option.guardian')).map(([, text]) => text);
  expect(new Set(asked)).toEqual(new Set(['Another guardian']));
});
