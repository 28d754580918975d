import { describe, expect, test } from 'vitest';
import { choice, consent, describe as describeAgain, dialog, open, people, step, text as textQuestion } from '../../src/dialog/index.js';
import { camp, firstTime, knownFamily, readDay, readName, type CampFacts } from './sample/camp.js';
import { talk, world } from './sample/driver.js';
import { newEvent } from './sample/newEvent.js';

const seed = { eventId: 'e1' };
const campTalk = (facts: CampFacts = knownFamily) => talk(camp, open(camp, world(facts), { seed }), world(facts));
const said = (one: ReturnType<typeof campTalk>, ...texts: string[]) => {
  for (const text of texts) one.say(text);
  return one;
};
const filled = ['1 2', '1', '1', '跳过', '1'];

describe('facts that change meanwhile', () => {
  test('a choice that has gone is said to be gone, and nothing is chosen', () => {
    const one = said(campTalk(), '1 2');
    one.facts({ ...knownFamily, openSessions: knownFamily.openSessions.slice(1) });
    one.say('1');
    expect(one.shown).toBe('< 这一项刚刚没有了，请再选一个。\n  报哪一节？\n  [1 8月8日 书法课] [0 返回] [9 帮忙]');
    expect(one.last.state?.answers).not.toHaveProperty('session');
  });

  test('a read-back that is no longer true does not count: the question comes again', () => {
    const one = said(campTalk(), ...filled);
    one.facts({ ...knownFamily, openSessions: knownFamily.openSessions.slice(1) });
    one.say('对');
    expect(one.shown).toMatch(/^< “哪一节”有变化，请再选一次。\n {2}报哪一节？/);
    expect(one.last.effects).toEqual([]);
    expect(said(one, '1', '对').last.ended).toBe('completed');
  });

  test('the end may refuse one answer and ask for it again', () => {
    const one = said(campTalk(), ...filled);
    one.facts({ ...knownFamily, closed: ['s1'] });
    one.say('1');
    expect(one.shown).toMatch(/^< 这一节刚刚报满了。\n {2}报哪一节？/);
    expect(one.last.effects).toEqual([]);
    expect(said(one, '2', '1').last.effects).toMatchObject([{ type: 'signUp', answers: { session: 's2', companions: 1 } }]);
  });

  test('a consent does not outlive the children it was given for, however they came to change', () => {
    const one = said(campTalk(), '1 2', '1', '同意', '跳过', '1');
    one.facts({ ...knownFamily, household: knownFamily.household.map((child) => (child.id === 'd1' ? { ...child, fits: false } : child)) });
    said(one, '对', '1');
    expect(one.shown).toContain('报名要用到1个孩子的姓名和生日');
    expect(one.last.state?.answers).not.toHaveProperty('consent');
  });

  test('negative control: a consent that depends on nothing would be kept', () => {
    const careless = dialog<CampFacts>('camp', { version: 2, readBack: 'simple' })
      .ask('children', people<CampFacts>({ from: 'household', readName, readBirthDate: readDay, showBirthDate: String }))
      .ask('consent', consent({ textVersion: '2026-07', refusing: 'ends' }), { params: ({ children }) => ({ count: children.length }) })
      .complete(() => ({ say: [], effects: [] }));
    const one = talk(careless, open(careless, world(knownFamily)), world(knownFamily));
    for (const words of ['1 2', '同意', '2', '1', '1', '就这些']) one.say(words);
    expect(one.last.state).toMatchObject({ at: { place: 'readBack' }, answers: { children: [{ id: 'd1' }], consent: { agreed: true } } });
  });

  test('a consent to an older wording is none', () => {
    const one = said(campTalk(), ...filled);
    const before = { ...one.last.state, answers: { ...one.last.state?.answers, consent: { agreed: true, textVersion: '2025-01' } } };
    expect(step(camp, before, { type: 'text', text: '对' }, world(knownFamily)).say[0]?.text).toContain('您同意吗');
  });
});

