import { matchAt } from './dates/scan.js';
import { fieldText } from './normalize.js';
import { parseNumber, readNumeral } from './numbers.js';

/** `families`: 20组家庭 counts families, not people. `approximate`: 20人左右. */
export interface CapacityNote {
  readonly type: 'families' | 'approximate';
}

/** Whom a place is for: somebody, a child, or a family that comes together. */
export type PlaceUnit = 'person' | 'child' | 'household';

/** How many places there are (1 to 10,000), and what they count; null where there is no limit. */
export type CapacityReading =
  | { readonly ok: true; readonly capacity: number | null; readonly unit: PlaceUnit; readonly notes: readonly CapacityNote[] }
  | { readonly ok: false; readonly reason: 'unreadable' | 'outOfRange' };

const smallest = 1;
const largest = 10_000;

const number = '(-?(?:\\d{1,3}(?:,\\d{3})+|\\d{1,15})(?:[百千万])?|负?[零〇一二两三四五六七八九十百千万亿]{1,9})';
const unit =
  '\\s?(个(?:亲子)?(?:家庭|孩子|小孩|小朋友|儿童|宝宝|名额|人)?|名(?:额)?(?:小学生|青少年|少年儿童|少年|儿童|孩子|小朋友|宝宝|学生|学员|居民|老人|志愿者)?|位(?:居民|老人|小朋友|家长)?|人(?!次)|[组户](?:亲子)?(?:家庭)?|家|对(?:亲子家庭|亲子|父子|母子|母女|父女|祖孙))';
const englishUnit =
  '\\s?(people|persons|participants|places|spots|seats|adults|seniors|residents|kids|children|child|families|family|households|pairs)(?![a-z])';
const about = '(\\s?左右)?';
const heading =
  '(?:活动)?(?:名额|人数|限额|限招|招募|招收|招|限报|限|共|总共|一共|仅限|开放|预计)\\s?(?:限|为|共|有|是|约|名额|人数)?\\s?:?\\s?(?:约|限|共)?\\s?';
const headed = new RegExp(`${heading}${number}(?:${unit}(?!以上))?${about}`, 'y');
const counted = new RegExp(`${number}${unit}${about}`, 'y');
const english = new RegExp(
  `(?<![a-z\\d])(?:(?:limited to|limit(?: of)?|up to|max(?:imum)?(?: of)?|capacity|places|spots)\\s?:?\\s?)?(\\d{1,3}(?:,\\d{3})+|\\d{1,15})(?:${englishUnit}(?: (?:max|only|available))?)?`,
  'iy',
);
const englishHead = /^(?:limit|up to|max|capacity|places|spots)/i;
const unlimited =
  /(?:名额|人数)?\s?:?\s?(?:不限|无限制|不限制|没有限制)(?:名额|人数|人)?|来者不拒|(?<![a-z])(?:unlimited(?: (?:places|spots))?|no limit)(?![a-z])/iy;
// 每户限2人 is not how many places there are; nor is 满10人开班.
const other = /(?:[每各满够](?![场节次期班])[^\s,。;]{0,4}|第|前|per (?:family|household) )$/;
// 前20名 and 要5名 are the places where nothing more is said of them: 前3名有奖 is not.
const plainly = new RegExp(
  `(?:(?:先到先得|先报先得)?\\s?(?:限|仅限)?前|(?:还|只)?(?:需要?|要|缺))${number}\\s?(?:名额?|位|人)(?:报名者|报名|居民|志愿者|义工|学员|参加)?(?=$|[\\s,。;!?)|])`,
  'y',
);
const prizes = /(?:奖|取|选|评|第|[不必提日之以])[^\s,。;]{0,4}:?\s?$/;
// Each session has its own places, so 每场30人 is the number of places.
const perSession = /(?:每|各)(?:一)?(?:场|节课?|次|期|班)(?:活动)?\s?/y;

function limited(found: RegExpExecArray): CapacityReading {
  const [, size = '', kind = '', around] = found;
  const reading = parseNumber(size, { min: smallest, max: largest });
  if (!reading.ok) return reading;
  const of = unitOf(kind);
  const notes: CapacityNote[] = [
    ...(of === 'household' ? [{ type: 'families' as const }] : []),
    ...(around !== undefined || /约|预计/.test(found[0]) ? [{ type: 'approximate' as const }] : []),
  ];
  return { ok: true, capacity: reading.value, unit: of, notes };
}

const unitOf = (kind: string): PlaceUnit => {
  if (/[组户家对]|famil|household|pair/i.test(kind) && !/家长/.test(kind)) return 'household';
  return /孩|朋友|儿童|少年|宝宝|小学生|kid|child/i.test(kind) ? 'child' : 'person';
};

/**
 * The number of places that stands exactly at a place of a folded text: announced by a word (名额20) or counting people (20人), never a number alone.
 */
export function capacityAt(
  text: string,
  at: number,
): { readonly reading: CapacityReading; readonly to: number; readonly headed: boolean } | undefined {
  const some = prizes.test(text.slice(Math.max(0, at - 7), at)) ? undefined : matchAt(plainly, text, at);
  if (some !== undefined) return { reading: limited(some), to: at + some[0].length, headed: true };
  if (other.test(text.slice(Math.max(0, at - 6), at))) return undefined;
  const none = matchAt(unlimited, text, at);
  if (none !== undefined && /名额|人/.test(none[0]))
    return { reading: { ok: true, capacity: null, unit: 'person', notes: [] }, to: at + none[0].length, headed: true };
  const each = matchAt(perSession, text, at);
  if (each !== undefined) {
    const inside = placesAt(text, at + each[0].length);
    return inside && { ...inside, headed: true };
  }
  return placesAt(text, at);
}

function placesAt(text: string, at: number): ReturnType<typeof capacityAt> {
  const titled = matchAt(headed, text, at);
  if (titled !== undefined && (titled[2] !== undefined || /额|数/.test(titled[0])))
    return { reading: limited(titled), to: at + titled[0].length, headed: true };
  const words = matchAt(english, text, at);
  if (
    words !== undefined &&
    (words[2] !== undefined || englishHead.test(words[0])) &&
    !/^\s?[点:月日号岁人名个组户位-]/.test(text.slice(at + words[0].length))
  )
    return { reading: limited(words), to: at + words[0].length, headed: englishHead.test(words[0]) };
  const found = matchAt(counted, text, at);
  return found === undefined || readNumeral(found[1]?.replace(/[-负,]/g, '') ?? '') === undefined
    ? undefined
    : { reading: limited(found), to: at + found[0].length, headed: false };
}

/** Reads how many places there are and what they count: `名额20人`, `限20名`, `20个孩子`, `20组家庭`, `每场30人`, `20 families`, `20`, `不限`. */
export function parseCapacity(text: string): CapacityReading {
  const field = fieldText(text)?.replace(/[。.]$/, '');
  if (field === undefined) return { ok: false, reason: 'unreadable' };
  if (matchAt(unlimited, field, 0)?.[0].length === field.length) return { ok: true, capacity: null, unit: 'person', notes: [] };
  const from = matchAt(perSession, field, 0)?.[0].length ?? 0;
  const found = [headed, counted, english]
    .map((pattern) => matchAt(pattern, field, from))
    .find((match) => match?.[0].length === field.length - from);
  if (found !== undefined) return limited(found);
  const plain = parseNumber(field, { min: smallest, max: largest });
  return plain.ok ? { ok: true, capacity: plain.value, unit: 'person', notes: [] } : plain;
}
