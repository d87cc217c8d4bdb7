import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import { titleId } from '../importers/identity.ts';
import { openDatabase } from './database.ts';
import { DuplicatesFinder } from './duplicates-finder.ts';
import { LocalCorpus } from './local-corpus.ts';
import { openTogether } from './marks-database.ts';
import { TestPapers } from './papers-for-tests.ts';
import { placesIn } from './prepare-corpus.ts';
import { marksOf, paperOf, titles, withCorpus, withOpenCorpus } from './test-corpus.ts';

/** Changes a database behind everybody's back. */
function alter(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

const everything = [parseQuery('')];

const walls = { title: 'Boundary Terms for Crowded Lattices', abstract: 'We study walls. A wall keeps cells in.' };
const tea = { title: 'KettleBench: Can Robots Make Tea?', abstract: 'Robots fail at learning to pour. Steam is why.' };
const moss = {
  title: 'What Mosses Remember',
  authors: ['Zoë Müller', 'An Abel'],
  published: '2021',
  arxivId: '2101.00001',
};
const small = [{ name: 'first.txt', papers: [walls, tea, moss] }];

describe('the two databases', () => {
  test('are two files when nothing is open, readable by their owner only, and say the same when opened again', () => {
    withCorpus(small, (corpus, folder) => {
      corpus.replaceMarks('stamp', [marksOf(titleId(tea.title), { starred: true, changedAt: 1 })]);
      const state = corpus.state();
      corpus.close();
      const databases = readdirSync(folder).filter((name) => name !== 'captures');
      expect(databases.sort()).toEqual(['corpus.db', 'marks.db']);
      for (const name of databases) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      const again = new LocalCorpus(folder);
      expect([again.created, again.marksStamp]).toEqual([false, 'stamp']);
      expect(again.state()).toEqual(state);
      expect(titles(again, 'is:starred')).toEqual([tea.title]);
      again.close();
    });
  });

  test.each([
    ['is missing', (path: string) => rmSync(path)],
    ['is empty', (path: string) => writeFileSync(path, '')],
    ['is no database', (path: string) => writeFileSync(path, 'This is not a database at all.')],
    ['is torn', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 700))],
    ['is of another layout', (path: string) => alter(path, 'PRAGMA user_version = 9999')],
    ["is another program's", (path: string) => alter(path, 'PRAGMA application_id = 77')],
    [
      'is a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('a copy of the marks that %s is made anew', (_, spoil) => {
    withCorpus(small, (corpus, folder) => {
      corpus.replaceMarks('stamp', [marksOf(titleId(tea.title), { starred: true, changedAt: 1 })]);
      corpus.close();
      spoil(join(folder, 'marks.db'));
      const again = new LocalCorpus(folder);
      expect([again.created, again.marksStamp]).toEqual([false, null]);
      expect(again.state().counts).toMatchObject({ all: 3, inbox: 3, starred: 0 });
      expect(titles(again, '')).toEqual([walls.title, tea.title, moss.title]);
      again.close();
    });
  });

  test("what another program has put in the copy's place is kept under another name", () => {
    withCorpus(small, (corpus, folder) => {
      corpus.close();
      alter(join(folder, 'marks.db'), 'PRAGMA application_id = 77');
      new LocalCorpus(folder).close();
      const names = readdirSync(folder).filter((name) => /^marks\.db\.not-ours-\d+$/.test(name));
      expect(names).toHaveLength(1);
    });
  });

  test.each([
    ['every page but the first', (pages: Buffer) => pages.fill(0x55, 4096)],
    ['the list of its tables', (pages: Buffer) => pages.fill(0x55, 110, 4096)],
    ['its end', (pages: Buffer) => pages.subarray(0, 3 * 4096)],
  ])('a damage of the copy is gone at the next opening but one: %s', (_, spoil) => {
    withCorpus(small, (corpus, folder) => {
      corpus.close();
      const path = join(folder, 'marks.db');
      writeFileSync(path, spoil(readFileSync(path)));
      const spoilt = new LocalCorpus(folder);
      try {
        spoilt.state();
        titles(spoilt, '');
      } catch (error) {
        expect(spoilt.explain(error)).toMatchObject({ code: 'damaged' });
      }
      spoilt.close();
      const again = new LocalCorpus(folder);
      expect(again.state().counts.all).toBe(3);
      expect(titles(again, 'status:unread')).toEqual([walls.title, tea.title, moss.title]);
      again.close();
    });
  });

  test('marks are there after the program was killed', () => {
    withCorpus(small, (corpus, folder) => {
      corpus.applyMarks({ from: null, to: 'a' }, [marksOf(titleId(tea.title), { status: 'read', changedAt: 1 })]);
      const copy = join(folder, 'copy');
      const names = readdirSync(folder).filter((name) => /^(corpus|marks)\.db/.test(name));
      expect(names).toContain('marks.db-wal');
      mkdirSync(copy);
      for (const name of names) copyFileSync(join(folder, name), join(copy, name));
      const again = new LocalCorpus(copy);
      expect(again.marksStamp).toBe('a');
      expect(titles(again, 'status:read')).toEqual([tea.title]);
      again.close();
    });
  });

  test('the papers cannot be written by whoever reads them', () => {
    withCorpus(small, (_, folder) => {
      const database = openTogether(placesIn(folder), 'write');
      expect(() => database.exec('DELETE FROM papers')).toThrow(/readonly/);
      database.close();
    });
  });

  test('marks are written and read while an import is under way', () => {
    withCorpus(small, (corpus, folder) => {
      const { database } = openDatabase(folder);
      database.exec("BEGIN IMMEDIATE; UPDATE papers SET title = 'Not yet';");
      corpus.applyMarks({ from: null, to: 'a' }, [marksOf(titleId(tea.title), { status: 'read', changedAt: 1 })]);
      expect(corpus.state().counts).toMatchObject({ read: 1, inbox: 2 });
      expect(titles(corpus, 'status:read')).toEqual([tea.title]);
      database.exec('ROLLBACK');
      database.close();
    });
  });
});

