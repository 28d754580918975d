import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { createRig, type Rig } from './web/rig.js';

const desk = { width: 1280, height: 800 };

const be = (page: Page, name: string) => page.getByRole('button', { name }).first().click();
const open = (page: Page, title: string) => page.locator('.chat', { hasText: title }).click();
const bubbles = (page: Page) => page.locator('.message .words').allInnerTexts();
const write = async (page: Page, text: string) => {
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
};
const failed = (page: Page) => page.locator('.status.failed');

/** Stands between browser and house. While `swallows`, what the house answers to a post is lost on the way; what was posted has arrived. */
async function createLossyWay(to: () => string): Promise<{ url: string; swallows: boolean; close(): void }> {
  const server: Server = createServer((asked, answer) => {
    const { hostname, port } = new URL(to());
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers: { ...asked.headers, connection: 'close' } });
    passed.on('response', (response) => {
      if (way.swallows && asked.method === 'POST') return void answer.destroy();
      answer.writeHead(response.statusCode ?? 0, response.headers);
      response.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const way = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, // a TCP server that listens has such an address
    swallows: false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return way;
}

describe('what did not go from the page of the web chat', () => {
  let rig: Rig;
  const core: Parameters<typeof createRig>[0] = async ({ content, address: { chat }, id }, { send }) => {
    if (content.type === 'text' && chat.startsWith('p-')) await send(chat, { text: `听到:${content.text}` }, id);
    return {};
  };
  beforeEach(async () => {
    rig = await createRig(core);
  });
  afterEach(() => rig.close());

  it('what arrived while its answer was lost stands there as delivered after a reload, and was said once', async () => {
    const way = await createLossyWay(() => rig.url);
    await withPage(desk, async (page) => {
      await page.goto(way.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      way.swallows = true;
      await write(page, '在吗');
      await failed(page).waitFor();
      way.swallows = false;
      await page.reload();
      await expect.poll(() => bubbles(page)).toEqual(['在吗', '听到:在吗']);
      await expect.poll(() => page.locator('.status').count()).toBe(0);
      await page.reload();
      await expect.poll(() => bubbles(page)).toEqual(['在吗', '听到:在吗']);
      expect(await page.locator('.status').count()).toBe(0);
      expect(new Set(rig.inbounds.map(({ id }) => id)).size).toBe(1);
      expect(rig.log.rows).toHaveLength(2);
    });
    way.close();
  });

  it('goes by itself and in order when the connection is back, and the list of chats shows it until then', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      await rig.close();
      await page.getByText('连接断了').waitFor();
      await write(page, '一');
      await write(page, '二');
      await expect.poll(() => failed(page).count()).toBe(2);
      await open(page, '幸福里居民群');
      await write(page, '大家好');
      await failed(page).waitFor();
      for (const chat of ['小邻', '居民群']) await page.locator('.chat', { hasText: chat }).getByText('没发出去').waitFor();
      rig = await createRig(core, {}, rig);
      await expect.poll(() => bubbles(page)).toEqual(['大家好']);
      await open(page, '小邻');
      for (const text of ['听到:一', '听到:二']) await page.locator('.words', { hasText: text }).waitFor();
      await expect.poll(() => page.getByText('没发出去').count()).toBe(0);
      const said = rig.inbounds.map(({ content }) => content.type === 'text' && content.text);
      expect(said.filter((text) => text !== '大家好')).toEqual(['一', '二']);
    });
  });

  it('what the bot has spoken after waits for its person: a number would answer another question', async () => {
    await withPage(desk, async (page) => {
      await page.goto(rig.url);
      await be(page, '方小雨');
      await open(page, '小邻');
      await rig.close();
      await page.getByText('连接断了').waitFor();
      await write(page, '1');
      await failed(page).waitFor();
      let time = Date.UTC(2026, 6, 28, 3);
      rig = await createRig(core, { clock: () => (time += 1) }, rig);
      await rig.send('p-fang', { text: '有空位了，要吗？' }, 'k1');
      await page.getByText('有空位了，要吗？').first().waitFor();
      await failed(page).waitFor();
      expect(rig.inbounds).toEqual([]);
      await page.getByRole('button', { name: '再发一次' }).click();
      await expect.poll(() => rig.inbounds.length).toBe(1);
      await expect.poll(() => failed(page).count()).toBe(0);
    });
  });
});
