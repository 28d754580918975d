import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { exif, png } from './web/pictures.js';
import { coreFailingWhile, createRig, type Rig } from './web/rig.js';

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

const be = (page: Page, name: string) => page.getByRole('button', { name }).first().click();
const open = (page: Page, title: string) => page.locator('.chat', { hasText: title }).click();
const file = (name: string, mimeType: string, buffer: Uint8Array) => ({ name, mimeType, buffer: Buffer.from(buffer) });
const attach = (page: Page, ...files: ReturnType<typeof file>[]) => page.locator('input[type=file]').setInputFiles(files);
const ready = (page: Page, count = 1) => expect.poll(() => page.locator('.attached li:not(.unready)').count()).toBe(count);
const widthShown = (page: Page) => page.evaluate("document.querySelector('.picture:not(.unsent) img')?.naturalWidth ?? 0");

describe('pictures and files on the page of the web chat', () => {
  let rig: Rig;
  let failing = false;
  beforeEach(async () => {
    failing = false;
    rig = await createRig(coreFailingWhile(() => failing));
  });
  afterEach(() => rig.close());
  const sent = () => rig.inbounds.map(({ content }) => content);

  it('on a phone a picture is picked, looked at, sent smaller with its words, and seen by a neighbour', async () => {
    await withPage(phone, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '幸福里居民群');
      await page.getByRole('button', { name: '发图片或文件' }).waitFor();
      await attach(page, file('合影.png', 'image/png', png(2_000, 1_000)), file('名单.csv', 'text/csv', Buffer.from('姓名')));
      await ready(page, 2);
      for (const target of await page.locator('.composer button:visible').all()) {
        const box = await target.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
      await page.getByRole('button', { name: '不发 名单.csv' }).click();
      await ready(page, 1);
      await page.locator('textarea').fill('孩子们');
      await page.locator('textarea').press('Enter');
      await expect.poll(() => widthShown(page)).toBe(1_600);
      expect(await page.locator('.attached li').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(sent()).toEqual([
        { type: 'file', text: '孩子们', files: [{ id: '1', name: '合影.png', mimeType: 'image/png', size: expect.any(Number) as number }] },
      ]);

      expect(errors).toEqual([]);
    });
    await withPage(desk, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '何奶奶');
      await page.getByRole('img', { name: '合影.png' }).waitFor();
      await expect.poll(() => widthShown(page)).toBe(1_600);
      expect(await page.locator('.words').innerText()).toBe('孩子们');
      expect(errors).toEqual([]);
    });
  });

  it('a photo stands upright and leaves the place where it was taken at home', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      const drawn = await page.evaluate(`(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1200 });
        canvas.getContext('2d').fillRect(0, 0, 1200, 1200);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
        return [...new Uint8Array(await blob.arrayBuffer())];
      })()`);
      const upright = Buffer.from(drawn as number[]); // bytes, as the line above gives them
      const photo = Buffer.concat([upright.subarray(0, 2), exif(6), upright.subarray(2)]);
      await attach(page, file('IMG_1.JPG', 'image/jpeg', photo));
      await ready(page);
      await page.locator('.send').click();
      await expect.poll(() => widthShown(page)).toBe(800);
      const stored = await (await fetch(new URL('/web/file?as=he&chat=g1&message=1', rig.url))).text();
      expect(photo.includes('GPS')).toBe(true);
      expect(stored).not.toContain('GPS');
      expect(stored).not.toContain('Exif');
    });
  });

  // Handing 10 MB and 50 files over to a browser takes its time on a busy machine.
  it('10 MB, an empty file and a tenth file are left out kindly, before anything is sent', { timeout: 60_000 }, async () => {
    await withPage(desk, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await attach(page, file('录像.mp4', 'video/mp4', new Uint8Array(10_000_000)));
      await page.getByText('文件太大了，最多 5 MB').waitFor();
      await attach(page, file('空.txt', 'text/plain', new Uint8Array()));
      await page.getByText('这个文件是空的').waitFor();
      expect(await page.locator('.send').isDisabled()).toBe(true);
      await attach(page, ...Array.from({ length: 50 }, (_, n) => file(`${n}.txt`, 'text/plain', Buffer.from('x'))));
      await page.getByText('一次最多发 9 个').waitFor();
      await ready(page, 9);
      await page.locator('.send').click();
      await expect.poll(() => sent().length).toBe(9);
      await expect.poll(() => page.locator('.status').count()).toBe(0);
      expect(sent().map((content) => (content.type === 'file' ? content.files[0]?.name : ''))).toEqual(
        Array.from({ length: 9 }, (_, n) => `${n}.txt`),
      );
      expect(errors).toEqual([]);
    });
  });

  it('a text called <script>.html is saved under its name, and never run', async () => {
    const text = '<script>document.title = "ran"; opener && (opener.document.title = "ran")</script>';
    await withPage(desk, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await attach(page, file('<script>.html', 'text/html', Buffer.from(text)));
      await ready(page);
      await page.locator('.send').click();
      const link = page.getByRole('link', { name: '<script>.html' });
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(await readFile(await download.path(), 'utf8')).toBe(text);
      const [again] = await Promise.all([
        page.waitForEvent('download'),
        page.goto(new URL('/web/file?as=fang&chat=g1&message=1', rig.url).href).catch(() => null),
      ]);
      expect(await readFile(await again.path(), 'utf8')).toBe(text);
      expect(await page.title()).toBe('邻里');
      expect(errors).toEqual([]);
    });
  });

  it('a picture is pasted, and files are dropped anywhere', async () => {
    const give = (page: Page, what: string, name: string) =>
      page.evaluate(`(() => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from([${[...png(20, 10)].join()}])], '${name}', { type: 'image/png' }));
        const target = document.querySelector('${what === 'paste' ? 'textarea' : '.messages'}');
        const event = '${what}' === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent('${what}', { dataTransfer: data, bubbles: true, cancelable: true });
        return !target.dispatchEvent(event);
      })()`);
    await withPage(desk, async (page, errors) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      expect(await give(page, 'paste', '截图.png')).toBe(true);
      await ready(page);
      expect(await give(page, 'dragover', '照片.png')).toBe(true);
      await page.locator('.composer.dropping').waitFor();
      expect(await give(page, 'drop', '照片.png')).toBe(true);
      await ready(page, 2);
      expect(await page.locator('.composer.dropping').count()).toBe(0);
      await page.locator('.send').press('Enter');
      await expect.poll(() => sent().length).toBe(2);
      expect(errors).toEqual([]);
    });
  });

  it('offers to send again what did not go, under the same id; after a reload it is to be picked again', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await attach(page, file('合影.png', 'image/png', png(20, 10)));
      await ready(page);
      failing = true;
      await page.locator('.send').click();
      await page.locator('.status', { hasText: '没发出去' }).waitFor();
      failing = false;
      await page.getByRole('button', { name: '再发一次' }).click();
      await expect.poll(() => page.getByText('没发出去').count()).toBe(0);
      expect(new Set(rig.inbounds.map(({ id }) => id)).size).toBe(1);
      expect(await page.locator('.message').count()).toBe(1);

      await page.route('**/web/files', (route) => route.abort());
      await attach(page, file('名单.csv', 'text/csv', Buffer.from('姓名')));
      await ready(page);
      await page.locator('.send').click();
      await page.locator('.status', { hasText: '没发出去' }).waitFor();
      await page.reload();
      await page.getByText('没发出去，请重新选一次').waitFor();
      expect(await page.getByRole('button', { name: '再发一次' }).count()).toBe(0);
      await page.locator('.status').getByRole('button', { name: '不发了' }).click();
      await expect.poll(() => page.locator('.message').count()).toBe(1);
    });
  });

  it('long words go as a message of their own, before the picture', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await attach(page, file('合影.png', 'image/png', png(20, 10)));
      await ready(page);
      await page.locator('textarea').fill('长'.repeat(1_001));
      await page.locator('.send').click();
      await expect.poll(() => sent().map(({ type }) => type)).toEqual(['text', 'file']);
    });
  });
});
