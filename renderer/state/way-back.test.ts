import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { Session } from './session.ts';
import { aLibrary, anOpenList, aRow } from './testing.ts';

/** What each result set holds, by its handle: the papers by their numbers. */
let results: Map<number, number[]>;
let closed: number[];
let asked: [string, unknown][];
/** What `list.open` finds, by view and query. */
let found: Record<string, number[]>;
let session: Session;

beforeEach(async () => {
  results = new Map();
  closed = [];
  asked = [];
  found = { 'inbox ': [0, 1, 2], 'inbox moths': [1], 'all ': [0, 1, 2, 3, 4] };
  const answers: Record<string, (input: never) => unknown> = {
    'library.state': () => aLibrary(),
    'list.open': ({ view, query }: { view: string; query: string }) => {
      const papers = found[`${view} ${query}`] ?? [];
      const result = results.size + 1;
      results.set(result, papers);
      return anOpenList(papers.length, { result, rows: papers.map((paper) => aRow(paper)) });
    },
    'list.rows': ({ result, offset, limit }: { result: number; offset: number; limit: number }) => ({
      rows: (results.get(result) ?? []).slice(offset, offset + limit).map((paper) => aRow(paper)),
    }),
    'list.indexOf': ({ result, id }: { result: number; id: string }) => {
      const index = (results.get(result) ?? []).findIndex((paper) => aRow(paper).id === id);
      return { index: index < 0 ? null : index };
    },
    'list.close': ({ result }: { result: number }) => {
      closed.push(result);
      return {};
    },
  };
  const client: Client = {
    async call(name, input) {
      asked.push([name, input]);
      return ((await answers[name]?.(input as never)) ?? {}) as never;
    },
    on: () => () => {},
  };
  session = new Session(client);
  await session.start();
});

const state = () => session.store.get();
const id = (paper: number) => aRow(paper).id;
const turns = () => new Promise((resolve) => setTimeout(resolve));

test('a paper of the list is gone to in it, and the selection of before comes back', async () => {
  session.papers.choose(0);
  session.papers.choose(1, 'range');
  session.papers.choose(0);
  await session.wayBack.open(id(2), 'Paper 0');
  expect(state()).toMatchObject({ currentId: id(2), list: { focus: 2 }, settings: { view: 'inbox' } });
  expect(state().wayBack).toEqual([{ from: id(0), title: 'Paper 0', to: id(2) }]);
  expect(session.wayBack.back()).toBe(true);
  expect(state()).toMatchObject({ currentId: id(0), list: { result: 1, focus: 0, selection: [[0, 1]] }, wayBack: [] });
  await turns();
  expect(closed).toEqual([]);
  expect(session.wayBack.back()).toBe(false);
});

test('a paper that the list does not hold is gone to among all papers; view, search, rows and selection come back', async () => {
  session.search('moths');
  await turns();
  expect(state()).toMatchObject({ query: 'moths', currentId: id(1), list: { result: 2, total: 1 } });
  await session.wayBack.open(id(4), 'Paper 1');
  await turns();
  expect(state()).toMatchObject({
    currentId: id(4),
    query: '',
    settings: { view: 'all' },
    list: { result: 3, total: 5, focus: 4 },
  });
  await session.wayBack.open(id(3), 'Paper 4');
  expect(state().list).toMatchObject({ result: 3, focus: 3 });
  // What the search finds by now is not what comes back: the rows are those that were left.
  found['inbox moths'] = [];
  session.wayBack.back();
  expect(state()).toMatchObject({ currentId: id(4), list: { result: 3, focus: 4 } });
  session.wayBack.back();
  expect(state()).toMatchObject({
    currentId: id(1),
    query: 'moths',
    settings: { view: 'inbox' },
    list: { result: 2, total: 1, focus: 0, shown: { view: 'inbox', query: 'moths' } },
  });
  expect(session.list.row(0)?.id).toBe(id(1));
  await turns();
  // The list that was left is let go, and the one that came back never was.
  expect(closed.toSorted()).toEqual([1, 3]);
});

test('where the view is gone, the paper is found elsewhere', async () => {
  session.settings.change({ view: 'source:9' });
  await session.wayBack.open(id(4), 'Paper 0');
  await turns();
  session.wayBack.back();
  await turns();
  expect(state()).toMatchObject({ currentId: id(0), settings: { view: 'all' } });
});

test('only so many steps are kept, and the lists of those forgotten are let go', async () => {
  for (let step = 0; step < 25; step += 1) await session.wayBack.open(id(1 + (step % 2)), `Step ${step}`);
  expect(state().wayBack).toHaveLength(20);
  expect(state().wayBack[0]?.title).toBe('Step 5');
  let steps = 0;
  while (session.wayBack.back()) steps += 1;
  expect(steps).toBe(20);
});

test('going to the paper that is read is no step', async () => {
  await session.wayBack.open(id(0), 'Paper 0');
  expect(state().wayBack).toEqual([]);
  expect(asked.some(([name]) => name === 'list.indexOf')).toBe(false);
});