describe('sources', () => {
  test('are listed with what they are called and hold, the newest first, and name the papers that both have', () => {
    const both = { ...walls, links: [] };
    const second = { name: 'second.txt', papers: [{ title: 'A Theory of Spouts' }, both] };
    withCorpus([...small, second], (corpus) => {
      expect(corpus.state().sources.map(({ name, count, formatLabel }) => [name, count, formatLabel])).toEqual([
        ['second.txt', 2, 'generated'],
        ['first.txt', 3, 'generated'],
      ]);
      const { rows } = corpus.openList({ queries: everything, sort: [], now: 0, limit: 9 });
      expect(rows.map(({ title, sources }) => [title, sources])).toEqual([
        ['A Theory of Spouts', ['second.txt']],
        [walls.title, ['second.txt', 'first.txt']],
        [tea.title, ['first.txt']],
        [moss.title, ['first.txt']],
      ]);
      expect(titles(corpus, 'source:second')).toEqual(['A Theory of Spouts', walls.title]);
      expect(titles(corpus, '', [{ field: 'source', desc: false }])).toEqual([
        tea.title,
        moss.title,
        'A Theory of Spouts',
        walls.title,
      ]);
      expect(
        corpus.paper(titleId(walls.title), parseQuery(''))?.sources.map(({ name, place }) => [name, place]),
      ).toEqual([
        ['second.txt', 'record 2'],
        ['first.txt', 'record 1'],
      ]);
    });
  });

  test('what removing one would do is told: what goes, what the reader has touched, what others hold', () => {
    const second = { name: 'second.txt', papers: [{ title: 'A Theory of Spouts' }, walls] };
    withCorpus([...small, second], (corpus) => {
      expect(corpus.sourceImpact(1)).toEqual({ papers: 2, kept: 0, shared: 1 });
      corpus.applyMarks({ from: null, to: 'a' }, [
        marksOf(titleId(moss.title), { status: 'read', changedAt: 1 }),
        marksOf(titleId(walls.title), { status: 'read', changedAt: 1 }),
      ]);
      expect(corpus.sourceImpact(1)).toEqual({ papers: 1, kept: 1, shared: 1 });
      expect(() => corpus.sourceImpact(9)).toThrow(expect.objectContaining({ code: 'not-found' }));
    });
  });
});

