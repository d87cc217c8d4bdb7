import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';

// Tests start some hundred threads and programs, each of which would turn the same TypeScript into JavaScript anew.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

/** It names source maps whose sources it does not bring, of which Vite would complain file by file. */
const withoutMissingMaps: Plugin = {
  name: 'without-missing-maps',
  enforce: 'pre',
  load: (id) =>
    id.includes('/@actions/workflow-parser/') && id.endsWith('.js')
      ? readFileSync(id, 'utf8').replace(/\/\/# sourceMappingURL=.*$/m, '')
      : null,
};

const repeatableCases = join(import.meta.dirname, 'e2e/repeatable-cases.ts');
/** Tests get fast-check by way of that file, which says why. */
const withRepeatableCases: Plugin = {
  name: 'with-repeatable-cases',
  enforce: 'pre',
  resolveId: (id, importer) => (id === 'fast-check' && importer !== repeatableCases ? repeatableCases : null),
};

/** Unit tests stand beside the code. Those of the page run in jsdom, all others in plain Node. */
export default defineConfig({
  test: {
    // Tests wait for threads, programs and files often enough to leave no core to Vitest itself.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        plugins: [withoutMissingMaps, withRepeatableCases],
        test: {
          name: 'node',
          include: ['{main,shared,e2e,resources}/**/*.test.ts'],
          // It imports JSON as bundlers take it and Node does not.
          server: { deps: { inline: [/@actions\/workflow-parser/] } },
          // Some tests start the real program or the linter, and machines may be slow; a stuck one must still end.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [withRepeatableCases],
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
