import { looksLikeIdNumber, looksLikePhone } from './identifiers.js';
import { normalize } from './normalize.js';

const fullDate = /(?<!\d)((?:19|20)\d{2})\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})|(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/gu;

/** A day of the past, written with its year, is somebody's birthday; nobody signs up for what is over. `now` in ms. */
function hasBirthDate(text: string, now: number): boolean {
  return [...text.matchAll(fullDate)].some(([, ...parts]) => {
    const [year = 0, month = 0, day = 0] = parts.flatMap((part) => part ?? []).map(Number);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && Date.UTC(year, month - 1, day) < now;
  });
}

/** Whether words hold what a group is not to read: an ID number, a telephone number, a birth date. */
export function isPersonal(text: string, now: number): boolean {
  const said = normalize(text.slice(0, 500));
  return looksLikeIdNumber(said) || looksLikePhone(said) || hasBirthDate(said, now);
}
