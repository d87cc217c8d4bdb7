import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pagePathFile, pagePathOf } from './page-path.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('each library has a path of its own, which stays and is its owner’s to read', () => {
  const path = pagePathOf(folder);
  expect(Buffer.from(path, 'base64url')).toHaveLength(16);
  expect(pagePathOf(folder)).toBe(path);
  expect(readFileSync(join(folder, pagePathFile), 'utf8')).toBe(`${path}\n`);
  expect(readdirSync(folder)).toEqual([pagePathFile]);
  if (process.platform !== 'win32') expect(statSync(join(folder, pagePathFile)).mode & 0o777).toBe(0o600);
  rmSync(join(folder, pagePathFile));
  expect(pagePathOf(folder)).not.toBe(path);
});

test.each([
  '',
  'short',
  '/../../etc/passwd',
  'x'.repeat(23),
  '..////////////////////',
])('what is no path of ours is not used: %j', (kept) => {
  writeFileSync(join(folder, pagePathFile), kept);
  const path = pagePathOf(folder);
  expect(path).toMatch(/^[\w-]{22}$/);
  expect(pagePathOf(folder)).toBe(path);
});

test('where nothing can be written there is a path all the same', () => {
  expect(pagePathOf(join(folder, 'nowhere'))).toMatch(/^[\w-]{22}$/);
});
