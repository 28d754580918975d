import type { Clock, FoundClocks, PartOfDay } from './time.js';
import { englishClocks, englishPart } from './englishClock.js';
import { between, matchAt, numberOf, small } from './scan.js';

interface FoundClock {
  readonly clock: Clock;
  readonly to: number;
}

const parts = new Map<string, PartOfDay>();
const wordsOf: readonly (readonly [PartOfDay, string])[] = [
  ['dawn', '凌晨'],
  ['morning', '大清早 清晨 清早 早晨 早上 早间 上午 早 晨'],
  ['noon', '中午 正午 午间'],
  ['afternoon', '下午 午后'],
  ['dusk', '傍晚 黄昏'],
  ['evening', '晚上 晚间 夜晚 晚'],
  ['night', '深夜 半夜 午夜 夜里 夜间 夜'],
];
for (const [part, words] of wordsOf) for (const word of words.split(' ')) parts.set(word, part);

const partWord = new RegExp([...parts.keys()].toSorted((a, b) => b.length - a.length).join('|'), 'y');
const digital = /(\d{1,2}):(\d{2})(?::00)?(?![\d:])(?:\s?([ap])\.?m\.?(?![a-z]))?(?![a-z])/iy;
const dotted = /(\d{1,2})\.(\d{2})(?![\d.])/y;
const spoken = new RegExp(
  `(${small})\\s?(?:点(?![心赞评滴儿击缀亮歌名子建意要])|时(?![间候代期段光尚装]))(?:钟|整|(半)钟?|过?([一三13])刻钟?|过?零?(${small})分(?![享钟])|(\\d{2}|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])(?![\\d十人名个位组元岁号日月天分点户年级楼层室]))?`,
  'y',
);
const before = new RegExp(`差\\s?(${small}|)(分钟?|一刻钟?)\\s?(?:到)?\\s?(${small})点`, 'y');
const bare = new RegExp(`(${small})(?=${between})`, 'y');
const separator = new RegExp(`${between}(?:(次日|第二天|隔天|翌日)的?)?`, 'y');
const opening = /(?:从|自|约|大约|大概)\s?/y;
const closing = /\s?(?:(左右|前后|许)|正式开始|准时开始|开始|结束|起(?!来)|准时)/y;

/** A word for a part of the day at a place. */
export function readPart(text: string, at: number): { readonly part: PartOfDay; readonly to: number; readonly short: boolean } | undefined {
  const english = englishPart(text, at);
  // Evening alone is more often a part of a title than a time.
  if (english !== undefined) return { ...english, short: true };
  const found = matchAt(partWord, text, at);
  const part = parts.get(found?.[0] ?? '');
  return found === undefined || part === undefined ? undefined : { part, to: at + found[0].length, short: found[0].length === 1 };
}

function readSpoken(text: string, at: number): FoundClock | undefined {
  const early = matchAt(before, text, at);
  if (early !== undefined) {
    const minutes = early[2]?.startsWith('一刻') === true ? 15 : numberOf(early[1]);
    const hour = numberOf(early[3]);
    if (minutes === undefined || hour === undefined || minutes < 1 || minutes > 59 || hour < 1) return undefined;
    return { clock: { hour: hour - 1, minute: 60 - minutes, digital: false, padded: false }, to: at + early[0].length };
  }
  const found = matchAt(spoken, text, at);
  const hour = numberOf(found?.[1]);
  if (found === undefined || hour === undefined) return undefined;
  const [all, , half, quarter, counted, told] = found;
  const minutes = counted ?? told;
  const quarters = quarter === undefined ? undefined : quarter === '三' || quarter === '3' ? 45 : 15;
  const minute = half === undefined ? (quarters ?? (minutes === undefined ? 0 : numberOf(minutes))) : 30;
  return minute === undefined ? undefined : { clock: { hour, minute, digital: false, padded: false }, to: at + all.length };
}

function readDigital(text: string, at: number, dots: boolean): FoundClock | undefined {
  const found = matchAt(digital, text, at) ?? (dots ? matchAt(dotted, text, at) : undefined);
  if (found === undefined) return undefined;
  const hour = found[1] ?? '';
  const half = found[3]?.toLowerCase();
  const part = half === undefined ? undefined : half === 'a' ? 'am' : 'pm';
  const clock = { hour: Number(hour), minute: Number(found[2]), digital: true, padded: hour.startsWith('0') };
  return { clock: part === undefined ? clock : { ...clock, part }, to: at + found[0].length };
}

/** One time exactly at a place, with the part of the day that stands before it. `open`: a bare hour counts (the 9 of 9-11点). */
function readClock(text: string, at: number, { dots, open }: { readonly dots: boolean; readonly open: boolean }): FoundClock | undefined {
  const part = readPart(text, at);
  const from = part === undefined ? at : part.to + (text[part.to] === ' ' ? 1 : 0);
  // 早一点, 晚一点 is "a little earlier, later".
  if (part?.short === true && /^[一1]点(?![半钟整过零\d一二三四五十])/.test(text.slice(from, from + 3))) return undefined;
  let found = readDigital(text, from, dots) ?? readSpoken(text, from);
  if (found === undefined && open) {
    const hour = matchAt(bare, text, from);
    const value = numberOf(hour?.[1]);
    if (hour !== undefined && value !== undefined) {
      found = { clock: { hour: value, minute: 0, digital: false, padded: /^0\d/.test(hour[0]) }, to: from + hour[0].length };
    }
  }
  if (found === undefined || part === undefined) return found;
  return { clock: { part: part.part, ...found.clock }, to: found.to };
}

/**
 * The time or range of times that stands exactly at a place of a folded text.
 * @param options `dots`: 10.30 is a time here, not a day.
 */
export function readClocks(text: string, at: number, { dots = false }: { readonly dots?: boolean } = {}): FoundClocks | undefined {
  const english = englishClocks(text, at);
  if (english !== undefined) return english;
  const prefix = matchAt(opening, text, at)?.[0] ?? '';
  const from = at + prefix.length;
  const first = readClock(text, from, { dots, open: true });
  if (first === undefined) return undefined;
  const gap = matchAt(separator, text, first.to);
  const second = gap === undefined ? undefined : readClock(text, first.to + gap[0].length, { dots, open: false });
  // A bare hour is one only as the start of a range that goes on as hours do.
  if (second === undefined && readClock(text, from, { dots, open: false }) === undefined) return undefined;
  const to = second?.to ?? first.to;
  const end = matchAt(closing, text, to);
  return {
    start:
      second !== undefined && second.clock.digital && !first.clock.digital && isBare(text, from, first.to)
        ? { ...first.clock, digital: true }
        : first.clock,
    ...(second === undefined ? {} : { end: second.clock }),
    nextDay: second !== undefined && gap?.[1] !== undefined,
    approximate: prefix.includes('约') || prefix.includes('大概') || end?.[1] !== undefined,
    to: to + (end?.[0].length ?? 0),
  };
}

const isBare = (text: string, from: number, to: number): boolean =>
  /\d$/.test(text.slice(from, to)) && !/[:.点时]/.test(text.slice(from, to));
