import { lengthOf } from '../normalize.js';
import type { Labelled } from './labels.js';
import { remains, trimmed, type Page } from './page.js';

const longest = 60;

const generic =
  /^(?:[【[(])?(?:活动|报名|招募|课程|最新|重要|社区|温馨|开课|新课|本周|好消息)*(?:预告|通知|公告|招募|报名|预报|速递|活动|提醒|消息|啦)[:!]?(?:[】\])])?$/u;
// 【活动预告】 before a title is none of it.
const heading = /^【[^】]{0,10}(?:预告|通知|公告|招募|报名|活动)】\s*(?=[^\s])/u;
const greeting = /^(?:亲爱的|尊敬的|各位|大家|您好|你好|居民朋友|邻居们|家长们|@|hi|hello)|(?:们|好|朋友)$/iu;
const halfSentence = /(?:[于在定将为是到从的请和与及]|我们|计划|拟|欢迎|邀请)$/u;
const held = /(?:举办|举行|开展|组织|开设)(?:了|一[场次期节个])?([^\s,。;!?|]{2,40})/u;

/** Finds the title among what is left, and takes it. Run after every other finder. */
export function findTitle(page: Page, labels: readonly Labelled[]): string | undefined {
  for (const { kind, label, value } of labels) {
    if (kind !== 'title') continue;
    const span = { from: value.from, to: page.freeUntil(value.from, /\n/, value.to) };
    const words = page.words(span);
    if (words === '' || lengthOf(words) > longest) continue;
    page.take({ from: label.from, to: span.to });
    return words;
  }
  return fromTokens(page, labels) ?? fromProse(page);
}

function fromTokens(page: Page, labels: readonly Labelled[]): string | undefined {
  const inLabel = (at: number): boolean => labels.some((labelled) => at >= labelled.label.from && at < ownedUntil(page, labelled));
  const tokens = page.tokens();
  const fits = (index: number): boolean => {
    const token = tokens[index];
    if (token === undefined || inLabel(token.from)) return false;
    const words = page.text.slice(token.from, token.to);
    const glued = !page.isFree(token.to) && halfSentence.test(words);
    const afterTaken = token.from > 0 && !page.isFree(token.from - 1);
    return (
      /\p{L}/u.test(words) &&
      !remains.test(words) &&
      !greeting.test(trimmed(words)) &&
      !generic.test(words) &&
      !glued &&
      !(afterTaken && /^[的,]|^(?:举办|举行|开展|组织|开设)/u.test(words))
    );
  };
  const first = tokens.findIndex((_, index) => fits(index));
  const start = tokens[first];
  if (start === undefined) return undefined;
  let last = first;
  while (tokens[last + 1]?.follows === true && fits(last + 1)) last += 1;
  const span = { from: start.from, to: tokens[last]?.to ?? start.to };
  const words = page.words(span);
  if (lengthOf(words) > longest) return undefined;
  page.take(span);
  return words.replace(heading, '');
}

/** How far a label's value reaches for certain: of what is not a field, to its end; else only as far as it was understood. */
function ownedUntil(page: Page, { kind, label, value }: Labelled): number {
  if (kind === 'when' || kind === 'capacity' || kind === 'title') return label.to;
  if (kind === 'contact') return value.from + page.text.slice(value.from, value.to).search(/\s|$/);
  return value.to;
}

/** 我们将举办美术课: what is held. */
function fromProse(page: Page): string | undefined {
  const match = held.exec(page.text);
  const found = match?.[1];
  if (match === null || found === undefined) return undefined;
  const from = match.index + match[0].length - found.length;
  const span = { from, to: page.freeUntil(from, /[\s,。;!?|]/) };
  const words = page.words(span);
  if (words === '' || lengthOf(words) > longest) return undefined;
  page.take({ from: match.index, to: span.to });
  return words;
}
