import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = dirname(import.meta.dirname);

/** What may not be imported where: a folder, and what a file in it tries to import. */
const strayImports: [folder: string, imports: string[]][] = [
  ['shared', ['../main/library.ts', '../renderer/main.tsx', 'node:fs', 'electron']],
  ['renderer/list', ['../../main/store/store.ts', '../../e2e/fixtures.ts', 'node:fs', 'electron']],
  ['main', ['./serve/serve.ts', './cli/main.ts', './desktop/main.ts', '../renderer/main.tsx', 'electron']],
  ['main/log', ['../serve/serve.ts', '../cli/main.ts', '../desktop/main.ts', 'electron']],
  ['main/updates', ['../serve/serve.ts', '../cli/main.ts', '../desktop/main.ts', 'electron']],
  ['main/corpus', ['../store/store.ts', '../library.ts', '../serve/serve.ts', '../cli/main.ts', 'electron']],
  ['main/importers', ['../store/store.ts', '../corpus/corpus.ts', '../library.ts', 'electron']],
  ['main/search', ['../store/store.ts', '../corpus/corpus.ts', '../library.ts', 'electron']],
  [
    'main/store',
    ['../corpus/corpus.ts', '../backup/manifest.ts', '../importers/registry.ts', '../library.ts', 'electron'],
  ],
  ['main/backup', ['../library.ts', '../importers/registry.ts', '../cli/main.ts', 'electron']],
  ['main/exporters', ['../store/store.ts', '../corpus/corpus.ts', '../library.ts', 'electron']],
  ['main/serve', ['../desktop/main.ts', '../cli/main.ts', '../../renderer/transport/http.ts', 'electron']],
  ['main/cli', ['../desktop/main.ts', '../../renderer/main.tsx', 'electron', 'electron/main']],
  ['main/start', ['../library.ts', '../serve/serve.ts', '../desktop/main.ts', 'electron']],
  ['main/desktop', ['../../renderer/main.tsx', '../../e2e/fixtures.ts']],
  ['e2e', ['electron']],
];

/** Ways to import that are imports too, as a file in main/importers/ would write them. */
const waysToImport: [name: string, code: string][] = [
  ['a type', "import type { Store } from '../store/store.ts';\nexport type S = Store;\n"],
  ['a side effect', "import '../store/store.ts';\n"],
  ['later', "export const a = () => import('../store/store.ts');\n"],
  ['everything', "export * from '../store/store.ts';\n"],
  ['by a longer path', "export { a } from '../../main/importers/../store/store.ts';\n"],
  ['by require', "export const a = require('../store/store.ts');\n"],
];

const rightImports: [folder: string, name: string][] = [
  ['main/importers', '../../shared/paper.ts'],
  ['main/importers', './importer.ts'],
  ['main/corpus', '../importers/registry.ts'],
  ['main/corpus', '../search/sql.ts'],
  ['main', './store/store.ts'],
  ['main/log', '../library.ts'],
  ['main/backup', '../store/store.ts'],
  ['main/backup', '../corpus/corpus.ts'],
  ['main/serve', '../library.ts'],
  ['main/cli', '../serve/serve.ts'],
  ['main/cli', './with-library.ts'],
  ['main/desktop', 'electron'],
  ['main/desktop', './renderer-files.ts'],
  ['renderer/list', '../../shared/paper.ts'],
  ['shared', './paper.ts'],
];

// The linter reads a house of examples under the real rules, all at once.
let house: string;
let complaints: string;
let examples = 0;

/** Puts a line into the house, in a file of its own; returns the file's path there. */
function example(folder: string, code: string): string {
  examples += 1;
  const path = join(folder, `example-${examples}.ts`);
  mkdirSync(join(house, folder), { recursive: true });
  writeFileSync(join(house, path), code);
  return path;
}

const files = new Map<string, string>();

beforeAll(async () => {
  house = mkdtempSync(join(tmpdir(), 'offprint-house-'));
  copyFileSync(join(root, 'biome.json'), join(house, 'biome.json'));
  copyFileSync(join(root, '.gitignore'), join(house, '.gitignore'));
  const imports = [
    ...strayImports.flatMap(([folder, names]) => names.map((name) => [folder, name] as const)),
    ...rightImports,
  ];
  for (const [folder, name] of imports)
    files.set(`${folder} ${name}`, example(folder, `export { a } from '${name}';\n`));
  for (const [name, code] of waysToImport) files.set(name, example('main/importers', code));
  const args = [
    join(root, 'node_modules/@biomejs/biome/bin/biome'),
    'lint',
    '--reporter=github',
    '--max-diagnostics=none',
  ];
  complaints = await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: house }, (_error, stdout) => resolve(stdout));
  });
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** The rules that the linter found broken in an example. */
function broken(example: string): string[] {
  const lines = complaints.split('\n').filter((line) => line.includes(`file=${files.get(example)},`));
  return lines.map((line) => /title=([\w/]+)/.exec(line)?.[1] ?? line);
}

test.each(strayImports)('a stray import in %s fails the lint', (folder, names) => {
  for (const name of names) expect(broken(`${folder} ${name}`), name).toEqual(['lint/style/noRestrictedImports']);
});

test.each(waysToImport)('importing %s is importing too', (name) => {
  expect(broken(name)).toEqual([expect.stringMatching(/noRestrictedImports|noCommonJs/)]);
});

test.each(rightImports)('%s may import %s', (folder, name) => {
  expect(broken(`${folder} ${name}`)).toEqual([]);
});
