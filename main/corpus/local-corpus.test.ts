import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { parseQuery } from '../../shared/query.ts';
import { titleId } from '../importers/identity.ts';
import { LocalCorpus } from './local-corpus.ts';
import { marksOf, temporaryFolder, titles, withCorpus } from './test-corpus.ts';

const everything = [parseQuery('')];
const bundled = new URL('../../resources/daily-papers.txt', import.meta.url).pathname;

const walls = { title: 'Boundary Terms for Crowded Lattices', abstract: 'We study walls. A wall keeps cells in.' };
const tea = { title: 'KettleBench: Can Robots Make Tea?', abstract: 'Robots fail at learning to pour. Steam is why.' };
const moss = {
  title: 'What Mosses Remember',
  authors: ['Zoë Müller', 'An Abel'],
  published: '2021',
  arxivId: '2101.00001',
};
const small = [{ name: 'first.txt', papers: [walls, tea, moss] }];

describe('importing a file', () => {
  test('brings in its papers, keeps its bytes, and does nothing the second time', () => {
    const { folder, remove } = temporaryFolder();
    const corpus = new LocalCorpus(join(folder, 'new'));
    expect(corpus.created).toBe(true);
    const first = corpus.importFile(bundled);
    expect(first).toEqual({
      path: bundled,
      format: 'daily-papers-text',
      new: 55,
      merged: 0,
      unchanged: 0,
      skipped: [],
    });
    const state = corpus.state();
    const again = corpus.importFile(bundled);
    expect(again).toEqual({ ...first, new: 0, unchanged: 55 });
    expect(corpus.state()).toEqual(state);
    expect(corpus.importBytes('copy.txt', readFileSync(bundled))).toMatchObject({ new: 0, unchanged: 55 });
    expect(corpus.state()).toEqual(state);
    const captures = join(folder, 'new', 'captures');
    const [capture = '', ...others] = readdirSync(captures);
    expect(others).toEqual([]);
    expect(capture).toMatch(/^[0-9a-f]{16}-daily-papers\.txt$/);
    expect(readFileSync(join(captures, capture)).equals(readFileSync(bundled))).toBe(true);
    expect(statSync(join(captures, capture)).mode & 0o777).toBe(0o600);
    corpus.close();
    expect(statSync(join(folder, 'new', 'corpus.db')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'new')).sort()).toEqual(['captures', 'corpus.db']);
    const reopened = new LocalCorpus(join(folder, 'new'));
    expect(reopened.created).toBe(false);
    expect(reopened.state()).toEqual(state);
    reopened.close();
    remove();
  });

  test('a second page comes first, and a paper of both keeps its place', () => {
    const { folder, remove } = temporaryFolder();
    const corpus = new LocalCorpus(folder);
    const page = (...papers: { title: string; abstract: string }[]) =>
      Buffer.from(`Daily Papers\n\n${papers.map(({ title, abstract }) => `${title}\n\n${abstract}`).join('\n\n')}`);
    corpus.importBytes('one.txt', page(walls, tea));
    const both = { title: 'A Theory of Spouts', abstract: 'We prove that spouts drip.' };
    expect(corpus.importBytes('two.txt', page(both, walls))).toMatchObject({ new: 1, unchanged: 1 });
    expect(titles(corpus, '')).toEqual([both.title, walls.title, tea.title]);
    const { rows } = corpus.openList({ queries: everything, sort: [], limit: 3 });
    expect(rows.map(({ sources }) => sources)).toEqual([['two.txt'], ['two.txt', 'one.txt'], ['one.txt']]);
    expect(titles(corpus, 'source:two')).toEqual([both.title, walls.title]);
    expect(titles(corpus, 'source:1')).toEqual([walls.title, tea.title]);
    corpus.close();
    remove();
  });

  test('that is refused changes nothing', () => {
    const { folder, remove } = temporaryFolder();
    const corpus = new LocalCorpus(folder);
    writeFileSync(join(folder, 'prose.txt'), 'Once upon a time there was a wall. Nobody wrote about it.');
    expect(() => corpus.importFile(join(folder, 'prose.txt'))).toThrow(join(folder, 'prose.txt'));
    expect(corpus.state().counts.all).toBe(0);
    expect(readdirSync(folder)).not.toContain('captures');
    corpus.close();
    remove();
  });

  test('the bytes of which cannot be kept says why, and changes nothing', () => {
    const { folder, remove } = temporaryFolder();
    const corpus = new LocalCorpus(folder);
    writeFileSync(join(folder, 'captures'), 'in the way');
    let told: unknown;
    try {
      corpus.importFile(bundled);
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(OffprintError);
    expect(told).toMatchObject({ code: 'unreadable', message: expect.stringContaining(join(folder, 'captures')) });
    expect(corpus.state()).toMatchObject({ counts: { all: 0 }, sources: [] });
    corpus.close();
    remove();
  });
});

describe('result sets', () => {
  test('stay as they are while papers change', () => {
    withCorpus(small, (corpus) => {
      const inbox = [parseQuery('status:unread')];
      const { result, total } = corpus.openList({ queries: inbox, sort: [], limit: 1 });
      corpus.applyMarks({ from: null, to: 'a' }, [
        marksOf(titleId(walls.title), { status: 'read' }),
        marksOf(titleId(tea.title), { status: 'read' }),
      ]);
      corpus.importBytes('new.txt', Buffer.from('Daily Papers\n\nA Theory of Spouts\n\nWe prove that spouts drip.'));
      expect(total).toBe(3);
      expect(corpus.rows(result, 0, 10).map(({ title }) => title)).toEqual([walls.title, tea.title, moss.title]);
      expect(corpus.indexOf(result, titleId(tea.title))).toBe(1);
      expect(corpus.indexOf(result, titleId('A Theory of Spouts'))).toBeNull();
      expect(titles(corpus, 'status:unread')).toEqual(['A Theory of Spouts', moss.title]);
    });
  });

  test('answer ranges in order, each paper once, and nothing beyond the end', () => {
    withCorpus(small, (corpus) => {
      const { result } = corpus.openList({ queries: everything, sort: [], limit: 0 });
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
      const open = () => corpus.openList({ queries: everything, sort: [], limit: 1 }).result;
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

  test('are read to their end in the background', () => {
    const papers = Array.from({ length: 20_000 }, (_, index) => ({ title: `Note ${index}` }));
    withCorpus([{ name: 'many', papers }], (corpus) => {
      const { result, total } = corpus.openList({ queries: everything, sort: [], limit: 10 });
      expect(total).toBe(20_000);
      expect(corpus.idle()).toBe(true);
      while (corpus.idle());
      expect(corpus.rows(result, 19_999, 5).map(({ title }) => title)).toEqual(['Note 19999']);
      const sorted = corpus.openList({ queries: everything, sort: [{ field: 'title', desc: true }], limit: 2 });
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

  test('ids are resolved to what papers are called now', () => {
    withCorpus(small, (corpus) => {
      const known = corpus.resolve([titleId(moss.title), titleId(tea.title), 'doi:10.1/none']);
      expect([...known]).toEqual([
        [titleId(moss.title), 'arxiv:2101.00001'],
        [titleId(tea.title), titleId(tea.title)],
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
    ['NOT', []],
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
      const [row] = corpus.openList({ queries: [parseQuery('lattice')], sort: [], limit: 1 }).rows;
      expect(row).toMatchObject({
        title: walls.title,
        titleMatches: [[27, 35]],
        excerpt: `${'é'.repeat(239)}𝑥`,
        sources: ['x'],
      });
    });
  });
});
