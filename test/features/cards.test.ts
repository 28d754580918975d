import { describe, expect, test } from 'vitest';
import { ages, eventCard, shortTitle } from '../../src/features/signup/cards.js';
import type { EventView, SessionView } from '../../src/features/signup/view.js';
import type { Locale } from '../../src/i18n/index.js';
import { at, texts, timeZone } from '../support/house.js';

const now = at('2026-07-28T10:00');
const event = (session: Partial<SessionView> = {}, about: Partial<EventView> = {}): EventView => ({
  id: 'e',
  ref: 'abcdef123456',
  title: '美术公益课堂第四节',
  bring: '彩笔',
  minAge: 6,
  maxAge: 12,
  status: 'published',
  createdBy: 'li',
  ...about,
  session: {
    id: 's',
    startsWall: '2026-08-01T10:00',
    endsWall: '2026-08-01T11:30',
    timeZone,
    startsAt: at('2026-08-01T10:00'),
    endsAt: at('2026-08-01T11:30'),
    place: '党群活动中心二楼',
    capacity: 20,
    revision: 0,
    taken: 0,
    waiting: 0,
    ...session,
  },
});
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
      '点“报名”，或者在下面回“报名”。',
    ]);
    expect(card(event()).choices).toEqual([{ label: '报名', value: 'c:abcdef123456:join' }]);
    expect(Buffer.byteLength(card(event()).choices?.[0]?.value ?? '')).toBeLessThanOrEqual(64);
  });

  test('leaves out what was not said', () => {
    expect(lines(event({ capacity: null, taken: 5 }, { bring: null, minAge: null, maxAge: null }))).toEqual([
      '【报名】美术公益课堂第四节',
      '时间：8月1日(周六) 10:00–11:30',
      '地点：党群活动中心二楼',
      '已报5人',
      '点“报名”，或者在下面回“报名”。',
    ]);
  });

  test.each([
    ['one place left', { taken: 19 }, '已报 19/20 · 还有1个名额', '19 of 20 taken · 1 place left'],
    ['two places left', { taken: 18 }, '已报 18/20 · 还有2个名额', '18 of 20 taken · 2 places left'],
    ['full', { taken: 20 }, '已报 20/20 · 名额满了，可以候补', '20 of 20 taken · full, there is a waiting list'],
    ['somebody waits', { taken: 20, waiting: 1 }, '已报 20/20 · 名额满了，1人在候补', '20 of 20 taken · full, 1 waiting'],
    ['more than there is room for', { taken: 22 }, '已报 22/20 · 名额满了，可以候补', '22 of 20 taken · full, there is a waiting list'],
  ])('%s', (_what, session, chinese, english) => {
    expect(lines(event(session))).toContain(chinese);
    expect(lines(event(session), 'en')).toContain(english);
  });

  test('in English', () => {
    expect(lines(event({ taken: 19 }), 'en')).toEqual([
      '[Sign up] 美术公益课堂第四节',
      'When: Sat 1 August 10:00–11:30',
      'Where: 党群活动中心二楼',
      'For: ages 6–12',
      'Please bring: 彩笔',
      '19 of 20 taken · 1 place left',
      'Press “Sign up”, or answer 报名 below.',
    ]);
  });

  test.each([
    ['has begun', '2026-08-01T10:00', {}, '报名已经截止。'],
    ['is nearly over', '2026-08-01T11:29', {}, '报名已经截止。'],
    ['is over', '2026-08-01T11:30', {}, '活动已经结束，谢谢大家。'],
    ['was ended', '2026-07-28T10:00', { status: 'ended' }, '活动已经结束，谢谢大家。'],
    ['was taken back', '2026-07-28T10:00', { status: 'cancelled' }, '报名已经截止。'],
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

test('a title for a menu is cut between letters, never within one', () => {
  expect(shortTitle('书法班')).toBe('书法班');
  expect(shortTitle('𠮷'.repeat(30), 5)).toBe('𠮷𠮷𠮷𠮷…');
});
