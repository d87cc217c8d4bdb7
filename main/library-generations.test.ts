import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import type { History } from './store/history.ts';
import { openReader } from './store/store-testing.ts';

let folder: string;
let library: Library;

const open = () => openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-library-generations-'));
  library = await open();
  await importText(library, captureOf('Ash', 'Beech', 'Cedar', 'Dogwood'));
});
afterEach(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function idOf(title: string): Promise<string> {
  const row = (await list(library)).rows.find((each) => each.title === title);
  if (!row) throw new Error(`no ${title}`);
  return row.id;
}
const note = async (title: string, text: string) => call(library, 'note.set', { id: await idOf(title), text });
const noteOf = async (title: string) => (await call(library, 'paper.get', { id: await idOf(title), query: '' })).note;
const take = () => call(library, 'generations.take', {});
const compare = (id: string, find = '', offset = 0, limit = 50) =>
  call(library, 'generations.compare', { id, find, offset, limit });
const restore = (id: string, ids: string[] | null = null) => call(library, 'generations.restore', { id, ids });
const undo = () => call(library, 'history.undo', {});
const redo = () => call(library, 'history.redo', {});
const reasons = async () => (await call(library, 'generations.list', {})).generations.map(({ reason }) => reason);
const titles = async () => (await list(library)).rows.map(({ title }) => title);

test('an earlier state is listed, compared by title, found in and paged', async () => {
  await note('Ash', 'first');
  await call(library, 'papers.mark', { selection: { ids: [await idOf('Beech')] }, change: { status: 'read' } });
  const taken = await take();
  expect(taken).toMatchObject({ reason: 'asked', papers: 2, notes: 1, current: true });
  expect(await call(library, 'generations.list', {})).toEqual({
    generations: [taken],
    folder: join(library.dataFolder, 'generations'),
  });
  expect(await compare(taken.id)).toMatchObject({ total: 0, differences: [], views: 0, tagColours: 0, merges: 0 });

  await note('Ash', 'second, with an Ünder');
  await call(library, 'papers.mark', { selection: { ids: [await idOf('Beech')] }, change: { addTags: ['t'] } });
  await call(library, 'papers.mark', { selection: { ids: [await idOf('Cedar')] }, change: { starred: true } });
  await call(library, 'tags.colour', { tag: 't', colour: 'red' });
  await call(library, 'views.save', { id: null, name: 'V', icon: 'star', query: 'v', sort: null, columns: null });

  const compared = await compare(taken.id);
  expect(compared).toMatchObject({
    generation: { ...taken, current: false },
    total: 3,
    views: 1,
    tagColours: 1,
    merges: 0,
  });
  const said = { status: 'unread', starred: false, tags: [], note: '' };
  expect(compared.differences).toEqual([
    {
      id: await idOf('Ash'),
      title: 'Ash',
      was: { ...said, note: 'first' },
      now: { ...said, note: 'second, with an Ünder' },
    },
    {
      id: await idOf('Beech'),
      title: 'Beech',
      was: { ...said, status: 'read' },
      now: { ...said, status: 'read', tags: ['t'] },
    },
    { id: await idOf('Cedar'), title: 'Cedar', was: null, now: { ...said, starred: true } },
  ]);
  expect((await compare(taken.id, '', 1, 1)).differences.map(({ title }) => title)).toEqual(['Beech']);
  for (const [find, found] of [
    ['ash', 1],
    ['UNDER', 1],
    ['first', 1],
    ['e', 3],
    ['nothing', 0],
  ] as const) {
    expect([find, (await compare(taken.id, find)).total]).toEqual([find, found]);
  }
  await expect(compare('none')).rejects.toMatchObject({ code: 'not-found' });
});

test('everything is brought back in one step, the state of now is kept first, and Undo and Redo go both ways', async () => {
  await note('Ash', 'first');
  await call(library, 'tags.colour', { tag: 't', colour: 'red' });
  const taken = await take();
  await note('Ash', 'second');
  await note('Beech', 'another');
  await call(library, 'tags.colour', { tag: 't', colour: null });
  await call(library, 'views.save', { id: null, name: 'V', icon: 'star', query: 'v', sort: null, columns: null });
  await call(library, 'settings.set', { theme: 'dark' });

  const restored = await restore(taken.id);
  expect(restored).toMatchObject({ changed: 2, label: expect.stringMatching(/^Restored everything from \d/) });
  const restoredState = async () => {
    expect([await noteOf('Ash'), await noteOf('Beech')]).toEqual(['first', '']);
    const { views, settings, undo } = await call(library, 'library.state', {});
    expect(views).toEqual([]);
    expect(settings.theme).toBe('dark');
    expect(undo).toBe(restored.label);
    expect((await compare(taken.id)).total).toBe(0);
  };
  await restoredState();
  expect(await reasons()).toEqual(['restore', 'asked']);
  expect(await restore(taken.id)).toEqual({ changed: 0, label: restored.label });
  const secondState = async () => {
    expect([await noteOf('Ash'), await noteOf('Beech')]).toEqual(['second', 'another']);
    expect((await call(library, 'library.state', {})).views).toMatchObject([{ name: 'V' }]);
    expect(await compare(taken.id)).toMatchObject({ total: 2, views: 1, tagColours: 1 });
  };
  expect(await undo()).toEqual({ done: restored.label });
  await secondState();
  await redo();
  await restoredState();
  await library.close();
  library = await open();
  await undo();
  await secondState();
  // What was kept before the restore is what Undo brings back.
  const [before] = (await call(library, 'generations.list', {})).generations.filter(
    ({ reason }) => reason === 'restore',
  );
  expect(await compare(before?.id ?? '')).toMatchObject({ total: 0, views: 0, tagColours: 0 });
});

test('single papers are brought back, and nothing else', async () => {
  await note('Ash', 'first');
  await note('Beech', 'first');
  const taken = await take();
  await note('Ash', 'second');
  await note('Beech', '');
  await note('Cedar', 'second');
  await call(library, 'views.save', { id: null, name: 'V', icon: 'star', query: 'v', sort: null, columns: null });
  const restored = await restore(taken.id, [await idOf('Beech'), await idOf('Cedar'), 'arxiv:none']);
  expect(restored).toMatchObject({ changed: 2, label: expect.stringMatching(/^Restored 2 papers from \d/) });
  expect(await Promise.all(['Ash', 'Beech', 'Cedar'].map(noteOf))).toEqual(['second', 'first', '']);
  expect((await call(library, 'library.state', {})).views).toHaveLength(1);
  await undo();
  expect(await Promise.all(['Ash', 'Beech', 'Cedar'].map(noteOf))).toEqual(['second', '', 'second']);
  expect((await compare(taken.id)).total).toBe(3);
});

test('which papers are one is brought back too, and the papers follow, also at Undo', async () => {
  await note('Ash', 'of Ash');
  await note('Beech', 'of Beech');
  const apart = await take();
  await call(library, 'papers.merge', { ids: [await idOf('Ash'), await idOf('Beech')] });
  expect(await titles()).toHaveLength(3);
  const merged = await take();
  expect(await compare(apart.id)).toMatchObject({ total: 0, merges: 1 });

  const { label } = await restore(apart.id);
  expect(await titles()).toHaveLength(4);
  expect(await noteOf('Beech')).toBe('of Beech');
  await undo();
  expect(await titles()).toHaveLength(3);
  expect((await noteOf('Ash')).split('\n')[0]).toBe('of Ash');
  await redo();
  expect(await titles()).toHaveLength(4);
  await restore(merged.id);
  expect(await titles()).toHaveLength(3);
  await undo();
  expect(await titles()).toHaveLength(4);
  // There is one step for each, and the merge itself is still one.
  expect((await undo()).done).toBe(label);
  expect((await undo()).done).toMatch(/^Merged 2 papers/);
  expect(await titles()).toHaveLength(4);
  expect((await undo()).done).toBe('Wrote a note');
});

test('the papers follow at the next opening where a crash kept them from it, and that is no step of its own', async () => {
  const pair = [await idOf('Ash'), await idOf('Beech')] as const;
  const steps = async () => {
    const { undo, redo } = await call(library, 'library.state', {});
    return { undo, redo, papers: (await titles()).length };
  };
  // What a restore writes, by a program that ends before the papers could follow.
  const inStore = async (work: (history: History) => Promise<unknown>) => {
    await library.close();
    const { store, history } = await openReader(folder);
    await work(history);
    await store.close();
    library = await open();
  };
  await inStore((history) => history.do({ label: 'Restored', pairs: { same: [pair], different: [] } }));
  expect(await steps()).toEqual({ undo: 'Restored', redo: null, papers: 3 });
  await inStore((history) => history.undo());
  expect(await steps()).toMatchObject({ redo: 'Restored', papers: 4 });
  await inStore((history) => history.redo());
  expect(await steps()).toEqual({ undo: 'Restored', redo: null, papers: 3 });
  await undo();
  expect(await steps()).toMatchObject({ redo: 'Restored', papers: 4 });
});

test('a paper that has become another by a better id is compared and brought back as one', async () => {
  const old = await idOf('Ash');
  await note('Ash', 'first');
  await call(library, 'papers.mark', { selection: { ids: [old] }, change: { addTags: ['t'] } });
  const taken = await take();
  await importText(library, `${JSON.stringify({ title: 'Ash', arxiv_id: '2301.00001' })}\n`, 'better.jsonl');
  const id = await idOf('Ash');
  expect(id).not.toBe(old);
  expect((await compare(taken.id)).total).toBe(0);
  await note('Ash', 'second');
  const { differences } = await compare(taken.id);
  expect(differences).toMatchObject([
    { id, title: 'Ash', was: { note: 'first', tags: ['t'] }, now: { note: 'second' } },
  ]);
  await restore(taken.id, [id]);
  expect(await noteOf('Ash')).toBe('first');
  expect((await compare(taken.id)).total).toBe(0);
});

test('a paper that is not in the library is brought back by its id', async () => {
  const id = await idOf('Ash');
  await note('Ash', 'first');
  const taken = await take();
  await note('Ash', '');
  const { sources } = await call(library, 'library.state', {});
  await call(library, 'sources.remove', { source: sources[0]?.id ?? 0 });
  expect((await compare(taken.id, 'FIRST')).differences).toMatchObject([{ id, title: null, now: null }]);
  expect(await restore(taken.id, [id])).toMatchObject({ changed: 1 });
  await importText(library, captureOf('Ash', 'Elm'), 'again.txt');
  expect(await noteOf('Ash')).toBe('first');
});

test('a state is kept at the start, before imports and large changes, and only when something has changed', async () => {
  expect(await reasons()).toEqual([]);
  await note('Ash', 'first');
  await note('Beech', 'second');
  await importText(library, captureOf('Elm'), 'elm.txt');
  expect(await reasons()).toEqual(['import']);
  await importText(library, captureOf('Fir'), 'fir.txt');
  expect(await reasons()).toEqual(['import']);
  const { generations } = await call(library, 'generations.list', {});
  await rm(join(library.dataFolder, 'generations'), { recursive: true });
  await library.close();
  library = await open();
  await library.close();
  library = await open();
  expect(await reasons()).toEqual(['start']);
  await restore((await take()).id);
  expect(await readdir(join(library.dataFolder, 'generations'))).toHaveLength(1);
  expect(generations).toHaveLength(1);
});
