import type { Request } from '../../command/index.js';
import { asLocale, date, instant } from '../../i18n/index.js';

/** An instant (ms) as the reader writes it: `8月1日 10:32`. */
export const at = (ms: number, { who, now }: Request): string => instant(ms, asLocale(who.locale), now, who.timeZone);

/** The day of an instant (ms), with its year. */
export const dayOf = (ms: number, { who }: Request): string => date(ms, asLocale(who.locale), who.timeZone);