describe('result sets', () => {
  test('stay as they are while papers change', async () => {
    await withOpenCorpus(small, async (corpus, folder) => {
      const inbox = [parseQuery('status:unread')];
      const { result, total } = corpus.openList({ queries: inbox, sort: [], now: 0, limit: 1 });
      corpus.applyMarks({ from: null, to: 'a' }, [
        marksOf(titleId(walls.title), { status: 'read' }),
        marksOf(titleId(tea.title), { status: 'read' }),
      ]);
      const papers = new TestPapers(folder);
      corpus.publish(papers.change(new Map([[1, { ids: ['title:spouts'] }]])));
      papers.close();
      expect(total).toBe(3);
      expect(corpus.rows(result, 0, 10).map(({ title }) => title)).toEqual([walls.title, tea.title, moss.title]);
      expect(await corpus.indexOf(result, titleId(tea.title))).toBe(1);
      expect(await corpus.indexOf(result, 'title:spouts')).toBeNull();
      expect(titles(corpus, 'status:unread')).toEqual(['Paper title:spouts', moss.title]);
    });
  });

  test('answer ranges in order, each paper once, and nothing beyond the end', () => {
    withCorpus(small, (corpus) => {
      const { result } = corpus.openList({ queries: everything, sort: [], now: 0, limit: 0 });
      const all = [titleId(walls.title), titleId(tea.title), 'arxiv:2101.00001'];
      expect(
        corpus.ids(result, [
          [1, 3],
          [0, 2],
        ]),
      ).toEqual(all);
      expect(corpus.ids(result, [[2, 900]])).toEqual(all.slice(2));
      expect(corpus.rows(result, 5, 10)).toEqual([]);
    });
  });

  test('are forgotten when closed, and the oldest when there are many', () => {
    withCorpus(small, (corpus) => {
      const open = () => corpus.openList({ queries: everything, sort: [], now: 0, limit: 1 }).result;
      const [first = 0, second = 0] = [open(), open()];
      corpus.closeList(second);
      expect(() => corpus.rows(second, 0, 1)).toThrow(/not open any more/);
      for (let count = 0; count < 15; count += 1) open();
      expect(corpus.rows(first, 0, 1)).toHaveLength(1);
      open();
      open();
      expect(corpus.rows(first, 0, 1)).toHaveLength(1);
      for (let count = 0; count < 16; count += 1) open();
      expect(() => corpus.ids(first, [[0, 1]])).toThrow(expect.objectContaining({ code: 'not-found' }));
    });
  });

  test('whoever waits for the size of one is told when it is known, or closed', async () => {
    await withOpenCorpus(small, async (corpus) => {
      const queries = [parseQuery('has:abstract -is:starred (tag:x OR has:abstract)')];
      const open = () => corpus.openList({ queries, sort: [], now: 0, limit: 0 });
      const first = open();
      expect(first).toMatchObject({ complete: false, order: 'sort', rows: [] });
      const second = open();
      const sizes = [corpus.settled(first.result), corpus.settled(first.result), corpus.settled(second.result)];
      const counted = corpus.count({ queries, now: 0 });
      const last = expect(sizes[2]).rejects.toMatchObject({ code: 'not-found' });
      corpus.closeList(second.result);
      await last;
      while (corpus.idle());
      expect(await Promise.all(sizes.slice(0, 2))).toEqual([2, 2]);
      expect(await counted).toBe(2);
      expect(await corpus.settled(first.result)).toBe(2);
      const never = expect(corpus.count({ queries, now: 0 })).rejects.toMatchObject({ code: 'refused' });
      corpus.close();
      await never;
    });
  });

  test('tell at once that a paper is not in one, and where one is when it has been read so far', async () => {
    const papers = Array.from({ length: 20_000 }, (_, index) => ({ title: `Note ${index}` }));
    await withOpenCorpus([{ name: 'many', papers }], async (corpus) => {
      corpus.applyMarks({ from: null, to: 'a' }, [marksOf(titleId('Note 7'), { status: 'read' })]);
      const open = () => corpus.openList({ queries: [parseQuery('status:unread')], sort: [], now: 0, limit: 5 });
      const { result } = open();
      expect(await corpus.indexOf(result, titleId('Note 7'))).toBeNull();
      expect(await corpus.indexOf(result, titleId('Note 3'))).toBe(3);
      const far = corpus.indexOf(result, titleId('Note 19000'));
      while (corpus.idle());
      expect(await far).toBe(18_999);
      const other = open();
      const closed = expect(corpus.indexOf(other.result, titleId('Note 19000'))).rejects.toMatchObject({
        code: 'not-found',
      });
      corpus.closeList(other.result);
      await closed;
    });
  });

  test('are read to their end in the background', () => {
    const papers = Array.from({ length: 20_000 }, (_, index) => ({ title: `Note ${index}` }));
    withCorpus([{ name: 'many', papers }], (corpus) => {
      const { result, total } = corpus.openList({ queries: everything, sort: [], now: 0, limit: 10 });
      expect(total).toBe(20_000);
      while (corpus.idle());
      expect(corpus.rows(result, 19_999, 5).map(({ title }) => title)).toEqual(['Note 19999']);
      const sorted = corpus.openList({ queries: everything, sort: [{ field: 'title', desc: true }], now: 0, limit: 2 });
      expect(sorted.rows.map(({ title }) => title)).toEqual(['Note 19999', 'Note 19998']);
      expect(corpus.rows(sorted.result, 19_999, 5).map(({ title }) => title)).toEqual(['Note 0']);
    });
  });
});

