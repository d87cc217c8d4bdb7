import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportProgress } from '../shared/contract.ts';
import { captureOf } from './capture-testing.ts';
import { openPapersWriter } from './corpus/open-papers-writer.ts';
import { type Library, openLibrary } from './library.ts';
import { beginImport, call, importText, list, nextChange, previewImport } from './library-testing.ts';
import { JournalAdapter } from './store/journal-adapter.ts';
import { Store } from './store/store.ts';

const writers = vi.hoisted(() => ({ opened: 0 }));
vi.mock('./corpus/open-papers-writer.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./corpus/open-papers-writer.ts')>();
  return {
    ...original,
    openPapersWriter: (folder: string) => {
      writers.opened += 1;
      return original.openPapersWriter(folder);
    },
  };
});

let folder: string;
let opened: Library[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-imports-'));
  opened = [];
});
afterEach(async () => {
  for (const library of opened) await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<Library> {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  opened.push(library);
  return library;
}

const trees = ['Ash of the Woods', 'Beech of the Woods', 'Cedar of the Woods'];
const capture = captureOf(...trees);

async function titles(library: Library, view = 'all'): Promise<string[]> {
  return (await list(library, view)).rows.map(({ title }) => title);
}

async function idOf(library: Library, title: string): Promise<string> {
  return (await list(library)).rows.find((row) => row.title === title)?.id ?? '';
}

async function star(library: Library, title: string) {
  const selection = { ids: [await idOf(library, title)] };
  return call(library, 'papers.mark', { selection, change: { starred: true } });
}

const undoLabel = async (library: Library) => (await call(library, 'library.state', {})).undo;
const incoming = () => readdir(join(folder, 'incoming')).catch(() => []);

describe('an import', () => {
  test('is previewed and writes nothing until it is confirmed, and then all of it', async () => {
    const library = await open();
    const told: ImportProgress[] = [];
    library.on('import.progress', (progress) => told.push(progress));
    const { job, preview } = await previewImport(
      library,
      { name: 'woods/trees.txt', text: capture },
      { name: 'picture.png', text: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]) },
    );
    expect(preview).toMatchObject({
      files: [{ path: 'woods/trees.txt', new: 3, merged: 0, unchanged: 0 }],
      failures: [{ path: 'picture.png', reason: expect.stringContaining('picture') }],
      total: { new: 3, merged: 0, unchanged: 0, skipped: 0 },
    });
    expect(preview.sample.map(({ title, outcome }) => [title, outcome])).toEqual(trees.map((title) => [title, 'new']));
    expect((await list(library)).total).toBe(0);
    const announced = nextChange(library, ({ rows }) => rows);
    const { change, total } = await call(library, 'import.confirm', { job, takeMarks: false });
    expect(total).toEqual(preview.total);
    expect((await announced).state).toMatchObject({ counts: { inbox: 3 }, sources: [{ name: 'trees.txt', count: 3 }] });
    expect(await titles(library)).toEqual(trees);
    expect(told.every((progress) => progress.job === job)).toBe(true);
    expect(await call(library, 'changes.list', { limit: 5 })).toMatchObject({
      changes: [{ id: change, kind: 'import', undone: false }],
    });
    expect(await incoming()).toEqual([]);
  });

  test('that is cancelled leaves nothing, and another can begin', async () => {
    const library = await open();
    const { job } = await previewImport(library, { name: 'a.txt', text: capture });
    await call(library, 'import.cancel', { job });
    await expect(call(library, 'import.confirm', { job, takeMarks: false })).rejects.toMatchObject({ code: 'refused' });
    expect(await incoming()).toEqual([]);
    await call(library, 'import.cancel', { job });
    await importText(library, capture);
    expect(await titles(library)).toEqual(trees);
  });

  test('whose window has gone gives way to the next one, and to everything else', async () => {
    const library = await open();
    const gone = await previewImport(library, { name: 'gone.txt', text: capture });
    await importText(library, captureOf('Dogwood of the Woods'), 'next.txt');
    await expect(call(library, 'import.preview', { job: gone.job })).rejects.toMatchObject({ code: 'refused' });
    const [source] = (await call(library, 'library.state', {})).sources;
    await previewImport(library, { name: 'gone.txt', text: capture });
    await call(library, 'sources.remove', { source: source?.id ?? 0 });
    expect(await titles(library)).toEqual([]);
  });

  test('keeps no mark, search or count waiting', async () => {
    const library = await open();
    await importText(library, capture);
    const { job } = await previewImport(library, { name: 'b.txt', text: captureOf('Elm of the Woods') });
    await star(library, trees[0] ?? '');
    expect(await titles(library, 'starred')).toEqual([trees[0]]);
    expect((await call(library, 'library.state', {})).counts).toMatchObject({ all: 3, starred: 1 });
    await call(library, 'import.confirm', { job, takeMarks: false });
    expect(await titles(library)).toEqual(['Elm of the Woods', ...trees]);
  });

  test('is cancelled when the library closes, whatever it is doing', async () => {
    const library = await open();
    const job = await beginImport(library, [{ name: 'a.txt', text: capture }]);
    const reading = expect(call(library, 'import.preview', { job })).rejects.toMatchObject({ code: 'refused' });
    await library.close();
    await reading;
    expect(await incoming()).toEqual([]);
    const again = await open();
    await previewImport(again, { name: 'a.txt', text: capture });
    await again.close();
    expect(await titles(await open())).toEqual([]);
  });

  test('is refused while another is read or written', async () => {
    const library = await open();
    const job = await beginImport(library, [{ name: 'a.txt', text: capture }]);
    await expect(beginImport(library, [{ name: 'b.txt', text: capture }])).rejects.toMatchObject({ code: 'refused' });
    await expect(call(library, 'changes.undo', { id: null })).rejects.toMatchObject({ code: 'refused' });
    await call(library, 'import.preview', { job });
    await call(library, 'import.confirm', { job, takeMarks: false });
    expect(await titles(library)).toEqual(trees);
  });

  test('of what is no upload is refused by name', async () => {
    const library = await open();
    const upload = crypto.randomUUID();
    await expect(call(library, 'import.begin', { uploads: [upload], format: null })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(call(library, 'upload.append', { upload, base64: '' })).rejects.toMatchObject({ code: 'not-found' });
    await call(library, 'upload.discard', { upload });
  });
});

test('a library that is there already is opened without a thread that writes papers', async () => {
  await importText(await open(), capture);
  await opened[0]?.close();
  const before = writers.opened;
  const library = await open();
  await star(library, trees[0] ?? '');
  expect(await titles(library)).toEqual(trees);
  expect(writers.opened).toBe(before);
});

describe('undo', () => {
  test('takes back what was done last, marks and papers in one order', async () => {
    const library = await open();
    await importText(library, capture, 'first.txt');
    await star(library, trees[0] ?? '');
    await importText(library, captureOf('Dogwood of the Woods'), 'second.txt');
    await star(library, trees[1] ?? '');
    const labels: (string | null)[] = [];
    for (let step = 0; step < 5; step += 1) {
      labels.push(await undoLabel(library));
      expect((await call(library, 'history.undo', {})).done).toBe(labels.at(-1));
    }
    expect(labels).toEqual([
      'Starred 1 paper',
      'Imported 1 paper from second.txt',
      'Starred 1 paper',
      'Imported 3 papers from first.txt',
      null,
    ]);
    expect(await titles(library)).toEqual([]);
    for (const label of labels.slice(0, -1).reverse()) {
      expect((await call(library, 'history.redo', {})).done).toBe(label);
    }
    expect((await titles(library)).toSorted()).toEqual([...trees, 'Dogwood of the Woods'].toSorted());
  });

  test('of an import leaves what the reader has touched, even a moment ago', async () => {
    const library = await open();
    const { change } = await importText(library, capture);
    const id = await idOf(library, trees[1] ?? '');
    const [, undone] = await Promise.all([
      call(library, 'note.set', { id, text: 'typed this very moment' }),
      call(library, 'changes.undo', { id: change }),
    ]);
    expect(undone.done).toBe('Imported 3 papers from papers.txt');
    expect(await titles(library)).toEqual([trees[1]]);
    expect(await call(library, 'paper.get', { id, query: '' })).toMatchObject({ note: 'typed this very moment' });
    expect(await undoLabel(library)).toBe('Wrote a note');
    await expect(call(library, 'changes.undo', { id: change })).rejects.toMatchObject({ code: 'refused' });
    await expect(call(library, 'changes.undo', { id: 999 })).rejects.toMatchObject({ code: 'not-found' });
    expect(await call(library, 'changes.undo', { id: null })).toEqual({ done: null });
  });

  test('works after opening again, by the list of changes', async () => {
    const library = await open();
    await importText(library, capture);
    await library.close();
    const again = await open();
    expect(await undoLabel(again)).toBe('Imported 3 papers from papers.txt');
    expect(await call(again, 'changes.undo', { id: null })).toEqual({ done: 'Imported 3 papers from papers.txt' });
    expect(await titles(again)).toEqual([]);
    expect(await undoLabel(again)).toBeNull();
    expect((await call(again, 'changes.list', { limit: 5 })).changes).toMatchObject([{ undone: true }]);
  });
});

describe('a source', () => {
  test('says what removing it would do, goes, and comes back', async () => {
    const library = await open();
    await importText(library, captureOf(...trees.slice(0, 2)), 'first.txt');
    await importText(library, captureOf(...trees.slice(1)), 'second.txt');
    const [second] = (await call(library, 'library.state', {})).sources;
    const source = second?.id ?? 0;
    await importText(library, captureOf('Elm of the Woods', ...trees.slice(1)), 'third.txt');
    const third = (await call(library, 'library.state', {})).sources[0]?.id ?? 0;
    expect(await call(library, 'sources.impact', { source: third })).toEqual({ papers: 1, kept: 0, shared: 2 });
    await call(library, 'changes.undo', { id: null });
    await star(library, trees[2] ?? '');
    expect(await call(library, 'sources.impact', { source })).toEqual({ papers: 0, kept: 1, shared: 1 });
    const { removed, kept } = await call(library, 'sources.remove', { source });
    expect({ removed, kept }).toEqual({ removed: 0, kept: 1 });
    expect((await call(library, 'library.state', {})).sources.map(({ name }) => name)).not.toContain('second.txt');
    expect(await call(library, 'history.undo', {})).toEqual({ done: 'Removed the source “second.txt”' });
    expect((await titles(library)).toSorted()).toEqual(trees);
    expect((await list(library, `source:${source}`)).total).toBe(2);
  });

  test('that does not exist is said', async () => {
    const library = await open();
    await expect(call(library, 'sources.remove', { source: 7 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('papers merged by hand', () => {
  async function merged() {
    const library = await open();
    await importText(library, capture);
    const ids = await Promise.all(trees.map((title) => idOf(library, title)));
    await call(library, 'note.set', { id: ids[0] ?? '', text: 'of ash' });
    await call(library, 'note.set', { id: ids[1] ?? '', text: 'of beech' });
    const answer = await call(library, 'papers.merge', { ids: [ids[1] ?? '', ids[0] ?? ''] });
    return { library, ids: ids as [string, string, string], answer };
  }

  test('are one, with all that was said of them, after opening again too, and come apart as they were', async () => {
    const { library, ids, answer } = await merged();
    expect(answer.id).toBe(ids[1]);
    const check = async (of: Library) => {
      expect((await list(of)).rows.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
      const { note, aliases } = await call(of, 'paper.get', { id: ids[0], query: '' });
      expect(note.split('\n').filter((line) => line.startsWith('of'))).toEqual(['of ash', 'of beech']);
      expect(aliases).toContain(ids[0]);
      expect((await call(of, 'library.state', {})).counts).toMatchObject({ all: 2, notes: 1 });
    };
    await check(library);
    await library.close();
    const again = await open();
    await check(again);
    const change = (await call(again, 'changes.list', { limit: 1 })).changes[0];
    expect(change).toMatchObject({ kind: 'merge', label: 'Merged 2 papers into “Beech of the Woods”' });
    await call(again, 'changes.undo', { id: change?.id ?? 0 });
    expect(await titles(again)).toEqual(trees);
    for (const [at, note] of ['of ash', 'of beech', ''].entries()) {
      expect(await call(again, 'paper.get', { id: ids[at] ?? '', query: '' })).toMatchObject({ note });
    }
    await again.close();
    expect(JSON.parse(await readFile(join(folder, 'library.json'), 'utf8')).same).toBeUndefined();
  });

  test('are not merged twice, and not with what does not exist', async () => {
    const { library, ids } = await merged();
    await expect(call(library, 'papers.merge', { ids: [ids[0], ids[1]] })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(call(library, 'papers.merge', { ids: [ids[0], 'arxiv:9999.99999'] })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await undoLabel(library)).toBe('Merged 2 papers into “Beech of the Woods”');
  });

  test('papers told apart are remembered, and undo forgets it', async () => {
    const { library, ids } = await merged();
    await call(library, 'duplicates.dismiss', { ids: [ids[1], ids[2]] });
    const storedPairs = async () => {
      const store = await Store.open(new JournalAdapter(folder));
      const { pairs } = store;
      await store.close();
      return pairs;
    };
    await library.close();
    expect(await storedPairs()).toEqual({ same: [[ids[1], ids[0]]], different: [[ids[1], ids[2]]] });
    const again = await open();
    expect(await call(again, 'history.undo', {})).toEqual({ done: 'Told 2 papers apart' });
    await again.close();
    expect(await storedPairs()).toEqual({ same: [[ids[1], ids[0]]], different: [] });
  });
});

describe('after a crash', () => {
  test('between writing papers and showing them, they are shown', async () => {
    const library = await open();
    await importText(library, capture);
    await star(library, trees[0] ?? '');
    await library.close();
    await writeFile(join(folder, 'more.txt'), captureOf('Dogwood of the Woods', trees[0] ?? ''));
    const writer = await openPapersWriter(folder);
    await writer.preview({ files: [{ path: join(folder, 'more.txt'), name: 'more.txt' }], format: null }, () => {});
    await writer.confirm(() => {});
    await writer.close();
    const again = await open();
    expect(await titles(again)).toEqual(['Dogwood of the Woods', ...trees]);
    expect((await call(again, 'library.state', {})).counts).toMatchObject({ all: 4, inbox: 4, starred: 1 });
  });

  test('between deciding that papers are one and making them one, they are made one', async () => {
    const library = await open();
    await importText(library, capture);
    const ids = await Promise.all(trees.map((title) => idOf(library, title)));
    await library.close();
    const file = JSON.parse(await readFile(join(folder, 'library.json'), 'utf8').catch(() => 'null')) ?? {
      ...{ format: 'offprint-library', schema: 1, stamp: 'empty', settings: {}, papers: {} },
    };
    await writeFile(join(folder, 'library.json'), JSON.stringify({ ...file, same: [[ids[0], ids[1]]] }));
    const again = await open();
    expect(await titles(again)).toEqual([trees[0], trees[2]]);
    expect(await call(again, 'changes.undo', { id: null })).toEqual({ done: 'Merged 2 papers' });
    expect(await titles(again)).toEqual(trees);
  });
});
