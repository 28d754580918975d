import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { usualLimits } from '../../src/adapters/web/limits.js';
import { withPage } from '../support/browser.js';
import { createOnRig, type OnRig } from './web/visitors.js';

const phone = { width: 360, height: 740 };
const sendFile = async (page: Page) => {
  await page.locator('input[type=file]').setInputFiles([{ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名,年龄') }]);
  await page.getByRole('button', { name: '发送' }).click();
};

describe('somebody before the page whose files meet a limit', () => {
  let rig: OnRig;
  afterEach(() => rig.close());
  const enter = async (page: Page) => {
    await page.goto(rig.url);
    await page.getByRole('textbox', { name: '怎么称呼您？' }).fill('王妈妈');
    await page.getByRole('button', { name: '进来' }).click();
    await page.locator('textarea').waitFor();
  };

  it('reads kindly that there is no room, and words still go', async () => {
    rig = await createOnRig(undefined, { way: { limits: { ...usualLimits, storedBytes: 10 } } });
    await withPage(phone, async (page) => {
      await enter(page);
      await sendFile(page);
      await page.getByText('您发的文件加起来有 50 MB 了，这个放不下').waitFor();
      await page.locator('textarea').fill('报名');
      await page.locator('textarea').press('Enter');
      await expect.poll(() => rig.inbounds.at(-1)?.content).toEqual({ type: 'text', text: '报名' });
    });
  });

  it('reads that it goes on by itself where many are on their way from there, and it does', async () => {
    const full = { ...usualLimits, uploads: { atOnce: 8, ofAnAddress: 0 } };
    rig = await createOnRig(undefined, { way: { limits: full } });
    await withPage(phone, async (page) => {
      await page.clock.install();
      await enter(page);
      await sendFile(page);
      await page.getByText('您这里有好几个文件在传，稍等一下，会接着发').waitFor();
      expect(rig.inbounds.filter(({ content }) => content.type === 'file')).toEqual([]);
      Object.assign(full.uploads, { ofAnAddress: 3 });
      rig = await rig.again();
      await page.clock.runFor(5_000);
      await expect.poll(() => rig.inbounds.filter(({ content }) => content.type === 'file').length).toBe(1);
    });
  });
});
