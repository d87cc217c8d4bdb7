import { describe, expect, test } from 'vitest';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';
import { plainRecords } from './plain-records.ts';

const papersIn = async (value: unknown) => await readPieces(plainRecords, [JSON.stringify(value)]);

async function paperIn(record: object) {
  const [first] = await papersIn([record]);
  if (first?.kind !== 'paper') throw new Error(`no paper: ${JSON.stringify(first)}`);
  return first.paper;
}

test('fields are known by their usual names', async () => {
  expect(
    await paperIn({
      Paper_Title: 'Tea\n and <i>Robots</i>',
      abstract: 'We measure &lt;tea&gt;.',
      authors: ['Anna Wall', 'Kettle, José'],
      year: 2024,
      arxivId: 'arXiv:2406.99001v2',
      doi: 'doi:10.1000/Tea.12',
      journal: 'Journal of Tea',
      volume: 12,
      number: '3',
      pages: '34-56',
      pdf_url: 'https://example.org/tea.pdf',
      code: 'https://example.org/code',
      keywords: 'tea; Robots; robots',
      categories: 'cs.RO cs.AI',
      citation_key: 'wall2024',
      ENTRYTYPE: 'article',
      comments: '12 pages',
      upvotes: 4,
    }),
  ).toEqual({
    ...paperOf('Tea and Robots'),
    abstract: 'We measure <tea>.',
    authors: ['Anna Wall', 'José Kettle'],
    published: '2024',
    arxivId: '2406.99001',
    doi: '10.1000/tea.12',
    venue: 'Journal of Tea',
    journalReference: '12(3), 34-56',
    links: [
      { kind: 'pdf', label: 'PDF', url: 'https://example.org/tea.pdf' },
      { kind: 'code', label: 'Code', url: 'https://example.org/code' },
    ],
    keywords: ['tea', 'Robots'],
    categories: ['cs.RO', 'cs.AI'],
    citationKey: 'wall2024',
    kind: 'article',
    comment: '12 pages',
    votes: 4,
  });
});

describe('authors', () => {
  test.each<[unknown, string[]]>([
    ['Anna Wall and José Kettle', ['Anna Wall', 'José Kettle']],
    [
      ['Wall, Anna', 'Plato'],
      ['Anna Wall', 'Plato'],
    ],
    [
      [{ name: 'Anna Wall' }, { first: 'José', last: 'Kettle' }, { given_name: 'C.', surname: 'Stone' }],
      ['Anna Wall', 'José Kettle', 'C. Stone'],
    ],
    [[{ author: { display_name: 'Anna Wall' }, raw_author_name: 'A. W.' }], ['Anna Wall']],
    [{ name: 'Anna Wall' }, ['Anna Wall']],
    [[null, 3, {}, [], ''], []],
    [7, []],
  ])('%j', async (authors, names) => {
    expect((await paperIn({ title: 'A', authors })).authors).toEqual(names);
  });
});

describe('dates', () => {
  test.each<[object, string | null]>([
    [{ year: '2024', publication_date: '2024-06-12' }, '2024-06-12'],
    [{ published: '2024-06-12T08:00:00Z', year: 2024 }, '2024-06-12'],
    [{ date: 1_718_150_400 }, '2024-06-12'],
    [{ date: 1_718_150_400_000 }, '2024-06-12'],
    [{ issued: { 'date-parts': [[2024, 6]] } }, '2024-06'],
    [{ date: { year: 2024, month: 6, day: 12 } }, '2024-06-12'],
    [{ year: 2024, created: '2020-01-01' }, '2024'],
    [{ date: '2024-13-01' }, null],
    [{ year: 12, date: {}, published: [] }, null],
    [{ date: 1e300 }, null],
  ])('%j', async (fields, date) => {
    expect((await paperIn({ title: 'A', ...fields })).published).toBe(date);
  });
});

