import { defineConfig } from 'vitest/config';

// A zone that nobody here lives in, half an hour off the full hours and with summer time: what leans on the computer's own zone breaks.
process.env['TZ'] = 'America/St_Johns';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.global.ts', 'test/support/chromium.global.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
