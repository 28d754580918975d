/** The languages that Linli speaks. The first is the one it was written in. */
export const locales = ['zh-CN', 'en'] as const;

/** One of the languages that Linli speaks. */
export type Locale = (typeof locales)[number];

/** The language behind a stored or configured name; where the name is none of ours, the fallback, or the one that Linli was written in. */
export function asLocale(name: string | null | undefined, fallback: Locale = locales[0]): Locale {
  return locales.find((locale) => locale === name) ?? fallback;
}
