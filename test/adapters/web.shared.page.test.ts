import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { atTheDoor, enter, shown, storages, write } from './web/door.js';
import { png } from './web/pictures.js';
import { createOnRig, type OnRig } from './web/visitors.js';

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

describe('the page of a shared device', () => {
  let rig: OnRig;
  afterEach(() => rig.close());
  const kiosk = () => new URL('/kiosk', rig.url).href;
  const begin = async (): Promise<void> => {
    rig = await createOnRig(async ({ content, address: { chat }, id }, { send }) => {
      if (content.type === 'text') await send(chat, { text: `听到:${content.text}` }, id);
      return {};
    });
  };

  it('never goes on with somebody’s own chat: it shows nothing of it, and is shared only when told', { timeout: 60_000 }, async () => {
    await begin();
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await enter(page, '常客');
      await write(page, '只有我知道');
      await shown(page, '听到:只有我知道');
      for (let time = 0; time < 2; time++) {
        await page.goto(kiosk());
        await page.getByRole('heading', { name: '要把这里改成大家共用的吗？' }).waitFor();
        const there = await page.content();
        for (const word of ['常客', '只有我知道']) expect(there).not.toContain(word);
        expect(await page.getByRole('link').count()).toBe(0);
        expect(await page.getByRole('button').count()).toBe(1);
      }
      // Whoever came here by mistake has lost nothing.
      await page.goto(rig.url);
      await shown(page, '听到:只有我知道');

      await page.goto(kiosk());
      await page.getByRole('button', { name: '改成共用' }).click();
      await atTheDoor(page);
      expect([rig.book.rows.size, rig.book.emptied.length]).toEqual([0, 1]);
      expect([await storages(page), (await page.context().cookies()).length]).toEqual(['[{},{}]', 0]);
      await enter(page, '下一位');
      await page.getByRole('button', { name: '我用完了' }).first().waitFor();
      expect([...rig.book.rows.values()].map(({ kiosk: shared }) => shared)).toEqual([true]);
      await page.reload();
      await page.getByRole('button', { name: '我用完了' }).first().waitFor();
    });
  });

  it('says so when it cannot be shared for want of a connection, and shows nothing meanwhile', async () => {
    await begin();
    await withPage(phone, async (page) => {
      await page.goto(rig.url);
      await enter(page, '常客');
      await page.goto(kiosk());
      await page.route('**/web/leave', (route) => route.abort());
      await page.getByRole('button', { name: '改成共用' }).click();
      await page.getByText('没连上，请过一会儿再点').waitFor();
      await page.unroute('**/web/leave');
      await page.getByRole('button', { name: '改成共用' }).click();
      await atTheDoor(page);
    });
  });

  /** What the buttons, the menu and the keys of a desk computer do with a picture and a file, and whether the page let them. */
  const tryEverything = async (page: Page) => {
    const [someone] = [...rig.book.rows.values()];
    const file = { name: '我的资料.txt', mimeType: 'text/plain', data: new Uint8Array([65]), instead: '这里发不了文件' };
    const picture = { name: '合影.png', mimeType: 'image/png', data: png(300, 200), instead: '这里发不了图片' };
    await rig.send(`p-${someone?.id}`, { text: '给您', file }, 'k1');
    await rig.send(`p-${someone?.id}`, { text: '看看', file: picture }, 'k2');
    await page.getByRole('img', { name: '合影.png' }).waitFor();
    await page.evaluate(`(() => {
      globalThis.let = [];
      for (const name of ['contextmenu', 'dragstart', 'keydown'])
        addEventListener(name, (event) => event.defaultPrevented || event.key === 'Control' || globalThis.let.push(name));
    })()`);
    let saved = 0;
    page.on('download', () => (saved += 1));
    for (const target of [page.getByRole('img', { name: '合影.png' }), page.getByText('我的资料.txt')]) {
      await target.click({ button: 'middle' });
      await target.click({ modifiers: ['ControlOrMeta'] });
      await target.click({ button: 'right' });
    }
    await page.getByRole('img', { name: '合影.png' }).dragTo(page.locator('textarea'));
    await page.keyboard.press('Control+s');
    // Whatever was opened is there once something else has been.
    await page.getByText('我的资料.txt').click();
    await expect.poll(async () => page.evaluate('document.readyState')).toBe('complete');
    return { tabs: page.context().pages().length, saved, let: [...new Set(await page.evaluate<string[]>('globalThis.let'))] };
  };

  it('opens no picture and saves no file by any button, menu, drag or key', async () => {
    await begin();
    await withPage(desk, async (page) => {
      await page.goto(kiosk());
      await enter(page, '王妈妈');
      await write(page, '在吗');
      await shown(page, '听到:在吗');
      expect(await tryEverything(page)).toEqual({ tabs: 1, saved: 0, let: [] });
      await page.getByText('这是大家共用的设备，不在这里存文件').waitFor();
    });
  });

  it('control: on a device of one’s own a middle click opens the picture, and the menu comes', async () => {
    await begin();
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await enter(page, '王妈妈');
      await write(page, '在吗');
      await shown(page, '听到:在吗');
      const done = await tryEverything(page);
      expect(done.tabs).toBeGreaterThan(1);
      expect(done.saved).toBeGreaterThan(0);
      expect(done.let).toContain('contextmenu');
    });
  });

  it('forgets also while there is no connection, and is there for the next by itself', async () => {
    await begin();
    await withPage(phone, async (page) => {
      await page.clock.install();
      await page.goto(kiosk());
      await enter(page, '王妈妈');
      await write(page, '王小明');
      await shown(page, '听到:王小明');
      await page.locator('textarea').fill('还没写完');
      await rig.close();
      await page.clock.runFor(66_000);
      await page.getByRole('heading', { name: '您好，我是小邻' }).waitFor();
      await page.getByText('连接断了，正在重新连接').waitFor();
      for (const word of ['王小明', '王妈妈', '还没写完']) expect(await page.content()).not.toContain(word);
      expect(await storages(page)).toBe('[{},{}]');
      rig = await rig.again();
      await page.clock.runFor(5_000);
      await atTheDoor(page);
      await enter(page, '李叔叔');
      await page.getByRole('button', { name: '我用完了' }).first().waitFor();
      expect(await page.content()).not.toContain('王小明');
    });
  });
});
