import { describe, expect, test } from 'vitest';
import { cslDate, cslJson, cslNames } from './csl-json.ts';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';

const full = {
  id: 'wall2024kettle',
  type: 'article-journal',
  title: 'Kettles of <i>Camellia sinensis</i> &amp; Others',
  author: [
    { family: 'Wall', given: 'Anna' },
    { family: 'Waals', given: 'Johannes', 'non-dropping-particle': 'van der', suffix: 'Jr.' },
    { literal: 'The Tea Collaboration' },
  ],
  abstract: '<jats:p>We measure <jats:italic>tea</jats:italic>.</jats:p><jats:p>It is hot.</jats:p>',
  issued: { 'date-parts': [['2024', 6, 12]] },
  'container-title': 'Journal of Tea',
  volume: 12,
  issue: '3',
  page: '34-56',
  DOI: '10.1000/Tea.12',
  URL: 'https://example.org/tea',
  keyword: 'tea, robots; not split',
  note: 'arXiv: 2406.99001 [cs.RO]\nPMID: 12345\nRead in bed.',
};

const papersIn = async (value: unknown) => await readPieces(cslJson, [JSON.stringify(value)]);

test('everything that an item says has its place', async () => {
  expect(await papersIn([full])).toEqual([
    {
      kind: 'paper',
      where: 'record 1',
      paper: {
        ...paperOf('Kettles of Camellia sinensis & Others'),
        abstract: 'We measure tea.\n\nIt is hot.',
        authors: ['Anna Wall', 'Johannes van der Waals Jr.', 'The Tea Collaboration'],
        published: '2024-06-12',
        arxivId: '2406.99001',
        doi: '10.1000/tea.12',
        categories: ['cs.RO'],
        venue: 'Journal of Tea',
        journalReference: '12(3), 34-56',
        comment: 'Read in bed.',
        links: [{ kind: 'other', label: 'example.org', url: 'https://example.org/tea' }],
        keywords: ['tea, robots', 'not split'],
        citationKey: 'wall2024kettle',
        kind: 'article',
      },
    },
  ]);
});

test.each<[string, unknown]>([
  ['one item', full],
  ['a list', [full]],
  ['an object with items', { items: [full] }],
  [
    'what Crossref answers',
    {
      status: 'ok',
      message: {
        total: 1,
        items: [
          { ...full, type: 'journal-article', title: [full.title], 'container-title': [full['container-title']] },
        ],
      },
    },
  ],
])('%s', async (_, value) => {
  const text = JSON.stringify(value, null, 1);
  expect(cslJson.recognise(text, true, 'x')).toBe(0.8);
  expect(await readPieces(cslJson, [text])).toMatchObject([
    { paper: { title: 'Kettles of Camellia sinensis & Others', venue: 'Journal of Tea' } },
  ]);
});

describe('dates', () => {
  test.each<[unknown, string | null]>([
    [{ 'date-parts': [[2024, 6, 12]] }, '2024-06-12'],
    [{ 'date-parts': [['2024', '06']] }, '2024-06'],
    [{ 'date-parts': [[2024], [2025]] }, '2024'],
    [{ 'date-parts': [[2024, null, null]] }, '2024'],
    [{ 'date-parts': [[2024, 13, 40]] }, '2024'],
    [{ 'date-parts': [[null]] }, null],
    [{ 'date-parts': [] }, null],
    [{ 'date-parts': 'x' }, null],
    [{ raw: '12 June 2024' }, '2024-06-12'],
    [{ literal: 'Spring 2024' }, '2024'],
    ['2024-06-12', '2024-06-12'],
    [2024, '2024'],
    [null, null],
  ])('%j', (value, date) => {
    expect(cslDate(value)).toBe(date);
  });
});

test('names are what they can be', () => {
  expect(cslNames([{ given: 'Plato' }, { name: 'One Name' }, {}, null, 3, 'x'])).toEqual(['Plato', 'One Name']);
  expect(cslNames('x')).toEqual([]);
});

test.each<[object, string | null, string | null]>([
  [{ note: 'tex.eprint: 2406.99001v2' }, '2406.99001', null],
  [{ note: 'arXiv:hep-ph/9901001' }, 'hep-ph/9901001', null],
  [{ note: 'DOI: 10.1000/x' }, null, '10.1000/x'],
  [{ URL: 'http://arxiv.org/abs/2406.99001' }, '2406.99001', null],
  [{ number: 'arXiv:2406.99001' }, '2406.99001', null],
  [{ DOI: '10.48550/arXiv.2406.99001' }, '2406.99001', '10.48550/arxiv.2406.99001'],
  [{ URL: 'https://doi.org/10.1000/x' }, null, '10.1000/x'],
])('%j says what a paper is known by', async (fields, arxivId, doi) => {
  expect(await papersIn({ type: 'article', title: 'A', ...fields })).toMatchObject([{ paper: { arxivId, doi } }]);
});

test('an id that is a number or an address is no citation key', async () => {
  for (const id of [12, '12', 'http://zotero.org/users/1/items/X', 'a b']) {
    expect(await papersIn({ type: 'book', title: 'A', id })).toMatchObject([
      { paper: { citationKey: null, kind: 'book' } },
    ]);
  }
  expect(await papersIn({ type: 'book', title: 'A', id: 12, 'citation-key': 'wall' })).toMatchObject([
    { paper: { citationKey: 'wall' } },
  ]);
});

test('what has no title is skipped; what is nothing of CSL is none', async () => {
  expect(await papersIn([full, { type: 'book', title: ['', null] }])).toMatchObject([
    {},
    { kind: 'skipped', where: 'record 2', reason: 'it has no title' },
  ]);
  for (const value of [
    [],
    [{ title: 'A', year: 2024, authors: ['x'] }],
    [{ itemType: 'book', title: 'A', type: 'book' }],
    { name: 'package', type: 'module' },
  ]) {
    expect(cslJson.recognise(JSON.stringify(value), true, 'x')).toBe(0);
  }
});
