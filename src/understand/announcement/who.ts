import { capacityAt, type PlaceUnit } from '../capacity.js';
import { parseNumber } from '../numbers.js';
import { findCompanions, type Companions } from './companions.js';
import { findAges, most, standsAlone, type Found } from './ageLimits.js';
import type { Labelled } from './labels.js';
import type { Page } from './page.js';
import type { Note } from './types.js';

/** For whom an event is and for how many, as far as its announcement says. */
export interface Who {
  readonly capacity?: number | null;
  readonly unit?: PlaceUnit;
  readonly minAge?: number;
  readonly maxAge?: number;
  readonly companions?: Companions;
  readonly notes: readonly Note[];
}

/** Finds ages, who comes along, and the number of places, and takes them. */
export function findWho(page: Page, labels: readonly Labelled[]): Who {
  const ages = findAges(page, labels);
  // 限1名家长陪同 is no number of places. What holds for all is more than what holds for some.
  const companions = findCompanions(page) ?? ages.companions;
  const severalAges = ages.notes.some(({ type }) => type === 'severalAges');
  const capacity = findCapacity(page, labels, severalAges);
  return {
    ...(capacity.value === undefined ? {} : capacity.value),
    ...(ages.value?.min === undefined ? {} : { minAge: ages.value.min }),
    ...(ages.value?.max === undefined ? {} : { maxAge: ages.value.max }),
    ...(companions === undefined ? {} : { companions }),
    notes: [...ages.notes, ...capacity.notes],
  };
}

interface Places {
  readonly capacity: number | null;
  readonly unit: PlaceUnit;
}

const capacityStart = /[-先前需要还只缺\d负零〇一二两三四五六七八九十百千名人限招共总一仅开预活不来每各lumcspn]/i;

const team = '(?:队伍?|小队|小?组|团队|对|桌)';
const each = `每(?:个|支)?${team}\\s?(?:限|最多|不超过)?\\s?[\\d一二两三四五六七八九十]{1,3}(?:[-~至到]\\d{1,2})?\\s?(?:名|位|人)`;
const teams = new RegExp(
  `(?:${each}[\\s,、;]{0,2})?(?:(?:活动)?(?:名额|限额|限招|限报|招募|招收|招|仅限|只限|限|共|最多)\\s?(?:限|为|共)?\\s?:?\\s?)?[\\d一二两三四五六七八九十]{1,4}\\s?(?:个|支)?${team}(?!亲子|家庭|父|母|祖)(?:男女|选手|情侣|夫妻|夫妇|青年)?(?:[\\s,、;]{0,2}${each})?`,
  'g',
);

/** How many teams or couples there may be: not people, and not families, so that staff must say what they come to. */
function teamsIn(page: Page): Note[] {
  const families = /家庭|亲子|家长|每户/.test(page.text);
  return [...page.text.matchAll(teams)].flatMap((match): Note[] => {
    const span = { from: match.index, to: match.index + match[0].length };
    // 20组家庭, or 20组 where families come, are families.
    if (families && /组/.test(match[0]) && !/每/.test(match[0])) return [];
    if (/[\d第]/.test(page.text[span.from - 1] ?? '') || !page.isWhole(span) || page.isQuoted(span.from)) return [];
    if (!/[名招限共最]/.test(match[0]) && !standsAlone(page, span.from, span.to)) return [];
    page.take(span);
    return [{ type: 'unreadCapacity', text: page.words(span) }];
  });
}

/** `perAge`: each number belongs to its own ages, so that also two equal ones are two. */
function findCapacity(page: Page, labels: readonly Labelled[], perAge: boolean): Found<Places> {
  const { text } = page;
  const found: { readonly capacity: number | null; readonly unit: PlaceUnit; readonly words: string; readonly notes: readonly Note[] }[] =
    [];
  const notes: Note[] = [];
  notes.push(...teamsIn(page));
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
