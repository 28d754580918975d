import { describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.js';
import { questionsField, readQuestions } from '../../src/features/signup/form/questions.field.js';
import { createFamilies, createGuests, createNotes, createOwnAnswers, loadPersonRecord } from '../../src/people/index.js';
import { databases } from '../support/databases.js';
import { group } from '../support/house.js';
import { onStage } from './onStage.js';
import { type Stage } from './stage.js';

const li = '社工小李';
const mother = '王妈妈';
const announcement = '新活动 美术课 8月1日10:00-11:30 党群活动中心二楼 名额20人 6-12岁';
const size = '穿几码';
const allergy = '有没有过敏';

describe('the questions that staff write', () => {
  test.each([
    ['穿几码：S/M/L', [{ text: '穿几码', options: ['S', 'M', 'L'], optional: false }]],
    ['穿几码？S／M', [{ text: '穿几码？', options: ['S', 'M'], optional: false }]],
    [
      '1. 有没有过敏（选填）\n2、谁来接：爸爸/妈妈/爷爷奶奶',
      [
        { text: '有没有过敏', options: [], optional: true },
        { text: '谁来接', options: ['爸爸', '妈妈', '爷爷奶奶'], optional: false },
      ],
    ],
    ['过敏：海鲜、花生都写上', [{ text: '过敏：海鲜、花生都写上', options: [], optional: false }]],
    [
      'Size: S/M/L; Allergies (optional)',
      [
        { text: 'Size', options: ['S', 'M', 'L'], optional: false },
        { text: 'Allergies', options: [], optional: true },
      ],
    ],
    ['能8:00到吗', [{ text: '能8:00到吗', options: [], optional: false }]],
    ['最早几点能到？比如8:30', [{ text: '最早几点能到？比如8:30', options: [], optional: false }]],
    ['孩子：几岁了？', [{ text: '孩子：几岁了？', options: [], optional: false }]],
    ['下午 and/or 上午', [{ text: '下午 and/or 上午', options: [], optional: false }]],
  ])('%s', (written, questions) => expect(readQuestions(written)).toEqual({ ok: true, questions }));

  test.each([
    ['', 'empty'],
    ['3', 'empty'],
    ['一;二个;三个;四个;五个;六个', 'tooMany'],
    ['字'.repeat(41), 'tooLong'],
    [`穿几码：${'字'.repeat(21)}/M`, 'tooLong'],
    ['穿几码：S/', 'oneOption'],
    ['穿几码：S', 'oneOption'],
    ['Size: S', 'oneOption'],
    ['有没有过敏；穿几码：S（选填）', 'oneOption'],
    ['穿几码：', 'noOption'],
    ['穿几码:（选填）', 'noOption'],
    ['穿几码：1/2/3/4/5/6/7/8/9', 'options'],
    ['几岁；几岁', 'twice'],
    ['<b>几岁</b>', 'unfit'],
    ['打13912345678问谁', 'unfit'],
    ['身份证号是多少', 'asksForId'],
  ])('%s is refused: %s', (written, reason) => expect(readQuestions(written)).toEqual({ ok: false, reason }));

  test('no pattern takes long over a long line', () => {
    const began = process.hrtime.bigint();
    for (const odd of ['？'.repeat(3_900), '/'.repeat(3_900), '：/'.repeat(1_900), '(选填'.repeat(900)]) readQuestions(odd);
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(2_000);
    expect(questionsField.keys).toContain('invalid.tooLong');
  });
});

describe.each(databases)("an event's own questions, on $name", ({ open }) => {
  let stage: Stage;
  let storage: Storage;
  onStage(open, async (ground) => {
    ({ stage, storage } = ground);
    await stage.claims(li);
    await stage.talks(li, announcement, `15 ${size}：S/M/L；${allergy}（选填）`, '确认发布');
  });
  test('where there is one choice or none it is asked back, and nothing is published so', async () => {
    await stage.talks(li, announcement.replace('美术课', '书法课'), '15');
    expect(await stage.says(li, '穿几码：S')).toContain('只有一个选项，没得选。');
    expect(await stage.says(li, '穿几码：')).toContain('冒号后面还没写选项。');
    expect(await stage.says(li, '穿几码：S/M')).toContain('15 报名要答：穿几码（S/M）');
  });

  const rows = () => storage.read.signUp.findMany({ orderBy: { position: 'asc' } });
  const answers = async () =>
    (await rows()).map(({ id, answers: sealed }) =>
      sealed ? (JSON.parse(stage.house.sealer.open(sealed, `signup.answers:${id}`)) as unknown) : null,
    );
  const two = ['报名', '1', '王小明 2018-05-20', '再加一个', '王小红 2016-03-02', '就这些'];

  test('are asked of each child, kept sealed, and shown before it is confirmed', async () => {
    expect(await stage.talks(mother, '报名', '1', '1', '王小明 2018-05-20', '再加一个', '王小红 2016-03-02', '就这些')).toBe(
      `王小明：${size}`,
    );
    expect(stage.buttons(mother)).toEqual(['S', 'M', 'L', '返回', '帮忙']);
    expect(await stage.says(mother, 'XXL')).toContain('请点一个，或者回前面的数字。');
    expect(await stage.says(mother, 'ｍ')).toBe(`王小红：${size}`);
    expect(await stage.says(mother, '3')).toBe(`王小明：${allergy}`);
    expect(await stage.says(mother, '620102195001011234')).toContain('这里别写身份证号');
    expect(await stage.says(mother, '花生')).toBe(`王小红：${allergy}`);
    expect(stage.buttons(mother)).toEqual(['和王小明一样', '跳过', '返回', '帮忙']);
    // One step back, and on.
    expect(await stage.says(mother, '返回')).toContain(`王小明：${allergy}`);
    await stage.talks(mother, '花生', '跳过');
    expect(stage.heard(mother).at(-1)).toContain('名字和出生日期，还有您对这些的回答：穿几码、有没有过敏，用来点名');
    await stage.says(mother, '同意');
    expect(stage.heard(mother).at(-1)).toContain(`回答：${size} 王小明 M、王小红 L；${allergy} 王小明 花生、王小红 没答`);
    expect(await stage.says(mother, '1')).toContain('报上了');
    expect(await answers()).toEqual([{ [size]: 'M', [allergy]: '花生' }, { [size]: 'L' }]);
    for (const { answers: sealed } of await rows()) expect(Buffer.from(sealed ?? []).toString('utf8')).not.toMatch(/花生|穿几码/u);
    expect(stage.heard(group.id).join()).not.toMatch(/花生|穿几码/u);
  });

  test('may be changed until the deadline, by another adult of the household too, and not after it', async () => {
    await stage.talks(mother, '报名', '1', ...two.slice(1, 3), '就这些', 'M', '跳过', '同意', '1');
    expect(await answers()).toEqual([{ [size]: 'M' }]);
    await stage.says(mother, '我的报名');
    expect(stage.buttons(mother)).toContain('改回答：美术课');
    expect(await stage.says(mother, '改回答：美术课')).toContain(`“美术课”，报名截止前都可以改。\n${size}\n之前写的：M`);
    expect(await stage.says(mother, '不改：M')).toBe(allergy);
    expect(await stage.talks(mother, '虾', '1')).toBe('记下了，谢谢您。截止前在“我的报名”里还能改。');
    expect(await answers()).toEqual([{ [size]: 'M', [allergy]: '虾' }]);
    // It goes on the next day, when it is too late.
    await stage.talks(mother, '我的报名', '改回答：美术课', 'L', '虾和蟹');
    await stage.passes(8 * 24 * 60);
    expect(await stage.says(mother, '1')).toMatch(/已经截止|没找到/u);
    expect(await answers()).toEqual([{ [size]: 'M', [allergy]: '虾' }]);
  });

  test('what takes an answer away is called so, and 跳过 takes none away; the answers stand in 我的报名', async () => {
    await stage.talks(mother, '报名', '1', ...two.slice(1, 3), '就这些', 'M', '花生', '同意', '1');
    expect(await stage.says(mother, '我的报名')).toContain('报上了\n　回答：M、花生');
    await stage.talks(mother, '改回答：美术课', 'L');
    expect(stage.buttons(mother)).toContain('删掉这个回答');
    expect(stage.buttons(mother)).not.toContain('跳过');
    await stage.talks(mother, '跳过', '1');
    expect(await answers()).toEqual([{ [size]: 'L', [allergy]: '花生' }]);
    await stage.talks(mother, '我的报名', '改回答：美术课', '跳过', '删掉这个回答', '1');
    expect(await answers()).toEqual([{ [size]: 'L' }]);
    // Where there is nothing to take away it is skipped as ever.
    await stage.talks(mother, '我的报名', '改回答：美术课', '跳过');
    expect(stage.buttons(mother)).toContain('跳过');
  });

  test('a stranger with the reference changes nothing', async () => {
    await stage.talks(mother, '报名', '1', ...two.slice(1, 3), '就这些', 'M', '跳过', '同意', '1');
    const { ref } = await storage.read.event.findFirstOrThrow();
    await stage.says('张爸爸', '你好');
    await stage.forges('张爸爸', `/answers ${ref}`);
    expect(stage.heard('张爸爸').join()).not.toContain('穿几码');
    expect(await answers()).toEqual([{ [size]: 'M' }]);
  });

  test('whoever is in hears of a new question, answers it later, and what is asked no more is not lost', async () => {
    await stage.talks(mother, '报名', '1', ...two.slice(1, 3), '就这些', 'M', '花生', '同意', '1');
    await stage.talks(li, '管理', '1', '改其他内容');
    await stage.says(li, `15 ${allergy}；谁来接：爸爸/妈妈`);
    expect(await stage.says(li, '1')).toContain(`15 报名要答：${allergy}；谁来接（爸爸/妈妈）`);
    await stage.says(li, '确认修改');
    expect(stage.heard(mother).at(-1)).toContain('新加了要回答的：谁来接。请在“我的报名”里回答。');
    await stage.says(mother, '我的报名');
    expect(stage.buttons(mother)).toContain('回答问题：美术课');
    expect(await stage.talks(mother, '回答问题：美术课', '不改：花生', '妈妈', '1')).toContain('记下了');
    expect(await answers()).toEqual([{ [allergy]: '花生', 谁来接: '妈妈' }]);
  });

  test('questions that staff change while they are asked begin anew, and are not asked where there are none any more', async () => {
    await stage.talks(mother, '报名', '1', ...two.slice(1, 3), '就这些', 'M');
    await storage.transaction((tx) =>
      tx.event.updateMany({ data: { questions: JSON.stringify([{ text: '会画画吗', options: ['会', '不会'], optional: false }]) } }),
    );
    expect(await stage.says(mother, '虾')).toContain('请点一个');
    expect(stage.heard(mother).at(-1)).toContain('会画画吗');
    await storage.transaction((tx) => tx.event.updateMany({ data: { questions: '[]' } }));
    expect(await stage.says(mother, '会')).toContain('同意');
    await stage.talks(mother, '同意', '1');
    expect((await rows()).map(({ status }) => status)).toEqual(['confirmed']);
  });

  test('stand in the roster file, in the own record, and in a copy of the event; deletion takes them', async () => {
    await stage.talks(mother, '报名', '1', ...two.slice(1, 3), '就这些', 'M', '花生', '同意', '1');
    await stage.talks(li, '管理', '1', '导出名单', '要 CSV 格式');
    const [file] = stage.house.adapter.shown(li).flatMap(({ file: one }) => (one?.name.endsWith('.csv') ? [one] : []));
    const text = Buffer.from(file?.data ?? []).toString('utf8');
    expect(text).toContain(`${size},${allergy}`);
    expect(text).toContain('M,花生');
    const { sealer } = stage.house;
    const seals = {
      families: createFamilies(sealer),
      guests: createGuests(sealer),
      notes: createNotes(sealer),
      ownAnswers: createOwnAnswers(sealer),
    };
    const personId = await stage.personId(mother);
    const record = await storage.transaction((tx) => loadPersonRecord(tx, personId, seals));
    expect(record?.signUps.map((one) => one.answers)).toEqual([
      [
        { question: size, answer: 'M' },
        { question: allergy, answer: '花生' },
      ],
    ]);
    await stage.talks(li, '管理', '1', '更多', '照这个再办一次');
    expect(stage.heard(li).at(-1)).toContain(`报名要答：${size}（S/M/L）；${allergy}（选填）`);
    await stage.talks(mother, '删除我的资料', '删除');
    expect(await answers()).toEqual([null]);
  });
});
