import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/chat/index.js';
import { cardValue, menuOf, route, type Menu, type Open } from '../../src/command/index.js';
import { goes, inbound, nothing, registry } from './commands.js';

const minute = 60_000;
const menu: Menu = menuOf(
  {
    text: '您的报名：',
    choices: [
      { key: '1', label: '取消王小明', value: '/mine-cancel s1' },
      { key: '2', label: '取消王小红', value: '/mine-cancel s2' },
      { key: '0', label: '返回', value: '/start' },
    ],
  },
  'tok',
  0,
);
const offered: Open = { menu, dialog: false };
const said = (text: string, more: { mentioned?: boolean } = {}): Content => ({ type: 'text', text, ...more });
const inGroup = (text: string, open = nothing, at = 0) => goes(inbound('group', said(text), at), open);
const mentioned = (text: string) => goes(inbound('group', said(text, { mentioned: true })));
const answeringUs = (text: string) => goes(inbound('group', { type: 'text', text, replyTo: 'm1' }));
const inPrivate = (text: string, open = nothing) => goes(inbound('private', said(text)), open);
const pressed = (value: string, open = offered) => goes(inbound('private', { type: 'press', value }), open);

describe('in a group', () => {
  test.each([
    ['报名', 'join bare'],
    ['我报名', 'join bare'],
    ['+1', 'join bare'],
    ['＋１', 'join bare'],
    ['取消报名', 'give-up bare'],
    [' 报名！ ', 'join bare'],
    ['报名。', 'join bare'],
    ['我报名~', 'join bare'],
    ['/join', 'join'],
    ['/join@linli_bot', 'join'],
    ['／ｊｏｉｎ', 'join'],
    ['／join', 'join'],
    ['/报名', 'join'],
    ['/HELP', 'help'],
  ])('%j by itself goes to %s', (text, to) => expect(inGroup(text)).toBe(to));

  test.each([
    '怎么报名',
    '报名了吗',
    '报名？',
    '报名?',
    '老王也报名',
    '爬山的扣1',
    '报名 报名',
    '取消',
    '帮助',
    '活动',
    '开始',
    '管理',
    '名单',
    '收到',
    '1',
    '+11',
    '我的报名',
    '新活动 书法班',
    '/nowhere',
    '/child x',
    '/home/wang/photos',
    '',
  ])('%j by itself is for nobody', (text) => expect(inGroup(text)).toBe('silence'));

  test('a long text that only begins like a word is for nobody', () => {
    for (const text of [`报名${' '.repeat(200)}了吗`, `报名\n${'了'.repeat(200)}`]) expect(inGroup(text)).toBe('silence');
  });

  test.each([
    ['活动', 'events'],
    ['帮助', 'help'],
    ['报名', 'join'],
    ['开始', 'start'],
    ['名单', 'roster'],
    ['取消报名', 'give-up'],
    ['报名？', 'join'],
  ])('%j counts with a mention, and as an answer to the bot', (text, to) => {
    expect(mentioned(text)).toBe(to);
    expect(answeringUs(text)).toBe(to);
  });

  test('words that call nothing are for the features to understand where they are meant for the bot', () => {
    expect(mentioned('今天吃什么')).toBe('unknown');
    expect(answeringUs('今天吃什么')).toBe('unknown');
    expect(inGroup('今天吃什么')).toBe('silence');
  });

  test('a number counts for ten minutes after the menu was shown', () => {
    expect(inGroup('1', offered, 10 * minute)).toBe('choice /mine-cancel s1');
    expect(inGroup('２', offered, minute)).toBe('choice /mine-cancel s2');
    expect(inGroup('1', offered, 10 * minute + 1)).toBe('silence');
    expect(inGroup('3', offered, minute)).toBe('silence');
  });

  test('a voice message is for nobody', () => expect(goes(inbound('group', { type: 'unknown', what: 'voice' }))).toBe('silence'));
});

