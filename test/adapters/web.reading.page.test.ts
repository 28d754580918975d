import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { createRig, now, people, type Rig } from './web/rig.js';
import { createOnRig, type OnRig } from './web/visitors.js';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

const be = (page: Page, name: string) => page.getByRole('button', { name }).first().click();
const open = (page: Page, title: string) => page.locator('.chat', { hasText: title }).click();
const bubbles = (page: Page) => page.locator('.message .words').allInnerTexts();

describe('reading in the web chat', () => {
  let rig: Rig | OnRig;
  afterEach(() => rig.close());

  it('times are those of the community, wherever the device is', async () => {
    rig = await createRig(undefined, { forward: async () => true });
    // 10:00 in Shanghai; in New York it is 22:00 of the day before, so there both messages were on one day.
    await rig.send('g1', { text: '昨晚的' }, 'k1');
    const [row] = rig.log.rows;
    if (row) rig.log.rows[0] = { ...row, at: now - 11 * 3_600_000 };
    await rig.send('g1', { text: '今早的' }, 'k2');
    await withPage({ ...desk, timeZone: 'America/New_York' }, async (page) => {
      await page.goto(rig.url);
      await page.locator('.clock time', { hasText: '7月28日周二 10:00' }).waitFor();
      await be(page, '方小雨');
      await page.getByText('今早的').first().waitFor();
      expect(await page.locator('.at').allInnerTexts()).toEqual(['23:00', '10:00']);
      expect(await page.locator('.day').allInnerTexts()).toEqual(['昨天', '今天']);
      expect(await page.locator('.chat', { hasText: '今早的' }).locator('time').innerText()).toBe('10:00');
    });
  });

  it('on a phone the browser’s way back leads from a chat to the list, and forward into it again', async () => {
    rig = await createRig();
    await withPage(phone, async (page) => {
      const inTalk = (yes: boolean) => page.locator(`.app[data-view='${yes ? 'talk' : 'home'}']`).waitFor();
      await page.goto('about:blank');
      await page.goto(rig.url);
      await be(page, '方小雨');
      for (const title of ['幸福里居民群', '小邻']) {
        await open(page, title);
        await inTalk(true);
        await page.goBack();
        await inTalk(false);
      }
      await page.goForward();
      await inTalk(true);
      await page.reload();
      await inTalk(true);
      // The page's own way back is the same, and may be pressed in haste.
      await page.getByRole('button', { name: '返回' }).click();
      await open(page, '幸福里居民群');
      await inTalk(true);
      await page.goBack();
      await inTalk(false);
      await page.goBack();
      expect(page.url()).toBe('about:blank');
    });
  });

  it('on a phone a visitor, who begins in a chat, comes back to the list too', async () => {
    rig = await createOnRig();
    await withPage(phone, async (page) => {
      await page.goto('about:blank');
      await page.goto(rig.url);
      await page.getByRole('textbox', { name: '怎么称呼您？' }).fill('王妈妈');
      await page.getByRole('button', { name: '进来' }).click();
      await page.locator(".app[data-view='talk']").waitFor();
      await page.goBack();
      await page.locator(".app[data-view='home']").waitFor();
    });
  });

  it(
    'what was said before the last 200 messages is fetched by a button, from the keyboard, and the place stays',
    { timeout: 90_000 },
    async () => {
      rig = await createRig();
      for (let n = 1; n <= 443; n++) await rig.send('g1', { text: `第${n}条` }, `k${n}`);
      await withPage(phone, async (page, errors) => {
        await page.goto(rig.url);
        await be(page, '方小雨');
        await open(page, '幸福里居民群');
        await page.locator('.words', { hasText: '第443条' }).waitFor();
        expect(await page.getByText('第243条').count()).toBe(0);
        const earlier = page.getByRole('button', { name: '更早的消息' });
        const top = async (text: string) => (await page.locator('.words', { hasText: text }).boundingBox())?.y ?? Number.NaN;
        for (const [first, before] of [
          ['第244条', '第44条'],
          ['第44条', '第1条'],
        ] as const) {
          await page.evaluate("document.querySelector('.scroller').scrollTop = 0");
          await page.locator('.scroller').focus();
          await page.keyboard.press('Tab');
          expect(await page.evaluate('document.activeElement.textContent')).toBe('更早的消息');
          const stood = await top(first);
          await page.keyboard.press('Enter');
          await page.locator('.words', { hasText: new RegExp(`^${before}$`, 'u') }).waitFor({ state: 'attached' });
          // One line less or more above: the button goes with the last of them.
          await expect.poll(async () => Math.abs((await top(first)) - stood)).toBeLessThan(3);
        }
        await expect.poll(() => earlier.count()).toBe(0);
        expect(await page.locator('.message').count()).toBe(443);
        // What was fetched stays when everything comes anew.
        await rig.close();
        await page.getByText('连接断了').waitFor();
        rig = await createRig(undefined, {}, rig);
        await rig.send('g1', { text: '新的' }, 'new');
        await expect.poll(async () => (await bubbles(page)).at(-1), { timeout: 10_000 }).toBe('新的');
        expect(await page.locator('.message').count()).toBe(444);
        expect(errors.filter((error) => !error.includes('Failed to load'))).toEqual([]);
      });
    },
  );

  it('the page of earlier messages ends, and is for those who may read the chat', async () => {
    rig = await createRig();
    for (let n = 1; n <= 201; n++) await rig.send('p-fang', { text: `第${n}条` }, `k${n}`);
    const history = async (query: string) => {
      const response = await fetch(new URL(`/web/history?${query}`, rig.url));
      const body = (await response.json()) as { messages?: { text: string }[]; before?: string }; // as routes.ts makes it
      return { status: response.status, texts: body.messages?.map(({ text }) => text) ?? [], before: body.before };
    };
    const newest = await history('as=fang&chat=p-fang');
    expect([newest.texts.length, newest.texts[0], newest.before]).toEqual([200, '第2条', '2']);
    expect(await history('as=fang&chat=p-fang&before=2')).toEqual({ status: 200, texts: ['第1条'], before: undefined });
    expect((await history('as=he&chat=p-fang&before=2')).status).toBe(403);
    expect(people.map(({ id }) => id)).toContain('he');
  });

  it('no device’s file of several keeps another from being attached: both reasons stand there, and nine that can go', async () => {
    rig = await createRig();
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      const file = (name: string, bytes: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'x') });
      const input = page.locator('input[type=file]');
      await input.setInputFiles([file('空.txt', 0), ...Array.from({ length: 9 }, (_, n) => file(`${n}.txt`, 1))]);
      await page.getByText('这个文件是空的').waitFor();
      await expect.poll(() => page.locator('.attached li:not(.unready)').count()).toBe(9);
      await page.reload();
      await input.setInputFiles([
        file('空.txt', 0),
        file('大.txt', 5 * 1024 * 1024 + 1),
        ...Array.from({ length: 10 }, (_, n) => file(`${n}.txt`, 1)),
      ]);
      for (const why of ['这个文件是空的', '文件太大了', '一次最多发 9 个']) await page.locator('.toast', { hasText: why }).waitFor();
      await expect.poll(() => page.locator('.attached li:not(.unready)').count()).toBe(9);
    });
  });
});
