export { clock, date, day, instant, list } from './format.js';
export { asLocale, locales, type Locale } from './locales.js';
export { flatTexts, readTexts, type Params, type Texts, type Translate } from './translate.js';