describe('one paper', () => {
  test('is found by its id and its aliases, with the words of the query marked', () => {
    withCorpus(small, (corpus) => {
      const found = corpus.paper(titleId(moss.title), parseQuery('remembering'));
      expect(found).toMatchObject({
        id: 'arxiv:2101.00001',
        arxivId: '2101.00001',
        authors: moss.authors,
        abstract: null,
      });
      expect(found?.titleMatches).toEqual([[12, 20]]);
      expect(corpus.paper('arxiv:0000.00000', parseQuery(''))).toBeNull();
      const robots = corpus.paper(titleId(tea.title), parseQuery('robot abstract:steam -learning'));
      expect(robots?.titleMatches).toEqual([[17, 23]]);
      expect(robots?.abstractMatches.map(([from, to]) => tea.abstract.slice(from, to))).toEqual(['Robots', 'Steam']);
    });
  });

  test('ids are resolved to what papers are called now, and to where their marks stand', () => {
    withCorpus(small, (corpus) => {
      corpus.applyMarks({ from: null, to: 'a' }, [marksOf(titleId(moss.title), { starred: true, changedAt: 1 })]);
      const known = corpus.resolve([titleId(moss.title), titleId(tea.title), 'doi:10.1/none']);
      expect([...known]).toEqual([
        [titleId(moss.title), { id: 'arxiv:2101.00001', markedAs: [titleId(moss.title)] }],
        [titleId(tea.title), { id: titleId(tea.title), markedAs: [] }],
      ]);
      expect(corpus.paper('arxiv:2101.00001', parseQuery(''))).toMatchObject({ markedAs: [titleId(moss.title)] });
      expect(titles(corpus, 'is:starred')).toEqual([moss.title]);
    });
  });

  test('has all that its records say, the abstracts that were replaced, and its other ids', () => {
    const facts = {
      ...paperOf('On Spouts', { arxivId: '2101.00009', authors: ['An Abel'], published: '2021-01-05' }),
      updated: '2021-01-05',
      categories: ['cs.RO', 'cs.LG'],
      venue: 'Journal of Kettles',
      journalReference: 'J. Kettles 3, 1-9',
      comment: '9 pages',
      links: [{ kind: 'code' as const, label: 'Code', url: 'https://example.org/spouts' }],
      votes: 7,
      comments: 2,
      keywords: ['spouts'],
      summary: 'They drip.',
      versions: [{ name: 'v1', date: '2021-01-05' }],
      citationKey: 'abel2021',
      kind: 'article',
      abstract: 'We prove that spouts drip.',
    };
    const { marks: _, ...expected } = facts;
    const newer = { ...facts, updated: '2022-02-02', abstract: 'We prove that all spouts drip.' };
    const sources = [
      { name: 'one', papers: [facts] },
      { name: 'two', papers: [newer] },
    ];
    withCorpus(sources.slice(0, 1), (corpus) => {
      expect(corpus.paper('arxiv:2101.00009', parseQuery(''))).toMatchObject({ ...expected, revisions: [] });
    });
    withCorpus(sources, (corpus) => {
      const paper = corpus.paper(titleId(facts.title), parseQuery(''));
      expect(paper).toMatchObject({ ...expected, updated: newer.updated, abstract: newer.abstract });
      expect(paper?.revisions.map(({ abstract, source }) => [abstract, source])).toEqual([[facts.abstract, 'one']]);
      expect(paper?.aliases).toContain(titleId(facts.title));
      expect(paper?.aliases).not.toContain('arxiv:2101.00009');
    });
  });

  test('papers that may be the same are counted, and come whole once they have been looked for', () => {
    const twin = { ...walls, authors: ['A. Smith'], doi: '10.1234/b', abstract: 'Something else.' };
    const other = { ...walls, authors: ['Ada Smith'], doi: '10.1234/a' };
    withCorpus([{ name: 'twins', papers: [other, twin, tea] }], (corpus, folder) => {
      expect(corpus.duplicates(0, 10)).toEqual({ total: 0, due: true, groups: [] });
      const { database } = openDatabase(folder);
      const finder = new DuplicatesFinder(database);
      while (finder.work(100).left);
      database.close();
      expect(corpus.state().duplicates).toBe(1);
      const { total, due, groups } = corpus.duplicates(0, 10);
      expect([total, due]).toEqual([1, false]);
      expect(groups.map(({ papers }) => papers.map(({ authors, abstract }) => [authors, abstract]))).toEqual([
        [
          [['Ada Smith'], walls.abstract],
          [['A. Smith'], twin.abstract],
        ],
      ]);
    });
  });
});

