import { expect, test } from 'vitest';
import { arxivSnapshot } from './arxiv-snapshot.ts';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';

const full = {
  id: '0704.9001',
  submitter: 'Anna Wall',
  authors: "A. Wall, J. Kettl\\'e and C.-P. Stone (for the Tea Collaboration)",
  title: 'On the Str\\"omung of Tea in $SU(2)$ Kettles and\n  Pots',
  comments: '12 pages, 3 figures',
  'journal-ref': 'J. Tea 12 (2007) 34-56',
  doi: '10.1000/Tea.12 10.1000/other',
  'report-no': null,
  categories: 'hep-ph cond-mat.soft',
  license: null,
  abstract:
    '  We measure the G\\"odel number of\ntea with $x_{1}^2 < y$ and find it\nlarge.\n  A second paragraph\nfollows.\n',
  versions: [
    { version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' },
    { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
  ],
  update_date: '2008-11-26',
  authors_parsed: [
    ['Wall', 'A.', ''],
    ["Kettl\\'e", 'J.', 'Jr.'],
    ['Stone', 'C. -P.', '', 'Tea Institute'],
  ],
};

const paperIn = async (record: object) => (await readPieces(arxivSnapshot, [`${JSON.stringify(record)}\n`]))[0];

test('everything that a record says has its place, accents are letters, and formulas stay', async () => {
  expect(await paperIn(full)).toEqual({
    kind: 'paper',
    where: 'record 1',
    paper: {
      ...paperOf('On the Strömung of Tea in $SU(2)$ Kettles and Pots'),
      abstract:
        'We measure the Gödel number of tea with $x_{1}^2 < y$ and find it large.\n\nA second paragraph follows.',
      authors: ['A. Wall', 'J. Kettlé Jr.', 'C.-P. Stone'],
      published: '2007-04-02',
      updated: '2007-07-24',
      arxivId: '0704.9001',
      doi: '10.1000/tea.12',
      categories: ['hep-ph', 'cond-mat.soft'],
      journalReference: 'J. Tea 12 (2007) 34-56',
      comment: '12 pages, 3 figures',
      versions: [
        { name: 'v1', date: '2007-04-02' },
        { name: 'v2', date: '2007-07-24' },
      ],
    },
  });
});

test('old numbers, no versions, names in one text', async () => {
  const { versions: _, authors_parsed: __, ...rest } = full;
  expect(await paperIn({ ...rest, id: 'math.GT/0309136', authors: "Anna Wall and Jos\\'e Kettle" })).toMatchObject({
    paper: {
      arxivId: 'math/0309136',
      authors: ['Anna Wall', 'José Kettle'],
      published: null,
      updated: '2008-11-26',
      versions: [],
    },
  });
});

test('what has no title or number is skipped with its line, and damage costs one line', async () => {
  const line = JSON.stringify(full);
  const text = [
    line,
    JSON.stringify({ ...full, title: '' }),
    JSON.stringify({ ...full, id: 'x' }),
    line.slice(0, 300),
    '',
    line,
  ].join('\n');
  expect(await readPieces(arxivSnapshot, [text.slice(0, 1000), text.slice(1000)])).toMatchObject([
    { kind: 'paper', where: 'line 1' },
    { kind: 'skipped', where: 'line 2', reason: 'it has no title' },
    { kind: 'skipped', where: 'line 3', reason: 'its id is no arXiv number' },
    { kind: 'skipped', where: 'line 4', reason: expect.stringMatching(/cut off/) },
    { kind: 'paper', where: 'line 6' },
  ]);
});

test('it is recognised by its fields', () => {
  const line = JSON.stringify(full);
  expect(arxivSnapshot.recognise(`${line}\n${line}\n`, true, 'x')).toBe(0.9);
  expect(arxivSnapshot.recognise(line.slice(0, 500), false, 'x')).toBe(0);
  expect(arxivSnapshot.recognise(`[${line},\n${line}]`, true, 'x')).toBe(0.9);
  expect(arxivSnapshot.recognise('{"title":"A","update_date":"x"}', true, 'x')).toBe(0);
});
