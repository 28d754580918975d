import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { sqlite } from '../support/databases.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

describe('a pasted announcement', () => {
  let storage: Storage;
  let stage: Stage;
  onStage(sqlite.open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.claims('社工小李');
  });

  const pastes = (text: string) => stage.says('社工小李', `新活动 ${text}`);
  const says = (...lines: string[]) => stage.talks('社工小李', ...lines);
  const agesOf = async () => {
    const { minAge, maxAge, sector } = await storage.read.event.findFirstOrThrow();
    return { minAge, maxAge, sector };
  };

  test.each([
    ['不含', { minAge: 60, maxAge: null, sector: null }],
    ['60岁的能来', { minAge: 60, maxAge: null, sector: null }],
    ['含', { minAge: 61, maxAge: null, sector: null }],
    ['不能来', { minAge: 61, maxAge: null, sector: null }],
  ])('60岁以下勿报 lets the others in, and whether 60 is shut out is asked: %s', async (answer, ages) => {
    const seen = await pastes('太极课 8月5日9:00-10:00 社区广场 60岁以下勿报');
    expect(seen).toContain('“60岁以下勿报”写的是谁不能来');
    expect(seen).toContain('60岁及以上（写的是谁不能来：60岁的也不能来吗？');
    expect(await says('确认发布')).toContain('60岁的也不能来吗？回“含”（不能来）或“不含”（能来）');
    expect(await says(answer, '确认发布')).toContain('发布好了');
    expect(await agesOf()).toEqual(ages);
  });

  test('不满6岁勿报 leaves nothing open; control: 6岁以下 without 勿报 is who may come', async () => {
    expect(await pastes('亲子课 8月5日9:00-10:00 社区广场 不满6岁勿报')).toContain('年龄：6岁及以上');
    await says('确认发布');
    expect(await agesOf()).toEqual({ minAge: 6, maxAge: null, sector: null });
    expect(await pastes('亲子课 8月5日9:00-10:00 社区广场 6岁以下')).toContain('6岁及以下（6岁算不算');
  });

  test('70岁以上老人需家属陪同 keeps nobody out and asks nobody else for company: it is told', async () => {
    const seen = await pastes('登山 8月5日9:00-10:00 社区广场 70岁以上老人需家属陪同');
    expect(seen).toContain('“70岁以上老人需家属陪同”只说其中一部分人，我没有当成年龄限制，这句也没有放进去');
    expect(seen).toContain('年龄：（没写）');
    expect(seen).toContain('陪同：可以陪');
    // Control: of everybody it is taken at its word.
    await says('退出', '不存');
    expect(await pastes('登山 8月5日9:00-10:00 社区广场 须家属陪同')).toContain('陪同：要有人陪');
  });

  test('a day of the moon without its month is asked for; the rest stays', async () => {
    const text = '包粽子比赛 初五早上九点半 活动室 每组3人 限8组';
    const first = await pastes(text);
    expect(first).toContain('“初五早上九点半”我没看懂，请核对日期和时间');
    expect(first).toContain('时间：09:30（还没写哪天');
    expect(await says('确认发布')).toContain('哪一天？');
    const seen = await says('8月8日');
    expect(seen).toContain('名称：包粽子比赛');
    expect(seen).toContain('时间：8月8日(周六) 09:30');
    await says('退出', '不存');
    // Without the command it is offered as a new event, never "not understood".
    expect(await says(text)).toContain('新活动');
    expect(stage.buttons('社工小李').join()).toContain('新活动');
  });

  test.each(['【修改】', '【更正通知】', '更正：', '（更新）', '【改期】'])(
    'an announcement that comes again, marked by “%s”, is asked about: the published event, with what differs, or a new one',
    async (mark) => {
      await pastes('书法班 8月5日19:00-20:30 党群活动中心一楼 名额20人');
      await says('确认发布');
      const asked = await says(`${mark}书法班 8月6日19:00-20:30 党群活动中心二楼 名额25人`);
      expect(asked).toBe(
        [
          '“书法班”已经发布过。这次写的不一样：',
          '· 时间：8月5日(周三) 19:00–20:30 → 8月6日(周四) 19:00–20:30',
          '· 地点：党群活动中心一楼 → 党群活动中心二楼',
          '· 名额：20人 → 25人',
          '要改原来那一个，还是另办一个新的？',
        ].join('\n'),
      );
      expect(stage.buttons('社工小李')).toEqual(['改时间或地点', '改其他内容', '另办一个新的', '返回', '找人帮忙']);
      expect(await says('1')).toContain('8月6日(周四)');
      await says('确认改动');
      expect((await storage.read.session.findFirstOrThrow()).startsAt.toISOString()).toBe('2026-08-06T11:00:00.000Z');
      // What is left differs still.
      expect(await says(`${mark}书法班 8月6日19:00-20:30 党群活动中心二楼 名额25人`)).toContain('：\n· 名额：20人 → 25人\n要改');
      await says('1', '确认修改');
      expect((await storage.read.event.findFirstOrThrow()).capacity).toBe(25);
      expect(await storage.read.event.count()).toBe(1);
      expect(await says(`${mark}书法班 8月6日19:00-20:30 党群活动中心二楼 名额25人`)).toContain('写的都一样');
      expect(await says('1')).toContain('名称：书法班');
    },
  );

  test('a correction whose title is nobody’s says so; of two of one name it is asked which', async () => {
    const text = '书法班 8月5日19:00-20:30 党群活动中心一楼 名额20人';
    expect(await says(`【更正】${text}`)).toBe('没找到要改的那个活动。');
    expect(await says('1')).toContain('名称：书法班');
    await says('确认发布');
    await pastes(text);
    await says('确认发布');
    expect(await says(`【更正】${text.replace('20人', '30人')}`)).toBe('要改的是哪一个活动？');
    expect(await says('2')).toContain('名额：20人 → 30人');
  });

  describe('a notice that something is otherwise now', () => {
    const published = async () => {
      await pastes('美术公益课堂 8月1日10:00-11:30 党群活动中心二楼 名额20人');
      await says('确认发布');
      await pastes('书法班 8月5日19:00-20:30 党群活动中心一楼 名额20人');
      await says('确认发布');
    };

    test.each([
      ['美术课改到8月2日下午3点', '时间：8月1日(周六) 10:00–11:30 → 8月2日(周日) 15:00'],
      ['通知：美术课改为周日下午3点', '8月2日(周日) 15:00'],
      ['各位家长，美术课地点改为党群活动中心三楼', '地点：党群活动中心二楼 → 党群活动中心三楼'],
      ['美术课换到党群活动中心三楼', '地点：党群活动中心二楼 → 党群活动中心三楼'],
      ['更正：美术课名额改为10人', '名额：20人 → 10人'],
      ['书法班的时间临时调整为8月6日晚上7点，谢谢', '8月6日(周四) 19:00'],
      ['大家好，美术课推迟到8月8日10:00', '8月8日(周六) 10:00'],
    ])('%s', async (notice, change) => {
      await published();
      const asked = await says(notice);
      expect(asked).toContain('已经发布过。这次写的不一样：');
      expect(asked).toContain(change);
      expect(await storage.read.event.count()).toBe(2);
    });

    test('one press leads to the form of the event, and the rest of it stays', async () => {
      await published();
      await says('美术课改到8月2日下午3点');
      expect(await says('1')).toContain('党群活动中心二楼');
      await says('确认改动');
      expect((await storage.read.session.findMany()).map(({ startsAt }) => startsAt.toISOString())).toContain('2026-08-02T07:00:00.000Z');
    });

    test.each(['通知：8月1日的美术课取消', '美术课取消。', '8月1日的美术课停课'])('%s asks how it is called off', async (notice) => {
      await published();
      expect(await says(notice)).toContain('美术公益课堂');
      expect(stage.buttons('社工小李').join()).toContain('延期待定');
    });

    test.each(['我把头像改成猫了', '今天改到好晚'])('%s is about no event', async (talk) => {
      await published();
      expect(await says(talk)).not.toContain('改');
    });

    test('where it names none, it is asked which, and nothing is made', async () => {
      await published();
      expect(await says('地点改为三楼会议室')).not.toContain('名称：');
      expect(await says('讲座改到8月9日上午9点')).toBe('没找到要改的那个活动。');
      expect(await storage.read.event.count()).toBe(2);
    });
  });

  test.each([''])(
    'an announcement that comes again, marked by nothing%s, says that its event is there already; another name is another event',
    async (mark) => {
      await pastes('书法班 8月5日19:00-20:30 党群活动中心一楼 名额20人');
      expect(await says('确认发布')).toContain('发布好了');
      const seen = await pastes(`${mark}书法班 8月6日19:00-20:30 党群活动中心一楼 名额20人`);
      expect(seen).toContain('“书法班”已经发布过一个（8月5日(周三) 19:00–20:30）');
      expect(seen).toContain('名称：书法班');
      await says('退出', '不存');
      expect(await pastes('书法提高班 8月6日19:00-20:30 党群活动中心一楼 名额20人')).not.toContain('已经发布过');
    },
  );

  test('地点待定 is about the place; the deadline beside it is understood', async () => {
    const first = await pastes('防诈骗讲座 8月10日9:00-10:00 地点待定 报名截止8.6中午12点');
    expect(first).not.toContain('没看懂');
    expect(first).toContain('在什么地方');
    const seen = await says('待定');
    expect(seen).toContain('地点：待定');
    expect(seen).toContain('报名截止：8月6日(周四) 12:00');
    expect(seen).not.toContain('没看懂');
  });
});
