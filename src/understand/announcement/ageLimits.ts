import { agesAt, type Ages, type FoundAges } from '../ages.js';
import { mayRefuse, people, shutOutAt } from '../excludedAges.js';
import { matchAt } from '../dates/scan.js';
import { conditionAt } from './ageConditions.js';
import type { Companions } from './companions.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';
import type { Note } from './types.js';

/** What one finder found, with what it noticed. */
export interface Found<Value> {
  readonly value?: Value;
  readonly notes: readonly Note[];
}

/** Whoever names more ages or numbers of places than this writes no announcement; the rest is left over. */
export const most = 6;

const number = /[\d零〇一二两三四五六七八九十百年满不未小低大超高初中学幼适aguopesmhkbc]/i;
/** Stages of school are often a part of a title: 小学生书法班. */
const stage = /^(?:小学|初中|高中|中学|中小学|学龄前|幼儿园|primary|elementary|secondary|middle|high|adults?|grown)/i;
/** 成人 names no number, so it counts only where it stands alone: 成人 · 仅限成年人, not 成人用品. */
const adults = /(?:仅限|限)?成(?:年)?人(?:参加)?(?![^\s\p{P}\p{S}])/uy;
const aroundAges = /(?:适合|适龄|面向|年龄|对象|仅限|限)?\s?[:是为]?\s?$/;
const afterAges = /\s?的?(?:健康)?(?:少年儿童|青少年|儿童|孩子|小朋友|少年|学生|老人|老年人)?/y;
// Whatever says no of an age and is not surely understood sets no limit.
const no = '(?:[勿莫别非谢拒禁慎]|不(?!限|收费|用|需|必|少|分|论|含|包|超|大于|满)|无法|除外|止步|免(?!费|票))';
const negated = new RegExp(`${people}[^\\s,。;!?|()\\d]{0,8}?${no}[^\\s,。;!?|]{0,20}`, 'uy');
const negatedBefore = new RegExp(`${no}[^\\s,。;!?|()\\d:]{0,4}$`, 'u');
const first = new RegExp(`${people}\\s?(?:[可均享][有受]?)?优先`, 'uy');
const edge = /[\s\p{P}\p{S}]/u;

interface Limit {
  readonly ages: Ages;
  readonly words: string;
}

/** The ages for which an event is, and who comes along with some of them. */
interface FoundLimits extends Found<Ages> {
  readonly companions?: Companions;
}

/** Finds the ages for which an event is, and takes them. Who is shut out counts by the ages of the others; what holds for some is told. */
export function findAges(page: Page, labels: readonly Labelled[]): FoundLimits {
  const { text } = page;
  const limits: Limit[] = [];
  const shutOut: Limit[] = [];
  const notes: Note[] = [];
  let companions: Companions | undefined;
  for (let at = 0; at < text.length && limits.length + shutOut.length + notes.length < most; at += 1) {
    if (!page.isFree(at) || page.isQuoted(at) || !mayBegin(text, at)) continue;
    const plain = number.test(text[at] ?? '') ? agesAt(text, at) : undefined;
    const refused = shutOutAt(text, at, plain);
    if (refused !== undefined && page.isWhole({ from: at, to: refused.to })) {
      const words = page.words({ from: at, to: refused.to });
      page.take({ from: at, to: refused.to });
      if (refused.reading.ok) shutOut.push({ ages: refused.reading, words });
      else notes.push({ type: 'unreadAges', text: words });
      at = refused.to - 1;
      continue;
    }
    const ages = limitAt(page, at, plain);
    if (ages === undefined) continue;
    const asked = labels.some(({ kind, value }) => kind === 'who' && value.from === at);
    const condition = ages.reading.ok ? conditionAt(text, { from: at, to: ages.to, ages: ages.reading, asked }) : undefined;
    if (condition !== undefined && page.isWhole(condition)) {
      notes.push({ type: 'ageCondition', text: page.words(condition) });
      companions ??= condition.companions;
      page.take(condition);
      at = condition.to - 1;
      continue;
    }
    const lead = negatedBefore.exec(text.slice(Math.max(0, at - 8), at))?.[0].length ?? 0;
    const doubtful = matchAt(negated, text, ages.to);
    const to = ages.to + ((doubtful ?? matchAt(afterAges, text, ages.to))?.[0].length ?? 0);
    // 老人优先 keeps nobody out.
    if (matchAt(first, text, ages.to) !== undefined) continue;
    const words = page.words({ from: at - lead, to });
    const before = /\S{0,4}\s?$/.exec(text.slice(Math.max(0, at - 5), at))?.[0] ?? '';
    page.take({ from: at - Math.max(lead, aroundAges.exec(before)?.[0].length ?? 0), to });
    if (ages.reading.ok && doubtful === undefined && lead === 0) limits.push({ ages: ages.reading, words });
    else notes.push({ type: 'unreadAges', text: words });
    at = to - 1;
  }
  return { ...settled(limits, shutOut, notes), ...(companions === undefined ? {} : { companions }) };
}

