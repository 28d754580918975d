import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import i18next, { type i18n } from 'i18next';
import { locales, type Locale } from './locales.js';

/** Values that a text may name. Everything else is made readable before it gets here. */
export type Params = Readonly<Record<string, string | number>>;

/** Gives the text behind a dotted key such as `signup.full`, in the language that the function was made for. */
export type Translate = (key: string, params?: Params) => string;

/** Texts of every language, read once at start. */
export interface Texts {
  /** The translate function of one language. */
  in(locale: Locale): Translate;
  /** Every key of one language, as written (plural forms with their suffix). */
  keys(locale: Locale): readonly string[];
  /** One file's texts as they stand, for a page that shows them itself. */
  file(locale: Locale, name: string): unknown;
}

/**
 * Reads `locales/LOCALE/FILE.json`; the file's name is the first part of its keys.
 * A missing key throws: a test finds it before a person does, and no language silently answers in another.
 */
export function readTexts(folder: string): Texts {
  const files = Object.fromEntries(locales.map((locale) => [locale, readFiles(join(folder, locale))]));
  const engine: i18n = i18next.createInstance();
  void engine.init({
    initAsync: false,
    resources: Object.fromEntries(locales.map((locale) => [locale, { translation: files[locale] ?? {} }])),
    fallbackLng: false,
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, key) => {
      throw new Error(`No text for the key ${key}`);
    },
  });
  const translators = new Map<Locale, Translate>();
  return {
    in: (locale) => {
      const t = translators.get(locale) ?? translator(engine, locale);
      translators.set(locale, t);
      return t;
    },
    keys: (locale) => leaves(files[locale] ?? {}),
    file: (locale, name) => files[locale]?.[name] ?? {},
  };
}

/**
 * The texts of one language. A turn asks for dozens, so each is looked up once, and its values are put in here. Where a count chooses
 * the plural form the engine does it all. No text contains another, so none is looked for in a person's words either.
 */
function translator(engine: i18n, lng: Locale): Translate {
  const kept = new Map<string, string>();
  return (key, params) => {
    if (params !== undefined && 'count' in params) return engine.t(key, { ...params, lng, nest: false });
    // Not getFixedT, which takes five times as long.
    const text = kept.get(key) ?? engine.t(key, { lng, nest: false, skipInterpolation: true });
    kept.set(key, text);
    return text.includes('{{') ? text.replace(placeholder, (_, name: string) => String(params?.[name] ?? '')) : text;
  };
}

const placeholder = /\{\{(\w+)\}\}/gu;

function readFiles(folder: string): Record<string, object> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(names.map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8')) as object]));
}

function leaves(node: object, path = ''): string[] {
  return Object.entries(node).flatMap(([name, value]) => {
    const key = path ? `${path}.${name}` : name;
    return typeof value === 'object' && value !== null ? leaves(value, key) : [key];
  });
}

/** One file's texts by their dotted keys below the file's name, for a page that shows them itself. */
export function flatTexts(texts: Texts, locale: Locale, file: string): Record<string, string> {
  const flat: Record<string, string> = {};
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') flat[path] = node;
    else if (typeof node === 'object' && node !== null)
      for (const [name, value] of Object.entries(node)) walk(value, path ? `${path}.${name}` : name);
  };
  walk(texts.file(locale, file), '');
  return flat;
}
