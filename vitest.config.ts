import { defineConfig } from 'vitest/config';

// A zone that nobody here lives in, half an hour off the full hours and with summer time: what leans on the computer's own zone breaks.
process.env['TZ'] = 'America/St_Johns';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.global.ts', 'test/support/chromium.global.ts'],
    pool: 'forks',
    // The files of a worker share what they import: it is as pure as the house itself, and importing it anew cost a third of the run.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
