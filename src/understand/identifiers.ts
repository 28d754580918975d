import { normalize } from './normalize.js';

// 18 digits (the last may be X), or the 15 of the first generation with a date in their middle; written apart or together.
const idNumber =
  /(?<![\dA-Za-z])(?:\d(?:[ -]?\d){16}[ -]?[\dXx]|\d{6}[ -]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3})(?![\dA-Za-z])/g;
const mobile = String.raw`(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}`;
const landline = String.raw`(?:\(0\d{2,3}\)|0\d{2,3})[ -]?[1-9]\d{6,7}(?:[ -]?(?:转|-)\d{1,5})?`;
const service = String.raw`[48]00[ -]?\d{3}[ -]?\d{4}`;
// A local number is one only where the words say so: 20260801 is a date.
const local = String.raw`(?<=(?:电话|座机|热线|tel)[号码是:： ]{0,3})[2-8]\d{6,7}`;
const phone = new RegExp(String.raw`(?<!\d)(?:${mobile}|${landline}|${service}|${local})(?!\d)`, 'gi');

/** A stretch of a text, in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const spans = (pattern: RegExp, text: string): Span[] =>
  [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length }));

/** Where ID numbers stand in a folded text. */
export const idNumbersIn = (text: string): Span[] => spans(idNumber, text);

/** Where mainland phone numbers stand in a folded text. */
export const phonesIn = (text: string): Span[] => spans(phone, text);

// An identifier that hides behind more than this is not looked for: nobody writes one there.
const longestLooked = 2_000;

/** Whether a mainland identity number stands in the text (18 or 15 digits; the check digit may be wrong). */
export function looksLikeIdNumber(text: string): boolean {
  return idNumbersIn(normalize(text.slice(0, longestLooked))).length > 0;
}

/** Whether a mainland phone number stands in the text: mobile, landline with its area code, 400 and 800. */
export function looksLikePhone(text: string): boolean {
  return phonesIn(normalize(text.slice(0, longestLooked))).length > 0;
}
