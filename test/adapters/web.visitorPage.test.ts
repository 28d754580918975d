import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { usualLimits } from '../../src/adapters/web/limits.js';
import { withPage } from '../support/browser.js';
import { atTheDoor, enter, shown, storages, write } from './web/door.js';
import { createOnRig, lobby, type OnRig } from './web/visitors.js';

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

const bubbles = (page: Page) => page.locator('.message .words').allInnerTexts();
/** Everything that the browser keeps for this address, cookies that scripts cannot see included. */
const kept = async (page: Page) => ({
  cookies: (await page.context().cookies()).map(({ name }) => name),
  storages: await storages(page),
});

describe('the page of the web chat for residents', () => {
  let rig: OnRig;
  afterEach(() => rig.close());
  const open = async (options: Parameters<typeof createOnRig>[1] = {}): Promise<void> => {
    rig = await createOnRig(async ({ content, address: { chat }, from, id }, { send }) => {
      if (content.type === 'link')
        await send(chat, { text: `${from.name}，您好`, choices: [{ key: '1', label: '活动', value: 'm:1' }] }, id);
      if (content.type === 'text') await send(chat, { text: `听到:${content.text}` }, id);
      return {};
    }, options);
  };

  it('on a phone: is asked for a name, says kindly what cannot be one, and lets in to the bot’s greeting', async () => {
    await open();
    await withPage(phone, async (page) => {
      await page.goto(rig.url);
      await page.getByRole('heading', { name: '您好，我是小邻' }).waitFor();
      for (const line of ['会加密存着', '报了的名还算数']) await page.getByText(line).waitFor();
      await page.getByRole('button', { name: '进来' }).click();
      await page.getByText('请写上怎么称呼您').waitFor();
      await enter(page, '小邻');
      await page.getByText('这是我的名字，请换一个称呼').waitFor();
      await enter(page, '<b>王妈妈</b>');
      await shown(page, '<b>王妈妈</b>，您好');
      await page.getByRole('button', { name: '1 活动' }).click();
      await expect.poll(() => bubbles(page)).toEqual(['<b>王妈妈</b>，您好', '活动']);
      await write(page, '报名');
      await shown(page, '听到:报名');
      for (const target of await page.locator('button:visible, textarea').all()) {
        const box = await target.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await page.reload();
      await shown(page, '听到:报名');
      expect(rig.book.rows.size).toBe(1);
    });
  });

  it('pressed twice at the door, one comes in once', async () => {
    await open();
    await withPage(phone, async (page) => {
      await page.goto(rig.url);
      await page.getByRole('textbox', { name: '怎么称呼您？' }).fill('王妈妈');
      await page.getByRole('button', { name: '进来' }).dblclick();
      await shown(page, '王妈妈，您好');
      expect(rig.book.rows.size).toBe(1);
    });
  });

  it('two tabs are one person: what one says the other shows once, and drafts stay apart', async () => {
    await open();
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await shown(page, '您好');
      const second = await page.context().newPage();
      await second.goto(rig.url);
      await shown(second, '您好');
      await second.locator('textarea').fill('草稿');
      await write(page, '报名');
      const all = ['王妈妈，您好', '报名', '听到:报名'];
      await expect.poll(() => bubbles(second)).toEqual(all);
      expect(await second.locator('.mine').count()).toBe(1);
      expect(await second.locator('textarea').inputValue()).toBe('草稿');
      await second.locator('textarea').press('Enter');
      await expect.poll(() => bubbles(page)).toEqual([...all, '草稿', '听到:草稿']);
      expect(await page.locator('textarea').inputValue()).toBe('');
      expect(rig.book.rows.size).toBe(1);
    });
  });

  it('in the group, others stand with their names', async () => {
    await open();
    const li = await rig.enter('李叔叔');
    await li.post('/web/messages', { chat: lobby.id, clientId: 'client-01', text: '早上好' });
    await withPage(desk, async (page, errors) => {
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await page.locator('.chat', { hasText: '早上好' }).click();
      await page.locator('.name', { hasText: '李叔叔' }).waitFor();
      const zhao = await rig.enter('赵爷爷');
      await zhao.post('/web/messages', { chat: lobby.id, clientId: 'client-01', text: '我也早' });
      await page.locator('.name', { hasText: '赵爷爷' }).waitFor();
      await li.post('/web/leave', {});
      await page.reload();
      await page.locator('.name', { hasText: '一位邻居' }).waitFor();
      expect(await page.locator('.name', { hasText: '李叔叔' }).count()).toBe(0);
      // Nobody was let in yet when the page first asked.
      expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
    });
  });

  it('leaves only when one is sure; then nothing is left, in no tab, and no way back leads to it', async () => {
    await open();
    await withPage(desk, async (page) => {
      await page.goto('about:blank');
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await write(page, '只有我知道');
      await shown(page, '听到:只有我知道');
      await page.locator('textarea').fill('草稿也是');
      const second = await page.context().newPage();
      await second.goto(rig.url);
      await shown(second, '听到:只有我知道');
      await second.locator('textarea').fill('另一份草稿');

      await page.getByRole('button', { name: '离开这台设备' }).click();
      await page.getByText('报了的名还算数').waitFor();
      await page.getByRole('button', { name: '不离开' }).click();
      expect(await bubbles(page)).toContain('只有我知道');
      await page.getByRole('button', { name: '离开这台设备' }).click();
      await page.getByRole('button', { name: '离开', exact: true }).click();
      await atTheDoor(page);
      await atTheDoor(second);
      const empty = { cookies: [], storages: '[{},{}]' };
      for (const tab of [page, second]) {
        expect(await kept(tab)).toEqual(empty);
        await tab.goBack();
        await tab.goForward();
        await atTheDoor(tab);
        for (const word of ['只有我知道', '草稿', '王妈妈']) expect(await tab.content()).not.toContain(word);
      }
      expect([rig.book.rows.size, rig.book.emptied.length]).toEqual([0, 1]);
    });
  });

  it('what stands in another tab goes when somebody else comes in', async () => {
    await open();
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await write(page, '只有我知道');
      await shown(page, '听到:只有我知道');
      const second = await page.context().newPage();
      await second.goto(rig.url);
      await shown(second, '听到:只有我知道');
      // While both have no connection, the browser becomes somebody else's.
      const li = await rig.enter('李叔叔');
      const [name = '', value = ''] = li.cookie.split('=');
      await page.context().clearCookies();
      await page.context().addCookies([{ name, value, url: rig.url }]);
      rig = await rig.again();
      for (const tab of [page, second]) {
        await shown(tab, '李叔叔，您好');
        expect(await tab.content()).not.toContain('只有我知道');
      }
    });
  });

  it('says kindly that it is too fast, waits, and sends everything by itself, once and in order', async () => {
    await open({
      way: { limits: { ...usualLimits, acts: [{ most: 2, withinMs: 5_000 }] } },
    });
    await withPage(phone, async (page) => {
      await page.clock.install();
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await shown(page, '您好');
      for (const text of ['一', '二', '三', '四']) await write(page, text);
      await page.getByText('有点快，稍等一下，会接着发').waitFor();
      await expect.poll(() => rig.inbounds.length).toBe(3);
      rig.advance(5_000);
      await page.clock.fastForward(5_000);
      const said = ['一', '二', '三', '四'].flatMap((text) => [text, `听到:${text}`]);
      await expect.poll(async () => (await bubbles(page)).slice(1).toSorted()).toEqual(said.toSorted());
      expect(rig.inbounds.slice(1).map(({ content }) => content.type === 'text' && content.text)).toEqual(['一', '二', '三', '四']);
      expect(await page.getByText('没发出去').count()).toBe(0);
    });
  });
});

