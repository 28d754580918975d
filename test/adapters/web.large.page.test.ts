import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { createOnRig, lobby, type OnRig } from './web/visitors.js';

const small = { width: 320, height: 568 };
const phones = [{ width: 390, height: 844 }, small] as const;

const menu = [
  { key: '1', label: '最近有什么活动', value: 'm:1' },
  { key: '2', label: '给家里人报名参加社区的活动', value: 'm:2' },
  { key: '0', label: '不合', value: 'm:3', quiet: true },
];

/** What sticks out of the page, and whose words are cut: of whatever can be seen and reached, in words. */
const troubles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    const found = [];
    for (const one of document.querySelectorAll('#app *')) {
      if (!one.checkVisibility() || one.closest('svg, .unseen, .scroller .words') || one.matches('input[type=file]')) continue;
      const { left, right, width } = one.getBoundingClientRect();
      const name = one.tagName + '.' + one.className + ' ' + (one.textContent || '').slice(0, 20);
      if (width > 0 && (left < -1 || right > innerWidth + 1)) found.push('sticks out: ' + name);
      const parent = one.closest('.bubble');
      if (parent && right > parent.getBoundingClientRect().right + 1) found.push('out of its bubble: ' + name);
      if (getComputedStyle(one).overflowX === 'hidden' && one.textContent && one.scrollWidth > one.clientWidth + 1) found.push('cut: ' + name);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    return found;
  })()`);

describe('the page in letters twice as large', () => {
  let rig: OnRig;
  beforeEach(async () => {
    rig = await createOnRig(async ({ content, from, address: { chat }, id }, { send }) => {
      if (content.type === 'link') await send(chat, { text: `${from.name}，您好。社区里的事可以问我。`, choices: menu }, id);
      return {};
    });
  });
  afterEach(() => rig.close());

  /** Through the door, the private chat, the list and a card; what is wrong at each place. */
  const walk = async (page: Page): Promise<readonly string[]> => {
    const found: string[] = [];
    await page.addInitScript("addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })");
    await page.goto(rig.url);
    await page.getByRole('textbox').waitFor();
    found.push(...(await troubles(page)));
    await page.getByRole('textbox').fill('爱喝茶的王妈妈');
    await page.getByRole('button', { name: '进来' }).click();
    await page.locator('.choice', { hasText: '不合' }).waitFor();
    found.push(...(await troubles(page)));
    await page.getByRole('button', { name: '返回' }).click();
    const choices = [
      { label: '报名', value: 'c:1' },
      { label: '看名单和更多', value: 'c:2' },
    ];
    await rig.send(lobby.id, { text: '亲子阅读\n周六上午 9:30 社区图书室，已报 3/20', choices }, 'card');
    await page.locator('.chat', { hasText: '亲子阅读' }).waitFor();
    found.push(...(await troubles(page)));
    await page.getByRole('button', { name: '离开这台设备' }).click();
    await page.getByRole('dialog').waitFor();
    found.push(...(await troubles(page)));
    await page.getByRole('button', { name: '不离开' }).click();
    await page.locator('.chat', { hasText: '亲子阅读' }).click();
    await page.locator('.card').waitFor();
    await page.locator('textarea').fill('我也报名');
    await page.locator('textarea').press('Enter');
    await page.locator('.mine').waitFor();
    found.push(...(await troubles(page)));
    return found;
  };

  it.each(phones)('nothing is cut off and nothing sticks out at $width pixels', async (phone) => {
    await withPage(phone, async (page) => expect(await walk(page)).toEqual([]));
  });

  it('control: without the layout for it something does', async () => {
    await withPage(small, async (page) => {
      await page.route('**/web/large.css', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
      expect((await walk(page)).length).toBeGreaterThan(0);
    });
  });
});
