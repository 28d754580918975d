import { z } from 'zod';
import { choice, custom, type Question } from '../../../dialog/index.js';
import { asLocale } from '../../../i18n/index.js';
import { parseAges, parseCapacity, parseDeadline, resolveBoundary } from '../../../understand/index.js';
import { ages, moment } from '../words/cards.js';
import { remarksOf, whyNotPublic } from './fields.js';
import { fold, serviceNames } from '../words/search.js';
import { instantOf } from '../words/wall.js';

const sectors = [
  'youth',
  'elderly',
  'women',
  'volunteering',
  'festivals',
  'party',
  'specialNeeds',
  'organisations',
  'committee',
  'commons',
] as const;

/** One of the ten sectors; staff may also just write its name. */
export const sectorField = choice(sectors);

const schemaOfList = z.array(z.string()).min(1);
const parts = (written: string): string[] => [
  ...new Set(
    written
      .split(/[、,，;；/\n]+/u)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

/** Further sectors, by their names. */
export const sectorsField = custom({
  schema: schemaOfList,
  reasons: ['unreadable'],
  read: (written, { t }) => {
    const named = parts(written).map((part) => sectors.find((sector) => fold(t(`event.sector.option.${sector}`)) === fold(part)));
    const known = named.filter((sector) => sector !== undefined);
    return known.length === 0 || known.length < named.length
      ? { ok: false, reason: 'unreadable' }
      : { ok: true, value: [...new Set(known)] };
  },
  show: (value, { t }) => value.map((sector) => t(`event.sector.option.${sector}`)).join(t('signup.schedule.separator')),
});

/** Other names under which it is known, at most five. */
export const aliasesField = custom({
  schema: schemaOfList,
  reasons: ['tooMany', 'tooLong', 'unfit'],
  numbersAreAnswers: false,
  read: (written) => {
    const names = parts(written);
    if (names.length === 0 || names.length > 5) return { ok: false, reason: 'tooMany' };
    if (names.some((name) => Array.from(name).length > 40)) return { ok: false, reason: 'tooLong' };
    return names.some((name) => whyNotPublic(name) !== null) ? { ok: false, reason: 'unfit' } : { ok: true, value: names };
  },
  show: (value, { t }) => value.join(t('signup.schedule.separator')),
});

/** What kind of service it is: one of those that every community has, or in their own words. Stored by key, or as it is written. */
export const serviceField: Question<string> = {
  optional: false,
  schema: z.string().min(1),
  keys: ['invalid', ...Object.keys(serviceNames).map((key) => `option.${key}`)],
  ask: ({ t, base, params }) => ({
    text: t(`${base}.ask`, params),
    options: Object.keys(serviceNames).map((value) => ({ value, label: t(`${base}.option.${value}`) })),
    free: true,
    numbersAreAnswers: false,
    help: t(`${base}.help`, params),
  }),
  read: (input, { t, base }) => {
    if (input.type === 'choice') return { type: 'answer', answer: input.value };
    const written = input.text.trim();
    const known = Object.entries(serviceNames).find(([key, name]) =>
      [name, t(`${base}.option.${key}`)].some((one) => fold(one) === fold(written)),
    );
    if (known) return { type: 'answer', answer: known[0] };
    const fits = written !== '' && Array.from(written).length <= 20 && !/^\d+$/u.test(written) && whyNotPublic(written) === null;
    return fits ? { type: 'answer', answer: written } : { type: 'wrong', text: t(`${base}.invalid`) };
  },
  show: (answer, { t, base }) => (Object.hasOwn(serviceNames, answer) ? t(`${base}.option.${answer}`) : answer),
};

/** How many places, and what a place is for. */
export const capacityField = custom({
  schema: z.object({
    count: z.number().int().nullable(),
    unit: z.enum(['person', 'child', 'household']),
    /** A number was written that is none (0人): it must be settled. */
    unclear: z.literal(true).exactOptional(),
  }),
  reasons: ['unreadable', 'outOfRange'],
  read: (written, { t }) => {
    const parsed = parseCapacity(written);
    if (!parsed.ok) return parsed;
    return { ok: true, value: { count: parsed.capacity, unit: parsed.unit }, note: remarksOf(parsed.notes, t).join('\n') };
  },
  show: ({ count, unit, unclear }, { t }) =>
    unclear ? t('event.capacity.doubtful') : count === null ? t('event.capacity.unlimited') : t(`event.capacity.unit.${unit}`, { count }),
});

const agesSchema = z.object({
  minAge: z.number().nullable(),
  maxAge: z.number().nullable(),
  /** The bound of which nobody said whether it is in; it must be settled. `shutOut`: it was written who may not come, and that is asked about. */
  unclear: z
    .object({ age: z.number(), side: z.enum(['min', 'max']), shutOut: z.literal(true).exactOptional() })
    .nullable()
    .default(null),
});

/** For which ages, as the form keeps it. */
export type AgesAnswer = z.infer<typeof agesSchema>;

/** The same with a bound settled: `不含` moves it by a year. */
export function settle(answer: AgesAnswer, inclusive: boolean): AgesAnswer {
  const { unclear } = answer;
  if (!unclear) return answer;
  const shift = inclusive ? 0 : 1;
  return unclear.side === 'min'
    ? { ...answer, minAge: unclear.age + shift, unclear: null }
    : { ...answer, maxAge: Math.max(0, unclear.age - shift), unclear: null };
}

/** The bound that notes leave open, if any. */
export function unclearIn(notes: readonly { readonly type: string }[]): AgesAnswer['unclear'] {
  for (const note of notes) if (note.type === 'boundUnclear') return agesSchema.shape.unclear.parse(note);
  return null;
}

/** For which ages. `7岁以下` leaves open whether seven is in; `含` or `不含` settles it. */
export const agesField: Question<AgesAnswer> = {
  optional: false,
  schema: agesSchema,
  keys: [...['unreadable', 'outOfRange', 'reversed', 'nothingUnclear'].map((reason) => `invalid.${reason}`), 'unclear', 'unclearShutOut'],
  ask: ({ t, base, params, partial }) => {
    const unclear = earlier(partial)?.unclear;
    const text = unclear ? t(`${base}.unclear${unclear.shutOut ? 'ShutOut' : ''}`, { age: unclear.age }) : t(`${base}.ask`, params);
    return { text, options: [], free: true, help: t(`${base}.help`, params) };
  },
  read: (input, { t, base, partial }) => {
    const text = input.type === 'text' ? input.text : '';
    const before = earlier(partial);
    const boundary = resolveBoundary(text, { shutOut: before?.unclear?.shutOut === true });
    if (boundary && before?.unclear) return { type: 'answer', answer: settle(before, boundary === 'inclusive') };
    if (boundary) return { type: 'wrong', text: t(`${base}.invalid.nothingUnclear`) };
    const parsed = parseAges(text);
    if (!parsed.ok) return { type: 'wrong', text: t(`${base}.invalid.${parsed.reason}`) };
    const answer = { minAge: parsed.min ?? null, maxAge: parsed.max ?? null, unclear: unclearIn(parsed.notes) };
    const others = parsed.notes.filter(({ type }) => type !== 'boundUnclear');
    return { type: 'answer', answer, note: remarksOf(others, t).join('\n') };
  },
  show: (answer, { t, base }) => {
    const words = ages(answer, t) ?? t('event.ages.everybody');
    const { unclear } = answer;
    return unclear ? t(`${base}.doubtful${unclear.shutOut ? 'ShutOut' : ''}`, { ages: words, age: unclear.age }) : words;
  },
  reopen: (answer) => answer,
};

const earlier = (partial: unknown): AgesAnswer | undefined => {
  const parsed = agesSchema.safeParse(partial);
  return parsed.success ? parsed.data : undefined;
};

/** Until when one may sign up; stored as wall time. Until the list is full needs no time. */
export const deadlineField = custom({
  /** `unclear`: several were written that differ; it must be settled. */
  schema: z.object({ wall: z.string(), unclear: z.literal(true).exactOptional() }).nullable(),
  reasons: ['unreadable', 'noStart', 'afterStart', 'past', 'noDay', 'vague', 'noSuchDay', 'ambiguous'],
  read: (written, { now, timeZone, t }) => {
    const parsed = parseDeadline(written, { now, timeZone });
    if (!parsed.ok) return { ok: false, reason: known(parsed.reason) };
    const opens = parsed.opens === undefined ? [] : [{ type: 'signUpOpens', text: parsed.opens }];
    return { ok: true, value: parsed.type === 'at' ? { wall: parsed.wall } : null, note: remarksOf(opens, t).join('\n') };
  },
  show: (value, { t, timeZone, now, locale }) => {
    if (value === null) return t('event.deadline.whenFull');
    const when = moment(instantOf(value.wall, timeZone), timeZone, { locale: asLocale(locale), now });
    return value.unclear ? t('event.deadline.doubtful', { when }) : when;
  },
});

const deadlineReasons = ['noStart', 'afterStart', 'past', 'noDay', 'vague', 'noSuchDay', 'ambiguous'] as const;

const known = (reason: string) => deadlineReasons.find((one) => one === reason) ?? 'unreadable';

/** How one signs up for an event of several sessions. */
export const formatField = choice(['all', 'single', 'one']);

/** Whether somebody comes along, and whether they take places. */
export const companionsField = choice(['none', 'allowed', 'required', 'allowedCounted', 'requiredCounted']);
