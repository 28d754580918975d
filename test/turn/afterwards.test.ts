import { describe, expect, test } from 'vitest';
import { courtesyOf, type Feature, type FreeText } from '../../src/command/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import type { Stage } from '../features/stage.js';
import { onStage } from '../features/onStage.js';
import { sqlite } from '../support/databases.js';
import { group } from '../support/house.js';
import { tallies, tallyFeature } from '../support/tally.js';

const done = '已经办好了，不用再发。结果就在上面。';
const welcome = '不用谢，有事随时叫我。';
const noted = '好的，有事随时叫我。';
const unknown = '这句我没看懂。发“帮助”看看我能做什么。';

const likely: FreeText = (text, { who }) =>
  who.staff && /\d点/u.test(text) ? { text: '这像是一个新活动。', suggest: { label: '发新活动', line: `/tally ${text}` } } : null;
const sure: FreeText = (text) => (text.startsWith('记账') ? { name: 'tally', args: text } : null);
const perhaps: Feature<Tx> = { name: 'perhaps', commands: [], dialogs: [], effects: [], freeText: [likely, sure] };

let stage: Stage;
let storage: Storage;
onStage(sqlite.open, (ground) => void ({ stage, storage } = ground), { extra: [tallyFeature(), perhaps] });

const wang = '王妈妈';
const li = '社工小李';
const signedUp = async () => {
  await stage.publish();
  await stage.inGroup(wang, '报名');
  expect(await stage.talks(wang, '爸妈', '王小明 2018-05-20', '2', '同意', '1')).toContain('王小明报上了');
};

describe('an answer that comes again after it was confirmed', () => {
  test.each(['1', '１', '1。', '对，报名', '对', '好', '确认', '是', '提交'])(
    '%j is kindly said to be done, and nothing happens twice',
    async (again) => {
      await signedUp();
      expect(await stage.says(wang, again)).toBe(done);
      expect(await stage.list()).toEqual(['王小明 confirmed']);
    },
  );

  test('its button too', async () => {
    await signedUp();
    await stage.presses(wang, '对，报名');
    expect(stage.heard(wang).at(-1)).toBe(done);
    await stage.presses(wang, '要改');
    expect(stage.heard(wang).at(-1)).toContain('这个按钮过时了');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
  });

  test('of staff too, whose form has no digits', async () => {
    await stage.claims(li);
    await stage.talks(li, '新活动 书法班 8月8日10:00-11:00 二楼 名额3人', '确认发布');
    expect(await stage.says(li, '确认发布')).toBe(done);
    expect(await stage.says(li, '好')).toBe(done);
    expect(await storage.read.event.count()).toBe(1);
  });

  test('is nothing special after ten minutes, or for another answer', async () => {
    await signedUp();
    expect(await stage.says(wang, '2')).toBe(unknown);
    stage.house.advance(10 * 60_000 + 1);
    expect(await stage.says(wang, '1')).toBe(unknown);
  });

  test('is nothing special after something else was begun', async () => {
    await signedUp();
    await stage.says(wang, '/tally a');
    expect(await stage.says(wang, '1')).toBe(unknown);
  });

  test('control: a dialog that was left was not confirmed', async () => {
    await stage.publish();
    await stage.inGroup(wang, '报名');
    await stage.says(wang, '退出');
    expect(await stage.says(wang, '1')).toBe(unknown);
    expect(await stage.says(wang, '确认')).toBe(unknown);
  });
});