describe('buttons', () => {
  test('one of an earlier message is answered kindly and changes nothing', () => {
    const one = said(campTalk(), '1 2');
    one.choose('=known:d1');
    expect(one.shown).toMatch(/^< 这个按钮是前面的，已经不管用了。现在到这里：\n {2}报哪一节？/);
    expect(one.last.state?.answers).toEqual({ children: [{ id: 'd1' }, { id: 'd2' }] });
  });

  test('confirming before the read-back is such a button, for all values that the engine knows', () => {
    const one = said(campTalk(), '1 2');
    for (const value of [':confirm', ':change', ':continue', ':field:session', ':skip', '=s9', '', '__proto__']) {
      one.choose(value);
      expect(one.shown).toContain('已经不管用了');
    }
    one.choose('=s1');
    expect(one.last.state?.answers).toMatchObject({ session: 's1' });
  });
});

describe('what people write', () => {
  test('100,000 characters are too long, kindly; a text that fits is taken', () => {
    const one = said(campTalk(), '1 2', '1', '1', '牛'.repeat(100_000));
    expect(one.shown).toMatch(/^< 这太长了，请写短一些。\n/);
    one.say('牛'.repeat(21));
    expect(one.shown).toMatch(/^< 有点太长了，请写短一些（最多20个字）。\n/);
    one.say('牛'.repeat(20));
    expect(one.last.state?.answers).toMatchObject({ allergies: '牛'.repeat(20) });
  });

  test.each([
    ['\u0000\u0007花\u200b生\u202e', '花生'],
    ['<b>花生</b>', '<b>花生</b>'],
    ["'; DROP TABLE x;--", "'; DROP TABLE x;--"],
    ['__proto__', '__proto__'],
    ['{{label}} $t(x)', '{{label}} $t(x)'],
    ['👨‍👩‍👧 花生', '👨‍👩‍👧 花生'],
    ['花生\r\n牛奶', '花生 牛奶'],
    ['\ud800花生', '花生'],
    ['１２', '１２'],
  ])('%j is kept as %j and read back literally', (written, kept) => {
    const one = said(campTalk(), '1 2', '1', '1', written, '1');
    expect(one.last.state?.answers).toMatchObject({ allergies: kept });
    expect(one.shown).toContain(`过敏：${kept}`);
  });

  test.each(['', '   ', '\u0000\u200b', '\n'])('%j is no answer', (written) => {
    const one = said(campTalk(), '1 2', '1', '1', written);
    expect(one.shown).toMatch(/^< 请写几个字，没有就回“跳过”。\n/);
  });

  test.each(['-1', '6', '1e9', '999999999999999999999', 'NaN', 'Infinity', '1.5', '', '一'])('%j is no number that fits', (written) => {
    const one = said(campTalk(), '1 2', '1', '1', '跳过', written);
    expect(one.last.state?.answers).not.toHaveProperty('companions');
    expect(one.last.state?.wrong).toBe(1);
  });

  test('digits are the key of a menu, full-width and with a dot too', () => {
    for (const written of ['2', '２', '2.', '2、', ' 2 ', '2️⃣']) {
      expect(said(campTalk(), '1 2', written).last.state?.answers).toMatchObject({ session: 's2' });
    }
  });

  test('a required question is not skipped', () => {
    const one = said(campTalk(), '1 2', '跳过');
    expect(one.shown).toMatch(/^< 这一项跳不过去，要填了才行。\n/);
  });

  test('only the plain words are a consent', () => {
    for (const written of ['好', '是', '行', '可以', '对', 'ok', 'yes', '不', '嗯']) {
      expect(said(campTalk(), '1 2', '1', written).last.state?.answers).not.toHaveProperty('consent');
    }
    expect(said(campTalk(), '1 2', '1', '我同意').last.state?.answers).toMatchObject({ consent: { agreed: true } });
  });
});

