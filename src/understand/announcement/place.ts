import type { Span } from '../identifiers.js';
import { lengthOf } from '../normalize.js';
import type { Labelled } from './labels.js';
import type { Page, Token } from './page.js';

const longest = 60;

// What a place ends with. The first kind says where in a house or which spot; the second may as well name a group of people.
const spot =
  /(?:中心|广场|公园|花园|教室|活动室|会议室|阅览室|图书室|[^\s]室|厅|图书馆|博物馆|文化馆|体育馆|展览馆|纪念馆|科技馆|[一二三四五六七八九十两\d负][楼层]|楼|[a-z\d一二三四五六七八九十](?:号楼|号院|栋|座|单元)|礼堂|食堂|祠堂|共益堂|机房|厨房|书屋|书店|操场|球场|门口|大门|门前|楼下|院内|院子|空地|凉亭|长廊|广场上)$/iu;
const neighbourhood =
  /(?:社区|小区|家园|学校|小学|中学|幼儿园|基地|工作室|服务站|站|阵地|敬老院|养老院|卫生院|医院|街道|居委会|村委会|大院)$/u;
const visit = /^(?:走进|参观|游|探访|走访|共建|我爱|美丽|美化|清洁|清扫|打扫|服务|情系)/u;
const bracketed = /\([^()]{1,20}\)$/u;
const meet = /(?:集合|见面?|上课|举[办行]|进行|开[展始])+$/u;
// 地点不变, 地点待定: no place is named.
const unnamed = /^(?:待定|另行|不变|同上|见|未定)/u;
const inProse = /(?<=在|到|前往|于)([^\s,。;!?|在到于]{2,40}?)(?=举办|举行|开展|进行|集合|上课|开课|组织|开始|见面|参加)/gu;

function rank(words: string): 0 | 1 | 2 {
  const bare = words.replace(bracketed, '').replace(meet, '');
  if (visit.test(bare) || lengthOf(words) > longest) return 0;
  return spot.test(bare) ? 2 : neighbourhood.test(bare) ? 1 : 0;
}

/** Finds the place, and takes it: after its label, in a sentence (在…举办), or as the word that ends as places do. */
export function findPlace(page: Page, labels: readonly Labelled[]): string | undefined {
  for (const { kind, label, value } of labels) {
    if (kind !== 'place') continue;
    const span = { from: value.from, to: page.freeUntil(value.from, /[\n,。;!]/, value.to) };
    const words = page.words(span);
    if (words === '' || lengthOf(words) > longest || unnamed.test(words)) continue;
    page.take({ from: label.from, to: span.to });
    return words;
  }
  for (const match of page.text.matchAll(inProse)) {
    const found = match[1] ?? '';
    const span = { from: match.index, to: match.index + found.length };
    if (rank(found) === 0 || !page.isWhole(span)) continue;
    const preposition = page.isFree(span.from - 1) ? 1 : 0;
    const words = page.words(span);
    page.take({ from: span.from - preposition, to: span.to });
    return words;
  }
  return inEnglish(page) ?? fromTokens(page);
}

// English places have spaces in them: they reach from comma to comma, or from a preposition to one.
const englishPlace =
  /(?<=(?:^|[,;|\n.])\s?)(?:(?:at|in)\s(?:the\s)?)?([A-Z\d][^\n,;|.:!?]{1,58})(?=$|[,;|\n.!])|(?<=\s(?:at|in)\s(?:the\s)?)([A-Z][^\n,;|.:!?]{1,58})(?=$|[,;|\n.!])/g;
const englishWords =
  /\b(?:cent(?:er|re)|room|floor|park|library|kitchen|hall|courtyard|garden|square|school|gym|studio|plaza|playground|entrance|gate|yard|office|lobby|clubhouse)\b/i;

function inEnglish(page: Page): string | undefined {
  for (const match of page.text.matchAll(englishPlace)) {
    const found = match[1] ?? match[2] ?? '';
    const from = match.index + match[0].indexOf(found);
    const span = { from, to: from + found.length };
    if (!englishWords.test(found) || !page.isWhole(span) || page.isQuoted(from)) continue;
    const words = page.words(span);
    page.take({ from: page.isWhole({ from: match.index, to: from }) ? match.index : from, to: span.to });
    return words;
  }
  return undefined;
}

function fromTokens(page: Page): string | undefined {
  const tokens = page.tokens();
  const ranks = tokens.map(({ from, to }) => rank(page.text.slice(from, to)));
  const best = Math.max(0, ...ranks);
  if (best === 0) return undefined;
  // Between equals, the one after the first that was understood: before it stands the title.
  const firstTaken = page.text.split('').findIndex((sign, at) => !page.isFree(at) && /[\p{L}\p{N}]/u.test(sign));
  const at = [...tokens.keys()]
    .filter((index) => ranks[index] === best)
    .toSorted((a, b) => Number((tokens[a]?.from ?? 0) < firstTaken) - Number((tokens[b]?.from ?? 0) < firstTaken) || a - b)[0];
  const token = at === undefined ? undefined : tokens[at];
  if (at === undefined || token === undefined) return undefined;
  const span = widened(tokens, ranks, at);
  const words = page
    .words(lengthOf(page.words(span)) > longest ? token : span)
    .replace(/^[在于到]/u, '')
    .replace(meet, '');
  page.take(span);
  return words;
}

/** 费家营社区 党群活动中心二楼: a place in two words. */
function widened(tokens: readonly Token[], ranks: readonly number[], at: number): Span {
  let [first, last] = [at, at];
  while (first > 0 && tokens[first]?.follows === true && (ranks[first - 1] ?? 0) > 0) first -= 1;
  while (tokens[last + 1]?.follows === true && (ranks[last + 1] ?? 0) > 0) last += 1;
  return { from: tokens[first]?.from ?? 0, to: tokens[last]?.to ?? 0 };
}
