import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pooledRecord, recordOf } from './arbitrary-records.ts';
import { areDuplicatesDue, countDuplicates, listDuplicates } from './duplicates.ts';
import { DuplicatesFinder } from './duplicates-finder.ts';
import { migrations } from './migrations.ts';
import type { PaperFacts } from './record-body.ts';
import { identityOf, keysOf, strictIds } from './record-identity.ts';

/** Papers in a database of their own, each by a key, and the finder at work on them. */
class Papers {
  readonly database = new DatabaseSync(':memory:');
  readonly finder: DuplicatesFinder;

  constructor() {
    for (const step of migrations) this.database.exec(step);
    this.database.exec('PRAGMA foreign_keys = OFF');
    this.finder = new DuplicatesFinder(this.database);
  }

  /** Puts papers at keys from `from` on, or takes away those that are null, and looks for duplicates. */
  set(from: number, ...papers: (PaperFacts | null)[]): this {
    const [added, changed, removed]: [[number, number][], number[], number[]] = [[], [], []];
    for (const [index, paper] of papers.entries()) {
      const key = from + index;
      const before = this.database.prepare('SELECT 1 FROM papers WHERE key = ?').get(key) !== undefined;
      this.database.prepare('DELETE FROM identifiers WHERE paper = ?').run(key);
      this.database.prepare('DELETE FROM papers WHERE key = ?').run(key);
      if (paper !== null) this.#write(key, paper);
      if (paper === null) removed.push(key);
      else if (before) changed.push(key);
      else added.push([key, key + 1]);
    }
    this.finder.note({ added, changed, removed });
    return this;
  }

  #write(key: number, paper: PaperFacts): void {
    const identity = identityOf(paper);
    this.database
      .prepare(`
        INSERT INTO papers (key, id, title, authors, published, added_at, arxiv_id, doi, links, title_key)
        VALUES (?, ?, ?, ?, ?, 0, ?, ?, '[]', '')`)
      .run(
        key,
        strictIds(identity)[0],
        paper.title,
        JSON.stringify(paper.authors),
        paper.published,
        paper.arxivId,
        paper.doi,
      );
    const add = this.database.prepare('INSERT INTO identifiers VALUES (?, ?)');
    for (const id of keysOf(identity)) add.run(id, key);
  }

  tellApart(a: string, b: string): this {
    this.database.prepare('INSERT INTO different VALUES (?, ?)').run(a, b);
    this.finder.notePairs([[a, b]]);
    return this;
  }

  /** Works off what is due, in pieces of `most`. */
  work(most = 100): this {
    while (this.finder.work(most).left);
    return this;
  }

  /** The groups found so far, as keys with the reason. */
  get groups(): [keys: number[], reason: string][] {
    return listDuplicates(this.database, 0, 100).groups.map(({ keys, reason }) => [keys, reason]);
  }
}

const long = 'A Study of Many Things and Their Uses';
const smith = { authors: ['Ada Smith'] };
const jones = { authors: ['Bo Jones'] };
const of = (...papers: PaperFacts[]) => new Papers().set(1, ...papers).work().groups;

