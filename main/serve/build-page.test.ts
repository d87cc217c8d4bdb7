import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildPageIfMissing } from './build-page.ts';

// A project whose builder is a script of the test: what is tested is when it runs and what is said.
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'offprint-page-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const builder = 'node_modules/vite/bin/vite.js';
const marking = "require('node:fs').writeFileSync('built', process.argv[2]);";

test('builds a page that is missing', async () => {
  put(builder, marking);
  await buildPageIfMissing(root);
  expect(existsSync(join(root, 'built'))).toBe(true);
});

test('leaves a page that is there as it is', async () => {
  put(builder, marking);
  put('out/renderer/index.html', '');
  await buildPageIfMissing(root);
  expect(existsSync(join(root, 'built'))).toBe(false);
});

test('does nothing where there is nothing to build with', async () => {
  await buildPageIfMissing(root);
});

test('says what the build said when it fails', async () => {
  put(builder, "console.log('main.tsx is missing'); process.exit(1);");
  await expect(buildPageIfMissing(root)).rejects.toThrow(/could not be built\.\nmain\.tsx is missing/);
});
