import * as understand from '../../src/understand/index.js';

/** Tuesday 28 July 2026, 10:00. */
const here = { now: Date.parse('2026-07-28T02:00:00Z'), timeZone: 'Asia/Shanghai' };

/** Every reader of a text, given only the text. `npm run bench -- understand` measures the same. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  parseAges: understand.parseAges,
  parseBirthDate: (text) => understand.parseBirthDate(text, { today: '2026-07-28' }),
  parseCapacity: understand.parseCapacity,
  parseDate: (text) => understand.parseDate(text, here),
  parseDateTime: (text) => understand.parseDateTime(text, here),
  parseDeadline: (text) => understand.parseDeadline(text, { ...here, startsWall: '2026-08-01T10:00' }),
  parseNumber: understand.parseNumber,
  parseSchedule: (text) => understand.parseSchedule(text, here),
  parseTimeRange: (text) => understand.parseTimeRange(text),
  readAnnouncement: (text) => understand.readAnnouncement(text, here),
  readCallOff: understand.readCallOff,
  readName: understand.readName,
  readNotice: (text) => understand.readNotice(text, here),
  readQuickSignUp: understand.readQuickSignUp,
  readSearch: (text) => understand.readSearch(text, here),
  resolveBoundary: understand.resolveBoundary,
  saysChange: (text) => understand.saysChange(text, here),
};

/** What texts of residents and staff are made of. */
export const pieces: readonly string[] = [
  ...'8月1日,周六,每周三,10:00-11:30,晚7点,7pm,every Wed ,next ,Aug 1,从,到,、,-,(,),（,共8次,12,一,十,百,万,岁,以上,年级,名额,20人,家长陪同,截止,提前一天,改到,推迟,第二节,取消,由,老师,授课,主办,请自带,有什么,活动,吗,报名,张三,带2个孩子,我和,+,e,a,the ,of ,中秋节,农历,\n, ,【,】,《,🎨,１,０,：'.split(
    ',',
  ),
  ',',
  // Made to be slow for readers that look back.
  '8',
  '8月1日',
  '8月1日10:00-',
  '(',
  ' ',
  '一',
  '时间：',
  '带',
  '\n',
  '在社区',
  '20人 ',
  '6-12岁 ',
  '139 1234 ',
  '周六',
  '(6岁',
  '十 ',
  '- ',
  '《',
  '社区二楼 ',
  '👨‍👩‍👧',
  'e\u0301',
  '1.',
  '每',
  '<b',
  '差一刻',
  '请自带',
  '在',
  '截止',
  '美术课 8月1日10:00 二楼 20人 6岁以上 带笔\n',
];
