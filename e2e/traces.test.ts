import { Buffer } from 'node:buffer';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesWith } from './traces.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-traces-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a word is found however it was written down, and not where it is not', () => {
  mkdirSync(join(folder, 'within/kept'), { recursive: true });
  const text = 'before zanzibarquux after';
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  write('plain', text);
  write('within/wide', Buffer.from(text, 'utf16le'));
  for (const before of ['', 'a', 'ab']) {
    write(`encoded${before.length}`, `xx${Buffer.from(before + text).toString('base64')}`);
  }
  write('other', 'zanzibar quux');
  write('within/kept/library.json', text);
  expect(filesWith(folder, 'zanzibarquux', [join(folder, 'within/kept')]).toSorted()).toEqual([
    'encoded0',
    'encoded1',
    'encoded2',
    'plain',
    join('within', 'wide'),
  ]);
});