describe('of the same title', () => {
  test.each([
    [{ ...smith, doi: '10.1/a' }, { ...smith, doi: '10.1/b' }, 'The same title, but the DOIs differ'],
    [
      { ...smith, arxivId: '2301.00001' },
      { ...smith, arxivId: '2301.00002' },
      'The same title, but the arXiv ids differ',
    ],
    [{ ...smith, published: '1990' }, { ...smith, doi: '10.1/b' }, 'The same title and an author in common'],
    [{ doi: '10.1/a' }, { ...smith, doi: '10.1/b' }, 'The same title; one gives no author'],
    [{ doi: '10.1/a' }, { doi: '10.1/b' }, 'The same title; neither gives an author'],
  ])('%j and %j: %s', (a, b, reason) => {
    expect(of(recordOf(long, a), recordOf(long.toUpperCase(), b))).toEqual([[[1, 2], reason]]);
  });

  test('other authors make another paper', () => {
    expect(of(recordOf(long, { ...smith, doi: '10.1/a' }), recordOf(long, { ...jones, doi: '10.1/b' }))).toEqual([]);
  });

  test('called "Preface": what an id, a year or a crowd tells apart is no duplicate', () => {
    const preface = (facts: Partial<PaperFacts>) => recordOf('Preface', facts);
    expect(of(preface({ ...smith, doi: '10.1/a' }), preface({ ...smith, doi: '10.1/b' }))).toEqual([]);
    expect(of(preface({ ...smith, published: '1990' }), preface({ ...smith, published: '2010' }))).toEqual([]);
    expect(of(preface({ ...smith, doi: '10.1/a' }), preface({ ...smith }))).toHaveLength(1);
    expect(of(preface({ doi: '10.1/a' }), preface(jones), preface({ published: '2001' }))).toHaveLength(1);
    const crowd = Array.from({ length: 9 }, (_, index) => preface({ authors: [`Ada N${'abcdefghi'[index]}`] }));
    expect(of(...crowd, preface({ doi: '10.1/a' }))).toEqual([]);
  });

  test('an earlier title counts as well', () => {
    const papers = new Papers().set(
      1,
      recordOf('Another Title Altogether Now', { ...smith, doi: '10.1/a' }),
      recordOf(long, smith),
    );
    papers.database.prepare('INSERT INTO identifiers VALUES (?, 1)').run(identityOf(recordOf(long)).titleKey);
    expect(papers.work().groups).toEqual([[[1, 2], 'The same title and an author in common']]);
  });
});

describe('of nearly the same title', () => {
  test('an author in common is needed, or no doubt', () => {
    const misspelt = 'A Study of Many Thingss and Their Uses in a World of Change';
    const spelt = 'A Study of Many Things and Their Uses in a World of Change';
    const pair = (a: Partial<PaperFacts>, b: Partial<PaperFacts>) => of(recordOf(misspelt, a), recordOf(spelt, b));
    expect(pair(smith, smith)).toEqual([[[1, 2], 'Nearly the same title and an author in common']]);
    expect(pair(smith, {})).toEqual([[[1, 2], 'Nearly the same title; one gives no author']]);
    expect(pair({}, {})).toEqual([[[1, 2], 'Nearly the same title; neither gives an author']]);
    expect(pair(smith, jones)).toEqual([]);
    expect(of(recordOf(`${long}: A Guide`, smith), recordOf(long, smith))).toHaveLength(1);
    expect(of(recordOf(`${long}: A Guide`, smith), recordOf(long))).toEqual([]);
  });

  test('parts of one work are no duplicates', () => {
    expect(of(recordOf(`${long}, Part I`, smith), recordOf(`${long}, Part II`, smith))).toEqual([]);
  });

  test('ids that stand for titles are no titles', () => {
    const ids = ['2301.00001', '2301.00002'].map((arxivId) => recordOf(`arXiv:${arxivId}`, { arxivId, ...smith }));
    expect(of(...ids)).toEqual([]);
  });
});

test('the surest groups come first, in pieces, and are counted', () => {
  const papers = new Papers()
    .set(1, recordOf(`${long}s`, smith), recordOf(long, smith))
    .set(
      11,
      recordOf('Another Title of Some Length', smith),
      recordOf('Another Title of Some Length', { ...smith, doi: '10.1/a' }),
    )
    .work();
  expect(countDuplicates(papers.database)).toBe(2);
  expect(listDuplicates(papers.database, 0, 1)).toMatchObject({ total: 2, groups: [{ keys: [11, 12] }] });
  expect(listDuplicates(papers.database, 1, 1)).toMatchObject({ total: 2, groups: [{ keys: [1, 2] }] });
});

test('it is known whether there is more to look at', () => {
  const papers = new Papers();
  expect(areDuplicatesDue(papers.database)).toBe(false);
  papers.set(1, recordOf(long, smith), recordOf(long, { doi: '10.1/a' }));
  expect(areDuplicatesDue(papers.database)).toBe(true);
  const pieces = Array.from({ length: 4 }, () => papers.finder.work(100));
  expect(pieces).toEqual([
    { left: true, changed: false },
    { left: true, changed: false },
    { left: false, changed: true },
    { left: false, changed: false },
  ]);
  expect(areDuplicatesDue(papers.database)).toBe(false);
});

