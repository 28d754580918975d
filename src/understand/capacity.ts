import { matchAt } from './dates/scan.js';
import { fieldText } from './normalize.js';
import { parseNumber, readNumeral } from './numbers.js';

/** `families`: 20组家庭 counts families, not people. `approximate`: 20人左右. */
export interface CapacityNote {
  readonly type: 'families' | 'approximate';
}

/** How many places there are (1 to 10,000); null where there is no limit. */
export type CapacityReading =
  | { readonly ok: true; readonly capacity: number | null; readonly notes: readonly CapacityNote[] }
  | { readonly ok: false; readonly reason: 'unreadable' | 'outOfRange' };

const smallest = 1;
const largest = 10_000;

const number = '(-?(?:\\d{1,3}(?:,\\d{3})+|\\d{1,15})(?:[百千万])?|负?[零〇一二两三四五六七八九十百千万亿]{1,9})';
const unit =
  '\\s?(个(?:家庭|孩子|小孩|小朋友|名额|人)?|名(?:额)?(?:儿童|孩子|小朋友|学生|居民|老人)?|位(?:居民|老人)?|人|[组户](?:亲子)?(?:家庭)?|家)';
const about = '(\\s?左右)?';
const heading =
  '(?:活动)?(?:名额|人数|限额|限招|招募|招收|招|限报|限|共|总共|一共|仅限|开放|预计)\\s?(?:限|为|共|有|是|约|名额|人数)?\\s?:?\\s?(?:约|限|共)?\\s?';
const headed = new RegExp(`${heading}${number}(?:${unit}(?!以上))?${about}`, 'y');
const counted = new RegExp(`${number}${unit}${about}`, 'y');
const unlimited = /(?:名额|人数)?\s?:?\s?(?:不限|无限制|不限制|没有限制)(?:名额|人数|人)?|来者不拒/y;
// 每户限2人 is not how many places there are; nor is 满10人开班.
const other = /(?:[每各满够][^\s,。;]{0,4}|第|前)$/;

function limited(found: RegExpExecArray): CapacityReading {
  const [, size = '', kind = '', around] = found;
  const reading = parseNumber(size, { min: smallest, max: largest });
  if (!reading.ok) return reading;
  const notes: CapacityNote[] = [
    ...(/[组户家]/.test(kind) ? [{ type: 'families' as const }] : []),
    ...(around !== undefined || /约|预计/.test(found[0]) ? [{ type: 'approximate' as const }] : []),
  ];
  return { ok: true, capacity: reading.value, notes };
}

/**
 * The number of places that stands exactly at a place of a folded text: announced by a word (名额20) or counting people (20人), never a number alone.
 */
export function capacityAt(
  text: string,
  at: number,
): { readonly reading: CapacityReading; readonly to: number; readonly headed: boolean } | undefined {
  if (other.test(text.slice(Math.max(0, at - 6), at))) return undefined;
  const none = matchAt(unlimited, text, at);
  if (none !== undefined && /名额|人/.test(none[0]))
    return { reading: { ok: true, capacity: null, notes: [] }, to: at + none[0].length, headed: true };
  const titled = matchAt(headed, text, at);
  if (titled !== undefined && (titled[2] !== undefined || /额|数/.test(titled[0])))
    return { reading: limited(titled), to: at + titled[0].length, headed: true };
  const found = matchAt(counted, text, at);
  return found === undefined || readNumeral(found[1]?.replace(/[-负,]/g, '') ?? '') === undefined
    ? undefined
    : { reading: limited(found), to: at + found[0].length, headed: false };
}

/** Reads how many places there are: `名额20人`, `限20名`, `20个孩子`, `20组家庭`, `20`, `不限`. */
export function parseCapacity(text: string): CapacityReading {
  const field = fieldText(text)?.replace(/[。.]$/, '');
  if (field === undefined) return { ok: false, reason: 'unreadable' };
  if (matchAt(unlimited, field, 0)?.[0].length === field.length) return { ok: true, capacity: null, notes: [] };
  const found = [headed, counted].map((pattern) => matchAt(pattern, field, 0)).find((match) => match?.[0].length === field.length);
  if (found !== undefined && found !== null) return limited(found);
  const plain = parseNumber(field, { min: smallest, max: largest });
  return plain.ok ? { ok: true, capacity: plain.value, notes: [] } : plain;
}