test.each<[string, object, object]>([
  [
    'Semantic Scholar',
    {
      paperId: 'f00',
      externalIds: { ArXiv: '2406.99001', DOI: '10.1000/X', CorpusId: 1 },
      title: 'A',
      venue: '',
      journal: { name: 'Journal of Tea', volume: '12', pages: '3' },
      publicationDate: '2024-06-12',
      authors: [{ authorId: '1', name: 'Anna Wall' }],
      openAccessPdf: { url: 'https://example.org/a.pdf', status: 'GREEN' },
      tldr: { model: 'x', text: 'Tea.' },
    },
    {
      arxivId: '2406.99001',
      doi: '10.1000/x',
      venue: 'Journal of Tea',
      journalReference: '12, 3',
      published: '2024-06-12',
      summary: 'Tea.',
      authors: ['Anna Wall'],
    },
  ],
  [
    'OpenAlex',
    {
      id: 'https://openalex.org/W1',
      doi: 'https://doi.org/10.1000/x',
      display_name: 'A',
      publication_year: 2024,
      publication_date: '2024-06-12',
      authorships: [{ author: { display_name: 'Anna Wall' } }],
      abstract_inverted_index: { We: [0], tea: [2, 4], measure: [1], with: [3], huge: [1e9], odd: 'x' },
      primary_location: { landing_page_url: 'https://example.org/a', source: { display_name: 'Journal of Tea' } },
      biblio: { volume: '12', issue: null, first_page: '3', last_page: '4' },
      keywords: [{ display_name: 'Tea' }],
    },
    {
      doi: '10.1000/x',
      abstract: 'We measure tea with tea',
      venue: 'Journal of Tea',
      journalReference: '12, 3–4',
      keywords: ['Tea'],
      authors: ['Anna Wall'],
    },
  ],
])('%s', async (_, record, fields) => {
  expect(await paperIn(record)).toMatchObject({ title: 'A', ...fields });
});

test('an id, an address or a DOI may spell an arXiv number', async () => {
  for (const fields of [
    { id: '2406.99001' },
    { url: 'https://arxiv.org/abs/2406.99001v1' },
    { pdf: 'arxiv.org/pdf/2406.99001' },
    { doi: '10.48550/arXiv.2406.99001' },
  ]) {
    expect((await paperIn({ title: 'A', ...fields })).arxivId).toBe('2406.99001');
  }
  expect((await paperIn({ title: 'A', id: 240_699_001 })).arxivId).toBeNull();
});

test('categories that are none of arXiv’s are keywords', async () => {
  expect(await paperIn({ title: 'A', id: '2406.99001', categories: ['Tea Science', 'cs.RO'] })).toMatchObject({
    categories: [],
    keywords: ['Tea Science', 'cs.RO'],
  });
});

test.each<[string, unknown]>([
  ['papers', { papers: [{ title: 'A', year: 2024 }] }],
  ['data', { total: 1, offset: 0, data: [{ title: 'A', year: 2024 }] }],
  ['results', { meta: { count: 1 }, results: [{ title: 'A', year: 2024 }] }],
  ['by id', { '2406.99001': { title: 'A', year: 2024 } }],
  ['references', { data: [{ contexts: [], citedPaper: { title: 'A', year: 2024 } }] }],
])('wrapped in %s', async (_, value) => {
  expect(plainRecords.recognise(JSON.stringify(value), true, 'x')).toBe(0.5);
  expect(await papersIn(value)).toMatchObject([{ kind: 'paper', paper: { title: 'A', published: '2024' } }]);
});

test('a name is a title only of what papers are', async () => {
  expect(await papersIn([{ name: 'A', abstract: 'x' }, { name: 'B' }])).toMatchObject([
    { paper: { title: 'A' } },
    { kind: 'skipped', reason: 'it has no title' },
  ]);
});

test.each<[string, unknown, number]>([
  ['titles alone', [{ title: 'A' }, { title: 'B' }], 0.2],
  ['a package', { name: 'x', version: '1.0.0', description: 'y', author: 'z', dependencies: { a: '1' } }, 0],
  ['settings', { compilerOptions: { strict: true } }, 0],
  ['numbers', [1, 2, 3], 0],
  ['nothing', [], 0],
])('%s', (_, value, score) => {
  expect(plainRecords.recognise(JSON.stringify(value), true, 'papers.json')).toBe(score);
});

test('whatever a field holds, it is a paper or a reason', async () => {
  const odd: unknown[] = [
    null,
    true,
    -1,
    1e308,
    '',
    '\u0000\ud800',
    'x'.repeat(100_000),
    [],
    [[[]]],
    {},
    { title: {} },
  ];
  const names = [
    'title',
    'abstract',
    'authors',
    'year',
    'url',
    'doi',
    'keywords',
    'journal',
    'links',
    'categories',
    'externalIds',
    'abstract_inverted_index',
    'tldr',
    '__proto__',
    'constructor',
    'toString',
  ];
  const records = names.flatMap((name) =>
    odd.map((value) => JSON.parse(`{"title":"A","${name}":${JSON.stringify(value)}}`)),
  );
  const found = await papersIn(records);
  expect(found).toHaveLength(records.length);
  for (const record of found) {
    if (record.kind === 'paper') expect(JSON.stringify(record.paper).isWellFormed()).toBe(true);
    else expect(record.reason).toMatch(/title/);
  }
});