describe('queries', () => {
  test.each<[string | string[], string[]]>([
    ['wall', [walls.title]],
    ['WALLS', [walls.title]],
    ['zoe', [moss.title]],
    ['author:müller', [moss.title]],
    ['title:robots', [tea.title]],
    ['title:learning', []],
    ['abstract:learned', [tea.title]],
    ['learnin', [tea.title]],
    ['"make tea"', [tea.title]],
    ['"tea make"', []],
    ['-robots', [walls.title, moss.title]],
    ['-robots -wall', [moss.title]],
    ['wall -robots', [walls.title]],
    ['wall robots', []],
    ['has:abstract', [walls.title, tea.title]],
    ['-has:abstract', [moss.title]],
    ['id:2101.00001', [moss.title]],
    ['id:https://arxiv.org/abs/2101.00001v3', [moss.title]],
    [`id:${titleId(moss.title)}`, [moss.title]],
    ['id:nothing', []],
    ['-id:2101.00001', [walls.title, tea.title]],
    ['source:FIRST', [walls.title, tea.title, moss.title]],
    ['source:1', [walls.title, tea.title, moss.title]],
    ['source:99', []],
    ['-source:1', []],
    ['tag:none', []],
    ['-tag:none', [walls.title, tea.title, moss.title]],
    ['status:read', []],
    ['-status:read', [walls.title, tea.title, moss.title]],
    ['( OR NEAR( ^ * " AND', []],
    ['NOT', [walls.title, tea.title, moss.title]],
    [['status:unread', 'wall'], [walls.title]],
    [['tag:none', 'wall'], []],
  ])('%j', (query, expected) => {
    withCorpus(small, (corpus) => expect(titles(corpus, query)).toEqual(expected));
  });

  test('a query of thousands of words is answered', () => {
    const words = Array.from({ length: 1500 }, (_, index) => `word${index}`).join(' ');
    withCorpus(small, (corpus) => expect(titles(corpus, words)).toEqual([]));
  });

  test('titles weigh more than abstracts', () => {
    const papers = [
      { title: 'On Kettles', abstract: 'Spout spout spout. A spout.' },
      {
        title: 'The Spout',
        abstract: 'Kettles, and more about kettles and what they are made of in various parts of the world.',
      },
    ];
    withCorpus([{ name: 'x', papers }], (corpus) => {
      expect(titles(corpus, 'spout ')).toEqual(['The Spout', 'On Kettles']);
      expect(titles(corpus, 'spout ', [{ field: 'order', desc: false }])).toEqual(['On Kettles', 'The Spout']);
    });
  });

  test('rows carry what the list shows', () => {
    const abstract = `${'é'.repeat(239)}𝑥𝑥`;
    withCorpus([{ name: 'x', papers: [{ ...walls, abstract }] }], (corpus) => {
      const [row] = corpus.openList({ queries: [parseQuery('lattice')], sort: [], now: 0, limit: 1 }).rows;
      expect(row).toMatchObject({
        title: walls.title,
        titleMatches: [[27, 35]],
        excerpt: `${'é'.repeat(239)}𝑥`,
        sources: ['x'],
      });
    });
  });
});
