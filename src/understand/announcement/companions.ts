import { englishNumber } from '../dates/englishDays.js';
import { numberOf } from '../dates/scan.js';
import type { Page } from './page.js';

/** Who comes along with a participant without taking a place. */
export interface Companions {
  /** Nobody comes without one. */
  readonly required: boolean;
  /** How many to each, where that is written. */
  readonly perParticipant?: number;
  /** Only those up to this age: 7岁以下需家长陪同. */
  readonly upToAge?: number;
  /** Only those from this age on: 70岁以上需家属陪同. */
  readonly fromAge?: number;
}

const who = '(?:家长|监护人|父母|大人|成年人|成人|家属|家人)';
const come = '(?:陪同|陪伴|陪护|陪读|同行|跟随|在场|到场)';
const count = '([一1两二2])(?:名|位|个)';
const chinese = new RegExp(
  `(?:每(?:名|位|个)?(?:孩子|儿童|小朋友|参与者|家庭)\\s?|(?<![名个位])(?:孩子|儿童|小朋友|未成年人|学员))?(无需|不需要?|不用|无须|不必|谢绝|可以?由?|欢迎|最好由?|建议由?)?(?:(?:必须|务必|须|需要?|请|要求|应)?(?:有|由|在)?(?:至少|限|仅限)?)(?:${count})?(?:以上)?(?:的)?${who}(?:们)?(可以?|也可以?|自愿)?(?:必须|务必|需要?|须|要|请)?(?:全程|一同|一起)?(?:${come})(?:参加|参与|下参加|下)?`,
  'g',
);
const oneOfEach =
  /(?:[一1]大[一1]小|[一1](?:名|位|个)?(?:孩子|儿童|小朋友)(?:\+|加|和|由|配|限)?[一1](?:名|位|个)?(?:家长|大人))(?:参加|陪同)?/g;
const english =
  /(?<![a-z])(?:(no|without)\s(?:parents?|adults?|guardians?)(?:\s(?:needed|required))|(?:must (?:be )?|to be )?(?:accompanied by|come with|with|bring)\s(?:(an?|one|1|two|2)\s)(?:parent|adult|guardian|grown-?up)s?(?:\s(?:required|present))?|(?:(one|1|two|2)\s)?(?:parents?|adults?|guardians?)(?:\sor\sguardians?)?\s(?:must|should|need to|have to|(welcome|may|can))\s?(?:accompany|attend|stay|be present|come(?: along)?)?)(?![a-z])/gi;

/** Finds whether participants come with somebody, and takes it. */
export function findCompanions(page: Page): Companions | undefined {
  // The children of 6-12岁儿童须由家长陪同 are taken with their ages.
  const free = page.text
    .split('')
    .map((sign, at) => (page.isFree(at) ? sign : '\n'))
    .join('');
  for (const match of free.matchAll(chinese)) {
    const [all, before, many, after] = match;
    const span = { from: match.index, to: match.index + all.length };
    if (!page.isWhole(span) || page.isQuoted(span.from)) continue;
    page.take(span);
    if (before !== undefined || after !== undefined) return { required: false };
    const each = numberOf(many);
    return { required: true, ...(each === undefined ? {} : { perParticipant: each }) };
  }
  for (const match of page.text.matchAll(oneOfEach)) {
    const span = { from: match.index, to: match.index + match[0].length };
    if (!page.isWhole(span)) continue;
    page.take(span);
    return { required: true, perParticipant: 1 };
  }
  for (const match of page.text.matchAll(english)) {
    const [all, none, one, several, may] = match;
    const span = { from: match.index, to: match.index + all.length };
    if (!page.isWhole(span)) continue;
    page.take(span);
    if (none !== undefined || may !== undefined) return { required: false };
    const each = englishNumber(one ?? several);
    return { required: true, ...(each === undefined ? {} : { perParticipant: each }) };
  }
  return undefined;
}
