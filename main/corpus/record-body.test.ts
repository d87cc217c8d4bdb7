import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pooledRecord, recordOf } from './arbitrary-records.ts';
import {
  detailsOf,
  factsOfRow,
  type PaperFacts,
  parseDetails,
  parseRecord,
  printRecord,
  sameRecord,
} from './record-body.ts';

const full: PaperFacts = {
  title: 'A Study of Many Things',
  abstract: 'We study things.',
  authors: ['Ada Smith', 'Bo Jones'],
  published: '2001-02',
  updated: '2002-03-04',
  arxivId: '2301.00001',
  doi: '10.1000/a',
  categories: ['cs.LG', 'cs.AI'],
  venue: 'Journal of Things',
  journalReference: 'J. Things 1 (2001) 2',
  comment: '9 pages',
  links: [{ kind: 'code', label: 'Code', url: 'https://example.org/code' }],
  votes: 3,
  comments: 0,
  keywords: ['graphs'],
  summary: 'Things are studied.',
  versions: [
    { name: 'v1', date: '2001-02-03' },
    { name: 'v2', date: null },
  ],
  citationKey: 'smith01',
  kind: 'article',
};

/** A row of `papers` as the facts are written to it. */
function rowOf(facts: PaperFacts): Record<string, unknown> {
  return {
    title: facts.title,
    abstract: facts.abstract,
    authors: JSON.stringify(facts.authors),
    published: facts.published,
    arxiv_id: facts.arxivId,
    doi: facts.doi,
    links: JSON.stringify(facts.links),
    venue: facts.venue,
    votes: facts.votes,
    details: detailsOf(facts),
  };
}

test('a record is read back as it was written', () => {
  expect(parseRecord(printRecord(full))).toEqual(full);
  fc.assert(fc.property(pooledRecord, (record) => void expect(parseRecord(printRecord(record))).toEqual(record)));
});

test('a row and its details say all that the record said', () => {
  expect(factsOfRow(rowOf(full))).toEqual(full);
  fc.assert(fc.property(pooledRecord, (record) => void expect(factsOfRow(rowOf(record))).toEqual(record)));
});

test('nothing to say takes no room', () => {
  expect(detailsOf(recordOf('Title', { venue: 'Elsewhere', votes: 2 }))).toBe('{}');
  expect(printRecord(recordOf('Title'))).toBe('{"title":"Title"}');
});

test('equal facts give equal text, in whatever order they were set', () => {
  const turned = Object.fromEntries(Object.entries(full).reverse()) as unknown as PaperFacts;
  expect(printRecord(turned)).toBe(printRecord(full));
});

test('what another version wrote, or damage, costs only the field itself', () => {
  expect(
    parseRecord('{"title":"T","votes":"many","authors":[1],"published":"soon","links":[{"url":"file:///x"}],"new":1}'),
  ).toEqual(recordOf('T'));
  for (const damaged of ['', 'null', '[]', '{', '7']) expect(parseRecord(damaged)).toEqual(recordOf(''));
  expect(parseDetails('[')).toEqual(parseDetails('{}'));
});

test('two records are the same when every field is, marks aside', () => {
  expect(sameRecord(full, structuredClone(full))).toBe(true);
  const marks = { note: 'n', tags: [], status: null, starred: true };
  expect(sameRecord({ ...full, marks } as PaperFacts, full)).toBe(true);
  for (const name of Object.keys(full) as (keyof PaperFacts)[]) {
    const value = full[name];
    const other = { ...full, [name]: Array.isArray(value) ? value.slice(1) : typeof value === 'number' ? 9 : 'else' };
    expect(sameRecord(full, other), name).toBe(false);
  }
  fc.assert(
    fc.property(pooledRecord, pooledRecord, (a, b) => {
      expect(sameRecord(a, b)).toBe(printRecord(a) === printRecord(b));
    }),
  );
});
