import { lengthOf } from '../normalize.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';

const longestName = 20;
const longestOrganisation = 40;
const edge = '(?=$|[\\s\\p{P}\\p{S}])';
const teaches = new RegExp(
  `(?:本次课?)?(?:特邀|邀请|由)([^\\s,。;!?:由]{2,16}?)(?:为大家|为孩子们|给孩子们|现场|亲自)?(?:授课|主讲|执教|讲授|任教|带队|指导${edge}|带领${edge}|主持${edge}|讲解${edge})`,
  'gu',
);
const taught =
  /(?<![a-z])(?:led by|taught by|with teacher|instructor:?|teacher:?)\s((?:(?:Mr|Mrs|Ms|Dr|Prof)\.?\s)?[A-Z][\p{L}'’-]*(?:\s[A-Z][\p{L}'’-]*){0,2})/gu;
const runs = /(?:本次活动)?由([^\s,。;!?:由]{2,30}?)(?:联合)?(?:主办|举办|组织|发起)(?:的)?/gu;
const organised = /(?<![a-z])(?:organi[sz]ed by|hosted by|presented by)\s(?:the\s)?([^\n,.;!|]{3,40})/giu;

/** What follows a label of a kind, if it is short enough to be what the label says. */
function labelled(page: Page, labels: readonly Labelled[], wanted: Labelled['kind'], longest: number): string | undefined {
  for (const { kind, label, value } of labels) {
    if (kind !== wanted) continue;
    // A Chinese name has no spaces: what follows one is something else.
    const stops = /\p{Script=Han}/u.test(page.text.slice(value.from, value.from + 2)) ? /[\s,。;!]/ : /[\n,。;!]/;
    const span = { from: value.from, to: page.freeUntil(value.from, stops, value.to) };
    const words = page.words(span);
    if (words === '' || lengthOf(words) > longest) continue;
    page.take({ from: label.from, to: span.to });
    return words;
  }
  return undefined;
}

function inProse(page: Page, patterns: readonly RegExp[], longest: number): string | undefined {
  for (const pattern of patterns) {
    for (const match of page.text.matchAll(pattern)) {
      const span = { from: match.index, to: match.index + match[0].length };
      if (!page.isWhole(span) || page.isQuoted(span.from)) continue;
      const found = match[1] ?? '';
      const from = match.index + match[0].indexOf(found);
      const words = page.words({ from, to: from + found.length });
      if (words === '' || lengthOf(words) > longest) continue;
      page.take(span);
      return words;
    }
  }
  return undefined;
}

/** Finds who teaches (授课老师:李老师, 由李老师授课), and takes it. */
export const findTeacher = (page: Page, labels: readonly Labelled[]): string | undefined =>
  labelled(page, labels, 'teacher', longestName) ?? inProse(page, [teaches, taught], longestName);

/** Finds which organisation holds the event (主办:…, 由…主办), and takes it. */
export const findOrganisation = (page: Page, labels: readonly Labelled[]): string | undefined =>
  labelled(page, labels, 'organisation', longestOrganisation) ?? inProse(page, [runs, organised], longestOrganisation);
