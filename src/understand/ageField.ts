import { agesAt, number, oldest, within, years, type Ages, type AgesReading } from './ages.js';
import { matchAt, numberOf } from './dates/scan.js';
import { shutOutAt } from './excludedAges.js';
import { fieldText, normalize } from './normalize.js';

const bareRange = new RegExp(`${number}\\s?(?:[-~]{1,3}|至|到)\\s?${number}`, 'y');
const adults = /(?:仅限|限)?(?:成年人|成人|大人)/y;
const minors = /未成年人?/y;
const everybody = /(?:年龄|岁数)?(?:不限|没有限制|无限制|不限制)(?:年龄|岁数)?|所有(?:年龄|人)|全年龄|老少皆宜|任何年龄|谁都可以/y;

/** How a bound is meant, as staff say it in one word. */
export type Boundary = 'inclusive' | 'exclusive';

const inclusive = /^(?:含|包含|包括|算|算在内|在内|含在内|可以|能来|也行|是|inclusive|included?|including|yes)$/i;
const exclusive = /^(?:不含|不包含|不包括|不算|不算在内|不在内|不可以|不能来|不行|不是|exclusive|excluded?|excluding|not included|no)$/i;
// Of who may come, not of what is counted in.
const comes = /^(?:可以|能来|也行|不可以|不能来|不行)$/;
const aboutAge = new RegExp(`^(?:${number}${years}?的?\\s?)|\\s?${number}${years}$`, 'g');

/**
 * Reads the answer to an unclear bound: `含`, `不含`, `含7岁`, `7岁不算`, `inclusive`. Undefined for anything else.
 * @param shutOut the words say who may not come: 含 counts the age among those, so that it is `exclusive` of those who may.
 */
export function resolveBoundary(text: string, { shutOut = false }: { readonly shutOut?: boolean } = {}): Boundary | undefined {
  if (text.length > 40) return undefined;
  const word = normalize(text)
    .replace(/[。.!的]+$/, '')
    .replace(aboutAge, '')
    .trim();
  const turned = shutOut && !comes.test(word);
  if (inclusive.test(word)) return turned ? 'exclusive' : 'inclusive';
  return exclusive.test(word) ? (turned ? 'inclusive' : 'exclusive') : undefined;
}

/** Ages with their unclear bound as staff mean it; ages without one stay as they are. */
export function withBoundary(ages: Ages, boundary: Boundary): Ages {
  const unclear = ages.notes.find((note) => note.type === 'boundUnclear');
  if (unclear === undefined) return ages;
  const notes = ages.notes.filter((note) => note !== unclear);
  const shift = boundary === 'inclusive' ? 0 : 1;
  const changed = unclear.side === 'min' ? { ...ages, min: unclear.age + shift } : { ...ages, max: unclear.age - shift };
  // 0岁以下 without nobody: there is no such bound.
  return (changed.max ?? 0) < 0 || (changed.min ?? 0) > (changed.max ?? oldest) ? ages : { ...changed, notes };
}

const before = /^(?:适合|适龄|面向|年龄|对象|限|仅限)?\s?[:是为]?\s?/;
const after = /^\s?的?(?:健康)?(?:少年儿童|青少年|儿童|孩子|小朋友|少年|小学生|学生|居民|老人|老年人|成人|宝宝|人)?[。.]?$/;

/** Reads whom an event is for: `6-12岁`, `6岁以上`, `12岁以下`, `不满7岁`, `成人`, `小学生`, `ages 6-12`, `不限`; here also `6-12` alone. A single age is `unreadable`: it may be meant as either bound. */
export function parseAges(text: string): AgesReading {
  const field = fieldText(text)?.replace(before, '');
  if (field === undefined) return { ok: false, reason: 'unreadable' };
  const bare = matchAt(bareRange, field, 0);
  const [min, max] = [numberOf(bare?.[1]), numberOf(bare?.[2])];
  if (bare?.[0].length === field.length && min !== undefined && max !== undefined) return within(min, max);
  const fixed = (
    [
      [everybody, { ok: true, notes: [] }],
      [adults, { ok: true, min: 18, notes: [] }],
      [minors, { ok: true, max: 17, notes: [] }],
    ] as const
  ).find(
    ([pattern]) =>
      after.test(field.slice(matchAt(pattern, field, 0)?.[0].length ?? field.length)) && matchAt(pattern, field, 0) !== undefined,
  );
  if (fixed !== undefined) return fixed[1];
  const found = agesAt(field, 0);
  const others = shutOutAt(field, 0, found);
  if (others !== undefined) return others.to === field.length ? others.reading : { ok: false, reason: 'unreadable' };
  return found !== undefined && after.test(field.slice(found.to)) ? found.reading : { ok: false, reason: 'unreadable' };
}
