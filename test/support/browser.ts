import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inject } from 'vitest';

export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: 'light' | 'dark';
  /** The browser's language; zh-CN unless told. */
  readonly locale?: string;
  /** The zone of the browser's device; the community's unless told. */
  readonly timeZone?: string;
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The browser of this worker: starting one costs as much as a whole talk. It ends with the worker's process. */
let running: Promise<Browser> | undefined;

function browserOf(executablePath: string, env: Readonly<Record<string, string>>): Promise<Browser> {
  running ??= chromium.launch({ executablePath, args, env: { ...process.env, ...env } }).then((browser) => {
    browser.on('disconnected', () => (running = undefined));
    return browser;
  });
  return running;
}

/**
 * Opens a page in a Chromium that knows nothing of earlier visits, hands it over with the errors that the page meets (a console error
 * counts), and forgets it all afterwards.
 */
export async function withPage<T>(viewport: Viewport, work: (page: Page, errors: readonly string[]) => Promise<T>): Promise<T> {
  const { executablePath, env } = inject('chromium');
  if (!existsSync(executablePath)) {
    throw new Error(
      `Chromium is not at ${executablePath}, and npm brings one only for Linux on x64. Install it, or name it in CHROMIUM_PATH.`,
    );
  }
  const { width, height, colorScheme = 'light', locale = 'zh-CN', timeZone = 'Asia/Shanghai' } = viewport;
  const browser = await browserOf(executablePath, env);
  // A context of its own, so that a test may open further tabs of the same person.
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale,
    hasTouch: width < 800,
    isMobile: width < 800,
    timezoneId: timeZone,
  });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    return await work(page, errors);
  } finally {
    await context.close();
  }
}
