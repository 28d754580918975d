import type { Ages } from '../ages.js';
import { matchAt, numberOf } from '../dates/scan.js';
import { people } from '../excludedAges.js';
import type { Companions } from './companions.js';

/** What holds only for some of those who come: 70岁以上老人需家属陪同, 60岁以上免费. */
export interface AgeCondition {
  readonly from: number;
  /** Where the condition ends. */
  readonly to: number;
  /** Who must come along with those of that age, where that is the condition. */
  readonly companions?: Companions;
}

const word = '[^\\s,。;!?|()]';
const escort = '(?:陪同|陪伴|陪护|陪着|陪|看护|监护|照看|同行|跟随|带领|带着|在场|签字|同意)';
const must =
  '(?:无需|无须|不需要?|不用|不必|须|必须|需要?|务必|应当?|要求?|最好|建议|请|可以?|由|有|家长|家属|家人|监护人|大人|成年?人|子女)';
// A space or a comma more often begins another thing: 3岁以上 需家长陪同.
const directly = `(?!\\s)${people}`;
const accompanied = new RegExp(`${directly}${must}${word}{0,14}${escort}${word}{0,10}`, 'uy');
const afterPause = new RegExp(`${people}(?:\\s?,\\s?|\\s)(?!无|不)${must}${word}{0,14}${escort}${word}{0,10}`, 'uy');
const obliged = new RegExp(`${directly}(?:可?由?(?:子女|家长|家属|他人)代|必?须|需要?|务必|应当?)${word}{1,24}`, 'uy');
const alone = new RegExp(
  `${directly}${word}{0,8}(?:单独|独自)${word}{0,12}(?:,\\s?(?!无|不)${must}${word}{0,14}${escort}${word}{0,10})?`,
  'uy',
);
const priced = new RegExp(
  `${directly}(?:[可均都也享]|可以|享受?|全部|一律|凭${word}{1,6}|门票|报名){0,3}(?:免费|免票|免单|免收|免报|半价|优惠|打折|[\\d一二三四五六七八九.]+折|不收|收费|另收|每[人位]?${word}{0,3}\\d+元|\\d+元|不用|无需|无须|不必|不需|赠|直接)${word}{0,20}`,
  'uy',
);
const freeFor = /(?:free|half price|discount)(?: entry| admission)? for\s?$/i;
const englishAccompanied =
  /(?:'s)?,?\s(?:(?:need|must|should|have to)\s[^,.;\n]{0,40}?(?:parent|adult|guardian|grown-?up|carer|accompanied)[^,.;\n]{0,20})/iy;
const englishPriced = /(?:'s)?\s(?:are |get in |go |come |attend )?(?:free|(?:at )?half price)(?![a-z])[^,.;\n]{0,20}/iy;
const inviting = /(?:欢迎|面向|适合|适龄|对象|招募|招收|仅限|限|年龄|邀请)[^\s,。;!?|]{0,6}$/;
const grownUp = 18;
const waived = /无需|无须|不需|不用|不必|可不/;

/**
 * What holds only for the ages that were read, where words after them say so; undefined where they say for whom the event is.
 * @param asked the ages stand where an announcement says for whom it is (对象:7岁以下)
 */
export function conditionAt(
  text: string,
  { from, to, ages, asked }: { readonly from: number; readonly to: number; readonly ages: Ages; readonly asked: boolean },
): AgeCondition | undefined {
  const before = text.slice(Math.max(0, from - 16), from);
  if (asked || inviting.test(before)) return undefined;
  const ends = (match: RegExpExecArray | undefined): number | undefined => match && to + match[0].length;
  // 6-12岁儿童须由家长陪同 are more often all who come, and so are those of 3岁以上, 需家长陪同.
  const open = ages.min === undefined || ages.max === undefined;
  const apart = ages.max !== undefined || (ages.min ?? 0) >= grownUp;
  const escorted = open
    ? ends(matchAt(accompanied, text, to) ?? (apart ? matchAt(afterPause, text, to) : undefined) ?? matchAt(englishAccompanied, text, to))
    : undefined;
  if (escorted !== undefined) return { from, to: escorted, companions: companionsIn(text.slice(from, escorted), ages) };
  const free = freeFor.exec(before);
  if (free !== null) return { from: from - free[0].length, to };
  const unattended = open ? ends(matchAt(alone, text, to)) : undefined;
  if (unattended !== undefined) return { from, to: unattended, companions: companionsIn(text.slice(from, unattended), ages) };
  const other = ends(matchAt(priced, text, to) ?? matchAt(englishPriced, text, to) ?? (open ? matchAt(obliged, text, to) : undefined));
  return other === undefined ? undefined : { from, to: other };
}

function companionsIn(words: string, { min, max, notes }: Ages): Companions {
  const each = numberOf(/([一1两二2])(?:名|位|个)/.exec(words)?.[1]);
  // "Under 7" is without the seven-year-olds.
  const below = /^[a-z]/i.test(words) && notes.some(({ type }) => type === 'boundUnclear') ? 1 : 0;
  return {
    required: !waived.test(words),
    ...(each === undefined ? {} : { perParticipant: each }),
    ...(max === undefined ? {} : { upToAge: max - below }),
    ...(min === undefined ? {} : { fromAge: min + below }),
  };
}
