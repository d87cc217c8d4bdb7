import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { columnIds, type Sort } from '../../shared/settings.ts';
import { conditionOf } from '../search/conditions.ts';
import { meaningfulTerms, segments } from '../search/segments.ts';
import { buildCorpus } from './build-corpus.ts';
import { FactsReader } from './library-facts.ts';
import { LocalCorpus } from './local-corpus.ts';
import { openTogether } from './marks-database.ts';
import { placesIn } from './prepare-corpus.ts';
import { authorsKey, sortKey, tagsKey } from './sort-keys.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';

interface Known {
  title: string;
  abstract: string | null;
  authors: string[];
  published: string | null;
  source: string;
  status: number;
  starred: boolean;
  hasNote: boolean;
  tags: string[];
  changedAt: number | null;
  votes: number | null;
  venue: string | null;
  /** Place on the page, from 0. */
  order: number;
  added: number;
}

/** A small library in which every value occurs several times, and some are missing. */
const papers: Known[] = Array.from({ length: 60 }, (_, index) => ({
  title: `${['Émile', 'emile!', 'GPT-4', 'GPT-10', 'zebra', 'Zebra fish'][index % 6]} ${index % 10}`,
  abstract: index % 4 === 0 ? null : `Word${index % 3} and more.`,
  authors: index % 5 === 0 ? [] : [['Ann Zoe', 'Bo Abel', 'Zoe, Ann'][index % 3] ?? ''],
  published: [null, '2021', '2021-05', '2022'][index % 4] ?? null,
  source: ['beta', 'Alpha', 'beta'][Math.floor(index / 20)] ?? '',
  status: (index * 7) % 5,
  starred: index % 7 === 0,
  hasNote: index % 6 === 1,
  tags: [['b'], [], ['a', 'b'], []][index % 4] ?? [],
  changedAt: index % 3 === 0 ? null : index % 8,
  votes: index % 3 === 1 ? null : index % 5,
  venue: [null, 'NeurIPS', 'icml', 'neurips', 'Émile', 'ICML'][index % 6] ?? null,
  // Three imports of twenty; the last one stands first.
  order: (2 - Math.floor(index / 20)) * 20 + (index % 20),
  added: Math.floor(index / 20),
}));

const { folder, remove } = temporaryFolder();
const arxivId = (index: number) => `2101.${String(index).padStart(5, '0')}`;
for (const start of [0, 20, 40]) {
  const page = papers.slice(start, start + 20).map(({ title, abstract, authors, published, votes, venue }, index) => {
    return { title, abstract, authors, published, votes, venue, arxivId: arxivId(start + index) };
  });
  buildCorpus(folder, page, 20, papers[start]?.source, papers[start]?.added);
}
const marks = papers.map(({ status, starred, hasNote, tags, changedAt }, index) =>
  marksOf(`arxiv:${arxivId(index)}`, { status: statuses[status] ?? 'unread', starred, hasNote, tags, changedAt }),
);
/** Results are sorted as they are, and by walking an index. */
const sorting = new LocalCorpus(folder, { mostSorted: 1_000_000 });
sorting.applyMarks({ from: null, to: 'x' }, marks);
const walking = new LocalCorpus(folder, { mostSorted: -1 });
const database = openTogether(placesIn(folder), 'read');
const facts = new FactsReader(database);
afterAll(() => {
  database.close();
  walking.close();
  sorting.close();
  remove();
});

function answer(corpus: LocalCorpus, queries: string[], sort: Sort): number[] {
  const { result } = corpus.openList({ queries: queries.map(parseQuery), sort, now: 0, limit: 1 });
  const rows = corpus.rows(result, 0, 100);
  corpus.closeList(result);
  return rows.map(({ id }) => Number(id.slice(-5)));
}

const keys: Record<Sort[number]['field'], (paper: Known) => string | number | null> = {
  order: ({ order }) => order,
  status: ({ status }) => status,
  starred: ({ starred }) => Number(starred),
  note: ({ hasNote }) => Number(hasNote),
  title: ({ title }) => sortKey(title),
  authors: ({ authors }) => authorsKey(authors),
  published: ({ published }) => published,
  source: ({ source }) => sortKey(source),
  tags: ({ tags }) => tagsKey(tags),
  added: ({ added }) => added,
  changed: ({ changedAt }) => changedAt,
  votes: ({ votes }) => votes,
  // As SQLite has it: only the letters a to z are the same in another case.
  venue: ({ venue }) => venue?.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) ?? null,
};

