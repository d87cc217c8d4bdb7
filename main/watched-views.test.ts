import { expect, test } from 'vitest';
import { parseQuery } from '../shared/query/parse.ts';
import type { SavedView } from '../shared/views.ts';
import type { WatchedQuery } from './corpus/corpus.ts';
import { WatchedViews } from './watched-views.ts';

const view = (id: string, query: string, name = id): SavedView => {
  return { id, name, query, icon: 'search', sort: null, columns: null };
};

test('the corpus is told of queries that have changed, and not of names, order or pictures', async () => {
  const told: (readonly WatchedQuery[])[] = [];
  let views = [view('view:a', 'tag:a'), view('view:b', 'tag:b')];
  const watched = new WatchedViews({ watch: async (queries) => void told.push(queries) }, () => views);
  await watched.follow();
  views = [view('view:b', 'tag:b', 'Another name'), view('view:a', 'tag:a')];
  await watched.follow();
  expect(told).toEqual([
    [
      { id: 'view:a', query: parseQuery('tag:a') },
      { id: 'view:b', query: parseQuery('tag:b') },
    ],
  ]);
  views = views.slice(0, 1);
  await watched.follow();
  expect(told.at(-1)).toMatchObject([{ id: 'view:b' }]);
  views = [];
  await watched.follow();
  expect(told.at(-1)).toEqual([]);
});

test('a count that is not known yet is null', () => {
  const watched = new WatchedViews({ watch: async () => {} }, () => [view('view:a', ''), view('view:b', '')]);
  expect(watched.withCounts({ watched: { 'view:a': 0, 'view:b': null } }).map(({ count }) => count)).toEqual([0, null]);
  expect(watched.withCounts({ watched: {} }).map(({ count }) => count)).toEqual([null, null]);
});

test('what the corpus could not be told is told again', async () => {
  let fails = true;
  let calls = 0;
  const watch = async () => {
    calls += 1;
    if (fails) throw new Error('no');
  };
  const watched = new WatchedViews({ watch }, () => [view('view:a', '')]);
  await expect(watched.follow()).rejects.toThrow('no');
  fails = false;
  await watched.follow();
  await watched.follow();
  expect(calls).toBe(2);
});
