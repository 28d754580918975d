import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { withPage } from '../support/browser.js';
import { createRig, now, type Rig } from './web/rig.js';

const hour = 3_600_000;

describe('the clock that visitors may put forward', () => {
  let rig: Rig;
  afterEach(() => rig.close());

  it('goes on by a step that there is, from this page only', async () => {
    let time = now;
    rig = await createRig(undefined, {
      clock: () => time,
      forward: async (step) => {
        time += step === 'day' ? 24 * hour : hour;
        return time < now + 48 * hour;
      },
    });
    const forward = (body: unknown, headers = {}) => rig.post('/web/clock', body, headers);
    expect(await (await forward({ step: 'hour' })).json()).toEqual({ now: now + hour });
    for (const body of [{ step: 'year' }, { step: 1e308 }, {}, { step: 'hour', ms: 5 }, '[', null])
      expect((await forward(body)).status, JSON.stringify(body)).toBe(400);
    expect((await forward({ step: 'hour' }, { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect((await forward({ step: 'hour' }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(time).toBe(now + hour);
    expect((await forward({ step: 'day' })).status).toBe(200);
    const refused = await forward({ step: 'day' });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: 'farEnough' });
  });

  it('is not there where nobody may', async () => {
    rig = await createRig();
    expect((await rig.post('/web/clock', { step: 'hour' })).status).toBe(404);
    await withPage({ width: 390, height: 844 }, async (page) => {
      await page.goto(rig.url);
      await page.getByText('可以这样试').waitFor();
      expect(await page.getByRole('button', { name: '过一天' }).count()).toBe(0);
    });
  });

  it('shows the time of the community on every page, whatever the clock of the phone says', { timeout: 60_000 }, async () => {
    let time = now;
    rig = await createRig(undefined, {
      clock: () => time,
      forward: async () => {
        time += 24 * hour;
        await rig.send('g1', { text: '明天见' }, 'later');
        return true;
      },
    });
    await rig.send('g1', { text: '今天的话' }, 'today');
    const both = (test: (page: Page, other: Page) => Promise<void>) =>
      withPage({ width: 1280, height: 800 }, (page) => withPage({ width: 1280, height: 800 }, (other) => test(page, other)));
    await both(async (page, other) => {
      // A computer that is ten years behind.
      await other.addInitScript('const real = Date.now; Date.now = () => real() - 315_360_000_000;');
      for (const one of [page, other]) {
        await one.goto(rig.url);
        await one.getByRole('button', { name: '方小雨' }).click();
        await one.locator('.chat', { hasText: '幸福里居民群' }).click();
        await one.locator('.words', { hasText: '今天的话' }).waitFor();
        await one.locator('.day', { hasText: '今天' }).waitFor();
      }
      await page.getByRole('button', { name: '过一天' }).dblclick();
      await page.getByText('过了一天').waitFor();
      for (const one of [page, other]) {
        await one.locator('.words', { hasText: '明天见' }).waitFor();
        await expect.poll(() => one.locator('.day').allInnerTexts()).toEqual(['昨天', '今天']);
        await expect.poll(() => one.locator('.clock time').innerText()).toContain('7月29日');
      }
    });
    expect(time).toBe(now + 24 * hour);
  });
});