test('keys beyond 32 bits are kept', () => {
  const high = 2 ** 45;
  const papers = new Papers().set(high, recordOf(long, smith), recordOf(long, { doi: '10.1/a' })).work();
  expect(papers.groups).toEqual([[[high, high + 1], 'The same title; one gives no author']]);
});

test('groups follow what becomes of their papers', () => {
  const three = ['10.1/a', '10.1/b', '10.1/c'].map((doi) => recordOf(long, { ...smith, doi }));
  const papers = new Papers().set(1, ...three).work();
  expect(papers.groups).toEqual([[[1, 2, 3], 'The same title, but the DOIs differ']]);

  papers.set(2, null);
  // At once: a group that shows a paper that is gone must not be seen.
  expect(countDuplicates(papers.database)).toBe(0);
  expect(papers.work().groups.map(([keys]) => keys)).toEqual([[1, 3]]);

  papers.set(3, recordOf(long, { ...jones, doi: '10.1/c' })).work();
  expect(papers.groups).toEqual([]);
  papers.set(1, null).set(3, null).work();
  for (const table of ['title_blocks', 'alike', 'duplicates', 'duplicate_groups', 'papers_due', 'blocks_due']) {
    expect(papers.database.prepare(`SELECT count(*) AS n FROM ${table}`).get(), table).toEqual({ n: 0 });
  }
});

test('what the reader has told apart is no duplicate, but still one of what it was not told apart from', () => {
  const three = ['10.1/a', '10.1/b', '10.1/c'].map((doi) => recordOf(long, { ...smith, doi }));
  const papers = new Papers().set(1, ...three).work();
  papers.tellApart('doi:10.1/a', 'doi:10.1/b').work();
  expect(papers.groups.map(([keys]) => keys)).toEqual([[1, 2, 3]]);
  papers.tellApart('doi:10.1/c', 'doi:10.1/a').work();
  expect(papers.groups.map(([keys]) => keys)).toEqual([[2, 3]]);
  papers.tellApart('doi:10.1/b', 'doi:10.1/c').work();
  expect(papers.groups).toEqual([]);

  papers.database.exec('DELETE FROM different');
  papers.finder.notePairs([['doi:10.1/a', 'doi:10.1/b']]);
  expect(papers.work().groups.map(([keys]) => keys)).toEqual([[1, 2, 3]]);
});

test('a crowd of duplicates is cut into groups that can be looked at', () => {
  const many = Array.from({ length: 120 }, (_, index) => recordOf(long, { ...smith, doi: `10.1/${index}` }));
  const sizes = of(...many).map(([keys]) => keys.length);
  expect(sizes.sort((a, b) => b - a)).toEqual([50, 50, 20]);
});

test('in whatever pieces and order papers come, change and go, the groups are those of what is there', () => {
  const misspelt = pooledRecord.map((record) => ({ ...record, title: `${record.title}s` }));
  const step = fc.record({
    from: fc.integer({ min: 1, max: 5 }),
    papers: fc.array(fc.option(fc.oneof(pooledRecord, misspelt), { nil: null, freq: 4 }), {
      minLength: 1,
      maxLength: 4,
    }),
    most: fc.constantFrom(0, 1, 2, 100),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      const papers = new Papers();
      const last = new Map<number, PaperFacts | null>();
      for (const { from, papers: some, most } of steps) {
        papers.set(from, ...some);
        for (const [index, paper] of some.entries()) last.set(from + index, paper);
        // Now and then more comes before the work is done.
        if (most > 0) papers.work(most);
      }
      const fresh = new Papers();
      for (const [key, paper] of last) if (paper) fresh.set(key, paper);
      const sorted = (groups: Papers['groups']) => groups.map(([keys, reason]) => `${keys} ${reason}`).sort();
      expect(sorted(papers.work().groups)).toEqual(sorted(fresh.work().groups));
      expect(countDuplicates(papers.database)).toBe(papers.groups.length);
    }),
    { numRuns: 150 },
  );
});