const mayBegin = (text: string, at: number): boolean => {
  const [sign, before] = [text[at] ?? '', text[at - 1] ?? ''];
  if (/\d/.test(sign) && /\d/.test(before)) return false;
  if (/[a-z]/i.test(sign) && /[a-z]/i.test(before)) return false;
  return number.test(sign) || mayRefuse.test(sign) || /[仅限成]/.test(sign);
};

function limitAt(page: Page, at: number, plain: FoundAges | undefined): FoundAges | undefined {
  const { text } = page;
  const ages = adultsAt(page, at) ?? plain;
  if (ages === undefined || !page.isWhole({ from: at, to: ages.to })) return undefined;
  const words = text.slice(at, ages.to);
  const numbered = /\d|[一二三四五六七八九]/.test(words);
  return stage.test(words) && !numbered && !standsFree(page, at, ages.to) ? undefined : ages;
}

/** One answer of all limits: the first, narrowed by who is shut out. */
function settled(limits: readonly Limit[], shutOut: readonly Limit[], notes: readonly Note[]): Found<Ages> {
  const [first, ...others] = limits;
  const refused = shutOut.map(({ words }): Note => ({ type: 'agesShutOut', text: words }));
  if (first === undefined && shutOut.length === 0) return { notes };
  const base = first?.ages ?? { notes: [] };
  const differ = others.some(({ ages }) => ages.min !== base.min || ages.max !== base.max);
  const several: Note[] = differ ? [{ type: 'severalAges', text: limits.map(({ words }) => words).join(' · ') }] : [];
  const value = shutOut.reduce<Ages | undefined>((ages, { ages: left }) => ages && narrowed(ages, left), base);
  // Nobody would be left: what is meant, staff say.
  const contradicted: Note = { type: 'unreadAges', text: [...limits, ...shutOut].map(({ words }) => words).join(' · ') };
  if (value === undefined) return { notes: [...notes, contradicted] };
  return { value, notes: [...notes, ...several, ...refused, ...value.notes] };
}

/** Ages of which some are left. Undefined: none. */
function narrowed(ages: Ages, left: Ages): Ages | undefined {
  const lower = left.min !== undefined && (ages.min === undefined || ages.min < left.min);
  const upper = left.max !== undefined && (ages.max === undefined || ages.max > left.max);
  const [min, max] = [lower ? left.min : ages.min, upper ? left.max : ages.max];
  if (min !== undefined && max !== undefined && min > max) return undefined;
  // Who names an age as welcome has said that it is not shut out.
  const kept = (from: Ages, side: 'min' | 'max') => from.notes.filter((note) => note.type !== 'gradeAges' && note.side === side);
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    notes: [
      ...ages.notes.filter(({ type }) => type === 'gradeAges'),
      ...kept(lower ? left : ages, 'min'),
      ...kept(upper ? left : ages, 'max'),
    ],
  };
}

const leading = /(?:对象|适合|面向|招收|招募|欢迎|仅限|限)\s?[:是为]?\s?$/;

/** Whether words stand alone, or after a word that says for whom something is. */
const standsFree = (page: Page, from: number, to: number): boolean =>
  standsAlone(page, from, to) || leading.test(page.text.slice(Math.max(0, from - 6), from));

function adultsAt(page: Page, at: number): FoundAges | undefined {
  adults.lastIndex = at;
  const [words] = adults.exec(page.text) ?? [];
  if (words === undefined || !standsAlone(page, at, at + words.length)) return undefined;
  return { reading: { ok: true, min: 18, notes: [] }, to: at + words.length };
}

/** Whether nothing but separators and what is taken stands around a stretch. */
export function standsAlone(page: Page, from: number, to: number): boolean {
  const free = (at: number): boolean => at >= 0 && at < page.text.length && page.isFree(at) && !edge.test(page.text[at] ?? '');
  return !free(from - 1) && !free(to);
}
