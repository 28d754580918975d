import { agesAt, type Ages } from '../ages.js';
import { capacityAt, type PlaceUnit } from '../capacity.js';
import { parseNumber } from '../numbers.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';
import type { Note } from './types.js';

/** For whom an event is and for how many, as far as its announcement says. */
export interface Who {
  readonly capacity?: number | null;
  readonly unit?: PlaceUnit;
  readonly minAge?: number;
  readonly maxAge?: number;
  readonly notes: readonly Note[];
}

/** Whoever names more ages or numbers of places than this writes no announcement; the rest is left over. */
const most = 6;

const number = /[\d零〇一二两三四五六七八九十百年满不未小低大超高初中学幼适aguopesmhkbc]/i;
/** Stages of school are often a part of a title: 小学生书法班. */
const stage = /^(?:小学|初中|高中|中学|中小学|学龄前|幼儿园|primary|elementary|secondary|middle|high|adults?|grown)/i;
/** 成人 names no number, so it counts only where it stands alone: 成人 · 仅限成年人, not 成人用品. */
const adults = /(?:仅限|限)?成(?:年)?人(?:参加)?(?![^\s\p{P}\p{S}])/uy;
const aroundAges = /(?:适合|适龄|面向|年龄|对象|仅限|限)?\s?[:是为]?\s?$/;
const afterAges = /\s?的?(?:健康)?(?:少年儿童|青少年|儿童|孩子|小朋友|少年|学生|老人|老年人)?/y;
const edge = /[\s\p{P}\p{S}]/u;

/** Finds ages and the number of places, and takes them. */
export function findWho(page: Page, labels: readonly Labelled[]): Who {
  const ages = findAges(page);
  const severalAges = ages.notes.some(({ type }) => type === 'severalAges');
  const capacity = findCapacity(page, labels, severalAges);
  return {
    ...(capacity.value === undefined ? {} : capacity.value),
    ...(ages.value?.min === undefined ? {} : { minAge: ages.value.min }),
    ...(ages.value?.max === undefined ? {} : { maxAge: ages.value.max }),
    notes: [...ages.notes, ...capacity.notes],
  };
}

interface Found<Value> {
  readonly value?: Value;
  readonly notes: readonly Note[];
}

function findAges(page: Page): Found<Ages> {
  const { text } = page;
  const found: { readonly ages: Ages; readonly words: string }[] = [];
  const notes: Note[] = [];
  for (let at = 0; at < text.length && found.length + notes.length < most; at += 1) {
    if (!page.isFree(at) || page.isQuoted(at)) continue;
    const grownUps = adultsAt(page, at);
    if (grownUps === undefined && (!number.test(text[at] ?? '') || /\d/.test(text[at - 1] ?? ''))) continue;
    const ages = grownUps ?? agesAt(text, at);
    if (ages === undefined || !page.isWhole({ from: at, to: ages.to })) continue;
    if (/[a-z]/i.test(text[at] ?? '') && /[a-z]/i.test(text[at - 1] ?? '')) continue;
    if (stage.test(text.slice(at, ages.to)) && !/\d|[一二三四五六七八九]/.test(text.slice(at, ages.to)) && !standsFree(page, at, ages.to))
      continue;
    afterAges.lastIndex = ages.to;
    const to = ages.to + (afterAges.exec(text)?.[0].length ?? 0);
    // 老人优先 keeps nobody out.
    if (/^\s?优先/.test(text.slice(to, to + 3))) continue;
    const words = page.words({ from: at, to });
    const before = /\S{0,4}\s?$/.exec(text.slice(Math.max(0, at - 5), at))?.[0] ?? '';
    page.take({ from: at - (aroundAges.exec(before)?.[0].length ?? 0), to });
    if (ages.reading.ok) found.push({ ages: ages.reading, words });
    else notes.push({ type: 'unreadAges', text: words });
    at = to - 1;
  }
  const [first, ...others] = found;
  if (first === undefined) return { notes };
  const differ = others.some(({ ages }) => ages.min !== first.ages.min || ages.max !== first.ages.max);
  const several: Note[] = differ ? [{ type: 'severalAges', text: found.map(({ words }) => words).join(' · ') }] : [];
  return { value: first.ages, notes: [...notes, ...several, ...first.ages.notes] };
}

