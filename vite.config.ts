import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { stampFile, stampOfSources } from './main/start/build-stamp.ts';

const root = import.meta.dirname;
const stampPath = join(root, stampFile);
const nodeModules = [...builtinModules, /^node:/];
const licences = 'licences.json';

/**
 * Zod speeds itself up with `new Function` where it may, and tries whether it may as soon as a schema is made. The
 * policy of the page forbids it, and the browser reports each try as a violation. So it is told before that, in the
 * chunk that it is in: a module of ours that says so runs too late when schemas come into a chunk that it imports.
 */
function configureZod({ moduleIds }: { moduleIds: string[] }): string {
  const hasZod = moduleIds.some((id) => id.includes('/zod/v4/core/core.'));
  return hasZod ? 'globalThis.__zod_globalConfig = { jitless: true };' : '';
}

/** What CPAL asks to stand where citeproc is: its own notice is a plain comment, which a bundler leaves out. */
function noticeOfCiteproc({ moduleIds }: { moduleIds: string[] }): string {
  const hasCiteproc = moduleIds.some((id) => id.includes('/node_modules/citeproc/'));
  return hasCiteproc
    ? '/* Holds citeproc-js, Copyright (c) 2009-2019 Frank Bennett, unchanged, under the Common Public Attribution License 1.0\n' +
        '(https://opensource.org/license/cpal-1-0); its source is https://github.com/Juris-M/citeproc-js. */'
    : '';
}

/**
 * `vite build` makes everything that is shipped, in three parts: `out/renderer` (the page),
 * `out/main` (what runs in Electron or Node) and `out/preload` (the one script between them).
 */
export default defineConfig({
  root: join(root, 'renderer'),
  // `serve` gives the page under a path of its own.
  base: './',
  publicDir: false,
  plugins: [react()],
  build: { emptyOutDir: true, sourcemap: false, reportCompressedSize: false, chunkSizeWarningLimit: 1000 },
  environments: {
    client: {
      build: {
        outDir: join(root, 'out/renderer'),
        target: 'chrome140',
        license: { fileName: licences },
        // The policy of the page allows nothing inline, no data: address and no string as code.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { output: { banner: configureZod } },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: join(root, 'out/main'),
        target: 'node24',
        minify: false,
        license: { fileName: licences },
        rolldownOptions: {
          input: {
            main: join(root, 'main/desktop/entry.ts'),
            cli: join(root, 'main/cli/main.ts'),
            'corpus-worker': join(root, 'main/corpus/worker.ts'),
            'papers-worker': join(root, 'main/corpus/papers-worker.ts'),
            'check-worker': join(root, 'main/corpus/check-worker.ts'),
            'citation-worker': join(root, 'main/citations/citation-worker.ts'),
          },
          external: ['electron', ...nodeModules],
          // All in one folder, so that a path relative to a module is the same from every chunk.
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            banner: noticeOfCiteproc,
          },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: join(root, 'out/preload'),
        target: 'chrome140',
        minify: false,
        license: { fileName: licences },
        rolldownOptions: {
          input: { preload: join(root, 'main/desktop/preload.ts') },
          // A sandboxed preload script can require nothing else.
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      const stamp = stampOfSources(root);
      rmSync(stampPath, { force: true });
      mkdirSync(join(root, 'out/licences'), { recursive: true });
      for (const [name, environment] of Object.entries(builder.environments)) {
        await builder.build(environment);
        // Read by resources/notices.ts; not something to ship.
        renameSync(join(environment.config.build.outDir, licences), join(root, 'out/licences', `${name}.json`));
      }
      writeFileSync(stampPath, stamp);
    },
  },
});