function compare(one: Known, other: Known, sort: Sort): number {
  for (const { field, desc } of sort) {
    const [a, b] = [keys[field](one), keys[field](other)];
    if (a === b) continue;
    if (a === null) return 1;
    if (b === null) return -1;
    return (a < b ? -1 : 1) * (desc ? -1 : 1);
  }
  return one.order - other.order;
}

const filters: [string, (paper: Known) => boolean][] = [
  ['', () => true],
  ['status:unread', ({ status }) => status === 0],
  ['status:read,queued', ({ status }) => status === 3 || status === 1],
  ['-status:unread', ({ status }) => status !== 0],
  ['is:starred', ({ starred }) => starred],
  ['-is:starred', ({ starred }) => !starred],
  ['has:note', ({ hasNote }) => hasNote],
  ['-has:note', ({ hasNote }) => !hasNote],
  ['has:abstract', ({ abstract }) => abstract !== null],
  ['tag:b', ({ tags }) => tags.includes('b')],
  ['-tag:a', ({ tags }) => !tags.includes('a')],
  ['source:alpha', ({ source }) => source === 'Alpha'],
  ['source:beta', ({ source }) => source === 'beta'],
  ['-source:2', ({ source }) => source !== 'Alpha'],
  ['source:3', ({ added }) => added === 2],
  ['id:2101.00007', (paper) => paper === papers[7]],
  ['word1 ', ({ abstract }) => abstract?.includes('Word1') ?? false],
  ['-word1 ', ({ abstract }) => !abstract?.includes('Word1')],
  ['title:zebra ', ({ title }) => /zebra/i.test(title)],
  ['votes:2..3', ({ votes }) => votes !== null && votes >= 2 && votes <= 3],
  ['venue:neur', ({ venue }) => /neurips/i.test(venue ?? '')],
  ['-venue:icml', ({ venue }) => !/icml/i.test(venue ?? '')],
  ['year:2021', ({ published }) => published?.startsWith('2021') ?? false],
  ['is:starred OR tag:b', ({ starred, tags }) => starred || tags.includes('b')],
];

test('any filters in any order answer what a slow and obvious search does, by sorting and by walking indices', () => {
  const anySort: fc.Arbitrary<Sort> = fc.array(
    fc.record({ field: fc.constantFrom(...columnIds), desc: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...filters), { maxLength: 3 }), anySort, (chosen, sort) => {
      const expected = papers
        .map((paper, index) => ({ paper, index }))
        .filter(({ paper }) => chosen.every(([, test]) => test(paper)))
        .sort((one, other) => compare(one.paper, other.paper, sort))
        .map(({ index }) => index);
      const queries = chosen.map(([query]) => query);
      expect(answer(sorting, queries, sort)).toEqual(expected);
      expect(answer(walking, queries, sort)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('each column alone, both ways, without and with a view', () => {
  for (const field of columnIds) {
    for (const desc of [false, true]) {
      for (const [query, holds] of filters.slice(0, 5)) {
        const sort = [{ field, desc }];
        const expected = papers.filter(holds).sort((one, other) => compare(one, other, sort));
        const found = answer(walking, [query], sort).map((index) => papers[index]);
        expect(found, `${query} by ${field} ${desc}`).toEqual(expected);
      }
    }
  }
});

test('views in page order and by one column are read from an index, without sorting all', () => {
  const known = facts.facts(() => null);
  for (const view of ['', 'status:unread', 'is:starred', 'has:note', 'tag:b', 'source:2']) {
    const { where } = parseQuery(view);
    const conditions =
      where.kind === 'and' || where.kind === 'or' || where.kind === 'not' || where.kind === 'text'
        ? []
        : [conditionOf(where, known, 0)];
    for (const field of columnIds) {
      for (const desc of [false, true]) {
        for (const { sql, parameters } of segments(conditions, meaningfulTerms([{ field, desc }]), known, -1)) {
          const steps = database
            .prepare(`EXPLAIN QUERY PLAN ${sql}`)
            .all(...parameters)
            .map(({ detail }) => String(detail));
          // Sources of the same name are merged by sorting; equal keys of a descending index are put in page order.
          const sorts = steps.filter((step) => /TEMP B-TREE/.test(step) && !/LAST TERM/.test(step));
          expect(sorts, `${view} by ${field} ${desc}: ${sql}`).toEqual(sql.includes('l.source IN') ? sorts : []);
        }
      }
    }
  }
});
