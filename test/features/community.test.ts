import { describe, expect, test } from 'vitest';
import { command, createRegistry, type Feature } from '../../src/command/index.js';
import type { Storage, Tx } from '../../src/storage/index.js';
import { registry } from '../command/commands.js';
import { databases } from '../support/databases.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const refusedToAll = '这个只有管理员能用。';

/** `/lines ARGS` with a menu of every command of the house, so that also those of menus are called with whatever is wanted. */
const linesFeature: Feature<Tx> = {
  name: 'lines',
  commands: [
    command(
      { name: 'lines', words: [], for: 'everyone', inGroup: 'privately', takesText: true },
      {
        load: async () => null,
        decide: (_facts, { args }) => ({ say: [{ text: 'lines', choices: [{ key: '1', label: args, value: args }] }] }),
      },
    ),
  ],
  dialogs: [],
  effects: [],
};

describe.each(databases)('communities on $name', ({ name, open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(
    open,
    (ground) => {
      ({ storage, stage } = ground);
    },
    { extra: [linesFeature] },
  );

  const codeIn = (text: string) => /CODE-\d{4}/u.exec(text)?.[0] ?? '';
  /** Runs a command line as a menu would. */
  const runs = (name: string, line: string) => stage.talks(name, `/lines ${line}`, '1');
  /** A second community, whose administrator is 老王. */
  const foundSecond = async () => {
    await stage.claims('社工小李');
    const told = await stage.talks('社工小李', '社区', '新建社区', '黄河社区', '1', '1');
    await stage.says('老王', `认证 ${codeIn(told)}`);
    return (await storage.read.community.findFirstOrThrow({ where: { name: '黄河社区' } })).id;
  };
  const invites = async (inviter: string, role: string) => codeIn(await stage.talks(inviter, '邀请', role));

  describe('are founded', () => {
    test('by an administrator of the first one, with a code for the first administrator', async () => {
      await stage.claims('社工小李');
      expect(await stage.talks('社工小李', '社区', '新建社区', '黄河社区', '1')).toContain('“黄河社区”建好了');
      const told = await stage.says('社工小李', '1');
      expect(told).toContain('“黄河社区”第一位管理员的邀请码');
      expect(await stage.says('老王', `认证 ${codeIn(told)}`)).toBe('认证好了，您现在是黄河社区的管理员。');
      expect(await stage.says('老王', '社区')).toContain('现在看的是：黄河社区');
      expect(await stage.says('老王', '工作人员')).toContain('老王：管理员');
      expect(await stage.talks('社工小李', '社区', '拿新社区的邀请码')).toBe('每个社区都有管理员了。');
    });

    test('by nobody else', async () => {
      await foundSecond();
      expect(await runs('王妈妈', '/community-new')).toBe(refusedToAll);
      expect(await runs('老王', '/community-new')).toContain('最早那个社区的管理员');
      expect(await runs('老王', '/community-code')).toContain('最早那个社区的管理员');
      expect(await storage.read.community.count()).toBe(2);
    });

    test('under a name of their own', async () => {
      await stage.claims('社工小李');
      expect(await stage.talks('社工小李', '社区', '新建社区', '费家营社区')).toContain('已经有叫这个名字的社区了');
      expect(await stage.says('社工小李', '社'.repeat(41))).toContain('名字太长了');
      expect(await stage.says('社工小李', '😀😀')).toContain('还没写名字呢');
    });

    test('not by a form that was open when its author stopped being administrator', async () => {
      await stage.claims('社工小李');
      await stage.talks('社工小李', '社区', '新建社区', '黄河社区');
      await storage.read.role.deleteMany();
      expect(await stage.says('社工小李', '1')).toBe(refusedToAll);
      expect(await storage.read.community.count()).toBe(1);
    });
  });

  describe('a person in several', () => {
    test('chooses which one the private chat looks at; rights go with it', async () => {
      await stage.publish();
      await foundSecond();
      await stage.says('社工小李', `认证 ${await invites('老王', '组织者')}`);
      expect(await stage.says('社工小李', '管理')).toBe('还没有活动。');
      expect(await stage.says('社工小李', '操作记录')).toBe(refusedToAll);
      expect(await stage.talks('社工小李', '社区', '费家营社区（您去过）')).toBe('好，现在看的是费家营社区。');
      expect(await stage.says('社工小李', '管理')).toBe('您要看哪个活动？');
      expect(await stage.says('社工小李', '邀请')).toContain('先选身份');
    });

    test('邀请 asks staff in for an administrator, and family for a resident', async () => {
      await stage.publish();
      await stage.claims('社工小李');
      expect(await stage.says('社工小李', '邀请')).toContain('先选身份');
      for (const word of ['邀请', 'invite', '邀请家人']) expect(await stage.says('王妈妈', word)).toContain('把这个码告诉家人');
    });

    test('finds another by a part of its name, and a name that is none gives none', async () => {
      await foundSecond();
      expect(await stage.says('王妈妈', '社区 长江')).toContain('没找到叫这个名字的社区。\n现在看的是：费家营社区\n也可以看别的社区');
      expect(stage.buttons('王妈妈')).toEqual(['黄河社区', '返回', '找人帮忙']);
      expect(await stage.says('王妈妈', '社区 费家营')).toContain('现在看的是：费家营社区\n也可以看别的社区');
      expect(await stage.says('王妈妈', '社区 黄河')).toBe('好，现在看的是黄河社区。');
      expect(await stage.says('王妈妈', '社区 费家营社区')).toBe('好，现在看的是费家营社区。');
      await storage.read.community.create({ data: { id: 'c3', name: '黄河', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
      // Called exactly so comes before what only holds the words.
      expect(await stage.says('王妈妈', '社区 黄河')).toBe('好，现在看的是黄河。');
      await storage.read.community.create({ data: { id: 'c4', name: '黄河新村', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
      await stage.says('王妈妈', '社区 费家营');
      expect(await stage.says('王妈妈', '社区 河')).toBe('叫这个名字的有好几个，看哪一个？');
      expect(stage.buttons('王妈妈')).toEqual(['黄河社区', '黄河', '黄河新村', '返回', '找人帮忙']);
      expect(await stage.says('王妈妈', '3')).toBe('好，现在看的是黄河新村。');
      expect(await runs('王妈妈', '/community =nowhere')).toContain('没找到那个社区');
    });

    test('is told where there is no other, and pages through those of one name', async () => {
      expect(await stage.says('王妈妈', '社区 长江')).toContain('没有别的社区。');
      const named = Array.from({ length: 7 }, (_, n) => ({ id: `c${n}`, name: `长江${n}村`, timeZone: 'Asia/Shanghai', locale: 'zh-CN' }));
      await storage.read.community.createMany({
        data: [...named, { id: 'other', name: '黄河社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' }],
      });
      await stage.talks('王妈妈', '社区 长江', '更多');
      expect(stage.buttons('王妈妈')).toEqual(['长江5村', '长江6村', '更多', '返回', '找人帮忙']);
      expect(await stage.says('王妈妈', '2')).toBe('好，现在看的是长江6村。');
    });

    test('goes on in the community of the group where they pressed', async () => {
      await foundSecond();
      await stage.talks('王妈妈', '社区', '黄河社区');
      await stage.publish({ minAge: 18, maxAge: null });
      await stage.presses('王妈妈', '报名', 'group');
      expect(stage.heard('王妈妈').slice(-2)).toEqual(['现在看的是费家营社区。', `给谁报名“${artClass}”？`]);
      await stage.talks('王妈妈', '1', '1');
      expect(await stage.list()).toEqual(['王妈妈 confirmed']);
    });

    test('an offer is answered in the community that it came from, and the chat goes on looking at its own', async () => {
      await foundSecond();
      await stage.publish({ minAge: 18, maxAge: null, capacity: 1 });
      await stage.talks('张爸爸', '报名', '1', '1');
      await stage.talks('王妈妈', '报名', '1', '1');
      await stage.talks('王妈妈', '社区', '黄河社区');
      await stage.talks('张爸爸', '我的报名', '1', '1');
      await stage.passes(10);
      expect(stage.heard('王妈妈').at(-1)).toContain('轮到王妈妈了');
      expect(await stage.says('王妈妈', '1')).toContain('王妈妈报上');
      expect(await stage.list()).toEqual(['张爸爸 cancelled', '王妈妈 confirmed']);
      expect(await stage.says('王妈妈', '活动')).toContain('眼下没有可以报名的活动');
    });

    test('hears as staff which community a notice is about; its button looks there and shows the list, in the middle of a form only when it is left', async () => {
      await foundSecond();
      await stage.says('社工小李', `认证 ${await invites('老王', '组织者')}`);
      await stage.talks('社工小李', '社区 费家营');
      await stage.talks('王妈妈', '社区 黄河', '找人');
      expect(stage.heard('社工小李').at(-1)).toBe('黄河社区：王妈妈想请人帮忙，在私聊。发“待办”可以看。');
      // Whoever works in one community needs no name.
      expect(stage.heard('老王').at(-1)).toBe('王妈妈想请人帮忙，在私聊。发“待办”可以看。');
      const value = stage.house.adapter.shown('社工小李').at(-1)?.choices[0]?.value ?? '';
      expect(await stage.says('社工小李', '待办')).toBe('没有待办的事。\n黄河社区还有1件事等着。');
      expect(stage.buttons('社工小李')).toEqual(['看黄河社区的待办', '返回', '找人帮忙']);
      await stage.talks('社工小李', '我的资料', '改称呼');
      await stage.forges('社工小李', value);
      expect(stage.heard('社工小李').at(-1)).toContain('没填完');
      await stage.says('社工小李', '2');
      expect(stage.heard('社工小李').slice(-2)).toEqual(['现在看的是黄河社区。', '有1件事等着，最早的在前面：']);
      expect(await stage.talks('社工小李', '1', '1')).toBe('记下了，辛苦您。');
      await stage.talks('社工小李', '社区 费家营');
      // An old button still leads there; somebody else's press leads nobody to what is not theirs.
      await stage.forges('社工小李', value);
      expect(stage.heard('社工小李').slice(-2)).toEqual(['现在看的是黄河社区。', '没有待办的事。']);
      await stage.forges('张爸爸', value);
      expect(stage.heard('张爸爸').at(-1)).toContain('只有工作人员能用');
      await stage.forges('张爸爸', value.replace('tasks', 'task'));
      expect(stage.heard('张爸爸').at(-1)).toContain('这个按钮过时了');
    });

    test('with something half filled in is asked first, and then goes on there', async () => {
      await foundSecond();
      await stage.publish({ minAge: 18, maxAge: null });
      await stage.talks('王妈妈', '社区', '黄河社区', '/me');
      await stage.talks('王妈妈', '1');
      await stage.presses('王妈妈', '报名', 'group');
      expect(stage.heard('王妈妈').at(-1)).toContain('还没填完。先离开它吗？');
      expect(await stage.says('王妈妈', '2')).toBe(`给谁报名“${artClass}”？`);
      await stage.talks('王妈妈', '1', '1');
      expect(await stage.list()).toEqual(['王妈妈 confirmed']);
    });
  });

  // A thousand turns. What keeps communities apart is a condition of every query, and those are the same on both databases: one is enough.
  test.each(name === 'sqlite' ? ['any command'] : [])(
    'nothing of one can be read or changed from another, by %s',
    async () => {
      const ref = await stage.publish();
      await stage.joins('王妈妈', '王小明 2018-05-20');
      const second = await foundSecond();
      await stage.says('刘叔叔', `认证 ${await invites('社工小李', '组织者')}`);
      await stage.says('社工小李', '名单');
      await invites('社工小李', '管理员');
      const { communityId } = await storage.read.event.findFirstOrThrow();
      const ids = {
        ref: [ref],
        event: (await storage.read.event.findMany()).map(({ id }) => id),
        signUp: (await storage.read.signUp.findMany()).map(({ id }) => id),
        dependant: (await storage.read.dependant.findMany()).map(({ id }) => id),
        role: (await storage.read.role.findMany({ where: { communityId } })).map(({ id }) => id),
        person: (await storage.read.person.findMany({ where: { name: { in: ['社工小李', '王妈妈', '刘叔叔'] } } })).map(({ id }) => id),
        code: (await storage.read.code.findMany({ where: { communityId } })).map(({ hash }) => hash),
        chat: (await storage.read.chat.findMany({ where: { communityId, kind: 'group' } })).map(({ id }) => id),
        entry: (await storage.read.auditEntry.findMany({ where: { communityId } })).slice(0, 2).map(({ id }) => id),
      };
      // One of each kind: they are looked up alike.
      const everyId = Object.values(ids).flatMap(([first]) => (first === undefined ? [] : [first]));
      const args = ['', ...everyId, `p:${ids.person[0]}`, `e:${ids.event[0]}`, `${ids.role[0]} ${ids.person[0]}`, `- ${ids.entry[0]}`];
      const everything = async () =>
        JSON.stringify([
          await storage.read.event.findMany(),
          await storage.read.signUp.findMany(),
          await storage.read.dependant.findMany({ select: { id: true } }),
          await storage.read.role.findMany({ where: { communityId }, orderBy: { id: 'asc' } }),
          await storage.read.code.findMany({
            where: { communityId },
            select: { hash: true, usedAt: true, expiresAt: true },
            orderBy: { hash: 'asc' },
          }),
          await storage.read.chat.findMany({ where: { kind: 'group' } }),
          await storage.read.auditEntry.count({ where: { communityId } }),
          await storage.read.community.findMany({ where: { id: communityId } }),
        ]);
      const before = await everything();
      const names = createRegistry([]).commands.length === 0 ? registry.commands.map(({ name }) => name) : [];
      expect(names.length).toBeGreaterThan(40);
      // `/community` may look anywhere, and what one says about oneself is one's own.
      const own = new Set([
        'community',
        'me-delete',
        'me-delete-yes',
        'language',
        'claim',
        'setting',
        'community-new',
        'group-code',
        'invite-role',
        'child-add',
      ]);
      // An administrator of the second community for each id, so that all of them can be tried at once.
      const tries = args.map((arg, at) => ({ arg, who: at === 0 ? '老王' : `黄河管理员${at}` }));
      for (const { who } of tries.slice(1)) await stage.says(who, `认证 ${await invites('老王', '管理员')}`);
      const run = async (name: string, { arg, who }: (typeof tries)[number]) => {
        await runs(who, arg === '' ? `/${name}` : `/${name} ${arg}`);
        const said = stage.heard(who).at(-1) ?? '';
        for (const secret of [artClass, '王小明', '王妈妈', '刘叔叔', '居民群'])
          expect({ name, arg, secret, said: said.includes(secret) ? said : '' }).toEqual({ name, arg, secret, said: '' });
        if (stage.buttons(who).includes('不要了')) await stage.says(who, '退出');
      };
      for (const name of names.filter((one) => !own.has(one))) {
        await Promise.all(tries.map((one) => run(name, one)));
        expect({ name, roles: await storage.read.role.count({ where: { communityId: second } }) }).toEqual({ name, roles: tries.length });
      }
      expect(await everything()).toBe(before);
      expect(second).not.toBe(communityId);
      // Control: from within, the same lines tell and do.
      await stage.talks('社工小李', '社区', '费家营社区');
      expect(await runs('社工小李', `/roster ${ref}`)).toContain('王小明');
      expect(await runs('社工小李', `/log e:${ids.event[0]}`)).toContain(`看了“${artClass}”的名单`);
    },
    120_000,
  );

  describe('a group', () => {
    const elsewhere = { id: '居民二群', name: '居民二群' };
    const writes = async (name: string, text: string) => {
      const { adapter, app, now } = stage.house;
      await adapter.deliver({
        id: `g${adapter.updates.length}-${name}-${text}`,
        at: now(),
        address: { platform: adapter.platform, account: adapter.account, chat: elsewhere.id },
        kind: 'group',
        title: elsewhere.name,
        from: { id: name, name, privateChat: name },
        content: { type: 'text', text },
      });
      await app.settle();
      return stage.heard(elsewhere.id);
    };
    const asksForCode = async () => codeIn(await stage.talks('社工小李', '绑定群', '绑定一个群'));

    test('becomes a community’s by a code that its staff write there, once', async () => {
      await stage.claims('社工小李');
      const code = await asksForCode();
      expect(await writes('社工小李', '你好')).toEqual([]);
      expect(await writes('社工小李', `/绑定群 ${code}`)).toEqual(['这个群现在是费家营社区的群，报名卡会发到这里。']);
      expect(await stage.says('社工小李', '绑定群')).toContain('费家营社区的群');
      expect(stage.buttons('社工小李')).toContain('解绑：居民二群');
      expect((await storage.read.code.findFirstOrThrow()).usedAt).not.toBeNull();
    });

    test.each(['/group', '/group@linli_bot', '/绑定群', '／绑定群'])('understands %s', async (word) => {
      await stage.claims('社工小李');
      expect(await writes('社工小李', `${word} ${await asksForCode()}`)).toHaveLength(1);
    });

    test('stays silent for a stranger, for a wrong code, for one that is over, and when its maker is staff no more', async () => {
      await stage.claims('社工小李');
      const code = await asksForCode();
      expect(await writes('路人', `/group ${code}`)).toEqual([]);
      expect(await writes('社工小李', '/group CODE-9999')).toEqual([]);
      // Without a slash or a mention nobody speaks to the bot.
      expect(await writes('社工小李', `绑定群 ${code}`)).toEqual([]);
      stage.house.advance(24 * 60 * 60_000);
      expect(await writes('社工小李', `/group ${code}`)).toEqual([]);
      const second = await asksForCode();
      await storage.read.role.deleteMany();
      expect(await writes('社工小李', `/group ${second}`)).toEqual([]);
      expect(await storage.read.chat.count({ where: { kind: 'group' } })).toBe(1);
      expect(await storage.read.person.count({ where: { name: '路人' } })).toBe(0);
    });

    test('cannot be taken by guessing: after five wrong codes the right one is not looked at', async () => {
      await stage.claims('社工小李');
      const code = await asksForCode();
      await stage.says('王妈妈', '你好');
      for (let n = 0; n < 100; n += 1) await writes('王妈妈', `/group WRONG-${n}`);
      expect(await writes('王妈妈', `/group ${code}`)).toEqual([]);
      expect(await storage.read.auditEntry.count({ where: { action: 'code.wrong' } })).toBe(5);
      expect(await writes('社工小李', `/group ${code}`)).toHaveLength(1);
    });

    test('of another community stays with it until it is let go', async () => {
      await foundSecond();
      const theirs = codeIn(await stage.talks('老王', '绑定群', '绑定一个群'));
      const ours = await asksForCode();
      await writes('社工小李', `/group ${ours}`);
      expect(await writes('老王', `/group ${theirs}`)).toHaveLength(1);
      expect(await stage.talks('社工小李', '绑定群', '解绑：居民二群', '1')).toBe('解绑了。');
      expect(await writes('老王', '你好')).toHaveLength(1);
      expect((await writes('老王', `/group ${theirs}`)).at(-1)).toBe('这个群现在是黄河社区的群，报名卡会发到这里。');
    });

    test('let go gets no card any more', async () => {
      await stage.publish();
      await stage.claims('社工小李');
      await stage.talks('社工小李', '绑定群', '解绑：居民群', '1');
      const before = stage.heard('group');
      await stage.joins('王妈妈', '王小明 2018-05-20');
      expect(stage.heard('group')).toEqual(before);
      expect(await storage.read.card.count()).toBe(0);
    });
  });

  describe('roles', () => {
    test('an invitation may be typed by itself, and is no wrong code', async () => {
      await stage.claims('社工小李');
      const code = await invites('社工小李', '签到员');
      expect(await stage.says('王妈妈', code)).toContain('您现在是费家营社区的签到员');
      expect(await storage.read.auditEntry.count({ where: { action: 'code.wrong' } })).toBe(0);
    });

    test('a wrong, an old and one’s own invitation are answered kindly; the open ones are listed and taken back', async () => {
      await stage.claims('社工小李');
      const code = await invites('社工小李', '签到员');
      expect(await stage.says('社工小李', `认证 ${code}`)).toContain('这是您自己发的邀请码');
      expect(await stage.talks('社工小李', '邀请', '还没用的邀请（1个）')).toContain('点一个就收回');
      expect(stage.buttons('社工小李')[0]).toBe('签到员 · 社工小李发的 · 7月31日 10:00以前有效');
      expect(await stage.says('社工小李', '1')).toBe('收回了，那个码用不了了。');
      expect(await stage.says('王妈妈', `认证 ${code}`)).toContain('过期了，或者被收回了');
      for (let n = 0; n < 5; n += 1) await stage.says('王妈妈', `认证 WRONG-${n}`);
      expect(await stage.says('王妈妈', `认证 ${await invites('社工小李', '签到员')}`)).toContain('错得太多了');
    });

    test('in the middle of something an invitation waits until that is left', async () => {
      await foundSecond();
      const code = await invites('老王', '组织者');
      await stage.talks('王妈妈', '/me', '1');
      expect(await stage.says('王妈妈', `认证 ${code}`)).toContain('还没填完。先离开它吗？');
      expect(await storage.read.role.count()).toBe(2);
      expect(await stage.says('王妈妈', '2')).toContain('您现在是黄河社区的组织者');
      expect(stage.heard('老王').at(-1)).toContain('王妈妈接受了邀请');
      expect(await stage.says('王妈妈', '社区')).toContain('现在看的是：黄河社区');
      expect(await stage.says('王妈妈', '名单')).toBe('还没有活动。');
    });

    test('a check-in helper sees no roster, and gives the role up', async () => {
      await stage.claims('社工小李');
      await stage.says('王妈妈', `认证 ${await invites('社工小李', '签到员')}`);
      expect(await stage.says('王妈妈', '名单')).toContain('这个要管理员或组织者来做。您是签到员');
      expect(await stage.says('王妈妈', '工作人员')).toContain('这个要管理员或组织者来做。您是签到员');
      expect(await stage.says('王妈妈', '我的资料')).toContain('身份：签到员');
      expect(await stage.talks('王妈妈', '我的身份', '1', '1', '1')).toContain('您不再是签到员了');
      expect(await storage.read.role.count()).toBe(1);
      expect(await stage.says('社工小李', '操作记录')).toContain('王妈妈放下了签到员身份');
    });

    test('the last administrator names somebody who takes over, who is told', async () => {
      await stage.claims('社工小李');
      await stage.says('小陈', `认证 ${await invites('社工小李', '组织者')}`);
      expect(await stage.talks('社工小李', '工作人员', '1', '1')).toContain('请选一位接手');
      expect(await stage.talks('社工小李', '1', '1')).toContain('现在小陈是管理员');
      expect(stage.heard('小陈').at(-1)).toBe('社工小李把费家营社区交给您了，您现在是管理员。发“帮助”看看能做什么。');
      expect(await stage.says('社工小李', '操作记录')).toBe(refusedToAll);
      expect(await stage.says('小陈', '邀请')).toContain('先选身份');
    });

    test('an organiser takes nobody’s role away, not even with the line of a menu', async () => {
      await stage.claims('社工小李');
      await stage.says('小陈', `认证 ${await invites('社工小李', '组织者')}`);
      const admin = await storage.read.role.findFirstOrThrow({ where: { role: 'administrator' } });
      for (const name of ['staff-role', 'staff-end', 'staff-end-yes'])
        expect(await runs('小陈', `/${name} ${admin.id}`)).toContain('没找到这个身份');
      expect(await storage.read.role.count()).toBe(2);
    });
  });

  describe('the log', () => {
    test('is for administrators, and looking at it is written down', async () => {
      await stage.claims('社工小李');
      expect(await stage.says('王妈妈', '操作记录')).toBe(refusedToAll);
      await stage.says('社工小李', '操作记录');
      expect(await stage.says('社工小李', '操作记录')).toContain('7月28日 10:00 社工小李看了操作记录');
      expect(await storage.read.auditEntry.count({ where: { action: 'log.seen' } })).toBe(2);
    });

    test('pages from newest to oldest without leaving one out, while new ones are written', async () => {
      await stage.claims('社工小李');
      const { id: communityId } = stage.house.community;
      const actorId = await stage.personId('社工小李');
      await storage.read.auditEntry.deleteMany();
      for (let n = 0; n < 40; n += 1) {
        await storage.read.community.create({ data: { id: `c${n}`, name: `社区${n}号`, timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
        const at = new Date(Date.UTC(2026, 6, 28, 1, Math.floor(n / 3)));
        await storage.read.auditEntry.create({
          data: { id: `a${String(n).padStart(2, '0')}`, communityId, actorId, action: 'community.founded', subject: `c${n}`, at },
        });
      }
      const pages = [
        await stage.says('社工小李', '操作记录'),
        await stage.says('社工小李', '更早的'),
        await stage.says('社工小李', '更早的'),
      ];
      const seen = pages.flatMap((page) => [...page.matchAll(/社区(\d+)号/gu)].map(([, n]) => Number(n)));
      expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => 39 - n));
      expect(stage.buttons('社工小李')).not.toContain('更早的');
    });

    test('of one person and of one event', async () => {
      await stage.publish();
      await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
      await stage.claims('社工小李');
      const events = await storage.read.event.findMany({ orderBy: { id: 'asc' } });
      for (const { ref } of events) await stage.says('社工小李', `名单 ${ref}`);
      for (const { ref } of events) await runs('社工小李', `/roster ${ref}`);
      const one = await stage.talks('社工小李', '操作记录', '只看一个活动', '书法班');
      expect(one).toContain('社工小李看了“书法班”的名单');
      expect(one).not.toContain(artClass);
      expect(await stage.says('社工小李', '看全部')).toContain(artClass);
    });

    test('names nobody who is gone, and says so of what a later program wrote', async () => {
      await stage.claims('社工小李');
      const { id: communityId } = stage.house.community;
      const row = { communityId, actorId: 'gone', at: new Date(stage.house.now()) };
      await storage.read.auditEntry.create({ data: { ...row, id: 'z1', action: 'event.move', subject: 'gone' } });
      await storage.read.auditEntry.create({ data: { ...row, id: 'z2', action: 'later.thing', subject: 'x' } });
      const log = await stage.says('社工小李', '操作记录');
      expect(log).toContain('（资料已删除）改了“（资料已删除）”的时间或地点');
      expect(log).toContain('（资料已删除）做了一件这个版本不认识的事');
    });
  });

  describe('settings', () => {
    test('are switched by administrators alone, written down, and shown', async () => {
      await stage.publish();
      await stage.claims('社工小李');
      expect(await stage.says('王妈妈', '设置')).toBe(refusedToAll);
      expect(await stage.says('社工小李', '设置')).toBe('费家营社区的设置：\n群里的报名卡：只显示人数\n候补：先来先得');
      await stage.talks('社工小李', '1', '1', '2');
      expect(await stage.says('社工小李', '设置')).toBe('费家营社区的设置：\n群里的报名卡：显示名字（如王**）\n候补：上次没轮到的优先');
      expect(await storage.read.community.findMany()).toMatchObject([{ namesOnCards: true, fairness: true }]);
      expect((await storage.read.card.findFirstOrThrow()).desired).toBe(2);
      expect(await stage.says('社工小李', '操作记录')).toContain('社工小李打开了“上次没轮到的优先”\n');
    });

    test('switched twice by the same line change once', async () => {
      await stage.claims('社工小李');
      await runs('社工小李', '/setting fairness on');
      await runs('社工小李', '/setting fairness on');
      await runs('社工小李', '/setting colour on');
      expect(await storage.read.auditEntry.count({ where: { action: 'settings.fairnessOn' } })).toBe(1);
    });
  });
});
