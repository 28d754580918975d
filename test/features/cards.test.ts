import { describe, expect, test } from 'vitest';
import { ages, eventCard, shortTitle } from '../../src/features/signup/words/cards.js';
import type { EventView, Places, SessionView } from '../../src/programme/index.js';
import type { Locale } from '../../src/i18n/index.js';
import { at, texts, timeZone } from '../support/house.js';

const now = at('2026-07-28T10:00');

const session = (startsWall: string, endsWall: string | null, number = 1, place = '党群活动中心二楼'): SessionView => {
  const endsAt = at(endsWall ?? startsWall);
  return {
    id: `s${number}`,
    number,
    startsWall,
    endsWall,
    timeZone,
    startsAt: at(startsWall),
    endsAt,
    place,
    revision: 0,
    postponed: false,
  };
};
const meeting = session('2026-08-01T10:00', '2026-08-01T11:30');
const full = (places: Partial<Places> = {}): Places => ({ capacity: 20, taken: 0, leaving: 0, waiting: 0, ...places });

const event = (places: Partial<Places> = {}, about: Partial<EventView> = {}): EventView => {
  const sessions = about.sessions ?? [meeting];
  return {
    id: 'e',
    ref: 'abcdef123456',
    title: '美术公益课堂第四节',
    bring: '彩笔',
    minAge: 6,
    maxAge: 12,
    status: 'published',
    revision: 0,
    createdBy: 'li',
    signUpFor: 'all',
    oneEach: false,
    unit: 'person',
    companions: 'none',
    companionsCount: false,
    questions: [],
    deadlineAt: null,
    sessions,
    scopes: [{ key: 'all', sessions, places: full(places) }],
    ...about,
  };
};
const card = (one: EventView, locale: Locale = 'zh-CN', at = now) => eventCard(one, { t: texts.in(locale), locale, now: at });
const lines = (one: EventView, locale: Locale = 'zh-CN', at = now) => card(one, locale, at).text.split('\n');

describe('a card', () => {
  test('says what, when, where, for whom and how full, and has one button', () => {
    expect(lines(event({ taken: 2 }))).toEqual([
      '【报名】美术公益课堂第四节',
      '时间：8月1日(周六) 10:00–11:30',
      '地点：党群活动中心二楼',
      '对象：6–12岁',
      '请带：彩笔',
      '已报 2/20 · 还有18个名额',
      '点“报名”，或者引用这条回“报名”。',
    ]);
    expect(card(event()).choices).toEqual([{ label: '报名', value: 'c:abcdef123456:join' }]);
    expect(Buffer.byteLength(card(event()).choices?.[0]?.value ?? '')).toBeLessThanOrEqual(64);
  });

  test.each([
    ['required', '陪同：要有人陪', 'Companions: somebody must come along'],
    ['allowed', '陪同：可以有人陪', 'Companions: somebody may come along'],
  ] as const)('says that a companion is %s', (companions, chinese, english) => {
    expect(lines(event({}, { companions }))).toContain(chinese);
    expect(lines(event({}, { companions }), 'en')).toContain(english);
  });

  test('leaves out what was not said', () => {
    expect(lines(event({ capacity: null, taken: 5 }, { bring: null, minAge: null, maxAge: null }))).toEqual([
      '【报名】美术公益课堂第四节',
      '时间：8月1日(周六) 10:00–11:30',
      '地点：党群活动中心二楼',
      '已报5人',
      '点“报名”，或者引用这条回“报名”。',
    ]);
  });

  test.each([
    ['one place left', { taken: 19 }, '已报 19/20 · 还有1个名额', '19 of 20 taken · 1 place left'],
    ['two places left', { taken: 18 }, '已报 18/20 · 还有2个名额', '18 of 20 taken · 2 places left'],
    ['full', { taken: 20 }, '已报 20/20 · 名额满了，可以候补', '20 of 20 taken · full, there is a waiting list'],
    ['somebody waits', { taken: 20, waiting: 1 }, '已报 20/20 · 名额满了，1人在候补', '20 of 20 taken · full, 1 waiting'],
    [
      'two wait for two places',
      { taken: 19, waiting: 2 },
      '已报 19/20 · 还有1个名额 · 2人在候补',
      '19 of 20 taken · 1 place left · 2 waiting',
    ],
    ['more than there is room for', { taken: 22 }, '已报 22/20 · 名额满了，可以候补', '22 of 20 taken · full, there is a waiting list'],
    [
      'one was just given back',
      { taken: 19, leaving: 1 },
      '已报 19/20 · 有1个位刚退，先可以候补',
      '19 of 20 taken · 1 place was just given back; for now you can wait for it',
    ],
  ])('%s', (_what, places, chinese, english) => {
    expect(lines(event(places))).toContain(chinese);
    expect(lines(event(places), 'en')).toContain(english);
  });

  test('in English', () => {
    expect(lines(event({ taken: 19 }), 'en')).toEqual([
      '[Sign up] 美术公益课堂第四节',
      'When: Sat 1 August 10:00–11:30',
      'Where: 党群活动中心二楼',
      'For: ages 6–12',
      'Please bring: 彩笔',
      '19 of 20 taken · 1 place left',
      'Press “Sign up”, or reply “join” to this message.',
    ]);
  });

  test.each([
    ['has begun', '2026-08-01T10:00', {}, '报名已经截止。'],
    ['is nearly over', '2026-08-01T11:29', {}, '报名已经截止。'],
    ['is over', '2026-08-01T11:30', {}, '活动已经结束，谢谢大家。'],
    ['was ended', '2026-07-28T10:00', { status: 'ended' }, '活动已经结束，谢谢大家。'],
    ['was closed', '2026-07-28T10:00', { status: 'closed' }, '报名已经截止。'],
    ['is past its deadline', '2026-07-28T10:00', { deadlineAt: now }, '报名已经截止。'],
    ['was cancelled', '2026-07-28T10:00', { status: 'cancelled' }, '活动取消了。'],
    ['was postponed', '2026-07-28T10:00', { status: 'postponed' }, '活动延期，新时间待定，已报的名额都保留。'],
  ])('of an event that %s has no button', (_what, wall, about, last) => {
    const shown = card(event({}, about), 'zh-CN', at(wall));
    expect(shown.text.split('\n').at(-1)).toBe(last);
    expect(shown.choices).toBeUndefined();
  });

  test('shows what somebody wrote as it is', () => {
    const title = '<b>{{title}}</b> $t(signup.gone) *_`[x](y)';
    expect(lines(event({}, { title }))[0]).toBe(`【报名】${title}`);
  });
});

