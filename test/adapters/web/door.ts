import type { Page } from 'playwright-core';

/** Comes in at the door of the web chat under this name. */
export const enter = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('textbox', { name: '怎么称呼您？' }).fill(name);
  await page.getByRole('button', { name: '进来' }).click();
};

/** Waits until the page asks for a name. */
export const atTheDoor = (page: Page): Promise<void> => page.getByRole('textbox', { name: '怎么称呼您？' }).waitFor();

/** Waits until somebody has said this. */
export const shown = (page: Page, text: string): Promise<void> => page.locator('.words', { hasText: text }).first().waitFor();

/** Writes a message and sends it. */
export const write = async (page: Page, text: string): Promise<void> => {
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
};

/** What the browser's own stores hold for this address. */
export const storages = (page: Page): Promise<unknown> => page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
