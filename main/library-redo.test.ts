import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { exportPapers } from './exporters/offprint-json.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';

let folder: string;
let library: Library;

async function open(): Promise<void> {
  library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
}
async function reopen(): Promise<void> {
  await library.close();
  await open();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-redo-'));
  await open();
});
afterEach(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

const undo = async () => (await call(library, 'history.undo', {})).done;
const redo = async () => (await call(library, 'history.redo', {})).done;
const filesIn = async (name: string) =>
  (await readdir(join(folder, name)).catch(() => [])).filter((file) => !file.startsWith('sources.'));

async function papers() {
  const { rows } = await list(library);
  return Promise.all(rows.map(({ id }) => call(library, 'paper.get', { id, query: '' })));
}

/** Everything that the reader can see, but for what Undo and Redo would do. */
async function everything() {
  const { counts, sources, tags } = await call(library, 'library.state', {});
  const { changes } = await call(library, 'changes.list', { limit: 100 });
  return { counts, sources, tags, changes, papers: await papers() };
}

/** Undoes and redoes some steps again and again, across restarts: each side is the same every time. */
async function expectThereAndBack(labels: readonly string[]): Promise<void> {
  const after = await everything();
  for (const label of labels) expect(await undo()).toBe(label);
  const before = await everything();
  await reopen();
  for (const label of labels.toReversed()) expect(await redo()).toBe(label);
  expect(await everything()).toEqual(after);
  await reopen();
  for (const label of labels) expect(await undo()).toBe(label);
  expect(await everything()).toEqual(before);
  for (const label of labels.toReversed()) expect(await redo()).toBe(label);
  expect(await everything()).toEqual(after);
}

/** The text of an export of papers with a note, a tag, a status and a star. */
async function markedExport(): Promise<string> {
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods', 'Cedar of the Woods'));
  const [first, second] = await papers();
  const of = (paper: typeof first, note: string) => paper && { ...paper, note, tags: ['theirs'], starred: true };
  const marked = [of(first, 'of **ash**'), of(second, 'of beech')].flatMap((paper) => paper ?? []);
  let text = '';
  for await (const piece of exportPapers(marked, 0)) text += piece;
  await undo();
  return text;
}

test('an import comes and goes with the marks that it brought', async () => {
  const text = await markedExport();
  await importText(library, captureOf('Cedar of the Woods'));
  await importText(library, text, 'theirs.json', true);
  expect((await papers()).map(({ note }) => note)).toEqual(['of **ash**', 'of beech', '']);
  await expectThereAndBack(['Imported 2 papers from theirs.json', 'Imported 1 paper from papers.txt']);
});

test('what the reader has changed of the marks that came stays theirs, through undo and redo', async () => {
  await importText(library, await markedExport(), 'theirs.json', true);
  const [first] = await papers();
  await call(library, 'note.set', { id: first?.id ?? '', text: 'mine' });
  await expectThereAndBack(['Changed a note', 'Imported 2 papers from theirs.json']);
});

test('a removal and a merge can be done again', async () => {
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods'));
  const { rows } = await list(library);
  const ids = rows.map(({ id }) => id);
  await call(library, 'papers.mark', { selection: { ids: ids.slice(0, 1) }, change: { starred: true } });
  await call(library, 'papers.merge', { ids });
  const { sources } = await call(library, 'library.state', {});
  await call(library, 'sources.remove', { source: sources[0]?.id ?? 0 });
  await expectThereAndBack([
    'Removed the source “papers.txt”',
    'Merged 2 papers into “Ash of the Woods”',
    'Starred 1 paper',
    'Imported 2 papers from papers.txt',
  ]);
});

test('papers told apart are so again', async () => {
  await importText(
    library,
    captureOf(
      'A Long Title About the Many Practical Uses of Graphs',
      'A Long Title About the Many Practical Usess of Graphs',
    ),
  );
  const duplicates = async () => (await call(library, 'duplicates.list', { offset: 0, limit: 10 })).total;
  expect(await duplicates()).toBe(1);
  await call(library, 'duplicates.dismiss', { ids: (await list(library)).rows.map(({ id }) => id) });
  expect(await duplicates()).toBe(0);
  expect(await undo()).toBe('Told 2 papers apart');
  expect(await duplicates()).toBe(1);
  expect(await redo()).toBe('Told 2 papers apart');
  expect(await duplicates()).toBe(0);
});

test('what was taken back by the list of changes is done again by Redo', async () => {
  const { change } = await importText(library, captureOf('Ash of the Woods'));
  const before = await everything();
  await call(library, 'changes.undo', { id: change });
  expect((await list(library)).total).toBe(0);
  expect(await redo()).toBe('Imported 1 paper from papers.txt');
  expect(await everything()).toEqual(before);
});

const bare = `${JSON.stringify({ title: 'Ash of the Woods', year: 2023 })}\n`;
const full = `${JSON.stringify({ title: 'Ash of the Woods', year: 2023, arxiv_id: '2301.01001', abstract: 'Ash.' })}\n`;
const remove = async (name: string) => {
  const source = (await call(library, 'library.state', {})).sources.find((each) => each.name === name);
  return (await call(library, 'sources.remove', { source: source?.id ?? 0 })).change;
};

/** Takes the last step back and does it again, with what Redo may bring in between. */
async function expectTheSameAfter(between: () => Promise<unknown> = async () => {}): Promise<void> {
  const before = await everything();
  await undo();
  await between();
  await redo();
  expect(await everything()).toEqual(before);
}

test('of a removed source just what had stayed stays again, although another one has gone since', async () => {
  const { change } = await importText(library, bare, 'bare.jsonl');
  await call(library, 'note.set', { id: (await papers())[0]?.id ?? '', text: 'mine' });
  await importText(library, full, 'full.jsonl');
  await remove('full.jsonl');
  await call(library, 'changes.undo', { id: change ?? 0 });
  expect((await papers()).map(({ note, arxivId, sources }) => ({ note, arxivId, sources }))).toEqual([
    { note: 'mine', arxivId: null, sources: [] },
  ]);
  await expectTheSameAfter(reopen);
  await expectTheSameAfter();
});

test('of a removed source just what had stayed stays again, although another one is back since', async () => {
  await importText(library, bare, 'bare.jsonl');
  await importText(library, full, 'full.jsonl');
  await call(library, 'note.set', { id: (await papers())[0]?.id ?? '', text: 'mine' });
  const change = await remove('bare.jsonl');
  await remove('full.jsonl');
  await call(library, 'changes.undo', { id: change });
  expect((await papers()).map(({ note, abstract, sources }) => ({ note, abstract, sources: sources.length }))).toEqual([
    { note: 'mine', abstract: 'Ash.', sources: 1 },
  ]);
  await expectTheSameAfter(reopen);
  await expectTheSameAfter();
});

test('a removed source of which nothing had to stay does, when the one that had stayed in its place has gone', async () => {
  const { change } = await importText(library, bare, 'bare.jsonl');
  await call(library, 'note.set', { id: (await papers())[0]?.id ?? '', text: 'mine' });
  await importText(library, full, 'full.jsonl');
  await remove('full.jsonl');
  await undo();
  await call(library, 'changes.undo', { id: change ?? 0 });
  await redo();
  expect((await papers()).map(({ note, abstract, sources }) => ({ note, abstract, sources }))).toEqual([
    { note: 'mine', abstract: 'Ash.', sources: [] },
  ]);
});

test('files are kept for as long as an import can be done again, and not longer', async () => {
  const text = await markedExport();
  await importText(library, text, 'theirs.json', true);
  await undo();
  expect([(await filesIn('captures')).length, (await filesIn('taken-marks')).length]).toEqual([1, 1]);
  await reopen();
  await importText(library, captureOf('Cedar of the Woods'), 'cedar.txt');
  expect((await filesIn('captures')).map((file) => file.slice(17))).toEqual(['cedar.txt']);
  expect(await filesIn('taken-marks')).toEqual([]);
  expect(await redo()).toBeNull();
  expect((await list(library)).total).toBe(1);
});
