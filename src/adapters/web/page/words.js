import { browser } from './store.js';
import { now, zone } from './time.js';

/** The language to begin with: the one that the visitor chose, else the community's, in which the bot speaks too; the page comes in it. */
export function firstLocale(texts) {
  const ours = document.documentElement.lang;
  return [browser.get('locale', ''), ours].find((name) => texts[name]) || Object.keys(texts)[0];
}

/** The other language, for the switch. */
export const nextLocale = (texts, locale) => {
  const all = Object.keys(texts);
  return all[(all.indexOf(locale) + 1) % all.length];
};

/** Control characters that a browser would swallow, as visible signs. Line breaks and tabs stay. */
export const visible = (text) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (sign) =>
      String.fromCharCode(sign === '\u007f' ? 0x2421 : 0x2400 + sign.charCodeAt(0)),
    );

/** True when nobody would see anything of a text: spaces, and signs that are not drawn. */
export const isBlank = (text) => /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);

/** What a message says in a line of a list: its words, or the name of what came without any. */
export const gist = ({ text, file }) => visible(text || (file ? file.name : ''));

/** How large a file is. */
export const sizeOf = (bytes) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** 09:05, on the clocks of the community. */
export const clockTime = (at, locale) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone() }).format(at);

/** The day there on which an instant lies, as a number of days. */
function dayOf(at) {
  const parts = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: zone() }).formatToParts(at);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000;
}

/** True when two instants lie on different days of the community. */
export const otherDay = (one, two) => dayOf(one) !== dayOf(two);

/** The date as people say it. */
export const longDay = (at, locale) =>
  new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', weekday: 'short', timeZone: zone() }).format(at);

/** Today, yesterday, or the date as people read it. */
export function dayName(at, locale, t) {
  const days = dayOf(now()) - dayOf(at);
  if (days === 0) return t('today');
  if (days === 1) return t('yesterday');
  return longDay(at, locale);
}
