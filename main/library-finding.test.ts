import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LibraryState } from '../shared/contract.ts';
import type { PaperId } from '../shared/paper.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list, nextChange } from './library-testing.ts';

let folder: string;
let library: Library;
let ids: Record<'cuts' | 'nets' | 'trees', PaperId>;

const works = [
  { title: 'Cuts of Large Graphs', authors: ['Ada Lovelace'], venue: 'Journal of Graphs', year: 2021, votes: 5 },
  { title: 'Neural Networks on Graphs', authors: ['Emmy Noether'], venue: 'NeurIPS', year: 2023, votes: 90 },
  { title: 'On the Growth of Trees', authors: ['Ada Yonath'], venue: 'Journal of Trees', year: 2022 },
];

async function open(): Promise<void> {
  library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-finding-'));
  await open();
  await importText(library, works.map((work) => JSON.stringify(work)).join('\n'), 'works.jsonl');
  const [cuts = '', nets = '', trees = ''] = (await list(library)).rows.map(({ id }) => id);
  ids = { cuts, nets, trees };
});
afterEach(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

const found = async (query: string, view = 'all') => (await list(library, view, query)).rows.map(({ id }) => id);
const state = () => call(library, 'library.state', {});
const tag = (id: PaperId, ...addTags: string[]) =>
  call(library, 'papers.mark', { selection: { ids: [id] }, change: { addTags } });
const draft = { id: null, name: 'Mine', icon: 'flask' as const, sort: null, columns: null };
/** The counts of the saved views, once all are known. */
async function viewCounts(): Promise<(number | null)[]> {
  const areKnown = ({ views }: LibraryState) => views.every(({ count }) => count !== null);
  const known = nextChange(library, (change) => areKnown(change.state));
  const now = await state();
  const { views } = areKnown(now) ? now : (await known).state;
  return views.map(({ count }) => count);
}

test('a paper that is asked for by its id stands before those that only mention it', async () => {
  await importText(library, '{"title":"Named","arxiv_id":"2306.12345"}\n{"title":"Newest"}', 'more.jsonl');
  const { rows } = await list(library);
  const named = rows.find(({ title }) => title === 'Named')?.id ?? '';
  const newest = rows.find(({ title }) => title === 'Newest')?.id ?? '';
  for (const id of [newest, ids.cuts]) await call(library, 'note.set', { id, text: 'see 2306.12345, 2306.12345' });
  expect(named).toBe('arxiv:2306.12345');
  const [first, ...others] = await found('2306.12345');
  expect(first).toBe(named);
  expect(others.toSorted()).toEqual([newest, ids.cuts].toSorted());
});

test('a saved view is listed in the order that its query asks for, and its count follows what is done', async () => {
  const { id } = await call(library, 'views.save', { ...draft, query: 'graphs sort:-votes' });
  expect(await found('', id)).toEqual([ids.nets, ids.cuts]);
  expect(await found('sort:title', id)).toEqual([ids.cuts, ids.nets]);
  expect(await viewCounts()).toEqual([2]);
  await call(library, 'views.save', { ...draft, id, query: 'tag:later' });
  expect(await viewCounts()).toEqual([0]);
  await tag(ids.trees, 'later');
  expect(await viewCounts()).toEqual([1]);
  await library.close();
  await open();
  expect(await viewCounts()).toEqual([1]);
  expect((await state()).views).toMatchObject([{ id, name: 'Mine', query: 'tag:later' }]);
});

test('views come, move and go, and each is one step of Undo', async () => {
  const first = await call(library, 'views.save', { ...draft, name: 'First', query: 'graphs' });
  const second = await call(library, 'views.save', { ...draft, name: 'Second', query: 'trees' });
  await call(library, 'views.order', { ids: [second.id] });
  await call(library, 'views.remove', { id: first.id });
  const names = async () => (await state()).views.map(({ name }) => name);
  const undo = async () => (await call(library, 'history.undo', {})).done;
  expect(await names()).toEqual(['Second']);
  await expect(list(library, first.id)).rejects.toMatchObject({ code: 'not-found' });
  expect(await undo()).toBe('Removed the view “First”');
  expect(await names()).toEqual(['Second', 'First']);
  expect(await undo()).toBe('Put the views in another order');
  expect(await names()).toEqual(['First', 'Second']);
  expect(await undo()).toBe('Saved the view “Second”');
  await library.close();
  await open();
  expect(await names()).toEqual(['First']);
  await call(library, 'history.redo', {});
  expect((await state()).views.at(-1)).toMatchObject(second);
});

test('a tag is renamed with those in it, its colour and the views that ask for it, and that is one step', async () => {
  await tag(ids.cuts, 'ml', 'old');
  await tag(ids.nets, 'ml/vision');
  await call(library, 'tags.colour', { tag: 'ml', colour: 'teal' });
  const view = await call(library, 'views.save', { ...draft, query: 'tag:ml/vision -is:starred' });
  const before = await state();
  const renamed = await call(library, 'tags.rename', { from: 'ml', to: 'old' });
  expect(renamed).toEqual({ changed: 2, label: 'Renamed the tag “ml” to “old” on 2 papers and in 1 view' });
  const after = await state();
  expect(after.tags).toEqual([
    { name: 'old', count: 1, total: 2, colour: 'teal' },
    { name: 'old/vision', count: 1, total: 1, colour: null },
  ]);
  expect(after.views).toMatchObject([{ query: 'tag:old/vision -is:starred' }]);
  expect(await found('', view.id)).toEqual([ids.nets]);
  expect((await call(library, 'history.undo', {})).done).toBe(renamed.label);
  expect((await state()).tags).toEqual(before.tags);
  expect((await state()).views.map(({ query }) => query)).toEqual(['tag:ml/vision -is:starred']);
  await call(library, 'history.redo', {});
  expect((await state()).tags).toEqual(after.tags);
  expect(await call(library, 'tags.remove', { tag: 'old' })).toMatchObject({ changed: 2 });
  expect((await state()).tags).toEqual([]);
  await call(library, 'history.undo', {});
  expect((await state()).tags).toEqual(after.tags);
});

test('where nothing is found, it is said without what something would be, and how the words may be meant', async () => {
  const help = (query: string, view = 'all') => call(library, 'search.help', { view, query });
  expect((await help('graphs year:2022 ')).without).toEqual([
    { part: 'year:2022', query: 'graphs ', total: 2 },
    { part: 'graphs', query: 'year:2022 ', total: 1 },
  ]);
  const { spelling } = await help('nueral netwroks ');
  expect(spelling).toMatchObject([{ word: 'nueral netwroks', total: 1 }]);
  expect(await found(spelling[0]?.query ?? '')).toEqual([ids.nets]);
  expect(await help('nueral ', 'tag:none')).toEqual({ without: [], spelling: [] });
  await expect(help('x', 'view:none')).rejects.toMatchObject({ code: 'not-found' });
});

test('values are offered, a list says when it is settled, and a note is marked where it was found', async () => {
  const values = (field: 'author' | 'venue', beginning: string) =>
    call(library, 'search.values', { field, beginning, limit: 5 });
  expect((await values('venue', 'journal')).values.toSorted()).toEqual(['Journal of Graphs', 'Journal of Trees']);
  expect((await values('author', 'noe')).values).toEqual(['Emmy Noether']);
  const { result, total } = await list(library, 'all', 'graphs');
  expect(await call(library, 'list.settled', { result })).toEqual({ total });
  await call(library, 'note.set', { id: ids.trees, text: 'Compare with the **cut** of graphs.' });
  expect(await found('note:cuts')).toEqual([ids.trees]);
  const { note, noteMatches } = await call(library, 'paper.get', { id: ids.trees, query: 'note:cuts graph' });
  expect(noteMatches.map(([from, to]) => note.slice(from, to))).toEqual(['cut', 'graphs']);
});
