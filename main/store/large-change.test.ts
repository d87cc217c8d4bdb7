import { expect, test } from 'vitest';
import { isLarge } from './large-change.ts';
import type { PaperPair, PaperRecord } from './library-data.ts';

function judged(before: PaperRecord | undefined, after: PaperRecord | null, count: number): boolean {
  const ids = Array.from({ length: count }, (_, at) => `arxiv:${at}`);
  const papers = new Map(ids.flatMap((id) => (before ? [[id, before] as const] : [])));
  return isLarge({ papers: new Map(ids.map((id) => [id, after])) }, { papers, pairs: { same: [], different: [] } });
}

const changedAt = 1;
const noted: PaperRecord = { note: 'text', changedAt };
const read: PaperRecord = { status: 'read', readAt: 1, starred: true, tags: ['a', 'b'], changedAt };

test('two notes that lose their text are many, one is not', () => {
  expect(judged(noted, null, 1)).toBe(false);
  expect(judged(noted, null, 2)).toBe(true);
  expect(judged(noted, { note: 'other', changedAt }, 2)).toBe(true);
  expect(judged(noted, { note: 'some text more', changedAt }, 5000)).toBe(false);
});

test('a hundred papers that lose a status, a star or a tag are many', () => {
  for (const after of [
    null,
    { ...read, status: 'skipped' as const },
    { ...read, starred: false },
    { ...read, tags: ['a'] },
    { ...noted },
  ]) {
    expect(judged(read, after, 99)).toBe(false);
    expect(judged(read, after, 100)).toBe(true);
  }
});

test('what only gains something is never too much', () => {
  expect(judged(undefined, read, 5000)).toBe(false);
  expect(judged(read, { ...read, tags: ['a', 'b', 'c'], note: 'n' }, 5000)).toBe(false);
  expect(judged(noted, { ...read, ...noted }, 5000)).toBe(false);
});

test('ten papers that become one, or come apart, are many', () => {
  const pairs = (count: number): PaperPair[] =>
    Array.from({ length: count }, (_, at) => ['arxiv:0', `arxiv:${at + 1}`]);
  const change = (from: number, to: number, kind: 'same' | 'different') =>
    isLarge(
      { pairs: { same: [], different: [], [kind]: pairs(to) } },
      { papers: new Map(), pairs: { same: [], different: [], [kind]: pairs(from) } },
    );
  expect(change(3, 12, 'same')).toBe(false);
  expect(change(3, 13, 'same')).toBe(true);
  expect(change(13, 3, 'same')).toBe(true);
  expect(change(0, 100, 'different')).toBe(false);
  expect(change(100, 0, 'different')).toBe(true);
});