const leading = /(?:对象|适合|面向|招收|招募|欢迎|仅限|限)\s?[:是为]?\s?$/;

/** Whether words stand alone, or after a word that says for whom something is. */
const standsFree = (page: Page, from: number, to: number): boolean =>
  standsAlone(page, from, to) || leading.test(page.text.slice(Math.max(0, from - 6), from));

function adultsAt(page: Page, at: number): ReturnType<typeof agesAt> {
  adults.lastIndex = at;
  const [words] = adults.exec(page.text) ?? [];
  if (words === undefined || !standsAlone(page, at, at + words.length)) return undefined;
  return { reading: { ok: true, min: 18, notes: [] }, to: at + words.length };
}

interface Places {
  readonly capacity: number | null;
  readonly unit: PlaceUnit;
}

const capacityStart = /[-\d负零〇一二两三四五六七八九十百千名人限招共总一仅开预活不来每各lumcspn]/i;

/** `perAge`: each number belongs to its own ages, so that also two equal ones are two. */
function findCapacity(page: Page, labels: readonly Labelled[], perAge: boolean): Found<Places> {
  const { text } = page;
  const found: { readonly capacity: number | null; readonly unit: PlaceUnit; readonly words: string; readonly notes: readonly Note[] }[] =
    [];
  const notes: Note[] = [];
  for (const { kind, label, value } of labels) {
    const bare =
      kind === 'capacity' && page.isWhole({ from: value.from, to: value.to })
        ? /^[^\s,。;!?]{1,12}/.exec(text.slice(value.from, value.to))?.[0]
        : undefined;
    const size = bare === undefined ? undefined : parseNumber(bare, { min: 1, max: 10_000 });
    if (bare === undefined || capacityAt(text, value.from)?.reading.ok === true || size?.ok !== true || /[组户家]/.test(bare)) continue;
    page.take({ from: label.from, to: value.from + bare.length });
    found.push({ capacity: size.value, unit: /孩|朋友|儿童/.test(bare) ? 'child' : 'person', words: bare, notes: [] });
  }
  for (let at = 0; at < text.length && found.length + notes.length < most; at += 1) {
    if (!page.isFree(at) || page.isQuoted(at) || !capacityStart.test(text[at] ?? '') || /[\d.~-]/.test(text[at - 1] ?? '')) continue;
    const places = capacityAt(text, at);
    const span = places && { from: at, to: places.to };
    if (places === undefined || span === undefined || !page.isWhole(span)) continue;
    // A number of people without a word that limits it must stand alone: 2名老师 are not the places.
    if (!places.headed && !standsAlone(page, at, places.to)) continue;
    const words = page.words(span);
    page.take(span);
    if (places.reading.ok) found.push({ capacity: places.reading.capacity, unit: places.reading.unit, words, notes: places.reading.notes });
    else notes.push({ type: 'unreadCapacity', text: words });
    at = places.to - 1;
  }
  const [first, ...others] = found;
  if (first === undefined) return { notes };
  const several: Note[] = others.some(({ capacity }) => perAge || capacity !== first.capacity)
    ? [{ type: 'severalCapacities', text: found.map(({ words }) => words).join(' · ') }]
    : [];
  return { value: { capacity: first.capacity, unit: first.unit }, notes: [...notes, ...several, ...first.notes] };
}

function standsAlone(page: Page, from: number, to: number): boolean {
  const free = (at: number): boolean => at >= 0 && at < page.text.length && page.isFree(at) && !edge.test(page.text[at] ?? '');
  return !free(from - 1) && !free(to);
}
