import { describe, expect, test } from 'vitest';
import { dailyPapersApi } from './daily-papers-api.ts';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';

const full = {
  paper: {
    id: '2406.99001',
    authors: [
      { _id: '1', user: { fullname: 'Anna Wall', user: 'wall' }, name: 'Anna  Wall', hidden: false },
      { _id: '2', name: '', user: { fullname: 'Bo Brick' } },
      { _id: '3', hidden: true },
      'Cy Clay',
    ],
    publishedAt: '2024-06-11T17:59:56.000Z',
    title: 'KettleBench: Can Robots\n  Make Tea?',
    summary: 'Household robots fail at tasks\nthat involve steam.\n  We measure how.\n',
    upvotes: 12,
    githubRepo: 'https://github.com/wall/kettle',
    projectPage: 'https://kettle.example.org/',
    ai_summary: 'A benchmark\nof tea.',
    ai_keywords: ['tea', 'Robots', 'robots'],
    organization: { _id: '9', name: 'tea-lab', fullname: 'The Tea Lab' },
  },
  publishedAt: '2024-06-12T02:08:15.299Z',
  title: 'KettleBench: Can Robots\n  Make Tea?',
  summary: 'The entry has a summary, too.',
  numComments: 3,
  submittedBy: { fullname: 'Someone Else' },
};

const papersIn = async (value: unknown) => await readPieces(dailyPapersApi, [JSON.stringify(value)]);

test('everything that an entry says has its place, and its own date goes before the day’s', async () => {
  expect(await papersIn([full])).toEqual([
    {
      kind: 'paper',
      where: 'record 1',
      paper: {
        ...paperOf('KettleBench: Can Robots Make Tea?'),
        abstract: 'Household robots fail at tasks that involve steam.\n\nWe measure how.',
        authors: ['Anna Wall', 'Bo Brick', 'Cy Clay'],
        published: '2024-06-11',
        arxivId: '2406.99001',
        votes: 12,
        comments: 3,
        keywords: ['tea', 'Robots'],
        summary: 'A benchmark of tea.',
        links: [
          { kind: 'code', label: 'Code', url: 'https://github.com/wall/kettle' },
          { kind: 'project', label: 'Project page', url: 'https://kettle.example.org/' },
          { kind: 'other', label: 'The Tea Lab', url: 'https://huggingface.co/tea-lab' },
        ],
      },
    },
  ]);
});

describe('every field but the title is optional', () => {
  test.each<[string, unknown]>([
    ['in the paper', { paper: { title: 'A Title' } }],
    ['in the entry', { paper: {}, title: 'A Title' }],
    [
      'with nothing where something was',
      { paper: { title: 'A Title', authors: null, summary: null, id: null, upvotes: null }, numComments: null },
    ],
    [
      'with other things where something was',
      {
        paper: {
          title: 'A Title',
          authors: 'x',
          summary: 3,
          id: [],
          upvotes: 'many',
          publishedAt: 5,
          githubRepo: {},
          ai_keywords: 'x',
          organization: 'y',
        },
      },
    ],
    [
      'with impossible values',
      {
        paper: {
          title: 'A Title',
          id: '../../x',
          upvotes: -1,
          publishedAt: '2024-13-45',
          githubRepo: 'javascript:alert(1)',
        },
        numComments: 1.5,
      },
    ],
    ['as a paper by itself', { title: 'A Title', upvotes: null }],
  ])('%s', async (_, entry) => {
    expect(await papersIn([entry])).toEqual([{ kind: 'paper', where: 'record 1', paper: paperOf('A Title') }]);
  });
});

test.each<[string, unknown]>([
  ['a list', [full, full]],
  ['an object with a list', { savedAt: 'today', papers: [full, full] }],
  ['days by name', { '2024-06-12': [full], '2024-06-13': [full] }],
  ['a list of days', [[full], [full]]],
  [
    'days with dates',
    [
      { date: '2024-06-12', dailyPapers: [full] },
      { date: '2024-06-13', dailyPapers: [full] },
    ],
  ],
])('whoever saved it may have wrapped it: %s', async (_, value) => {
  const text = JSON.stringify(value, null, 2);
  expect(dailyPapersApi.recognise(text, true, 'x')).toBe(0.95);
  expect(dailyPapersApi.recognise(text.slice(0, -30), false, 'x')).toBeGreaterThan(0.5);
  expect((await readPieces(dailyPapersApi, [text])).map(({ kind }) => kind)).toEqual(['paper', 'paper']);
});

test('what has no title is skipped and named', async () => {
  expect(
    await papersIn([full, { paper: { id: '2406.99002', title: ' ' } }, { paper: { title: 'x'.repeat(1_000_000) } }, 7]),
  ).toMatchObject([
    { kind: 'paper' },
    { kind: 'skipped', where: 'record 2', reason: 'it has no title' },
    { kind: 'skipped', where: 'record 3', reason: 'its title has 1000000 characters: it is no title' },
    { kind: 'skipped', where: 'record 4', reason: 'it is not an object' },
  ]);
});

test('thousands of authors are no trouble', async () => {
  const authors = Array.from({ length: 5000 }, (_, index) => ({
    name: `Author ${index}`,
    user: { fullname: 'x'.repeat(200) },
  }));
  const text = JSON.stringify([{ paper: { id: '2406.99003', authors, title: 'Large' } }, full]);
  expect(dailyPapersApi.recognise(text.slice(0, 262_144), false, 'x')).toBeGreaterThan(0.5);
  const [large, next] = await readPieces(dailyPapersApi, [text]);
  expect(large?.kind === 'paper' && large.paper.authors.length).toBe(5000);
  expect(next).toMatchObject({ kind: 'paper', paper: { arxivId: '2406.99001' } });
});

test.each(['', '[]', '{}', '[{"title":"A"}]', 'Daily Papers', '<html>', '[[[[', '{"paper":'])('%j is none', (text) => {
  expect(dailyPapersApi.recognise(text, true, 'daily_papers.json')).toBe(0);
});

test('a file without papers is refused by its name', async () => {
  await expect(readPieces(dailyPapersApi, ['[]'])).rejects.toThrow(
    'test is read as a Daily Papers JSON file, and holds no papers. Nothing was imported.',
  );
  await expect(readPieces(dailyPapersApi, ['Dear all,\n\nthis is prose.'])).rejects.toThrow(
    /test is not something.*Nothing was imported/,
  );
});
