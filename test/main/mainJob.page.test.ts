import { mkdirSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openToAll } from '../support/axe.js';
import { withPage } from '../support/browser.js';
import { build, makeHome, say, startLinli, withClock } from './linli.js';

beforeAll(build);

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };
const code = 'LINLI-2026';
// As the community office writes it: the year is left to the reader.
const notice = '雏鹰天地成长营 修身课堂·美术公益课堂第四节 8月1日10:00-11:30 费家营社区党群活动中心二楼 名额20人 6-12岁 带彩笔';
/** By day, so that nobody waits for the morning to be offered a place. */
const now = '2026-07-28T10:00:00+08:00';
/** A birth date that makes a child 8 years old on the day of the class. */
const born = (month: number): string => `2017-${month + 8 > 12 ? month : month + 8}-10`;

/** Keeps a picture for the README when `npm run pictures` asks for it. */
const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env['PICTURES'] !== 'keep') return;
  mkdirSync('docs/pictures', { recursive: true });
  // What has just changed is lit up for a moment, and notes fade.
  await page.waitForTimeout(1_300);
  await page.screenshot({ path: `docs/pictures/${name}.png`, animations: 'disabled' });
};

/** The page as one person after another uses it, on a phone or a computer. */
function onPage(page: Page) {
  const bubbles = page.locator('.message.frombot');
  const last = bubbles.last();
  const write = async (text: string): Promise<void> => {
    await page.locator('textarea').fill(text);
    await page.locator('textarea').press('Enter');
  };
  const hears = async (text: string): Promise<void> => {
    const heard = last.filter({ hasText: text });
    await heard.waitFor({ timeout: 10_000 }).catch(async () => {
      throw new Error(`Instead of "${text}" stands there: ${await last.innerText()}`);
    });
  };
  return {
    write,
    hears,
    card: (count: string): Promise<void> => page.locator('.message.card').last().filter({ hasText: count }).waitFor(),
    join: (): Promise<void> => page.locator('.message.card').last().getByRole('button', { name: '报名' }).click(),
    /** Says it and waits for the answer. */
    asks: async (text: string, reply: string): Promise<void> => {
      await write(text);
      await hears(reply);
    },
    presses: async (label: string, reply: string): Promise<void> => {
      await last.getByRole('button', { name: label }).click();
      await hears(reply);
    },
    be: async (name: string): Promise<void> => {
      const select: Locator = page.locator('.me select');
      if (!(await select.isVisible())) return page.getByRole('button', { name }).click();
      const value = await select.locator('option', { hasText: name }).getAttribute('value');
      await select.selectOption(value);
    },
    open: async (title: string): Promise<void> => {
      if (await page.locator('.back').isVisible()) await page.locator('.back').click();
      await page.locator('.chat', { has: page.locator('b', { hasText: title }) }).click();
    },
  };
}

