import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestAnnouncement, readAnnouncement } from '../../../src/understand/index.js';
import { examples, type Example } from './announcements.js';
import { fullExamples } from './fullAnnouncements.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

const labels = ['时间：', '地点：', '名额：', '对象：', '请自带', '报名截止：', '【', '】', '\n', ' ', ',', '、', '。'];
const facts = [
  '8月1日',
  '10:00-11:30',
  '周六',
  '每周',
  '二楼',
  '社区',
  '20人',
  '6-12岁',
  '彩笔',
  '美术课',
  '截止',
  '报满为止',
  '13900000000',
  '《',
  '》',
  '🎨',
  '(',
];
const wild = fc.array(fc.constantFrom(...labels, ...facts), { maxLength: 30 }).map((words) => words.join(''));

/** What is expected with what goes without saying. */
function complete(read: Example['read']) {
  const { date, start, end } = read;
  const sessions = date === undefined || start === undefined ? [] : [{ date, start, ...(end === undefined ? {} : { end }) }];
  return { sessions, doubts: [], ...read };
}

describe('readAnnouncement', () => {
  it.each([...examples, ...fullExamples])('reads $name', ({ text, read }) => {
    expect(readAnnouncement(text, here)).toEqual(complete(read));
  });

  it.each([
    ['📣书法班来啦！８月５日１９：００ 二楼', '书法班'],
    ['ＤＩＹ手工课开课啦🎉 8月8日9:30', 'DIY手工课'],
    ['好消息好消息！暑期托管班开始招生啦！8月3日9:00', '暑期托管班'],
    ['Painting class is coming soon! Aug 1 10:00', 'Painting class'],
    ['合唱团回来了 8月8日9:30', '合唱团'],
    ['8月2号/9号/16号 三个周日 14：30——16：00 幼儿绘本故事会 图书室', '幼儿绘本故事会'],
    ['两个周六 8月1日、8月8日 9:00 合唱排练 二楼', '合唱排练'],
    ['足球课两场：第一场8月1日9:00-10:00，第二场8月2日9:00-10:00 社区球场', '足球课'],
    ['重阳节敬老活动：九月初九上午9点，社区食堂', '重阳节敬老活动'],
    ['中秋节赏月晚会 八月十五 晚7点 社区广场', '中秋节赏月晚会'],
    ['片名：《长津湖》 8月1日晚7点 社区广场 露天电影', '露天电影'],
    ['8月9日 集合：8:30 登山 社区门口', '登山'],
    ['包粽子比赛 初五早上九点半 活动室', '包粽子比赛'],
    // These are names.
    ['美术公益课堂第四节 8月1日9:00', '美术公益课堂第四节'],
    ['读书会：小王子 8月1日9:00', '读书会：小王子'],
    ['初三家长会 8月1日9:00', '初三家长会'],
    // What only ends like a call stays.
    ['我们毕业啦 8月8日9:30', '我们毕业啦'],
    ['【更正】书法班 8月5日19:00 一楼', '书法班'],
    ['(修改后)书法班 8月5日19:00 一楼', '书法班'],
    ['更正通知 书法班 8月5日19:00 一楼', '书法班'],
    ['(亲子活动)书法班 8月5日19:00 一楼', '(亲子活动)书法班'],
  ])('the title of %s is %s', (text, title) => expect(readAnnouncement(text, here).title).toBe(title));

  it('asks rather than take a label or a number of days for the name', () => {
    for (const text of ['片名：《长津湖》 8月1日晚7点 社区广场', '集合：8:30 8月1日 社区广场', '三个周日 8月2日9:00 社区广场'])
      expect(readAnnouncement(text, here).title, text).toBeUndefined();
  });

  it('knows at least eighty announcements', () => {
    expect(new Set([...examples, ...fullExamples].map(({ text }) => text)).size).toBeGreaterThanOrEqual(80);
  });

  it('reads the same whatever the order of its parts', () => {
    const parts = ['8月1日10:00-11:30', '费家营社区党群活动中心二楼', '名额20人', '6-12岁', '带彩笔'];
    const { notes, rest, ...fields } = complete(examples[0]?.read ?? { notes: [], rest: [] });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: parts.length }),
        fc.constantFrom(' ', '，', '\n', ' | ', '；'),
        (order, separator) => {
          const text = ['美术公益课堂第四节', ...order].join(separator);
          expect(readAnnouncement(text, here)).toEqual({ ...fields, title: '美术公益课堂第四节', notes, rest });
        },
      ),
    );
  });

  it('leaves missing what is not written', () => {
    const parts = ['8月1日', '10:00-11:30', '费家营社区党群活动中心二楼', '名额20人', '6-12岁', '带彩笔'];
    const fieldsOf = [['date'], ['start', 'end'], ['place'], ['capacity', 'unit'], ['minAge', 'maxAge'], ['bring']];
    fc.assert(
      fc.property(fc.subarray([...parts.keys()]), (chosen) => {
        const read = readAnnouncement(['美术公益课堂', ...chosen.map((at) => parts[at])].join(' '), here);
        const expected = ['title', ...chosen.flatMap((at) => fieldsOf[at] ?? []), 'notes', 'rest', 'sessions', 'doubts'];
        expect(Object.keys(read).toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it('keeps a phone number out of every field and of what is left over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(' ', '，', '\n', '（', '带彩笔'), (tail, before) => {
        const number = `139${String(tail).padStart(8, '0')}`;
        const read = readAnnouncement(`美术课 8月1日10:00 社区二楼${before}${number} 名额20人`, here);
        expect(JSON.stringify(read)).not.toContain(number);
        expect(read.notes).toContainEqual({ type: 'phoneNumber' });
      }),
    );
  });

  it('tells of an ID number and keeps it nowhere', () => {
    const read = readAnnouncement('美术课 8月1日10:00 社区二楼 000000 20180520 000X', here);
    expect(read.notes).toContainEqual({ type: 'idNumber' });
    expect(JSON.stringify(read)).not.toContain('000X');
  });

  it('reads a long text as far as its limit, and says so', () => {
    const text = `美术课 8月1日10:00 社区二楼\n${'大家一起来画画。'.repeat(12_500)}`;
    const read = readAnnouncement(text, here);
    expect(read).toMatchObject({ title: '美术课', date: '2026-08-01', start: '10:00', place: '社区二楼' });
    expect(read.notes).toEqual([{ type: 'cutOff', read: longestAnnouncement }]);
  });

  it('never throws, and gives only fields within their bounds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), wild), (text) => {
        const read = readAnnouncement(text, here);
        if (read.date !== undefined) expect(new Date(`${read.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.date);
        if (typeof read.capacity === 'number') expect(read.capacity).toBeGreaterThan(0);
        expect((read.minAge ?? 0) <= (read.maxAge ?? 120)).toBe(true);
        for (const line of [read.title, read.place, read.bring]) if (line !== undefined) expect(line).toMatch(/^[^\n]{1,200}$/u);
      }),
      { numRuns: 500 },
    );
  });

  it('invents no words: every field stands in the text', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const { title, place, bring } = readAnnouncement(text, here);
        const written = text.replace(/\s+/g, ' ');
        for (const words of [title, place, bring]) if (words !== undefined) expect(written).toContain(words);
      }),
      { numRuns: 300 },
    );
  });

  it('does not look at the zone of the process', () => {
    const before = process.env['TZ'];
    const read = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => {
      process.env['TZ'] = zone;
      return JSON.stringify([...examples, ...fullExamples].map(({ text }) => readAnnouncement(text, here)));
    });
    process.env['TZ'] = before;
    expect(new Set(read).size).toBe(1);
  });
});