describe('people of the household', () => {
  test.each(['1 2', '1、2', '1，2', '1和2', '１ ２', '2 1', '全部', '两个都报', '王小明、王小红', 'all'])('%j chooses both', (written) => {
    expect(said(campTalk(), written).last.state?.answers).toEqual({ children: [{ id: 'd1' }, { id: 'd2' }] });
  });

  test.each(['1 7', '1 x', '王小刚', '9 9', '#', '1-2', '__proto__'])('%j chooses nobody', (written) => {
    const one = said(campTalk(), written);
    expect(one.last.state?.answers).toEqual({});
    expect(one.shown).toMatch(/^< 我没看懂，请回前面的数字。|^< 回前面的数字/);
  });

  test('one who cannot come stays out, also when named anew', () => {
    const one = said(campTalk(), '加一个', '王小刚 2011-01-09');
    expect(one.shown).toMatch(/^< · 王小刚（15岁）：已经报过名了\n/);
    expect(one.last.state?.answers).toEqual({});
  });

  test('no more than the dialog takes', () => {
    const one = said(campTalk(), '加一个', '王一 2017-01-01', '加一个', '王二 2017-01-01');
    one.say('全部');
    expect(one.shown).toMatch(/^< 一次最多3个。\n/);
    one.say('1');
    expect(one.last.state?.answers).toMatchObject({ children: [{}, {}, { id: 'd1' }] });
  });

  test('children who were named are offered again when the question comes back, nothing is typed twice', () => {
    const one = said(campTalk(firstTime), '王小明 2018-05-20', '加一个', '王小红 2016-03-02', '就这些', '返回');
    expect(one.shown).toBe(
      '< 给哪个孩子报名？\n  几个一起也行，比如回“1 2”，或“全部”。\n  [1 王小明（2018-05-20）] [2 王小红（2016-03-02）] [3 加一个孩子] [0 不要了] [9 帮忙]',
    );
    one.say('2');
    one.say('就这些');
    expect(one.last.state?.answers).toEqual({ children: [{ new: { name: '王小红', birthDate: '2016-03-02' } }] });
  });
});

describe('openings', () => {
  test('answers that are known are not asked; those that do not fit their question are', () => {
    const known = { title: '课'.repeat(41), kind: 'class', day: '2026-08-01', place: '二楼', capacity: 5000 } as const;
    const first = open(newEvent, world({}), { answers: known });
    expect(first.say[0]?.text).toBe('别的我记下了，还差这一项：\n活动叫什么？');
    const one = talk(newEvent, first, world({}));
    one.say('美术课');
    expect(one.shown).toContain('5 名额：（没写）');
  });

  test('start again goes back to what it was opened with', () => {
    const one = talk(newEvent, open(newEvent, world({}), { answers: { title: '美术课' } }), world({}));
    one.say('1');
    one.say('2026-08-01');
    one.say('重来');
    expect(one.last.state).toMatchObject({ answers: { title: '美术课' }, trail: [] });
    expect(one.shown).toMatch(/^< 好，从头来。\n {2}别的我记下了，还差这一项：\n {2}是哪一种？/);
  });

  test('the present question can be shown again without changing anything', () => {
    const one = said(campTalk(), '1 2');
    const again = describeAgain(camp, JSON.parse(JSON.stringify(one.last.state)), world(knownFamily));
    expect(again.state).toEqual(one.last.state);
    expect(again.say).toEqual(one.last.say);
  });

  test('a question that can only be a mistake is refused when the dialog is written', () => {
    const empty = dialog('x', { version: 1, readBack: 'simple' });
    expect(() => empty.ask('__proto__', textQuestion({ max: 5 }))).toThrow('cannot be called');
    expect(() => empty.ask('constructor', textQuestion({ max: 5 }))).toThrow('cannot be called');
    expect(() =>
      empty.ask('a', textQuestion({ max: 5 })).when(
        () => true,
        (d) => d.ask('a', textQuestion({ max: 5 })),
      ),
    ).toThrow('Two questions');
    expect(() => textQuestion({ max: 5000 })).toThrow(RangeError);
  });
});

describe('types', () => {
  test('a question that needs a fact is only asked where the dialog has it, and conditional answers may be missing', () => {
    // @ts-expect-error -- these facts know no sessions
    dialog<{ other: string }>('x', { version: 1, readBack: 'simple' }).ask('session', choice.from('openSessions'));
    dialog('x', { version: 1, readBack: 'simple' })
      .ask('kind', choice(['a', 'b']))
      .when(
        ({ kind }) => kind === 'a',
        (d) => d.ask('more', textQuestion({ max: 5 })),
      )
      .complete(({ kind, more }) => {
        const kinds: 'a' | 'b' = kind;
        // @ts-expect-error -- it was asked of some only
        const always: string = more;
        return { say: [{ text: kinds + always }], effects: [] };
      });
    // @ts-expect-error -- the seed of this dialog is required
    expect(() => open(camp, world(knownFamily))).not.toThrow();
  });
});
