import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversationKey } from '../../src/turn/desk.js';
import { readConversation } from '../../src/turn/conversation.js';
import type { Storage } from '../../src/storage/index.js';
import { sqlite, type TestDatabase } from '../support/databases.js';
import { group } from '../support/house.js';
import { artClass, openStage, type Stage } from './stage.js';

const idNumber = '000000201805200000';

/** What people may send by mistake or on purpose, none of which is an answer to anything. */
const junk: Readonly<Record<string, string>> = {
  nothing: '',
  spaces: ' \u3000\t\n ',
  '100,000 characters': '啊'.repeat(100_000),
  '100,000 brackets': '【'.repeat(100_000),
  'control characters': '\u0000\u0007\u001b[2J\u0008',
  'marks that turn the writing': '\u202e\u2066\u200f',
  'a lone surrogate': '\ud83d',
  emoji: '👨‍👩‍👧‍👦🏳️‍🌈👍🏽',
  markup: '<script>alert(1)</script><b>x</b>',
  'other markup': '*_`[x](http://x.y)~',
  SQL: '\'); DROP TABLE "Person"; --',
  'a prototype': '__proto__',
  'a constructor': 'toString[0]',
  'a huge number': '999999999999999999999',
  'a negative number': '-1',
  'no number': '½∞',
  'an exponent': '1e+309',
  'a placeholder': '{{name}} $t(signup.gone) %s ${x}',
  JSON: '{"type":"choice","value":":confirm"}',
  'a value of the engine': ':field:name',
  'a value of an option': '=known:p:1',
  'a hidden command': '/mine-cancel-yes x',
  'an unknown command': '/nowhere',
};

/** Everything that people could change, counted and read. */
async function all(storage: Storage): Promise<string> {
  const tables = [
    await storage.read.role.findMany(),
    await storage.read.household.findMany(),
    await storage.read.dependant.findMany(),
    await storage.read.consent.findMany(),
    await storage.read.event.findMany(),
    await storage.read.session.findMany(),
    await storage.read.signUp.findMany(),
    // That a code was wrong is written down on purpose.
    await storage.read.auditEntry.findMany({ where: { action: { not: 'claim.wrong' } } }),
    await storage.read.person.findMany(),
  ];
  return JSON.stringify(tables, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value));
}