describe('the main job, as people do it', () => {
  test(
    'staff publishes, parents sign up, the list fills, a freed place goes on, everybody hears of the move, on a phone',
    { timeout: 120_000 },
    async () => {
      const { env } = await makeHome();
      const linli = startLinli({ ...env, ...withClock(now), ADMIN_CODE: code });
      const url = await linli.url;
      const tenMinutesLater = async (): Promise<void> => {
        // Two signals at once may arrive as one.
        await linli.fiveMinutesLater();
        await linli.fiveMinutesLater();
      };
      await withPage(phone, async (page, errors) => {
        const { write, hears, card, join, asks, presses, be, open } = onPage(page);
        await page.goto(url);
        await page.getByRole('button', { name: '社工小李' }).click();
        await open('小邻');
        await asks(`工作人员认证 ${code}`, '认证好了');
        await asks(`新活动 ${notice}`, '我是这样看的');
        for (const line of ['8月1日', '10:00–11:30', '费家营社区党群活动中心二楼', '20人', '6–12岁', '彩笔']) await hears(line);
        await asks('7 彩笔、水杯', '要带：彩笔、水杯');
        await picture(page, 'staff-form');
        await openToAll(page, 'the form');
        await presses('确认发布', '发布好了');

        await open('费家营居民群');
        await card('已报 0/20');
        await be('刘叔叔');
        await write('美术课好，我跟邻居们说一声');
        await be('王妈妈');
        await join();
        await page.locator('.peek').click();
        await hears('您是孩子的');
        await presses('1 爸妈', '孩子叫什么名字');
        await asks(`王小明 ${born(1)}`, '已选：王小明');
        await presses('再加一个', '孩子叫什么名字');
        await asks('王小红', '哪天出生');
        await asks(born(2), '已选：王小明');
        await presses('就这些', '监护人');
        await picture(page, 'signup');
        await openToAll(page, 'the consent');
        await presses('1 同意', '您看看对不对');
        await presses('对，报名', '王小明、王小红报上了');
        await open('费家营居民群');
        await card('已报 2/20');
        await write('我家两个都报上了，谢谢小邻');
        await picture(page, 'group-card');
        await openToAll(page, 'the card');

        await open('小邻');
        await asks('我的报名', '您的报名');
        await presses('取消王小红', '真的取消吗');
        await presses('取消报名', '取消好了：王小红');
        await open('费家营居民群');
        await card('已报 1/20');
        // Until then it could have been taken back.
        await tenMinutesLater();

        const children = [
          '安安',
          '贝贝',
          '晨晨',
          '朵朵',
          '恩恩',
          '方方',
          '果果',
          '航航',
          '佳佳',
          '可可',
          '乐乐',
          '萌萌',
          '宁宁',
          '欧欧',
          '朋朋',
          '琪琪',
          '然然',
          '思思',
          '甜甜',
        ];
        for (const [name, from, to] of [
          ['张爸爸', 0, 7],
          ['幸福奶奶', 7, 13],
          ['刘叔叔', 13, 19],
        ] as const) {
          await be(name);
          await join();
          await page.locator('.peek').click();
          await hears('您是孩子的');
          // The grandmother of the sample looks after the child alone.
          await presses('2 其他监护人', '孩子叫什么名字');
          for (const [at, child] of children.slice(from, to).entries()) await asks(`${child} ${born(at % 4)}`, `${child}（`);
          await presses('就这些', '监护人');
          await presses('1 同意', '您看看对不对');
          await presses('对，报名', '报上了');
          await open('费家营居民群');
          await card(`已报 ${to + 1}/20`);
        }
        await card('名额满了');

        await be('王妈妈');
        await join();
        await page.locator('.peek').click();
        await hears('给谁报名');
        await presses('王小红', '监护人');
        await presses('1 同意', '您看看对不对');
        await presses('对，报名', '王小红排在候补第1位');
        await be('张爸爸');
        await asks('我的报名', '您的报名');
        await presses('取消贝贝', '真的取消吗');
        await presses('取消报名', '取消好了：贝贝');
        await be('王妈妈');
        await tenMinutesLater();
        await hears('轮到王小红了');
        await picture(page, 'offer');
        await openToAll(page, 'the offer');
        await presses('1 要', '王小红报上');
        await open('费家营居民群');
        await card('已报 20/20');

        await be('社工小李');
        await open('小邻');
        await asks('名单', '您要看哪个活动');
        await presses('修身课堂', '王小红（8岁）');
        expect(await page.locator('.message.frombot').last().innerText()).not.toContain('贝贝');
        await presses('管理这个活动', '已报 20/20');
        await presses('改时间或地点', '改哪一项');
        await asks('1 8月2日', '8月2日(');
        await presses('确认改动', '已通知4家');
        for (const [name, child] of [
          ['王妈妈', '王小明、王小红'],
          ['张爸爸', '安安'],
          ['幸福奶奶', '航航'],
          ['刘叔叔', '欧欧'],
        ] as const) {
          await be(name);
          await hears('有变动');
          await hears(child);
        }
        await open('费家营居民群');
        await card('8月2日');
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
        expect(errors).toEqual([]);
      });
      await withPage(desk, async (page, errors) => {
        await page.goto(url);
        await page.getByRole('button', { name: '王妈妈' }).click();
        await page.locator('.message.card').last().filter({ hasText: '8月2日' }).waitFor();
        await picture(page, 'desktop');
        expect(errors).toEqual([]);
      });
    },
  );

  test('staff publishes, a parent signs two children up and cancels one, at a computer', { timeout: 120_000 }, async () => {
    const { env } = await makeHome();
    const linli = startLinli({ ...env, ...withClock(now), ADMIN_CODE: code });
    const url = await linli.url;
    await withPage(desk, async (page, errors) => {
      const { card, join, asks, presses, be, open } = onPage(page);
      await page.goto(url);
      await openToAll(page, 'choosing who to be');
      await be('社工小李');
      await open('小邻');
      await asks(`工作人员认证 ${code}`, '认证好了');
      await asks(`新活动 ${notice}`, '我是这样看的');
      await presses('确认发布', '发布好了');
      await be('王妈妈');
      await open('费家营居民群');
      await card('已报 0/20');
      await join();
      await page.locator('.peek').click();
      await presses('1 爸妈', '孩子叫什么名字');
      await asks(`王小明 ${born(1)}`, '已选：王小明');
      await presses('再加一个', '孩子叫什么名字');
      await asks(`王小红 ${born(2)}`, '已选：王小明');
      await presses('就这些', '监护人');
      await openToAll(page, 'the consent');
      await presses('1 同意', '您看看对不对');
      await presses('对，报名', '王小明、王小红报上了');
      await asks('我的报名', '您的报名');
      await presses('取消王小红', '真的取消吗');
      await presses('取消报名', '取消好了：王小红');
      await open('费家营居民群');
      await card('已报 1/20');
      await openToAll(page, 'the card');
      expect(errors).toEqual([]);
    });
  });

  test('a page that is left open comes back after a restart, and shows what was said meanwhile', async () => {
    const { env } = await makeHome();
    const first = startLinli(env);
    const url = await first.url;
    await withPage(phone, async (page) => {
      await page.goto(url);
      await page.getByRole('button', { name: '王妈妈' }).click();
      await onPage(page).open('费家营居民群');
      await page.getByText('群里还没有消息').waitFor();
      expect((await first.stop()).code).toBe(0);
      await page.getByText('连接断了').waitFor();
      const next = startLinli({ ...env, HTTP_PORT: new URL(url).port });
      await say(await next.url, 'liu', '广场上的灯修好了', { chat: 'neighbours' });
      await page.locator('.words', { hasText: '广场上的灯修好了' }).waitFor();
      await page.getByText('连接断了').waitFor({ state: 'hidden' });
      await onPage(page).open('小邻');
      await onPage(page).asks('你好', '您好');
    });
  });
});
