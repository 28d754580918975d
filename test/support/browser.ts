import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: 'light' | 'dark';
  /** The browser's language; zh-CN unless told. */
  readonly locale?: string;
}

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Opens a page in Chromium, hands it over with the errors that the page meets (a console error counts), and closes the browser afterwards. */
export async function withPage<T>(viewport: Viewport, work: (page: Page, errors: readonly string[]) => Promise<T>): Promise<T> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `Chromium is not at ${executablePath}. Install it (Debian, Ubuntu: apt-get install chromium fonts-wqy-microhei), or name it in CHROMIUM_PATH.`,
    );
  }
  const { width, height, colorScheme = 'light', locale = 'zh-CN' } = viewport;
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme,
      locale,
      hasTouch: width < 800,
      isMobile: width < 800,
      timezoneId: 'Asia/Shanghai',
    });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    return await work(page, errors);
  } finally {
    await browser.close();
  }
}
