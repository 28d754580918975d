import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { barriers, openToAll } from '../support/axe.js';
import { withPage, type Viewport } from '../support/browser.js';
import { createOnRig, type OnRig } from './web/visitors.js';

const views: readonly (Viewport & { readonly named: string })[] = [
  { named: 'on a small phone', width: 320, height: 640 },
  { named: 'on a computer', width: 1280, height: 800 },
];

describe('nothing of the way in and out keeps anybody out', () => {
  let rig: OnRig;
  beforeEach(async () => {
    rig = await createOnRig(async ({ address: { chat }, id }, { send }) => {
      await send(chat, { text: '您好', choices: [{ key: '1', label: '活动', value: 'm:1' }] }, id);
      return {};
    });
  });
  afterEach(() => rig.close());

  it.each(views)('$named', { timeout: 60_000 }, async ({ named: _, ...view }) => {
    await withPage(view, async (page) => {
      const look = (where: string): Promise<void> => openToAll(page, where);
      await page.clock.install();
      await page.goto(new URL('/kiosk', rig.url).href);
      await page.getByRole('button', { name: '进来' }).click();
      await page.getByText('请写上怎么称呼您').waitFor();
      await look('at the door, with a name that cannot be');
      await page.getByRole('textbox').fill('王妈妈');
      // By keyboard alone.
      await page.getByRole('textbox').press('Enter');
      await page.locator('.words', { hasText: '您好' }).waitFor();
      await look('the chat of a visitor');
      await page.clock.runFor(50_000);
      await page.getByRole('dialog').waitFor();
      await look('the last seconds');
      // The answer is where the keyboard is, and Esc says it too.
      expect(await page.evaluate('document.activeElement.innerText')).toBe('我在');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  it('asks before it leaves a device of one’s own', async () => {
    await withPage({ width: 320, height: 640 }, async (page) => {
      await page.goto(rig.url);
      await page.getByRole('textbox').fill('王妈妈');
      await page.getByRole('textbox').press('Enter');
      await page.getByRole('button', { name: '离开' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate('document.activeElement.innerText')).toBe('不离开');
    });
  });
});