describe('the page on a device that many use', () => {
  let rig: OnRig;
  afterEach(() => rig.close());
  const begin = async (page: Page): Promise<void> => {
    rig = await createOnRig(async ({ content, address: { chat }, id }, { send }) => {
      if (content.type === 'text') await send(chat, { text: `听到:${content.text}` }, id);
      return {};
    });
    await page.clock.install();
    await page.goto(new URL('/kiosk', rig.url).href);
    await page.getByText('一分钟不动，这里就会忘掉').waitFor();
    await enter(page, '王妈妈');
    await write(page, '王小明');
    await shown(page, '听到:王小明');
  };
  /** Time goes by, for the page and for the house. */
  const wait = async (page: Page, ms: number): Promise<void> => {
    rig.advance(ms);
    await page.clock.runFor(ms);
  };
  const left = (page: Page) => page.locator('.seconds');

  it('asks in the last fifteen seconds, stays when told, and else forgets everything', async () => {
    await withPage(phone, async (page) => {
      await begin(page);
      await wait(page, 40_000);
      expect(await left(page).count()).toBe(0);
      await wait(page, 10_000);
      await page.getByRole('dialog', { name: '还在吗？' }).waitFor();
      expect(Number(await left(page).innerText())).toBeLessThanOrEqual(15);
      const stayed = page.waitForResponse('**/web/stay');
      await page.getByRole('button', { name: '我在' }).click();
      expect((await stayed).status()).toBe(200);
      await expect.poll(() => left(page).count()).toBe(0);
      await wait(page, 40_000);
      expect(await bubbles(page)).toEqual(['王小明', '听到:王小明']);

      await page.locator('textarea').fill('还没写完');
      await wait(page, 3_500);
      await wait(page, 61_000);
      await atTheDoor(page);
      expect(await kept(page)).toEqual({ cookies: [], storages: '[{},{}]' });
      await expect.poll(() => [rig.book.rows.size, rig.book.emptied.length]).toEqual([0, 1]);
      await page.goBack();
      await page.goForward();
      await atTheDoor(page);
      for (const word of ['王小明', '王妈妈', '还没写完']) expect(await page.content()).not.toContain(word);
    });
  });

  it('control: a device of one’s own asks nothing and forgets nothing', async () => {
    await withPage(phone, async (page) => {
      rig = await createOnRig();
      await page.clock.install();
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await write(page, '王小明');
      await shown(page, '王小明');
      await wait(page, 300_000);
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await bubbles(page)).toEqual(['王小明']);
    });
  });

  it('forgets at once when told, also while it asks', async () => {
    await withPage(phone, async (page) => {
      await begin(page);
      await wait(page, 50_000);
      await page.getByRole('dialog').getByRole('button', { name: '我用完了' }).click();
      await atTheDoor(page);
      expect(rig.book.rows.size).toBe(0);
      await enter(page, '李叔叔');
      await write(page, '在吗');
      await shown(page, '听到:在吗');
      await page.getByRole('button', { name: '我用完了' }).click();
      await atTheDoor(page);
      expect(rig.book.rows.size).toBe(0);
    });
  });

  it('stays with somebody who types without sending', async () => {
    await withPage(phone, async (page) => {
      await begin(page);
      for (let time = 0; time < 6; time++) {
        await page.locator('textarea').press('x');
        await wait(page, 20_000);
      }
      expect(await left(page).count()).toBe(0);
      expect(rig.book.rows.size).toBe(1);
    });
  });

  it('is not hurried or held by somebody who sets the clock of the device', async () => {
    await withPage(phone, async (page) => {
      await begin(page);
      await page.clock.setSystemTime(new Date('2031-01-01T00:00:00Z'));
      await page.clock.runFor(1_000);
      expect(await left(page).count()).toBe(0);
      await page.clock.setSystemTime(new Date('2001-01-01T00:00:00Z'));
      await wait(page, 50_000);
      await left(page).waitFor();
      await wait(page, 11_000);
      await atTheDoor(page);
    });
  });

  it('saves no files and opens none in another tab', async () => {
    await withPage(phone, async (page) => {
      await begin(page);
      const [wang] = [...rig.book.rows.values()];
      const file = { name: '我的资料.txt', mimeType: 'text/plain', data: new Uint8Array([65]), instead: '这里发不了文件' };
      await rig.send(`p-${wang?.id}`, { text: '给您', file }, 'k1');
      await page.getByRole('button', { name: '我的资料.txt' }).click();
      await page.getByText('这是大家共用的设备，不在这里存文件').waitFor();
      expect(page.context().pages()).toHaveLength(1);
    });
  });

  it('lets nobody read a name that was typed at the door and left there', async () => {
    await withPage(phone, async (page) => {
      rig = await createOnRig();
      await page.clock.install();
      await page.goto(new URL('/kiosk', rig.url).href);
      await page.getByRole('textbox', { name: '怎么称呼您？' }).fill('王妈妈');
      await page.clock.runFor(61_000);
      expect(await page.getByRole('textbox', { name: '怎么称呼您？' }).inputValue()).toBe('');
    });
  });
});