test.each([
  [6, 12, '6–12岁', 'ages 6–12'],
  [6, 6, '6岁', 'age 6'],
  [60, null, '60岁及以上', 'age 60 and over'],
  [null, 12, '12岁及以下', 'up to age 12'],
])('ages from %s to %s', (minAge, maxAge, chinese, english) => {
  expect(ages({ minAge, maxAge }, texts.in('zh-CN'))).toBe(chinese);
  expect(ages({ minAge, maxAge }, texts.in('en'))).toBe(english);
});

test('names on a card are group-safe, and 300 of them stay readable', () => {
  const shown = (names: readonly string[]) => eventCard(event(), { t: texts.in('zh-CN'), locale: 'zh-CN', now }, names).text;
  expect(shown(['王小明', '欧阳娜娜', '𠮷野'])).toContain('参加的有：王**、欧**、𠮷**\n');
  expect(shown([])).not.toContain('参加的有');
  const many = shown(Array.from({ length: 300 }, (_, n) => `王小${n}`));
  expect(many).toContain('等300人');
  expect(many).not.toContain('小1');
  expect(many.length).toBeLessThan(400);
});

test('a title for a menu is cut between letters, never within one, and keeps its end', () => {
  expect(shortTitle('书法班')).toBe('书法班');
  expect(shortTitle('雏鹰天地成长营 修身课堂·美术公益课堂第四节', 10)).toBe('…美术公益课堂第四节');
  expect(shortTitle('𠮷'.repeat(30), 5)).toBe('…𠮷𠮷𠮷𠮷');
});

describe('a series', () => {
  const weekly = ['05', '12', '19', '26'].map((day, at) => session(`2026-08-${day}T19:00`, `2026-08-${day}T20:30`, at + 1));
  const [first, ...others] = weekly;
  if (!first) throw new Error('A series has sessions');
  const sessions = [first, ...others] as const;

  test('with one sign-up for all says its rhythm and how full it is', () => {
    const shown = lines(event({ taken: 3 }, { sessions: [...sessions], bring: null }));
    expect(shown).toContain('时间：每周三 19:00–20:30，8月5日(周三)到8月26日(周三)，共4次');
    expect(shown).toContain('已报 3/20 · 还有17个名额');
    expect(lines(event({}, { sessions: [...sessions] }), 'en')).toContain(
      'When: Wednesdays 19:00–20:30, Wed 5 August to Wed 26 August, 4 times',
    );
  });

  test('of single sessions says each that is to come, and stays readable when there are many', () => {
    const single = (meetings: readonly [SessionView, ...SessionView[]]): EventView => {
      const scope = (one: SessionView) => ({ key: one.id, sessions: [one] as const, places: full({ capacity: 3, taken: one.number }) });
      const [head, ...rest] = meetings;
      return event({}, { signUpFor: 'single', sessions: meetings, scopes: [scope(head), ...rest.map(scope)] });
    };
    expect(lines(single([...sessions]), 'zh-CN', at('2026-08-06T09:00'))).toEqual(
      expect.arrayContaining([
        '第2节 8月12日(周三) 19:00–20:30 · 已报 2/3 · 还有1个名额',
        '第3节 8月19日(周三) 19:00–20:30 · 已报 3/3 · 名额满了，可以候补',
      ]),
    );
    expect(lines(single([...sessions]), 'zh-CN', at('2026-08-06T09:00')).join()).not.toContain('第1节');
    const many = Array.from({ length: 40 }, (_, n) => session(`2026-09-${String((n % 28) + 1).padStart(2, '0')}T09:00`, null, n + 1));
    expect(lines(single([meeting, ...many])).length).toBeLessThan(20);
  });

  test('of which one was moved lists its days', () => {
    const moved = [first, session('2026-08-13T19:00', '2026-08-13T20:30', 2), others[1] ?? first] as const;
    expect(lines(event({}, { sessions: [...moved] }))[1]).toBe(
      '时间：共3次：8月5日(周三) 19:00–20:30、8月13日(周四) 19:00–20:30、8月19日(周三) 19:00–20:30',
    );
  });
});
