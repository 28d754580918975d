import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { sqlite } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, openStage, person, type Stage } from './stage.js';

const hour = 60 * 60 * 1000;

describe('a talk in private', () => {
  let storage: Storage;
  let stage: Stage;
  onStage(sqlite.open, (ground) => {
    ({ storage, stage } = ground);
  });

  test('begins with a welcome, whatever the first words are', async () => {
    expect(await stage.says('王妈妈', '在吗')).toContain('我是费家营社区的小邻');
    expect(await stage.says('王妈妈', '在吗')).toContain('这句我没看懂');
  });

  test('help shows residents what is theirs, and staff what is theirs', async () => {
    const resident = await stage.says('王妈妈', '/help');
    for (const word of ['活动', '报名', '我的报名', '我的家人', '我的资料', '语言', '退出']) expect(resident).toContain(`${word} — `);
    for (const word of ['新活动', '管理', '名单']) expect(resident).not.toContain(`${word} — `);
    await stage.claims('社工小李');
    const staff = await stage.says('社工小李', '帮助');
    expect(staff).toContain('工作人员还可以：');
    for (const word of ['报名', '新活动', '管理', '名单']) expect(staff).toContain(`${word} — `);
  });

  test('every line of the help leads somewhere', async () => {
    await stage.publish();
    await stage.claims('社工小李');
    const words = (await stage.says('社工小李', '帮助')).split('\n').flatMap((line) => /^(\S+) — /u.exec(line)?.[1] ?? []);
    expect(words).toHaveLength(29);
    for (const word of words) {
      expect(await stage.says('社工小李', word)).not.toContain('没看懂');
      await stage.says('社工小李', '退出');
    }
  });

  test('/language switches what the bot says to this person, and to nobody else', async () => {
    await stage.publish();
    expect(await stage.says('王妈妈', '语言')).toBe('想用哪种语言？');
    expect(await stage.says('王妈妈', '2')).toBe('All right, English from now on.');
    expect(await stage.says('王妈妈', 'events')).toBe('There is 1 event. Have a look?');
    expect(await stage.says('王妈妈', '1')).toContain('Sat 1 August 10:00–11:30');
    expect(await stage.says('张爸爸', '活动')).toContain('现在有1个活动');
    expect(stage.heard(group.id).at(-1)).toContain('【报名】');
    expect(await stage.says('王妈妈', '/language zh-CN')).toBe('好，以后说中文。');
    expect(await stage.says('王妈妈', '/language klingon')).toBe('想用哪种语言？');
  });

  test('the sign-up goes through in English from beginning to end', async () => {
    await stage.publish();
    await stage.says('王妈妈', '/language en');
    const answer = await stage.talks('王妈妈', 'join', 'parent', 'Anna Wang 2018-05-20', '2', 'agree', '1');
    expect(answer).toContain('Anna Wang: signed up.');
    expect(
      stage
        .heard('王妈妈')
        .join('\n')
        .replaceAll(artClass, '')
        .replaceAll('党群活动中心二楼', '')
        .replaceAll('彩笔', '')
        .replaceAll('社工小陈', ''),
    ).not.toMatch(
      // The welcome came before the choice.
      /All right[\s\S]*\p{Script=Han}/u,
    );
  });

  test('a command in the middle asks first; staying asks the question again, leaving does what was wanted', async () => {
    await stage.publish();
    await stage.talks('王妈妈', '报名', '爸妈');
    expect(await stage.says('王妈妈', '我的资料')).toBe('您手上的“报名”还没填完。先离开它吗？');
    expect(stage.buttons('王妈妈')).toEqual(['接着填', '先离开']);
    expect(await stage.says('王妈妈', '1')).toContain('孩子叫什么名字？');
    await stage.says('王妈妈', '我的资料');
    expect(await stage.says('王妈妈', '2')).toContain('我记着您的这些');
    expect(await stage.says('王妈妈', '王小明')).toContain('没看懂');
  });

  test('an answer to the question counts though it was asked whether to leave', async () => {
    await stage.publish();
    await stage.talks('王妈妈', '报名', '爸妈', '我的资料');
    expect(await stage.says('王妈妈', '王小明')).toContain('王小明是哪天出生的？');
  });

  test('/cancel leaves, and says so when there is nothing to leave', async () => {
    await stage.publish();
    await stage.says('王妈妈', '报名');
    expect(await stage.says('王妈妈', '/cancel')).toContain('什么都没有记下');
    for (const word of ['/cancel', '退出', 'leave', 'Leave.']) expect(await stage.says('王妈妈', word)).toBe('现在没有在填的东西。');
  });

  test('after an hour it offers to go on, with what was answered', async () => {
    await stage.publish();
    await stage.talks('王妈妈', '报名', '爸妈', '王小明');
    stage.house.advance(hour + 1);
    expect(await stage.says('王妈妈', '在吗')).toContain('上次的报名还没填完，停在这里：');
    expect(stage.buttons('王妈妈')).toEqual(['接着填', '重新开始', '不要了', '帮忙']);
    expect(await stage.says('王妈妈', '1')).toContain('王小明是哪天出生的？');
    stage.house.advance(hour - 1);
    expect(await stage.says('王妈妈', '2018-05-20')).toContain('还有谁？');
  });

  test('a restart in the middle changes nothing: question, menu and buttons stay good', async () => {
    await stage.publish();
    await stage.talks('王妈妈', '报名', '爸妈', '王小明 2018-05-20', '2');
    const { adapter, sealer } = stage.house;
    const agree = adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await stage.house.app.stop();
    stage = await openStage(storage, { adapter, sealer, salt: 'again' });
    await stage.forges('王妈妈', agree);
    expect(stage.heard('王妈妈').at(-1)).toContain('您看看对不对');
    expect(await stage.says('王妈妈', '1')).toContain('王小明报上了');
    expect(await stage.list()).toEqual(['王小明 confirmed']);
  });

  test('a conversation that no key opens any more, or that nobody can read, does not lock anybody out', async () => {
    await stage.publish();
    await stage.says('王妈妈', '报名');
    const [row] = await storage.read.conversation.findMany();
    const junk = stage.house.sealer.seal('{"v":99}', `conversation:${row?.key ?? ''}`);
    await storage.read.conversation.updateMany({ data: { state: junk } });
    expect(await stage.says('王妈妈', '活动')).toContain('现在有1个活动');
  });

  test('an old button shows what is current, and changes nothing', async () => {
    await stage.publish();
    await stage.says('王妈妈', '开始');
    const old = stage.house.adapter.shown('王妈妈').at(-1)?.choices[0]?.value ?? '';
    await stage.talks('王妈妈', '报名', '爸妈', '王小明');
    expect(await stage.forges('王妈妈', old)).toEqual({ notice: '这个按钮过时了，看最新一条就行。' });
    expect(stage.heard('王妈妈').at(-1)).toContain('王小明是哪天出生的？');
    expect(await stage.says('王妈妈', '2018-05-20')).toContain('还有谁？');
  });

  test('a voice message is answered in private, in the middle of a talk too, and passed over in the group', async () => {
    await stage.publish();
    const { adapter, app } = stage.house;
    const voice = async (chat: string) => {
      await adapter.brings(person('王妈妈'), chat, { type: 'unknown', what: 'voice' });
      await app.settle();
    };
    await voice('王妈妈');
    // Whoever begins with it is welcomed as well.
    expect(stage.heard('王妈妈').join()).toMatch(/我还听不懂语音和图片.*您好，我是费家营社区的小邻/su);
    await stage.talks('王妈妈', '报名', '爸妈', '王小明');
    await voice('王妈妈');
    expect(await stage.says('王妈妈', '2018-05-20')).toContain('还有谁？');
    const before = stage.heard(group.id).length;
    await voice(group.id);
    expect(stage.heard(group.id)).toHaveLength(before);
  });

  test('a child is written down, corrected and forgotten; with a sign-up open it cannot be forgotten', async () => {
    await stage.publish();
    expect(await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '我叫王小明', '2018-05-20', '同意', '1')).toBe(
      '记下了，下次报名直接选王小明。',
    );
    expect(await stage.talks('王妈妈', '我的家人', '1', '改名字或生日', '改名字', '王晓明', '1')).toBe('改好了：王晓明。');
    await stage.talks('王妈妈', '报名', '1', '同意', '1');
    expect(await stage.talks('王妈妈', '我的家人', '1', '删掉')).toContain('还有没结束的报名');
    await stage.talks('王妈妈', '我的报名', '1', '1');
    expect(await stage.talks('王妈妈', '我的家人', '1', '删掉', '全部删掉')).toBe('王晓明的信息都删掉了。');
    // Of the child an id is left, for the count and for the proof that somebody consented.
    expect(await storage.read.dependant.findMany()).toMatchObject([{ name: new Uint8Array(), birthDate: null }]);
    await stage.says('王妈妈', '撤销');
    expect((await storage.read.signUp.findMany()).map(({ status }) => status)).toEqual(['cancelled']);
    // To the entry among the family, and to the event.
    expect(await storage.read.consent.count()).toBe(2);
    expect(await stage.says('王妈妈', '我的家人')).not.toContain('王小明');
  });

  test('somebody else’s child cannot be seen, corrected or forgotten by a forged button', async () => {
    await stage.talks('王妈妈', '我的家人', '添加孩子', '爸妈', '王小明', '2018-05-20', '同意', '1');
    const { id } = await storage.read.dependant.findFirstOrThrow();
    for (const name of ['child', 'child-correct', 'child-forget', 'child-forget-yes']) {
      await stage.says('路人', `/${name} ${id}`);
      await stage.forges('路人', `/${name} ${id}`);
      await stage.forges('路人', `c:${id}:${name}`);
    }
    expect(await storage.read.dependant.count()).toBe(1);
    expect(stage.heard('路人').join('\n')).not.toContain('王小明');
  });

  test('a family of more than eight children pages', async () => {
    for (const n of '一二三四五六七八九') {
      const more = '八九'.includes(n) ? ['更多'] : [];
      // Asked once: what somebody is to the children is known from then on.
      const bond = n === '一' ? ['爸妈'] : [];
      await stage.talks('王妈妈', '我的家人', ...more, '添加孩子', ...bond, `王小${n}`, '2018-05-20', '同意', '1');
    }
    expect(await storage.read.dependant.count()).toBe(9);
    await stage.talks('王妈妈', '我的家人', '8');
    expect(stage.buttons('王妈妈').slice(0, 3)).toEqual(['王小八（2018-05-20）', '王小九（2018-05-20）', '添加孩子']);
  });

  test('whoever asks to be called otherwise is', async () => {
    expect(await stage.talks('王妈妈', '我的资料', '改称呼', '叫我王姐', '1')).toBe('好，以后叫您王姐。');
    expect(await stage.says('王妈妈', '我的资料')).toContain('称呼：王姐');
  });
});
