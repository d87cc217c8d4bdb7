import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isBuilt } from '../main/start/build-stamp.ts';
import { loadedLater, loadedWith, modulesIn, pageCode, servesCode, together, windowsCode } from './built-code.ts';

const root = dirname(import.meta.dirname);
const main = join(root, 'out/main');

/** What no start shows or does: by the beginnings of the modules' paths. */
const onDemand = [
  // Formats, and what finds out which one it is.
  ...['main/importers/registry.ts', 'main/importers/bibtex', 'main/importers/latex', 'main/importers/ris'],
  ...['main/importers/html-text.ts', 'main/importers/json-stream.ts', 'node_modules/@retorquere/'],
  ...['node_modules/csv-parse/', 'node_modules/htmlparser2/'],
  // Backups.
  ...['main/backup/zip-writer.ts', 'node_modules/yauzl/', 'node_modules/buffer-crc32/'],
  ...['main/backup/write-backup.ts', 'main/backup/open-backup.ts', 'main/backup/compare-libraries.ts'],
  'main/doctor/',
  ...['node_modules/electron-updater/', 'node_modules/builder-util-runtime/', 'main/desktop/update-engine.ts'],
];

const modulesOf = (scripts: readonly string[]) => scripts.flatMap((name) => modulesIn(main, name));
const among = (modules: readonly string[], beginnings: readonly string[]) =>
  modules.filter((path) => beginnings.some((beginning) => path.startsWith(beginning)));

// `npm test` builds before it runs these.
test.runIf(isBuilt(root))('what is loaded on demand is in the build, under the names that are looked for here', () => {
  const all = modulesOf(readdirSync(main).filter((name) => name.endsWith('.js')));
  expect(onDemand.filter((beginning) => among(all, [beginning]).length === 0)).toEqual([]);
});

test.runIf(isBuilt(root))('the page is small until the first row: scripts and styles under 250 kB gzipped', () => {
  const { first, later } = pageCode(join(root, 'out/renderer'));
  expect(first.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^index-.*\.js$/));
  expect(first.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^index-.*\.css$/));
  expect(together(first).gzipped).toBeLessThan(250_000);
  const firstNames = first.map(({ name }) => name).join(' ');
  expect(firstNames).not.toMatch(/dialog|markdown|triage|difference|mathematics|pieces/);
  const laterNames = later.map(({ name }) => name).join(' ');
  for (const part of [
    'palette-dialog',
    'import-dialog',
    'backups-dialog',
    'settings-dialog',
    'markdown',
    'mathematics',
    'shown-pieces',
    'triage-layer',
  ]) {
    expect(laterNames).toContain(`${part}-`);
  }
});

test.runIf(isBuilt(root))(
  'the window starts without importers, backups, the doctor, the updater and the command line',
  () => {
    const scripts = windowsCode(main);
    const modules = modulesOf(scripts);
    expect(modules).toEqual(expect.arrayContaining(['main/desktop/main.ts', 'main/library.ts', 'main/store/store.ts']));
    const commandLine = ['main/cli/program.ts', 'main/serve/', 'main/exporters/', 'node_modules/commander/'];
    expect(among(modules, [...onDemand, ...commandLine])).toEqual([]);
    // What of it there is comes when it is asked for.
    const later = modulesOf(scripts.flatMap((name) => loadedLater(main, name)));
    expect(later).toEqual(
      expect.arrayContaining([
        'main/backup/write-backup.ts',
        'main/backup/open-backup.ts',
        'main/desktop/update-engine.ts',
      ]),
    );
  },
);

test.runIf(isBuilt(root))(
  'serve starts without importers, backups and the doctor, and its server is loaded while the library opens',
  () => {
    const scripts = servesCode(main);
    const modules = modulesOf(scripts);
    expect(modules).toEqual(expect.arrayContaining(['main/cli/program.ts', 'main/library.ts', 'main/serve/serve.ts']));
    expect(among(modules, onDemand)).toEqual([]);
    expect(
      among(modulesOf(loadedWith(main, 'cli.js')), ['main/serve/serve.ts', 'node_modules/hono/dist/hono']),
    ).toEqual([]);
  },
);

test.runIf(isBuilt(root))('the thread that reads the papers is loaded without importers and the store', () => {
  const modules = modulesOf(loadedWith(main, 'corpus-worker.js'));
  expect(modules).toContain('main/corpus/worker.ts');
  expect(among(modules, [...onDemand, 'main/store/', 'main/desktop/', 'main/cli/', 'main/serve/'])).toEqual([]);
});
