import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Tests start some hundred threads and programs, each of which would turn the same TypeScript into JavaScript anew.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

/** Unit tests stand beside the code. Those of the page run in jsdom, all others in plain Node. */
export default defineConfig({
  test: {
    // Tests wait for threads, programs and files often enough to leave no core to Vitest itself.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'node',
          include: ['{main,shared,e2e,resources}/**/*.test.ts'],
          // Some tests start the real program or the linter, and machines may be slow; a stuck one must still end.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/test-setup.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
