import { defineConfig } from 'vitest/config';

/** Unit tests stand beside the code. Those of the page run in jsdom, all others in plain Node. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{main,shared,e2e,resources}/**/*.test.ts'],
          // Some tests start the real program or the linter; a stuck one must still end.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/test-setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
