import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pooledRecord, recordOf } from './arbitrary-records.ts';
import { combineRecords } from './combine.ts';

const title = 'A Study of Many Things';
const combine = (...facts: Parameters<typeof recordOf>[1][]) =>
  combineRecords(facts.map((each) => recordOf(title, each)));

describe('title', () => {
  const titles = (...records: [string, string | null][]) =>
    combineRecords(records.map(([text, updated]) => recordOf(text, { updated }))).shown.title;

  test('is the earliest record’s, or the newest version’s where one is dated', () => {
    expect(titles(['Old', null], ['New', null])).toBe('Old');
    expect(titles(['Old', null], ['New', '2001'])).toBe('New');
    expect(titles(['Newest', '2003'], ['New', '2001'], ['Last', null])).toBe('Newest');
  });

  test('an id that stands for one gives way to any', () => {
    expect(titles(['arXiv:2301.00001', '2024'], ['A Title', null])).toBe('A Title');
    expect(titles(['arXiv:2301.00001', null])).toBe('arXiv:2301.00001');
  });
});

describe('abstract', () => {
  test('the newest replaces the others, which are kept', () => {
    const { shown, revisions } = combine({ abstract: 'One.' }, {}, { abstract: 'Two.' }, { abstract: 'Three.' });
    expect(shown.abstract).toBe('Three.');
    expect(revisions).toEqual([
      { abstract: 'Two.', record: 2 },
      { abstract: 'One.', record: 0 },
    ]);
  });

  test('an older version that comes later replaces nothing', () => {
    const { shown, revisions } = combine(
      { abstract: 'Second.', updated: '2002' },
      { abstract: 'First.', updated: '2001-05' },
    );
    expect(shown.abstract).toBe('Second.');
    expect(revisions).toEqual([{ abstract: 'First.', record: 1 }]);
  });

  test('white space is no new version, and what is cut off replaces nothing', () => {
    const { shown, revisions } = combine(
      { abstract: 'One and two.' },
      { abstract: 'One\nand  two.' },
      { abstract: 'One and…' },
    );
    expect(shown.abstract).toBe('One and two.');
    expect(revisions).toEqual([]);
    expect(combine({ abstract: 'One and ...' }, { abstract: 'One and two.' })).toMatchObject({
      shown: { abstract: 'One and two.' },
      revisions: [],
    });
  });
});

test('dates: the most exact one that agrees with the first; the greatest update', () => {
  const { shown } = combine(
    { published: '2001', updated: '2002' },
    { published: '2003-01-01', updated: '2002-03' },
    { published: '2001-02' },
  );
  expect(shown).toMatchObject({ published: '2001-02', updated: '2002-03' });
});

test('lists: the longest of authors and versions, all links, keywords and categories', () => {
  const link = (url: string, label: string) => ({ kind: 'other' as const, label, url });
  const { shown } = combine(
    { authors: ['A. Smith'], keywords: ['Graphs'], categories: ['cs.LG'], links: [link('https://example.org/a', 'A')] },
    {
      authors: ['Ada Smith', 'Bo Jones'],
      keywords: ['graphs', 'trees'],
      categories: ['cs.AI', 'cs.LG'],
      links: [link('https://example.org/a', 'other'), link('https://example.org/b', 'B')],
      versions: [{ name: 'v1', date: null }],
    },
    { authors: ['Bo Jones', 'Ada Smith'] },
  );
  expect(shown).toMatchObject({
    authors: ['Ada Smith', 'Bo Jones'],
    keywords: ['Graphs', 'trees'],
    categories: ['cs.LG', 'cs.AI'],
    links: [link('https://example.org/a', 'A'), link('https://example.org/b', 'B')],
    versions: [{ name: 'v1', date: null }],
  });
});

test('counts and summaries are the latest; the rest is the earliest', () => {
  const { shown } = combine(
    { votes: 3, comments: 1, summary: 'Old.', venue: 'Journal', citationKey: 'smith01', kind: 'article' },
    { votes: 5, summary: 'New.', venue: 'Other', citationKey: 'other', comment: '9 pages' },
    {},
  );
  expect(shown).toMatchObject({ votes: 5, comments: 1, summary: 'New.', venue: 'Journal', citationKey: 'smith01' });
  expect(shown).toMatchObject({ kind: 'article', comment: '9 pages' });
});

test("a printed version's DOI is shown rather than arXiv's", () => {
  expect(combine({ doi: '10.48550/arxiv.2301.00001' }, { doi: '10.1000/a' }).shown.doi).toBe('10.1000/a');
  expect(combine({ doi: '10.48550/arxiv.2301.00001' }).shown.doi).toBe('10.48550/arxiv.2301.00001');
});

describe('whatever the records', () => {
  const records = fc.array(pooledRecord, { minLength: 1, maxLength: 6 });

  test('one record is shown as it is, however often it came', () => {
    fc.assert(
      fc.property(pooledRecord, fc.integer({ min: 1, max: 4 }), (record, times) => {
        expect(combineRecords(Array.from({ length: times }, () => record))).toEqual({ shown: record, revisions: [] });
      }),
    );
  });

  test('nothing that any of them says is shown as missing', () => {
    fc.assert(
      fc.property(records, (list) => {
        const { shown } = combineRecords(list);
        const isSaid = (value: unknown) => value !== null && !(Array.isArray(value) && value.length === 0);
        for (const record of list) {
          for (const [name, value] of Object.entries(record)) {
            if (isSaid(value)) expect(shown[name as keyof typeof shown], name).toSatisfy(isSaid);
          }
        }
      }),
    );
  });

  test('every abstract is shown or kept, but for those that are cut off', () => {
    fc.assert(
      fc.property(records, (list) => {
        const { shown, revisions } = combineRecords(list);
        const plain = (text: string | null) => text?.replaceAll(/\s+/g, ' ') ?? null;
        const kept = [shown.abstract, ...revisions.map(({ abstract }) => abstract)].map(plain);
        for (const { abstract } of list) {
          if (abstract !== null && !abstract.endsWith('…')) expect(kept).toContain(plain(abstract));
        }
        expect(new Set(kept).size).toBe(kept.length);
        for (const { abstract, record } of revisions) expect(list[record]?.abstract).toBe(abstract);
      }),
    );
  });

  test('what was shown, imported again, changes nothing that is shown', () => {
    fc.assert(
      fc.property(records, (list) => {
        const { shown } = combineRecords(list);
        expect(combineRecords([...list, shown]).shown).toEqual(shown);
      }),
    );
  });
});
