import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/command/index.js';
import { linkAgreeCommand, linkRefuseCommand } from '../../src/features/profile/linkAgree.js';
import { createCodes } from '../../src/people/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { countingIds, texts } from '../support/house.js';
import { profileParts } from '../support/profile.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const mother = '王妈妈';
const tablet = '王妈妈平板';
const li = '社工小李';

describe.each(databases)('linking two accounts, on $name', ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, (ground) => {
    ({ stage, storage } = ground);
  });
  const ids = countingIds('t');
  const codeOf = async (name: string) => (await stage.says(name, '绑定账号')).match(/\d{4}-\d{4}/u)?.[0] ?? '';
  /** The tablet has typed the code and said yes; the other account is asked now. */
  const asks = async (from = mother, into = tablet) => {
    await stage.says(into, '你好');
    return stage.talks(into, await codeOf(from), '1');
  };
  const arePersons = async (...names: string[]) => new Set(await Promise.all(names.map((name) => stage.personId(name)))).size;
  /** The code behind the buttons of the question: it stands in what is kept for the account that was asked, and is never shown. */
  const secretOf = async (name: string): Promise<string> => {
    const key = `memory:test:${name}:${name}#prompt`;
    const row = await storage.read.conversation.findUniqueOrThrow({ where: { key } });
    return /\/link-agree ([\d-]+)/u.exec(stage.house.sealer.open(row.state, `conversation:${key}`))?.[1] ?? '';
  };
  /** What a command answers somebody who brings it a code by whatever way. */
  const brings = async (name: string, make: typeof linkAgreeCommand, args: string): Promise<string> => {
    const { community, sealer, now } = stage.house;
    const t = texts.in('zh-CN');
    const who = {
      personId: await stage.personId(name),
      name,
      elder: false,
      staff: false,
      roles: [],
      communityId: community.id,
      communityName: community.name,
      locale: 'zh-CN',
      communityLocale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    };
    const address = { platform: 'memory', account: 'test', chat: name };
    const request: Request = { who, t, texts: () => t, now: now(), newId: ids.id, kind: 'private', address, args };
    const outcome = await storage.transaction((tx) => make(profileParts(sealer)).answer(tx, request));
    return outcome.say?.[0]?.text ?? '';
  };

  test('needs the yes of both: the account that made the code is asked, and until it answers nothing is one', async () => {
    await stage.publish();
    await stage.joins(mother, '王小明 2018-05-20');
    await stage.says(tablet, '你好');
    const code = await codeOf(mother);
    const shown = await stage.says(tablet, code);
    for (const part of ['那边是：\n王妈妈\n', '报名：1个', '家人：1个', '那个账号也要点“是我”才算', '东西都留在另一个账号'])
      expect(shown).toContain(part);
    expect(await stage.says(tablet, '1')).toContain('我去问那个账号了');
    expect(await arePersons(mother, tablet)).toBe(2);
    const question = stage.heard(mother).at(-1) ?? '';
    for (const part of [`“${tablet}”想和您这个账号合成一个人`, '报名：1个', '东西都留在另一个账号', '不是您本人的，请点“不是我”'])
      expect(question).toContain(part);
    expect(stage.buttons(mother)).toEqual(['是我，合成一个', '不是我']);
    await stage.presses(mother, '是我，合成一个');
    expect(stage.heard(mother).at(-1)).toBe('合好了，报名、家人都在一起。');
    expect(stage.heard(tablet).at(-1)).toBe('那个账号说是您本人。\n合好了，报名、家人都在一起。');
    expect(await arePersons(mother, tablet)).toBe(1);
    for (const name of [mother, tablet]) expect(await stage.says(name, '我的报名')).toContain('王小明');
    // The code of before is used up, and so is the question.
    expect(await stage.says(tablet, code)).toContain('您已经用过了');
    for (const text of [...stage.heard(mother), ...stage.heard(tablet)]) expect(text).not.toContain('memory');
  });

  test('where both have typed the code of the other, the first yes answers both questions', async () => {
    await stage.says(tablet, '你好');
    await stage.says(mother, '你好');
    const [hers, its] = [await codeOf(mother), await codeOf(tablet)];
    for (const [name, code] of [
      [tablet, hers],
      [mother, its],
    ] as const)
      expect(await stage.says(name, code)).toContain('要把那边的账号和这边合成一个人吗');
    await stage.says(tablet, '1');
    const before = stage.heard(mother).length;
    await stage.says(mother, '1');
    expect(stage.heard(mother).slice(before)).toEqual(['合好了，报名、家人都在一起。']);
    expect(await arePersons(mother, tablet)).toBe(1);
    expect(await stage.says(mother, '1')).not.toContain('合成一个人吗');
  });

  test('control: another question that stands open is asked again after the yes', async () => {
    await stage.publish();
    await stage.joins(mother, '王小明 2018-05-20');
    await stage.says(tablet, '你好');
    const code = await codeOf(mother);
    await stage.talks(mother, '我的报名', '1');
    await stage.talks(tablet, code, '1');
    await stage.says(mother, '1');
    expect(stage.heard(mother).at(-2)).toBe('合好了，报名、家人都在一起。');
    expect(stage.heard(mother).at(-1)).toContain('真的取消吗？');
  });

  test('control: whoever got hold of a code gets nothing by it where the other account says no, and is told so', async () => {
    await stage.publish();
    await stage.joins(mother, '王小明 2018-05-20');
    await asks(mother, '路人');
    expect(await stage.says(mother, '0')).toContain('好，没有合，您这里什么都没动');
    expect(stage.heard('路人').at(-1)).toBe('那个账号说不是同一个人，没有合。');
    expect(await arePersons(mother, '路人')).toBe(2);
    expect(await stage.says('路人', '我的报名')).not.toContain('王小明');
    expect(await storage.read.auditEntry.count({ where: { action: 'person.link' } })).toBe(0);
  });

  test('nobody but the asked account can say yes, by whatever line; a second yes and a late one do nothing', async () => {
    await asks();
    await stage.says('路人', '你好');
    const secret = await secretOf(mother);
    expect(secret).toMatch(/^\d{4}-\d{4}$/u);
    expect([...stage.heard(mother), ...stage.heard(tablet)].join()).not.toContain(secret);
    for (const name of [tablet, '路人']) {
      for (const make of [linkAgreeCommand, linkRefuseCommand])
        for (const code of [secret, '8306-9999', '']) expect(await brings(name, make, code)).toContain('什么都没有动');
      // As a code that is typed it is good for nothing either, nor is the line of a button.
      for (const typed of [secret, `/link-agree ${secret}`]) expect(await stage.says(name, typed)).toContain('这个码不对');
    }
    expect(await arePersons(mother, tablet)).toBe(2);
    stage.house.advance(11 * 60_000);
    expect(await brings(mother, linkAgreeCommand, secret)).toContain('过了10分钟，没有合');
    await asks();
    const again = await secretOf(mother);
    // Control: the account that was asked can.
    expect(await stage.says(mother, '1')).toContain('合好了');
    for (const make of [linkAgreeCommand, linkRefuseCommand]) expect(await brings(mother, make, again)).toContain('已经办过了');
    expect(await stage.says(mother, '1')).not.toContain('合好了');
    expect(await storage.read.auditEntry.count({ where: { action: 'person.link' } })).toBe(1);
  });

  test('a yes counts only while both are who they were when it was asked', async () => {
    await asks();
    const communityId = stage.house.community.id;
    const personId = await stage.personId(mother);
    await storage.read.role.create({ data: { id: 'r', communityId, personId, role: 'organiser' } });
    expect(await stage.says(mother, '1')).toContain('账号刚刚有变化，没有合');
    expect(await arePersons(mother, tablet)).toBe(2);
  });

  test('a person who is gone meanwhile is not linked, nor does anybody learn of it', async () => {
    await asks();
    await stage.talks(tablet, '删除我的资料', '删除');
    expect(await stage.says(mother, '1')).toContain('什么都没有动');
    expect(await storage.read.person.count()).toBe(1);
  });

  test('an account that cannot be written to is not asked, and its code stays good', async () => {
    const code = await codeOf(mother);
    await storage.read.identity.updateMany({ where: { externalId: mother }, data: { privateChat: null } });
    expect(await stage.talks(tablet, code, '1')).toContain('那个账号现在收不到我的消息');
    await stage.says(mother, '你好');
    expect(await stage.talks(tablet, code, '1')).toContain('我去问那个账号了');
  });

  test('one question at once for a code: of two who say yes to it one asks', async () => {
    const code = await codeOf(mother);
    const both = [tablet, '路人'];
    for (const name of both) await stage.says(name, code);
    await Promise.all(both.map((name) => stage.says(name, '1')));
    const last = both.map((name) => stage.heard(name).at(-1) ?? '');
    expect(last.filter((text) => text.includes('我去问那个账号了'))).toHaveLength(1);
    expect(stage.heard(mother).filter((text) => text.includes('想和您这个账号'))).toHaveLength(1);
  });

  test('accounts that link to each other at once are one person, and both go on talking', async () => {
    const codes = [await codeOf(mother), await codeOf(tablet)];
    await stage.talks(mother, codes[1] ?? '', '1');
    stage.house.advance(1_000);
    await stage.talks(tablet, codes[0] ?? '', '1');
    await Promise.all([mother, tablet].map((name) => stage.presses(name, '是我，合成一个')));
    expect(await arePersons(mother, tablet)).toBe(1);
    expect(await storage.read.person.count()).toBe(1);
    for (const name of [mother, tablet]) expect(await stage.says(name, '我的家人')).toContain('还没有记下家人');
    expect(stage.house.logged.filter((line) => /failed/u.test(line))).toEqual([]);
  });

  test('an account linked to itself stays as it is', async () => {
    expect(await stage.says(mother, await codeOf(mother))).toBe('这两个账号已经是同一个人了。');
    expect(await storage.read.person.count()).toBe(1);
  });

  test('a code that is guessed a hundred times asks nobody, also when a guess is right', async () => {
    await stage.says(mother, '绑定账号');
    for (let n = 100; n > 0; n -= 1) {
      const answer = await stage.says('路人', `8306-0${String(n).padStart(3, '0')}`);
      expect(answer).toContain(n > 95 ? '这个码不对' : '错得太多了');
    }
    expect(stage.heard(mother)).toHaveLength(1);
    // Control: who has not guessed has it at once.
    expect(await stage.says(tablet, '8306-0001')).toContain('要把那边的账号和这边合成一个人吗？');
  });

  test('a role that comes to one more account is written down in words, and the administrators hear of it', async () => {
    await stage.claims(li);
    await stage.says('主任', '你好');
    const communityId = stage.house.community.id;
    await storage.read.role.create({ data: { id: 'r', communityId, personId: await stage.personId('主任'), role: 'administrator' } });
    await asks(li, '乙');
    expect(stage.heard(li).at(-1)).toContain('还有工作人员的身份。');
    await stage.says(li, '1');
    const told = stage.heard('主任').at(-1) ?? '';
    for (const part of ['有两个账号合成了一个人：社工小李、乙', '费家营社区的这个身份：管理员', '“工作人员”里收回'])
      expect(told).toContain(part);
    expect(stage.heard(li).join()).not.toContain('有两个账号合成了一个人');
    expect(await stage.says('主任', '操作记录')).toContain('社工小李把两个账号合成了一个，两个账号现在都有这个身份：管理员');
    // Control: where no role travels nobody is told.
    const before = stage.heard('主任').length;
    await asks();
    await stage.says(mother, '1');
    expect(stage.heard('主任')).toHaveLength(before);
    expect(await stage.says('主任', '操作记录')).toContain('王妈妈把两个账号合成了一个\n');
  });

  test('of two sign-ups for one thing one is left, and it is said', async () => {
    await stage.publish({ minAge: 18, maxAge: null });
    for (const name of [mother, tablet]) await stage.talks(name, '报名', '1', '1');
    await asks();
    expect(await stage.says(mother, '1')).toBe(`合好了，报名、家人都在一起。\n“${artClass}”两边都报过，现在算一个报名。`);
    expect(await storage.read.signUp.count()).toBe(1);
  });

  test('a child whom both have written down stays two, since others may look after it too: they are shown how it becomes one', async () => {
    await stage.publish();
    for (const name of [mother, tablet]) await stage.joins(name, '王小明 2018-05-20');
    await asks();
    const said = await stage.says(mother, '1');
    expect(said).toContain('王小明在您的两个家里都记着');
    expect(stage.heard(tablet).at(-1)).toContain('王小明在您的两个家里都记着');
    expect(stage.buttons(mother)[0]).toBe('合成一家');
    expect(await stage.list()).toEqual(['王小明 confirmed', '王小明 confirmed']);
  });

  test('an account that is separated hears of it in its own chat, and how to get help', async () => {
    await asks();
    await stage.says(mother, '1');
    await stage.says(tablet, '绑定账号');
    expect(stage.buttons(tablet)[0]).toBe('分开王妈妈');
    expect(await stage.talks(tablet, '1', '1')).toContain('分开了');
    const told = stage.heard(mother).at(-1) ?? '';
    expect(told).toContain('您的这个账号和王妈妈的另一个账号分开了');
    expect(told).toContain('请回“找人”');
    expect(await stage.says(mother, '找人')).toBe('好，社工会找您。');
    expect(await arePersons(mother, tablet)).toBe(2);
  });

  test('platforms are named in words, and only where they tell accounts apart', async () => {
    await asks();
    await stage.says(mother, '1');
    await stage.says(tablet, '绑定账号');
    expect(stage.buttons(tablet)[0]).toBe('分开王妈妈');
    const personId = await stage.personId(tablet);
    for (const platform of ['web', 'wechat'])
      await storage.read.identity.create({ data: { id: platform, personId, platform, account: 'a', externalId: platform, name: mother } });
    await stage.says(tablet, '绑定账号');
    expect(stage.buttons(tablet).slice(0, 3).sort()).toEqual(['分开王妈妈', '分开王妈妈（微信）', '分开王妈妈（网页）']);
    expect(stage.heard(tablet).join()).not.toContain('memory');
  });

  test('what staff wrote down for somebody without an account is taken over at once: there is nobody to ask', async () => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    await stage.claims(li);
    await stage.talks(li, '代报名', '1', '赵爷爷', '跳过', '1', '1', '1', '1');
    const zhao = await storage.read.person.findFirstOrThrow({ where: { name: '赵爷爷' } });
    const codes = createCodes({ sealer: stage.house.sealer, make: () => '8306-7777' });
    const now = stage.house.now();
    const code = await storage.transaction((tx) =>
      codes.make(tx, {
        kind: 'person',
        communityId: stage.house.community.id,
        createdBy: zhao.id,
        payload: { personId: zhao.id },
        expiresAt: now + 60_000,
        now,
      }),
    );
    expect(await stage.says('赵爷爷手机', code)).not.toContain('那个账号也要点');
    expect(await stage.says('赵爷爷手机', '1')).toContain('合好了');
    expect(await stage.says('赵爷爷手机', '我的报名')).toContain('书法班');
  });
});