describe('a courtesy', () => {
  test.each(['谢谢', '谢谢！', '谢谢您', '多谢', 'Thanks', 'thank you!', '🙏', '🙏🏻🙏🏻', '辛苦了'])('%j is welcome', async (thanks) => {
    await stage.says(wang, '你好');
    expect(await stage.says(wang, thanks)).toBe(welcome);
  });

  test.each(['好的', '好的。', '嗯', '嗯嗯', '收到', 'ok', 'OK!', 'ＯＫ', '👍', '👍🏽', '👍👍👍', '知道了', '好', '行'])(
    '%j is noted',
    async (word) => {
      await stage.says(wang, '你好');
      expect(await stage.says(wang, word)).toBe(noted);
      await signedUp();
      if (!['好', '行'].includes(word)) expect(await stage.says(wang, word)).toBe(noted);
    },
  );

  test.each(['谢谢你们的美术课', '好的地方', '嗯？', '收到了吗', '👍👎', ''])('%j is none', (text) => {
    expect(courtesyOf(text)).toBeNull();
  });

  test('is the answer where something is open', async () => {
    await stage.publish();
    await stage.inGroup(wang, '报名');
    await stage.talks(wang, '爸妈', '王小明 2018-05-20', '2', '同意');
    expect(await stage.says(wang, '好的')).toContain('王小明报上了');
  });

  test('in a group is for nobody, unless the bot was named', async () => {
    expect(await stage.inGroup(wang, '谢谢')).toEqual({ group: [], privately: [] });
    expect((await stage.inGroup(wang, '谢谢', { mentioned: true })).group).toEqual([welcome]);
  });

  test('somebody new is welcomed all the same', async () => {
    expect(await stage.says(wang, '谢谢')).toContain('小邻');
  });
});

describe('words that a feature finds likely', () => {
  test('are offered with one press instead of not being understood', async () => {
    await stage.claims(li);
    expect(await stage.says(li, '明天9点\n会议室')).toBe('这像是一个新活动。');
    expect(stage.buttons(li)).toEqual(['发新活动', '返回', '找人帮忙']);
    expect(await tallies(storage.read)).toEqual({});
    await stage.presses(li, '发新活动');
    expect(await tallies(storage.read)).toEqual({ '明天9点\n会议室': 1 });
  });

  test('are outranked by a command that another feature is sure of', async () => {
    await stage.claims(li);
    expect(await stage.says(li, '记账9点')).toBe('ok 记账9点');
  });

  test('are not understood from anybody for whom no feature finds them likely', async () => {
    await stage.says(wang, '你好');
    expect(await stage.says(wang, '明天9点会议室')).toBe(unknown);
  });
});

describe('in a group', () => {
  test.each(['', ' ', '！', '，'])('the mere name with %j is answered with what the bot does here', async (rest) => {
    const { group: said } = await stage.inGroup(wang, rest, { mentioned: true });
    expect(said).toEqual([expect.stringContaining('想报名，点活动下面的“报名”')]);
  });

  test.each(['/events', '/mine', '/family'])('%s says there in one line that it goes on in private', async (line) => {
    await stage.publish();
    const said = await stage.inGroup(wang, line);
    expect(said.group).toEqual(['我私聊回您了。']);
    expect(said.privately).toHaveLength(1);
  });

  test('/join says so too, once, and also with something else open', async () => {
    await stage.publish();
    expect((await stage.inGroup(wang, '/join')).group).toEqual(['我私聊您了，到那边接着填。']);
    expect((await stage.inGroup(wang, '/events')).group).toEqual(['我私聊回您了。']);
    // It is only looked at: what is being filled in goes on below.
    const [looked = '', asked = ''] = stage.heard(wang).slice(-2);
    expect(`${looked}\n${asked}`).toMatch(/美术公益课堂第四节\n[^]*您是孩子的/u);
  });

  test('of several open lists, bare words stay without a word, and /join does not', async () => {
    await stage.publish();
    await stage.publish({ title: '书法班' });
    expect((await stage.inGroup(wang, '报名')).group).toEqual([]);
    expect((await stage.inGroup(wang, '取消报名')).group).toEqual([]);
    expect((await stage.inGroup(wang, '/join')).group).toEqual(['我私聊回您了。']);
  });

  test('a press is answered to the presser alone', async () => {
    await stage.publish();
    await stage.publish({ title: '书法班' });
    const before = stage.heard(group.id).length;
    expect(await stage.presses(wang, '报名', group.id)).toEqual({ notice: '我私聊您了，到那边接着填。' });
    expect(stage.heard(group.id)).toHaveLength(before);
  });

  test('nobody who is not staff is shown up', async () => {
    expect(await stage.inGroup(wang, '/roster')).toEqual({ group: [], privately: [] });
    await stage.claims(li);
    expect((await stage.inGroup(li, '/roster')).group).toEqual(['我私聊回您了。']);
  });
});