describe('in private', () => {
  test.each([
    ['报名', 'join'],
    ['报名？', 'join'],
    ['  报名！！ ', 'join'],
    ['?', 'help'],
    ['？', 'help'],
    ['ＨＥＬＰ', 'help'],
    ['English', 'language'],
    ['My Family', 'family'],
    ['/new 书法班 8月1日', 'new 书法班 8月1日'],
    ['/new\n书法班\n8月1日', 'new 书法班\n8月1日'],
    ['新活动 书法班', 'new 书法班'],
    ['新活动\n书法班', 'new 书法班'],
    ['新活动：书法班', 'new 书法班'],
    ['工作人员认证 ABCD-2345', 'claim ABCD-2345'],
    ['工作人员认证ABCD-2345', 'claim ABCD-2345'],
    ['/claim@linli_bot ABCD-2345', 'claim ABCD-2345'],
    ['/认证 ABCD-2345', 'claim ABCD-2345'],
    ['claims are made', 'unknown'],
    ['老王也报名', 'unknown'],
    ['/child d1', 'unknown'],
    ['/mine-cancel-yes s1', 'unknown'],
    ['/__proto__', 'unknown'],
    ['/constructor', 'unknown'],
    ['', 'unknown'],
  ])('%j goes to %s', (text, to) => expect(inPrivate(text)).toBe(to));

  test.each(['1', '１', '1.', '1。', ' 1 ', '取消王小明'])('%j chooses from the menu', (text) =>
    expect(inPrivate(text, offered)).toBe('choice /mine-cancel s1'),
  );

  test.each(['3', '11', '-1', '1e0', '一', '1 2'])('%j chooses nothing', (text) => expect(inPrivate(text, offered)).toBe('unknown'));

  test('a long text that only begins with a digit chooses nothing', () => {
    for (const text of [`1${' '.repeat(300)}2`, '9'.repeat(100_000)]) expect(inPrivate(text, offered)).toBe('unknown');
  });

  test('where digits are the answer, they are no choice', () => {
    const asking: Open = { menu: { ...menu, numbersAreAnswers: true }, dialog: true };
    expect(inPrivate('1', asking)).toBe('dialog 1');
    expect(inPrivate('返回', asking)).toBe('choice /start');
  });

  test('words go to the open dialog; leaving and help are its own business, other commands are not', () => {
    const open: Open = { menu: undefined, dialog: true };
    expect(inPrivate('王小明', open)).toBe('dialog 王小明');
    expect(inPrivate('/nowhere', open)).toBe('dialog /nowhere');
    expect(inPrivate('/cancel', open)).toBe('dialog 退出');
    expect(inPrivate('帮助', open)).toBe('dialog 帮忙');
    expect(inPrivate('活动', open)).toBe('events');
  });

  test.each([
    ['社区 党群活动中心', 'community 党群活动中心'],
    ['活动 室', 'events 室'],
    ['Community hall, room 2', 'community hall, room 2'],
    ['Roster of the choir', 'roster of the choir'],
  ])('%j is an answer while a question is open, and a command else', (text, command) => {
    expect(inPrivate(text, { menu: undefined, dialog: true })).toBe(`dialog ${text}`);
    expect(inPrivate(text)).toBe(command);
  });

  test.each(['新活动 书法班 8月5日', '认证 ABCD-2345', '/community 费家营'])('%j is a command also while a question is open', (text) => {
    expect(inPrivate(text, { menu: undefined, dialog: true })).not.toContain('dialog');
  });

  test('what Linli does not read is said so', () => expect(goes(inbound('private', { type: 'unknown', what: 'voice' }))).toBe('unread'));

  test('a link begins at the start', () => expect(goes(inbound('private', { type: 'link', payload: 'x' }))).toBe('start x'));
});

describe('a press', () => {
  test('of the menu last shown counts', () => expect(pressed('m:tok:1')).toBe('choice /mine-cancel s2'));
  test('of a card calls its command', () => expect(pressed(cardValue('abcdef123456', 'join'))).toBe('join abcdef123456'));

  test.each([
    'm:old:1',
    'm:tok:3',
    'm:tok:-1',
    'm:tok:1.0',
    'm:tok:01',
    'm:tok:1:1',
    'm:tok:',
    'm:tok',
    'm::1',
    'm:tok:length',
    'm:tok:__proto__',
    'm:__proto__:0',
    '/mine-cancel-yes s1',
    '',
    'x',
    'c:abc:join',
    'c:abcdef123456:nowhere',
    'c:abcdef123456:mine-cancel-yes',
    'c:abcdef123456:claim',
    'c:abcdef123456:move',
    'c:abcdef123456:child',
    'c:abcdef123456:__proto__',
    'c:abcdef123456:join:join',
    "c:' OR 1=1 --:join",
    'C:abcdef123456:join',
    '__proto__',
    'm:tok:1\n',
  ])('of something old, foreign or forged is late: %j', (value) => {
    expect(pressed(value)).toBe('stale');
    expect(pressed(value, nothing)).toBe('stale');
  });

  test('of something endless is late', () => {
    for (const value of ['m'.repeat(10_000), `m:tok:${'1'.repeat(10_000)}`, `c:${'a'.repeat(10_000)}:join`])
      expect(pressed(value)).toBe('stale');
  });
});

test('routing takes whatever comes', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('报', '名', '/', '+', '1', ' ', '\n', '？', '@', 'm', ':', '\u202e', '\ud800') }),
  );
  const content: fc.Arbitrary<Content> = fc.oneof(
    fc.record({ type: fc.constant('text' as const), text, mentioned: fc.boolean() }),
    fc.record({ type: fc.constant('press' as const), value: text }),
    fc.record({ type: fc.constant('link' as const), payload: text }),
    fc.record({ type: fc.constant('unknown' as const), what: text }),
  );
  const opens = fc.record({ menu: fc.constantFrom(undefined, menu), dialog: fc.boolean() });
  fc.assert(
    fc.property(content, opens, fc.constantFrom('private' as const, 'group' as const), (content, open, kind) => {
      const where = route(inbound(kind, content), open, registry.commands);
      if (kind === 'group') expect(where.to).not.toBe('dialog');
      if (where.to === 'command' && content.type !== 'press') expect(where.call.command.hidden).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
