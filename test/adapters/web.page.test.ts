import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { csv, mimeTypes, poster } from '../../src/papers/index.js';
import { withPage } from '../support/browser.js';
import { createRig, type Rig } from './web/rig.js';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };
const address = { platform: 'web', account: 'try', chat: 'g1' };

const be = (page: Page, name: string) => page.getByRole('button', { name }).first().click();
const open = (page: Page, title: string) => page.locator('.chat', { hasText: title }).click();
const bubbles = (page: Page) => page.locator('.message .words').allInnerTexts();
/** Waits until a bubble shows this. */
const shown = (page: Page, text: string) => page.locator('.words', { hasText: text }).waitFor();
const write = async (page: Page, text: string) => {
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
};

describe('the page of the web chat', () => {
  let rig: Rig;
  let failing = false;
  beforeEach(async () => {
    failing = false;
    // A core that says everything back, and offers a menu when asked for one.
    rig = await createRig(async ({ id, content, address: { chat } }, { send }) => {
      if (failing) throw new Error('commit failed');
      if (content.type === 'press') return { notice: '收到' };
      if (content.type !== 'text') return {};
      const choices = [{ key: '1', label: '添加孩子', value: 'menu:1' }];
      await send(chat, content.text === '菜单' ? { text: '给谁报?', choices } : { text: `听到:${content.text}` }, id);
      return {};
    });
  });
  afterEach(() => rig.close());

  it('on a phone: be somebody, talk with the bot, press a button, hear from the group', async () => {
    await withPage(phone, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      await write(page, '菜单');
      const button = page.getByRole('button', { name: '1 添加孩子' });
      await button.dblclick();
      await page.getByText('收到').waitFor();
      await expect.poll(() => bubbles(page)).toEqual(['菜单', '给谁报?', '添加孩子']);
      expect(new Set(rig.inbounds.filter(({ content }) => content.type === 'press').map(({ id }) => id)).size).toBe(1);

      await rig.send('g1', { text: '美术课\n已报 1/20', choices: [{ label: '报名', value: 'c:abcdef:join' }] }, 'card');
      await expect.poll(() => page.locator('.back .unread').innerText()).toBe('1');
      await page.locator('.back').click();
      await open(page, '幸福里居民群');
      await rig.web.edit(address, '4', { text: '美术课\n已报 2/20', choices: [{ label: '报名', value: 'c:abcdef:join' }] });
      await shown(page, '已报 2/20');
      expect(await page.locator('.message').count()).toBe(1);

      await page.getByRole('button', { name: '回复' }).click();
      await write(page, '报名');
      await shown(page, '听到:报名');
      expect(rig.inbounds.at(-1)?.content).toEqual({ type: 'text', text: '报名', replyTo: '4' });
      for (const target of await page.locator('button:visible, textarea').all()) {
        const box = await target.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      expect(errors).toEqual([]);
    });
  });

  it('shows a picture, and saves a file under its name', async () => {
    const drawn = await poster({
      title: '修身课堂 · 美术公益课堂',
      lines: [
        { label: '时间', value: '8月1日(周六) 10:00–11:30' },
        { label: '地点', value: '党群活动中心二楼' },
      ],
      qrText: 'https://linli.example/e/abcdefghjk',
      qrCaption: '扫一扫报名',
      community: '幸福里社区',
    });
    const table = await csv({ title: '名单', columns: [{ label: '姓名' }], rows: [['王**']] });
    const file = (name: string, mimeType: string, data: Uint8Array) => ({ name, mimeType, data, instead: '这里发不了文件' });
    await rig.send(
      'p-gao',
      { text: '海报画好了，可以发到群里，也可以打印。', file: file('美术课海报.png', mimeTypes.png, drawn) },
      'poster',
    );
    await rig.send(
      'p-gao',
      { text: '名单在这里。', file: file('美术课名单.csv', mimeTypes.csv, table), choices: [{ key: '0', label: '返回', value: 'back' }] },
      'roster',
    );
    await rig.send('p-gao', { text: '', file: file('日历.ics', mimeTypes.ics, new Uint8Array(2_400)) }, 'calendar');
    await withPage(phone, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '高社工');
      await page.locator('.chat', { hasText: '日历.ics' }).waitFor();
      await open(page, '小邻');
      const picture = page.getByRole('img', { name: '美术课海报.png' });
      await expect.poll(() => page.evaluate("document.querySelector('.picture img').naturalWidth")).toBe(1080);
      const box = await picture.boundingBox();
      expect((box?.height ?? 0) / (box?.width ?? 1)).toBeCloseTo(1528 / 1080, 1);
      const link = page.getByRole('link', { name: '美术课名单.csv' });
      expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toBe('美术课名单.csv');
      expect(await readFile(await download.path(), 'utf8')).toBe('\ufeff姓名\r\n王**\r\n');
      await page.getByRole('link', { name: '日历.ics 2 KB' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      // What is at the end stays in view although the picture came later.
      await expect
        .poll(() =>
          page.evaluate(
            "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2)(document.querySelector('.scroller'))",
          ),
        )
        .toBe(true);
      const [opened] = await Promise.all([page.context().waitForEvent('page'), picture.click()]);
      await opened.waitForLoadState();
      expect(opened.url()).toContain('/web/file?as=gao&chat=p-gao&message=1');
      expect(errors).toEqual([]);
    });
  });

  it('keeps drafts apart, breaks lines with Shift, and shows any text literally', async () => {
    await withPage(desk, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await page.locator('textarea').fill('草稿');
      await open(page, '小邻');
      expect(await page.locator('textarea').inputValue()).toBe('');
      await page.locator('textarea').pressSequentially('<b>一</b>');
      await page.locator('textarea').press('Shift+Enter');
      await page.locator('textarea').pressSequentially('二');
      await page.locator('textarea').press('Enter');
      await expect.poll(() => bubbles(page)).toEqual(['<b>一</b>\n二', '听到:<b>一</b>\n二']);
      await rig.send('p-fang', { text: 'a\u0000b\u001b\u202ec' }, 'odd');
      await shown(page, 'a␀b␛');
      await open(page, '幸福里居民群');
      expect(await page.locator('textarea').inputValue()).toBe('草稿');
      await page.reload();
      await expect.poll(() => page.locator('textarea').inputValue()).toBe('草稿');
      expect(errors).toEqual([]);
    });
  });

  it('offers to send again what did not go, under the same id, also after a reload', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      failing = true;
      await write(page, '在吗');
      await page.locator('.status', { hasText: '没发出去' }).waitFor();
      await page.reload();
      await page.locator('.status', { hasText: '没发出去' }).waitFor();
      // It goes by the button, or by itself once the page is connected: whichever is first.
      const again = page.getByRole('button', { name: '再发一次' });
      await again.waitFor();
      failing = false;
      await again.click({ timeout: 3_000 }).catch(() => undefined);
      await expect.poll(() => bubbles(page), { timeout: 10_000 }).toEqual(['在吗', '听到:在吗']);
      await expect.poll(() => page.getByText('没发出去').count()).toBe(0);
      expect(new Set(rig.inbounds.map(({ id }) => id)).size).toBe(1);
    });
  });

  it('a press that did not arrive is pressed again under the same id', async () => {
    await withPage(phone, async (page) => {
      await rig.send('p-fang', { text: '给谁报?', choices: [{ key: '1', label: '添加孩子', value: 'menu:1' }] }, 'menu');
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      failing = true;
      await page.getByRole('button', { name: '1 添加孩子' }).click();
      await page.getByText('没送到，请再点一次').waitFor();
      failing = false;
      await page.getByRole('button', { name: '1 添加孩子' }).click();
      await page.getByText('收到').waitFor();
      expect(rig.inbounds.map(({ id }) => id)).toEqual([rig.inbounds[0]?.id, rig.inbounds[0]?.id]);
      expect(await bubbles(page)).toEqual(['给谁报?', '添加孩子']);
    });
  });

  it('says when the connection is lost, and catches up when it is back', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await page.getByText('群里还没有消息').waitFor();
      await rig.close();
      await page.getByText('连接断了').waitFor();
      rig = await createRig(undefined, {}, rig);
      await rig.send('g1', { text: '您不在的时候发的' }, 'meanwhile');
      await page.getByText('又连上了').waitFor();
      expect(await bubbles(page)).toEqual(['您不在的时候发的']);
      expect(await page.getByText('连接断了').count()).toBe(0);
    });
  });

  it('begins in the community’s language, as the bot does, and keeps the one that the visitor chose', async () => {
    await withPage({ ...desk, locale: 'en-GB', colorScheme: 'dark' }, async (page, errors) => {
      await page.goto(rig.url);
      await page.locator('.welcome', { hasText: '先选一位邻居' }).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
      await page.getByRole('button', { name: 'English' }).click();
      await page.locator('.welcome', { hasText: 'First choose a neighbour to be' }).waitFor();
      expect(await page.title()).toBe('Linli');
      await page.reload();
      await page.locator('.welcome', { hasText: 'First choose a neighbour to be' }).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe('en');
      expect(errors).toEqual([]);
    });
  });

  it('begins in English in a community that speaks it, whatever the browser does', async () => {
    const english = await createRig(undefined, { locale: 'en' });
    await withPage(desk, async (page) => {
      await page.goto(english.url);
      await page.locator('.welcome', { hasText: 'First choose a neighbour to be' }).waitFor();
    });
    await english.close();
  });

  it('draws what goes back or leaves quietly, also where it stands first', async () => {
    await rig.send(
      'p-fang',
      {
        text: '在哪里？',
        choices: [
          { label: '返回', value: 'm:a:0', quiet: true },
          { label: '帮忙', value: 'm:a:1' },
        ],
      },
      'k1',
    );
    await rig.send(
      'p-fang',
      {
        text: '对不对？',
        choices: [
          { label: '确认发布', value: 'm:b:0' },
          { label: '不要了', value: 'm:b:1', quiet: true },
        ],
      },
      'k2',
    );
    await withPage(phone, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      // As text: types of the browser are not known here.
      const color = (name: string): Promise<string> =>
        page.evaluate(
          `getComputedStyle([...document.querySelectorAll('.choice')].find((one) => one.innerText === '${name}')).backgroundColor`,
        );
      await page.locator('.choice', { hasText: '确认发布' }).waitFor();
      const primary = await color('确认发布');
      expect(await color('返回')).not.toBe(primary);
      expect(await color('不要了')).toBe(await color('返回'));
      expect(await color('帮忙')).not.toBe(await color('返回'));
      expect(errors).toEqual([]);
    });
  });
});