describe('whatever somebody sends', () => {
  let database: TestDatabase;
  let storage: Storage;
  let stage: Stage;
  beforeAll(async () => {
    database = await sqlite.open();
    storage = database.storage;
    stage = await openStage(storage);
    await stage.publish();
    await stage.claims('社工小李');
    for (const name of ['王妈妈', '张爸爸', '刘叔叔', '幸福奶奶']) await stage.says(name, '你好');
  });
  afterAll(async () => {
    await stage.house.app.stop();
    await database.close();
  });

  /** Says something bad; the answer is kind, short, repeats none of it, and nothing has changed. */
  const harmless = async (name: string, text: string) => {
    const before = { heard: stage.heard(name).length, all: await all(storage) };
    const answer = await stage.says(name, text);
    expect(stage.heard(name)).toHaveLength(before.heard + 1);
    expect(answer.length).toBeGreaterThan(0);
    expect(answer.length).toBeLessThan(1_000);
    expect(answer).not.toMatch(/[<>]|undefined|null|NaN|\[object|DROP|__proto__|\{\{|\p{Cc}(?<!\n)/u);
    expect(await all(storage)).toBe(before.all);
    return answer;
  };

  // Nothing of it leads on, so one talk takes all of it.
  describe.each([
    ['with nothing open', '王妈妈', [], '没看懂'],
    ['in the place of what they are to the child', '张爸爸', ['报名'], '您是孩子的'],
    ['in the place of a child’s name', '张爸爸', ['报名', '爸妈'], '叫什么名字'],
    ['in the place of a birth date', '张爸爸', ['报名', '爸妈', '王小明'], '王小明是哪天出生的'],
    ['in the place of who else', '张爸爸', ['报名', '爸妈', '王小明 2018-05-20'], '还有谁'],
    ['in the place of the consent', '张爸爸', ['报名', '爸妈', '王小明 2018-05-20', '2'], '您是监护人就回“同意”'],
    ['in the place of the read-back', '张爸爸', ['报名', '爸妈', '王小明 2018-05-20', '2', '同意'], '您看看对不对'],
    ['in the place of one’s own name', '刘叔叔', ['我的资料', '改称呼'], '怎么称呼您'],
    ['in the place of a day', '社工小李', ['新活动 运动会'], '什么时候？'],
    ['in the place of a time', '社工小李', ['新活动 运动会', '8月8日'], '几点到几点'],
    ['in the place of a new value', '社工小李', ['新活动 运动会 8月8日15:00 社区广场', '5'], '名额'],
    ['in the place of the read-back of a form', '社工小李', ['新活动 运动会 8月8日15:00 社区广场'], '我是这样看的'],
  ])('%s', (_where, name, way, question) => {
    beforeAll(async () => void (await stage.talks(name, ...way)));
    afterAll(async () => void (await stage.says(name, '退出')));

    test.each(Object.keys(junk))('%s', async (kind) => expect(await harmless(name, junk[kind] ?? '')).toContain(question));
  });

  test.each(Object.keys(junk))('%s in the group is passed over', async (kind) => {
    const before = stage.heard(group.id).length;
    await stage.inGroup('王妈妈', junk[kind] ?? '');
    await stage.inGroup('王妈妈', junk[kind] ?? '', { replyTo: 'm1' });
    expect(stage.heard(group.id)).toHaveLength(before);
  });

  test.each(Object.keys(junk))('%s as a button changes nothing', async (kind) => {
    const before = await all(storage);
    await stage.forges('王妈妈', junk[kind] ?? '');
    await stage.forges('王妈妈', junk[kind] ?? '', group.id);
    expect(await all(storage)).toBe(before);
  });

  describe.each(['join', 'claim', 'events', 'mine', 'family', 'language'])('behind /%s', (command) => {
    test.each(Object.keys(junk))('%s', async (kind) => {
      await harmless('幸福奶奶', `/${command} ${junk[kind] ?? ''}`);
      await stage.says('幸福奶奶', '退出');
    });
  });

  test.each(Object.keys(junk))('%s behind the commands of staff publishes nothing', async (kind) => {
    for (const command of ['roster', 'manage', 'new']) await stage.says('社工小李', `/${command} ${junk[kind] ?? ''}`);
    await stage.talks('社工小李', '确认发布', '退出');
    expect(await storage.read.event.count()).toBe(1);
  });

  test.each([
    ['a child', ['报名', '爸妈']],
    ['oneself', ['我的资料', '改称呼']],
    ['a child of the family', ['我的家人', '添加孩子', '爸妈']],
  ])('an ID number in the place of the name of %s is refused and kept nowhere', async (_whom, way) => {
    await stage.talks('幸福奶奶', ...way);
    expect(await stage.says('幸福奶奶', `小满 ${idNumber}`)).toContain('身份证号');
    // Neither readable in a table, nor sealed in what is kept of the talk.
    const [conversation] = await storage.read.conversation.findMany({ where: { key: { contains: '幸福奶奶' } } });
    const key = conversationKey({ platform: 'memory', account: 'test', chat: '幸福奶奶' }, '幸福奶奶');
    expect(conversation?.key).toBe(key);
    expect(JSON.stringify(readConversation(stage.house.sealer, key, conversation?.state))).not.toContain(idNumber);
    expect(await all(storage)).not.toContain(idNumber);
    expect((await storage.read.inbox.findMany()).every(({ payload }) => payload === null)).toBe(true);
    expect(stage.heard('幸福奶奶').join('\n')).not.toContain(idNumber);
    expect(stage.house.logged.join('\n')).not.toContain(idNumber);
    await stage.says('幸福奶奶', '退出');
  });

  test('after all of it the talk still goes through, and markup in a title or a number in a place is refused', async () => {
    expect(await stage.talks('王妈妈', '报名', '爸妈', '\u202e王\u0000小明\u200f', '２０１８年５月２０日', '2', '同意', '1')).toContain(
      '王小明报上了',
    );
    expect(await stage.list()).toEqual(['王小明 confirmed']);
    expect(stage.heard(group.id).at(-1)).toContain(artClass);
    expect(await stage.talks('社工小李', '新活动', '<b>{{x}}</b> 运动会')).toContain('里面有网页代码');
    await stage.talks('社工小李', '{{x}} 运动会', '8月8日', '15:00', '广场 13800138000', '广场', '跳过', '跳过', '跳过', '确认发布');
    expect(stage.heard(group.id).at(-1)?.split('\n')[0]).toBe('【报名】{{x}} 运动会');
    expect(stage.heard(group.id).at(-1)).not.toContain('13800138000');
  });

  test('nothing of it was a fault', () => {
    expect(stage.house.logged.filter((line) => /failed|fault/u.test(line))).toEqual([]);
  });
});
