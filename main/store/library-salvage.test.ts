import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyLibrary, imageOf, type LibraryData, type PaperRecord } from './library-data.ts';
import { printLibrary } from './library-file.ts';
import { salvageLibrary } from './library-salvage.ts';

const position = { id: 'one', upTo: 7, line: '0123abcd' };
const papers = new Map<string, PaperRecord>(
  Array.from({ length: 450 }, (_, at) => [
    `arxiv:${at}`,
    { changedAt: at, note: `“${at}”\n{},`, ...(at % 9 === 0 && { absorbs: { 'arxiv:x': 1 } }) },
  ]),
);
const data: LibraryData = { ...emptyLibrary(), stamp: 's', settings: { theme: 'dark' }, papers };
const bytes = Buffer.from([...printLibrary(imageOf(data), position)].join(''));

test('of a file that is cut short anywhere, every paper before that is there, and where it stands in the journal', () => {
  const begin = bytes.indexOf('"papers":{');
  fc.assert(
    fc.property(fc.nat({ max: bytes.length }), (length) => {
      const cut = bytes.subarray(0, length);
      const whole = cut.subarray(begin).toString().split('\n').length - 2;
      const salvaged = salvageLibrary(cut);
      if (whole < 1) return salvaged === null || salvaged.data.papers.size <= 1;
      expect(salvaged).toMatchObject({ position, isAstray: false, data: { settings: { theme: 'dark' } } });
      const expected = [...papers].slice(0, Math.min(whole, papers.size));
      expect([...(salvaged?.data.papers ?? [])].slice(0, expected.length)).toEqual(expected);
      return true;
    }),
    { numRuns: 40 },
  );
});

test('of a file with zeros in it, all other papers are there', () => {
  const holed = Buffer.from(bytes);
  const at = holed.indexOf('"arxiv:200"');
  holed.fill(0, at, at + 100);
  const salvaged = salvageLibrary(holed);
  expect(salvaged?.data.papers.size).toBeGreaterThan(445);
  for (const [id, record] of salvaged?.data.papers ?? []) expect(record).toEqual(papers.get(id));
  expect(salvaged?.data.stamp).not.toBe('s');
});

test('without its beginning, a file still has its papers, and nobody knows where they stand in the journal', () => {
  const salvaged = salvageLibrary(bytes.subarray(30));
  expect(salvaged).toMatchObject({ position: null, isAstray: true });
  expect(salvaged?.data.papers).toEqual(papers);
  const unnamed = salvageLibrary(bytes.subarray(bytes.indexOf('"arxiv:1"')));
  expect(unnamed?.data.papers.size).toBe(449);
});

test.each([
  '',
  '[]',
  '{"posts":{"a:b":{"changedAt":1}}}',
  '\0'.repeat(50),
])('there is nothing of ours in %j', (text) => {
  expect(salvageLibrary(Buffer.from(text))).toBeNull();
});
