import { beforeEach, expect, test } from 'vitest';
import type { SavedView } from '../shared/views.ts';
import { savedViewSchema } from '../shared/views.ts';
import { mostViews, viewHandlers } from './saved-views.ts';
import type { Deed } from './store/step.ts';

let views: readonly SavedView[];
let deeds: Deed[];
const handlers = viewHandlers({
  views: () => views,
  do: async (deed) => {
    deeds.push(deed);
    views = deed.views ?? views;
  },
});
const draft = { id: null, name: 'Vision', icon: 'flask' as const, query: 'tag:vision', sort: null, columns: null };
const names = () => views.map(({ name }) => name);

beforeEach(() => {
  views = [];
  deeds = [];
});

test('a new view goes last and gets an id of its own', async () => {
  const first = await handlers['views.save'](draft);
  const second = await handlers['views.save']({ ...draft, name: 'Vision again' });
  expect(savedViewSchema.parse(first)).toEqual({ ...draft, id: first.id });
  expect(first.id).not.toBe(second.id);
  expect(views).toEqual([first, second]);
  expect(deeds.map(({ label }) => label)).toEqual(['Saved the view “Vision”', 'Saved the view “Vision again”']);
});

test('saving one that is there changes it in its place, and says whether it has another name', async () => {
  const { id } = await handlers['views.save'](draft);
  await handlers['views.save']({ ...draft, name: 'Other' });
  const sort = [{ field: 'votes' as const, desc: true }];
  expect(await handlers['views.save']({ ...draft, id, sort })).toEqual({ ...draft, id, sort });
  await handlers['views.save']({ ...draft, id, name: 'Seeing' });
  expect(names()).toEqual(['Seeing', 'Other']);
  expect(deeds.map(({ label }) => label).slice(2)).toEqual([
    'Changed the view “Vision”',
    'Renamed the view “Vision” to “Seeing”',
  ]);
});

test('what is not there can be neither changed nor removed', async () => {
  const gone = { code: 'not-found' };
  await expect(handlers['views.save']({ ...draft, id: 'view:gone' })).rejects.toMatchObject(gone);
  await expect(handlers['views.remove']({ id: 'inbox' })).rejects.toMatchObject(gone);
  expect(deeds).toEqual([]);
});

test('removing takes just that one', async () => {
  const { id } = await handlers['views.save'](draft);
  await handlers['views.save']({ ...draft, name: 'Other' });
  await handlers['views.remove']({ id });
  expect(names()).toEqual(['Other']);
  expect(deeds.at(-1)?.label).toBe('Removed the view “Vision”');
});

test('an order puts those first that it names; one that changes nothing is no step', async () => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push((await handlers['views.save']({ ...draft, name })).id);
  const [a = '', b = '', c = '', d = ''] = ids;
  await handlers['views.order']({ ids: [d, 'view:gone', b, d] });
  expect(names()).toEqual(['d', 'b', 'a', 'c']);
  const steps = deeds.length;
  await handlers['views.order']({ ids: [d, b, a, c] });
  await handlers['views.order']({ ids: [] });
  expect(deeds).toHaveLength(steps);
});

test('there is an end to it', async () => {
  const one = await handlers['views.save'](draft);
  views = Array.from({ length: mostViews }, () => one);
  await expect(handlers['views.save'](draft)).rejects.toMatchObject({ code: 'refused' });
});
