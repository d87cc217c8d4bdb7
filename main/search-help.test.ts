import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../shared/query/parse.ts';
import type { Expression, Query } from '../shared/query/query.ts';
import { type HelpParts, searchHelp } from './search-help.ts';

/** A library of a few papers, each a list of words; a tag is written `#tag`. Everything is looked for word by word. */
function libraryOf(...texts: string[]) {
  const papers = texts.map((text) => text.split(' '));
  let counts = 0;
  const holds = (where: Expression, words: string[]): boolean => {
    switch (where.kind) {
      case 'and':
        return where.of.every((part) => holds(part, words));
      case 'or':
        return where.of.some((part) => holds(part, words));
      case 'not':
        return !holds(where.of, words);
      case 'tag':
        return words.includes(`#${where.tag}`);
      case 'text':
        return where.text
          .split(/[^\p{L}\p{N}]+/u)
          .every((word) => words.some((each) => (where.prefix ? each.startsWith(word) : each === word)));
      default:
        return true;
    }
  };
  const find = (queries: readonly Query[]) =>
    papers.filter((words) => queries.every(({ where }) => holds(where, words))).length;
  const parts: HelpParts = {
    viewQuery: (view) => parseQuery(view === 'all' ? '' : view),
    count: async ({ queries }) => {
      counts += 1;
      return find(queries);
    },
    nearWords: async (word, limit) => {
      const all = [...new Set(papers.flat())].filter((each) => !each.startsWith('#'));
      const near = all.filter((each) => each.slice(0, 3) === word.slice(0, 3) && each.length === word.length);
      return all.includes(word) ? [] : near.slice(0, limit);
    },
  };
  return {
    parts,
    get counts() {
      return counts;
    },
    total: (text: string) => find([parseQuery(text)]),
    help: (query: string, view = 'all') => searchHelp(parts, { view, query }),
  };
}

test('says without which part something is found, the most first, and how to search for that', async () => {
  const library = libraryOf('graph neural networks #gnn', 'graph cuts', 'neural nets');
  expect((await library.help('graph neural tag:none ')).without).toEqual([
    { part: 'tag:none', query: 'graph neural ', total: 1 },
  ]);
  expect((await library.help('cuts neural ')).without).toEqual([
    { part: 'cuts', query: 'neural ', total: 2 },
    { part: 'neural', query: 'cuts ', total: 1 },
  ]);
  expect((await library.help('graph "neural nets" sort:-votes')).without.map(({ part }) => part)).toEqual([
    '"neural nets"',
    'graph',
  ]);
});

test('keeps to the view, and says nothing where one part is all there is', async () => {
  const library = libraryOf('graph cuts #old', 'graph nets');
  expect(await library.help('nets', 'tag:old')).toEqual({ without: [], spelling: [] });
  expect((await library.help('graph nets ', 'tag:old')).without).toEqual([{ part: 'nets', query: 'graph ', total: 1 }]);
});

test('puts a word right that the library does not have, or all of them together', async () => {
  const library = libraryOf('graph neural networks', 'graph cuts');
  expect((await library.help('grapf cuts ')).spelling).toEqual([
    { word: 'grapf', suggestion: 'graph', query: 'graph cuts ', total: 1 },
  ]);
  expect((await library.help('grapf neuron ')).spelling).toEqual([
    { word: 'grapf neuron', suggestion: 'graph neural', query: 'graph neural ', total: 1 },
  ]);
  expect((await library.help('"grapf cuts" -networks')).spelling).toEqual([
    { word: 'grapf', suggestion: 'graph', query: '"graph cuts" -networks', total: 1 },
  ]);
});

test('says which parts find nothing with the others where no one part alone is why', async () => {
  const library = libraryOf('graph cuts', 'graph nets #a');
  expect((await library.help('graph tag:b sort:title tag:c cuts')).without).toEqual([
    { part: 'tag:b tag:c', query: 'graph sort:title cuts', total: 1 },
  ]);
  expect((await library.help('tag:b tag:c')).without).toEqual([]);
});

test('puts right only what has to be', async () => {
  const library = libraryOf('weak strong generalization', 'weak stronk');
  library.parts.nearWords = async (word) => (word === 'generalisation' ? ['generalization'] : ['stronk']);
  expect((await library.help('strong generalisation ')).spelling).toMatchObject([{ suggestion: 'generalization' }]);
});

test('knows a clause that is misspelt, and takes no part of one for a word', async () => {
  const library = libraryOf('graph cuts #ml');
  const offered = async (query: string) => (await library.help(query)).spelling.map((each) => each.query);
  expect(await offered('titel:graph cuts')).toEqual(['title:graph cuts']);
  expect(await offered('cuts (is:stared OR none)')).toEqual(['cuts (is:starred OR none)']);
  expect(await offered('cuts is:note')).toEqual(['cuts has:note']);
  expect(await offered('cuts year:2024-06')).toEqual(['cuts published:2024-06']);
  expect(await offered('cuts sort:-vote')).toEqual(['cuts sort:-votes']);
  expect(await offered('title:')).toEqual([]);
  expect(await offered('is:grapf')).toEqual([]);
});

test('leaves alone what begins a word that is there, what is ruled out, and numbers', async () => {
  const library = libraryOf('graph cuts 1234');
  expect((await library.help('none gra')).spelling).toEqual([]);
  expect((await library.help('cuts -grapf none ')).spelling).toEqual([]);
  expect((await library.help('cuts 1235 ')).spelling).toEqual([]);
  expect((await library.help('cuts grapf')).spelling).toMatchObject([{ suggestion: 'graph', query: 'cuts graph ' }]);
});

test('whatever is asked, every query that is offered finds what it says, with few counts', async () => {
  const word = fc.constantFrom(
    'graph',
    'grapf',
    'cuts',
    'cutz',
    'neural',
    'neuron',
    'xyz',
    '-graph',
    'tag:a',
    'OR',
    '(',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 12 }), fc.constantFrom('', ' '), async (words, end) => {
      const library = libraryOf('graph neural cuts', 'graph cuts #a', 'neural');
      const { without, spelling } = await library.help(`${words.join(' ')}${end}`);
      expect(library.counts).toBeLessThanOrEqual(12);
      for (const { query, total } of [...without, ...spelling])
        expect([query, library.total(query)]).toEqual([query, total]);
    }),
  );
});
