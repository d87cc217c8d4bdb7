import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { largestFile, recogniseBytes, recogniseFile, sourceName } from './read-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'offprint-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

function failure(path: string): OffprintError {
  try {
    recogniseFile(path);
  } catch (error) {
    if (error instanceof OffprintError) return error;
    throw error;
  }
  throw new Error(`${path} was taken`);
}

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A file of the given size that begins with `beginning`; the rest is a hole and takes no room. */
function long(name: string, beginning: string, size: number): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, beginning);
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}

describe('what cannot be read is refused with its path', () => {
  test.each<[string, string, () => string, RegExp]>([
    ['a missing path', 'not-found', () => join(folder, 'missing.txt'), /does not exist/],
    ['a path through a file', 'not-found', () => join(written('file', 'x'), 'y.txt'), /does not exist/],
    ['a folder', 'bad-input', () => folder, /is a folder/],
    ['an empty file', 'bad-input', () => written('empty', ''), /is empty/],
    ['white space', 'bad-input', () => written('blank', ' \n\t\r\n'), /white space/],
    ['a byte-order mark alone', 'bad-input', () => written('bom', '\uFEFF'), /white space/],
    ['zeros', 'bad-input', () => written('zeros', Buffer.alloc(100)), /binary data/],
    ['a picture', 'bad-input', () => written('p.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0])), /PNG/],
    ['a PDF', 'bad-input', () => written('d.txt', '%PDF-1.4\n\0\0'), /PDF/],
    ['a device', 'bad-input', () => '/dev/null', /regular file/],
    ['a path that cannot be', 'bad-input', () => `a\0b`, /not a path/],
  ])('%s', (_, code, make, reason) => {
    const path = make();
    const error = failure(path);
    expect(error.code).toBe(code);
    expect(error.message).toContain(path);
    expect(error.message).toMatch(reason);
    expect(error.message).toContain('Nothing was imported.');
  });
});

test('a line of 200 MB is refused for its beginning', () => {
  const path = long('line.txt', 'word '.repeat(80_000), 200 * 1024 * 1024);
  expect(failure(path).message).toMatch(/line\.txt .*seems to be/);
});

test('what begins well and is too large is refused', () => {
  const capture = 'Daily Papers\n\nA Note on Walls\n\nWe study walls and prove a theorem about them.\n\n'.repeat(5000);
  expect(failure(long('large.txt', capture, largestFile + 1)).message).toMatch(/large\.txt is too large: 256 MB/);
});

test('what begins well and holds zeros later is refused', () => {
  const capture = 'Daily Papers\n\nA Note on Walls\n\nWe study walls and prove a theorem about them.\n\n'.repeat(5000);
  expect(() => recogniseBytes('torn.txt', Buffer.from(`${capture}\0\0\0`))).toThrow(/torn\.txt is damaged/);
});

test.each([
  ['/home/me/papers.txt', 'papers.txt'],
  ['C:\\Users\\me\\papers.txt', 'papers.txt'],
  ['pasted text', 'pasted text'],
])('%s is called %s', (path, name) => {
  expect(sourceName(path)).toBe(name);
});
