import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { createRig, people, type Rig } from './web/rig.js';
import { createOnRig, lobby, type OnRig } from './web/visitors.js';

const desk = { width: 1000, height: 700 };

const bubbles = (page: Page) => page.locator('.message .words').allInnerTexts();
const write = async (page: Page, text: string) => {
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
};
/** So that a browser has none, as many phones have none. */
const withoutSharing = 'delete globalThis.SharedWorker';

describe('many tabs of one browser', () => {
  let rig: Rig | OnRig;
  afterEach(() => rig.close());

  it('eight tabs, each another person to try: each says something, and each reads all', { timeout: 90_000 }, async () => {
    rig = await createRig();
    await withPage(desk, async (first) => {
      const tabs = [first];
      while (tabs.length < 8) tabs.push(await first.context().newPage());
      for (const [n, tab] of tabs.entries()) {
        await tab.goto(rig.url);
        await tab
          .getByRole('button', { name: people[n % people.length]?.name ?? '' })
          .first()
          .click();
        await tab.locator('textarea').waitFor();
      }
      const said = tabs.map((_, n) => `第${n}页`);
      for (const [n, tab] of tabs.entries()) {
        await write(tab, said[n] ?? '');
        await expect.poll(() => bubbles(first)).toContain(said[n]);
      }
      for (const tab of tabs) await expect.poll(() => bubbles(tab)).toEqual(said);
      await rig.send('p-fang', { text: '只给您看' }, 'k1');
      for (const [n, tab] of tabs.entries()) {
        const unread = tab.locator('.chat', { hasText: '小邻' });
        if (people[n % people.length]?.id === 'fang') await expect.poll(() => unread.innerText()).toContain('只给您看');
        else expect(await tab.content()).not.toContain('只给您看');
      }
    });
  });

  it('control: with a stream in each, six tabs leave no connection for a seventh', { timeout: 90_000 }, async () => {
    rig = await createRig();
    await withPage(desk, async (first) => {
      await first.context().addInitScript(withoutSharing);
      const tabs = [first];
      while (tabs.length < 6) tabs.push(await first.context().newPage());
      for (const tab of tabs) {
        await tab.goto(rig.url);
        await tab.getByRole('button', { name: '方小雨' }).first().click();
      }
      const seventh = await first.context().newPage();
      const opened = seventh.goto(rig.url, { waitUntil: 'commit', timeout: 3_000 });
      await expect(opened).rejects.toThrow('Timeout');
    });
  });

  it('eight tabs of one visitor: each says something, each reads all, and one stream is enough', { timeout: 90_000 }, async () => {
    const on = await createOnRig(undefined, { streams: { inAll: 1, ofAPerson: 1, ofAnAddress: 1 } });
    rig = on;
    await withPage(desk, async (first) => {
      await first.goto(on.url);
      await first.getByRole('textbox', { name: '怎么称呼您？' }).fill('王妈妈');
      await first.getByRole('button', { name: '进来' }).click();
      await first.locator('textarea').waitFor();
      const tabs = [first];
      while (tabs.length < 8) tabs.push(await first.context().newPage());
      for (const tab of tabs.slice(1)) {
        await tab.goto(on.url);
        await tab.locator('textarea').waitFor();
      }
      const said = tabs.map((_, n) => `第${n}页`);
      for (const [n, tab] of tabs.entries()) {
        await write(tab, said[n] ?? '');
        await expect.poll(() => bubbles(first)).toContain(said[n]);
      }
      for (const tab of tabs) await expect.poll(() => bubbles(tab)).toEqual(said);
      const li = [...on.book.rows.values()][0];
      await on.send(lobby.id, { text: '群里的话' }, 'k1');
      expect(li?.name).toBe('王妈妈');
      for (const tab of tabs) await expect.poll(() => tab.title()).toBe('(1) 邻里');
    });
  });

  it('where tabs cannot share, a hidden one gives its stream up, and catches up when it is looked at', async () => {
    rig = await createRig();
    await withPage({ width: 390, height: 844 }, async (page) => {
      await page.addInitScript(withoutSharing);
      await page.goto(rig.url);
      await page.getByRole('button', { name: '方小雨' }).first().click();
      await page.locator('.chat', { hasText: '居民群' }).click();
      await page.getByText('群里还没有消息').waitFor();
      const look = (state: string) =>
        page.evaluate(`(() => {
          Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        })()`);
      const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/web/stream'));
      await look('hidden');
      await ended;
      await rig.send('g1', { text: '您不在的时候发的' }, 'k1');
      await look('visible');
      await expect.poll(() => bubbles(page)).toEqual(['您不在的时候发的']);
      await rig.send('g1', { text: '您在的时候发的' }, 'k2');
      await expect.poll(() => bubbles(page)).toEqual(['您不在的时候发的', '您在的时候发的']);
    });
  });
});
