import { agesAt, oldest, readBound, within, type Bound, type FoundAges } from './ages.js';
import { matchAt } from './dates/scan.js';

/** For patterns: whom an age describes, 6岁以下的小朋友们. */
export const people =
  '\\s?的?(?:健康)?(?:少年儿童|青少年|未成年人|婴幼儿|儿童|孩子|小孩|小朋友|少年|学生|学员|宝宝|幼儿|老人家?|老年人|长者|居民|市民|群众|人群|人员|人士|朋友|游客|观众|选手|参与者|参加者|人)?们?(?:者|的)?';
const pause = '\\s?,?\\s?';
const close = '(?:本次活动|谢谢|[哦哈啦了呢噢喔的])*(?=$|[\\s\\p{P}\\p{S}])';
const doing = '(?:报名|报|参加|参与|参赛|参团|入内|入场|入园|进入|进场|前来|到场|来|体验|加入){1,2}(?:本)?(?:次)?(?:活动|课程|比赛|课)?';
const never =
  '(?:勿|不要|不得|不能|不可以?|不宜|不适合|不适宜|不建议|不推荐|不予|不准|不许|不让|不允许|不接受|不接待|无法|别|莫|谢绝|拒绝|禁止|严禁)';
const alone =
  '(?:谢绝|除外|止步|勿入|勿报|勿扰|免报|免入|不招收?|不收|不接待|不接受|不适合|不适宜|不宜|不行|不可以?|不能|不建议|不推荐|不予受理|禁止)';
const politely = '(?:暂时?|原则上|一律|均|都|也|请|恕|敬请|建议){0,3}';
// 60岁以上、孕妇勿报 shuts out both.
const alsoOthers = '(?:(?:[、/]|及|和|与|或者?|以及)[^\\s,。;!?|\\d岁]{1,12}?)?';
const refused = new RegExp(`${people}${alsoOthers}${pause}${politely}(?:${never}${doing}|${alone})${close}`, 'uy');
const refusing =
  /(?:恕|暂|请)?(?:谢绝|婉拒|拒绝|禁止|严禁|不接受|不接待|不招收?|不收|不建议|不推荐|不适合|不适宜|不宜|不允许|不面向|请?勿让|请勿带|非)\s?(?:携带)?/y;
const refusedAfter = new RegExp(`${people}(?:${doing})?${close}`, 'uy');
const except = /除了?\s?/y;
const exceptAfter = new RegExp(`${people}\\s?(?:之外|以外|外)`, 'uy');
const minors = /未成年人?/y;
const link = new RegExp(`(?:${people})(?:[ ,、/]{0,2}|和|及|与|或者?|以及)`, 'uy');
const restOfClause = /[^\s,。;!?|]{0,30}/y;
const englishBefore =
  /(?<![a-z])(?:no|not (?:for|suitable for|recommended for|open to|meant for)|unsuitable for)\s(?:any(?:body|one)\s)?(?=(?:children |kids |people )?(?:under|over|below|above|aged?|\d))/iy;
const englishAfter =
  /(?:\syears old|\solds?)?\s?(?:,\s)?(?:are\s|is\s)?(?:not (?:be )?(?:allowed|admitted|permitted|suitable|eligible|recommended|accepted)|(?:can ?not|can't|may not|must not|should not|please do not) (?:attend|join|come|take part|participate|sign up|enter|register))(?![a-z])/iy;

/** Whether a character may begin words that shut somebody out, before their age. */
export const mayRefuse = /[谢婉拒禁严不请勿恕暂非除未nu]/i;

interface Bounds {
  readonly bounds: readonly Bound[];
  readonly to: number;
}

/** The bounds at a place: one, or one of each kind with a word between them (6岁以下、65岁以上). */
function boundsAt(text: string, at: number): Bounds | undefined {
  const young = matchAt(minors, text, at);
  const first = young === undefined ? readBound(text, at) : { bound: { max: 17 }, to: at + young[0].length };
  if (first === undefined) return undefined;
  const next = first.to + (matchAt(link, text, first.to)?.[0].length ?? 0);
  const second = readBound(text, next);
  return second === undefined || 'min' in second.bound === 'min' in first.bound
    ? { bounds: [first.bound], to: first.to }
    : { bounds: [first.bound, second.bound], to: second.to };
}

/** Who is left when some are shut out. Undefined where that is nobody, or no single stretch of ages. */
function others(bounds: readonly Bound[]): FoundAges['reading'] | undefined {
  const low = bounds.find((bound) => 'max' in bound);
  const high = bounds.find((bound) => 'min' in bound);
  // 6岁以上12岁以下勿报 leaves two stretches.
  if (low !== undefined && high !== undefined && low.max >= high.min) return undefined;
  // Only one bound can be asked about.
  if (low?.unclear === true && high?.unclear === true) return undefined;
  const min = low && (low.unclear === true ? low.max : low.max + 1);
  const max = high && (high.unclear === true ? high.min : high.min - 1);
  if ((max ?? 0) < 0 || (min ?? 0) > oldest) return undefined;
  const unclear = (side: 'min' | 'max', age: number) => ({ type: 'boundUnclear' as const, age, side, shutOut: true as const });
  return within(min, max, [
    ...(low?.unclear === true ? [unclear('min', low.max)] : []),
    ...(high?.unclear === true ? [unclear('max', high.min)] : []),
  ]);
}

/**
 * Who may come, where the words at a place of a folded text say who may not: `50岁以下勿报`, `谢绝6岁以下儿童参加`, `除65岁以上外`, `no under 18s`.
 * Not readable where that leaves no single stretch of ages, or where it is not sure who is shut out; undefined where nobody is.
 * @param plain the ages that stand exactly there, as `agesAt` reads them
 */
export function shutOutAt(text: string, at: number, plain: FoundAges | undefined): FoundAges | undefined {
  const unreadable = (to: number): FoundAges => ({
    reading: { ok: false, reason: 'unreadable' },
    to: to + (matchAt(restOfClause, text, to)?.[0].length ?? 0),
  });
  const outer = matchAt(except, text, at);
  const led = outer ?? matchAt(refusing, text, at) ?? matchAt(englishBefore, text, at);
  const from = at + (led?.[0].length ?? 0);
  if (led === undefined && plain === undefined && matchAt(minors, text, at) === undefined) return undefined;
  const read = boundsAt(text, from);
  const whole = led === undefined ? plain : agesAt(text, from);
  const to = read?.to ?? whole?.to;
  if (to === undefined) return undefined;
  const after =
    led === undefined
      ? (matchAt(refused, text, to) ?? matchAt(englishAfter, text, to))
      : outer === undefined
        ? matchAt(refusedAfter, text, to)
        : matchAt(exceptAfter, text, to);
  if (after === undefined) return led === undefined ? undefined : unreadable(to);
  // 非60岁以上勿报 shuts out whoever is not.
  const twice = /非\s?$/.test(led?.[0] ?? '');
  const bounds = read?.bounds ?? englishBoundsOf(whole);
  const reading = twice || bounds === undefined ? undefined : others(bounds);
  return reading === undefined ? unreadable(to + after[0].length) : { reading, to: to + after[0].length };
}

/** The bound of ages that were read as a whole: under 18, 60+. */
function englishBoundsOf(found: FoundAges | undefined): readonly Bound[] | undefined {
  if (found?.reading.ok !== true) return undefined;
  const { min, max, notes } = found.reading;
  const unclear = notes.some(({ type }) => type === 'boundUnclear');
  if (min !== undefined && max !== undefined) return undefined;
  if (min !== undefined) return [{ min, unclear }];
  return max === undefined ? undefined : [{ max, unclear }];
}
