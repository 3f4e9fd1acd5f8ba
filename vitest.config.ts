import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    // Every test has a database and a workspace of its own, and reading the modules anew for each file took half the time.
    isolate: false,
    // Nothing is timed here: these only end what hangs, on a busy machine too.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
