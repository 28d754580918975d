import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { barriers, openToAll } from '../support/axe.js';
import { withPage, type Viewport } from '../support/browser.js';
import { png } from './web/pictures.js';
import { coreFailingWhile, createRig, type Rig } from './web/rig.js';

const views: readonly (Viewport & { readonly named: string })[] = [
  { named: 'on a small phone', width: 320, height: 640 },
  { named: 'on a computer, in English', width: 1280, height: 800, locale: 'en-GB' },
];

const card = { text: '美术课\n8月1日(周六) 10:00\n已报 1/20', choices: [{ label: '报名', value: 'c:abcdef:join' }] };
const menu = {
  text: '给谁报？',
  choices: [
    { key: '1', label: '王小明', value: 'menu:1' },
    { key: '0', label: '不报了', value: 'menu:0', quiet: true },
  ],
};
const file = { name: '名单.csv', mimeType: 'text/csv', data: new Uint8Array([1]), instead: '这里发不了文件' };

describe('nothing of the page keeps anybody out', () => {
  let rig: Rig;
  let failing = false;
  beforeEach(async () => {
    failing = false;
    rig = await createRig(coreFailingWhile(() => failing, { notice: '记下了' }));
    await rig.send('g1', { text: '这个周末有活动' }, 'k1');
    await rig.send('g1', card, 'k2');
    await rig.send('g1', { text: '先占2个位', replyTo: '2', mention: { id: 'fang', name: '方小雨' } }, 'k3');
    await rig.send('p-fang', { text: '名单在这里', file }, 'k4');
    await rig.send('p-fang', { text: '很长的话，一行一行。\n'.repeat(200) }, 'k5');
    await rig.send('p-fang', menu, 'k6');
  });
  afterEach(() => rig.close());

  it.each(views)('$named', { timeout: 60_000 }, async ({ named: _, ...view }) => {
    await withPage(view, async (page) => {
      const look = (where: string): Promise<void> => openToAll(page, where);
      await page.goto(rig.url);
      await page.getByRole('button', { name: '方小雨' }).waitFor();
      await look('choosing who to be');
      await page.getByRole('button', { name: '方小雨' }).first().click();
      await page.locator('.chat').first().waitFor();
      await look('the chats');
      await page.locator('.chat', { hasText: '幸福里居民群' }).click();
      await page.locator('.message.card').waitFor();
      await page
        .getByRole('button', { name: /^回复|^Reply/u })
        .first()
        .click();
      await page.locator('input[type=file]').setInputFiles([
        { name: '合影.png', mimeType: 'image/png', buffer: Buffer.from(png(60, 40)) },
        { name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名') },
      ]);
      await page.locator('.attached li:not(.unready)').nth(1).waitFor();
      await look('the group, answering somebody with a picture and a file');
      failing = true;
      await page.locator('.send').click();
      await page.locator('.failed').nth(1).waitFor();
      await look('the group, with a picture and a file that did not go');
      failing = false;
      if (await page.locator('.back').isVisible()) await page.locator('.back').click();
      await page.locator('.chat', { hasNotText: '幸福里居民群' }).first().click();
      await page.locator('.words', { hasText: '给谁报' }).waitFor();
      failing = true;
      await page.locator('textarea').fill('你好');
      await page.locator('textarea').press('Enter');
      await page.locator('.failed').waitFor();
      await look('the private chat, with words that did not go');
    });
  });

  it('control: a page with a picture without words, and grey on grey, does', async () => {
    await withPage({ width: 390, height: 844 }, async (page) => {
      await page.goto(rig.url);
      await page.evaluate(`
        document.body.innerHTML = '<main><img src="data:,"><p>看不清</p></main>';
        Object.assign(document.querySelector('p').style, { color: '#aaa', background: '#bbb' });
      `);
      const found = (await barriers(page)).join('\n');
      expect(found).toContain('image-alt');
      expect(found).toContain('color-contrast');
    });
  });
});
