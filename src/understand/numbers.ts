import { fieldText } from './normalize.js';

const digitOf = new Map<string, number>();
['零〇', '一壹', '二两贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].forEach((signs, digit) => {
  for (const sign of signs) digitOf.set(sign, digit);
});

const digit = '[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]';
const section = new RegExp(`^(?:(${digit})[千仟])?零?(?:(${digit})[百佰])?零?(?:(${digit})?[十拾])?零?(${digit})?$`);

function belowTenThousand(text: string): number | undefined {
  const match = section.exec(text);
  if (match === null || text === '') return undefined;
  const [, thousands, hundreds, tens, ones] = match;
  const of = (sign: string | undefined): number => (sign === undefined ? 0 : (digitOf.get(sign) ?? 0));
  const hasTens = /[十拾]/.test(text);
  // 一百二 is 120 and 一千二 is 1,200, but 一百零二 is 102.
  const short = !text.includes('零') && !hasTens ? (hundreds !== undefined ? 10 : thousands !== undefined ? 100 : 1) : 1;
  return of(thousands) * 1000 + of(hundreds) * 100 + (hasTens ? (tens === undefined ? 1 : of(tens)) * 10 : 0) + of(ones) * short;
}

/** Digits one after another, 二〇一八; undefined when another sign is among them. */
export function readDigits(text: string): number | undefined {
  if (text === '' || text.length > 9) return undefined;
  let value = 0;
  for (const sign of text) {
    const next = digitOf.get(sign);
    if (next === undefined) return undefined;
    value = value * 10 + next;
  }
  return value;
}

/**
 * The value of a numeral that is nothing but digits or Chinese number signs (`20`, `二十`, `两`, `一百零五`, `3万`).
 * At most 15 digits; undefined where it is no numeral. 三四 (three or four) is none.
 */
export function readNumeral(text: string): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (text.length > 16) return undefined;
  const spelled = text.replaceAll('廿', '二十').replaceAll('卅', '三十').replaceAll('〇', '零');
  for (const [unit, size] of [
    ['亿', 1e8],
    ['万', 1e4],
  ] as const) {
    const at = spelled.indexOf(unit);
    if (at === -1) continue;
    const many = readNumeral(spelled.slice(0, at));
    const after = spelled.slice(at + 1);
    // 三万五 is 35,000.
    const rest = after === '' ? 0 : /^[一二两三四五六七八九]$/.test(after) ? ((digitOf.get(after) ?? 0) * size) / 10 : readNumeral(after);
    return many === undefined || rest === undefined || rest >= size ? undefined : many * size + rest;
  }
  const mixed = /^(\d{1,4})([十百千])$/.exec(spelled);
  if (mixed !== null) return Number(mixed[1]) * { 十: 10, 百: 100, 千: 1000 }[mixed[2] as '十' | '百' | '千'];
  if (spelled === '零') return 0;
  return belowTenThousand(spelled) ?? (/^[^零]+零/.test(spelled) ? readDigits(spelled) : undefined);
}

/** A whole number within the bounds, or why not. */
export type NumberReading =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly reason: 'unreadable' | 'outOfRange' };

const counted = /\s?(?:个|位|名|口|组|户|份|次)?(?:人|孩子|小孩|小朋友|大人|老人|家庭|名额)?$/;

/**
 * Reads a whole number as people answer it: `3`, `３`, `三`, `十二`, `两个`, `俩`, `一百`, `1,000`, `20人`.
 * @param bounds inclusive; 0 to 999,999,999 unless told. A number outside them is `outOfRange`, also a negative or an enormous one.
 */
export function parseNumber(
  text: string,
  { min = 0, max = 999_999_999 }: { readonly min?: number; readonly max?: number } = {},
): NumberReading {
  const field = fieldText(text)
    ?.normalize('NFKC')
    .replace(/[\ufe0f\u20e3]/g, '');
  if (field === undefined) return { ok: false, reason: 'unreadable' };
  const bare = field
    .replace(counted, '')
    .replace(/^俩$/, '二')
    .replace(/^仨$/, '三')
    .replace(/^\+\s?/, '');
  const positive = bare.replace(/^(?:-|负)\s?/, '');
  const plain = /^\d{1,3}(?:,\d{3})+$/.test(positive) ? positive.replaceAll(',', '') : positive;
  if (/^\d{16,}$/.test(plain)) return { ok: false, reason: 'outOfRange' };
  const size = readNumeral(plain);
  if (size === undefined) return { ok: false, reason: 'unreadable' };
  const value = positive === bare || size === 0 ? size : -size;
  return value < min || value > max ? { ok: false, reason: 'outOfRange' } : { ok: true, value };
}
