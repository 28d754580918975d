import { z } from 'zod';
import {
  choice,
  consent,
  dialog,
  number,
  optional,
  people,
  text,
  type Json,
  type KnownPerson,
  type ListedOption,
} from '../../../src/dialog/index.js';

/** A resident's dialog: two children, a session, a consent for those under 14. */
export interface CampFacts {
  readonly household: readonly KnownPerson[];
  readonly openSessions: readonly ListedOption[];
  readonly year: number;
  /** Sessions that closed while somebody was filling in. */
  readonly closed: readonly string[];
}

export type CampEffect = { readonly type: 'signUp'; readonly event: string; readonly answers: Json };

export const readName = (written: string) => {
  if (/^\d{11}$/.test(written)) return { ok: false, reason: 'phone' } as const;
  if (written.length > 20) return { ok: false, reason: 'tooLong' } as const;
  return /^[\p{L}· ]+$/u.test(written)
    ? ({ ok: true, name: written } as const)
    : ({ ok: false, reason: written === '' ? 'empty' : 'notAName' } as const);
};

export const readDay = (written: string) => {
  const [, year, month, day] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(written) ?? [];
  if (!year || !month || !day) return { ok: false, reason: 'unreadable' } as const;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!z.iso.date().safeParse(date).success) return { ok: false, reason: 'noSuchDay' } as const;
  return { ok: true, date, value: date } as const;
};

const yearOf = (day: string) => Number(day.slice(0, 4));

export const camp = dialog<CampFacts, { eventId: string }>('camp', {
  version: 2,
  readBack: 'simple',
  needs: ['household', 'openSessions', 'year', 'closed'],
  seed: z.object({ eventId: z.string() }),
  upgrades: { 1: ({ remarks, ...answers }) => ({ ...answers, ...(remarks === undefined ? {} : { allergies: remarks }) }) },
})
  .ask(
    'children',
    people<CampFacts>({
      from: 'household',
      readName,
      readBirthDate: readDay,
      showBirthDate: (day) => day,
      refuse: ({ name, birthDate }, { facts, t }) => (facts.year - yearOf(birthDate) < 6 ? t('camp.tooYoung', { name }) : null),
      max: 3,
    }),
  )
  .ask('session', choice.from('openSessions'))
  .when(
    ({ children }, { facts }) =>
      children.some(
        (one) =>
          facts.year - yearOf('new' in one ? one.new.birthDate : (facts.household.find(({ id }) => id === one.id)?.birthDate ?? '')) < 14,
      ),
    (d) =>
      d.ask('consent', consent({ textVersion: '2026-07', refusing: 'ends' }), {
        params: ({ children }) => ({ count: children.length }),
        dependsOn: ['children'],
      }),
  )
  .ask('allergies', optional(text({ max: 20 })))
  .ask('companions', number({ min: 0, max: 5 }))
  .complete<CampEffect>((answers, { seed, facts, t }) =>
    facts.closed.includes(answers.session)
      ? { reject: { text: t('camp.closed') }, at: 'session' }
      : { say: [{ text: t('camp.done') }], effects: [{ type: 'signUp', event: seed.eventId, answers }] },
  );

const ming: KnownPerson = { id: 'd1', label: '王小明（8岁）', name: '王小明', birthDate: '2018-05-20', fits: true };
const hong: KnownPerson = { id: 'd2', label: '王小红（10岁）', name: '王小红', birthDate: '2016-03-02', fits: true };
const gang: KnownPerson = { id: 'd3', label: '王小刚（15岁）', name: '王小刚', birthDate: '2011-01-09', fits: false, why: '已经报过名了' };

export const firstTime: CampFacts = {
  household: [],
  openSessions: [
    { value: 's1', label: '8月1日 美术课' },
    { value: 's2', label: '8月8日 书法课' },
  ],
  year: 2026,
  closed: [],
};
export const knownFamily: CampFacts = { ...firstTime, household: [ming, hong, gang] };
export const manySessions: CampFacts = {
  ...knownFamily,
  openSessions: Array.from({ length: 17 }, (_, index) => ({ value: `s${index}`, label: `第${index + 1}节` })),
};
