import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OffprintError } from '../shared/outcome.ts';
import type { Paper } from '../shared/paper.ts';
import { captureOf } from './capture-testing.ts';
import { exportPapers } from './exporters/offprint-json.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list, previewImport } from './library-testing.ts';
import { JournalAdapter } from './store/journal-adapter.ts';

let folder: string;
let opened: Library[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-taking-'));
  opened = [];
});
afterEach(async () => {
  for (const library of opened) await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: string): Promise<Library> {
  const library = await openLibrary({ dataFolder: join(folder, name), bundledCapture: null, appVersion: '1' });
  opened.push(library);
  return library;
}

async function papers(library: Library): Promise<Paper[]> {
  const { rows } = await list(library);
  return Promise.all(rows.map(({ id }) => call(library, 'paper.get', { id, query: '' })));
}

const said = (all: readonly Paper[]) =>
  all.map(({ title, note, tags, status, starred }) => ({ title, note, tags, status, starred }));

/** The export of a library of three papers, of which two are marked. */
async function exported(): Promise<{ text: string; ids: [string, string, string] }> {
  const library = await open('theirs');
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods', 'Cedar of the Woods'));
  const ids = (await list(library)).rows.map(({ id }) => id) as [string, string, string];
  await call(library, 'note.set', { id: ids[0], text: 'of **ash**\n' });
  const change = { status: 'read' as const, addTags: ['theirs'], starred: true };
  await call(library, 'papers.mark', { selection: { ids: [ids[0], ids[1]] }, change });
  let text = '';
  for await (const piece of exportPapers(await papers(library), 0)) text += piece;
  return { text, ids };
}

test('notes and tags of a file stay outside unless they are asked for', async () => {
  const { text } = await exported();
  const library = await open('mine');
  const { job, preview } = await previewImport(library, { name: 'all.json', text });
  expect(preview).toMatchObject({ marked: 2, total: { new: 3 } });
  await call(library, 'import.confirm', { job, takeMarks: false });
  for (const { note, tags, status, starred } of await papers(library)) {
    expect({ note, tags, status, starred }).toEqual({ note: '', tags: [], status: 'unread', starred: false });
  }
});

test('an export comes back whole, and undoing the import takes marks and papers away again', async () => {
  const { text } = await exported();
  const library = await open('mine');
  await importText(library, text, 'all.json', true);
  const theirs = opened[0];
  expect(said(await papers(library))).toEqual(theirs ? said(await papers(theirs)) : null);
  // Known to the next session too.
  await library.close();
  const again = await open('mine');
  await call(again, 'changes.undo', { id: null });
  expect(await papers(again)).toEqual([]);
  expect((await call(again, 'library.state', {})).counts).toMatchObject({ all: 0, notes: 0, starred: 0 });
});

test('marks that cannot be saved are said, and the papers are in all the same', async () => {
  const { text } = await exported();
  const library = await open('mine');
  const write = JournalAdapter.prototype.write;
  vi.spyOn(JournalAdapter.prototype, 'write')
    // The step that Undo takes back; then the marks.
    .mockImplementationOnce(function (this: JournalAdapter, data) {
      return write.call(this, data);
    })
    .mockRejectedValueOnce(new OffprintError('unreadable', 'The journal is full.'));
  await expect(importText(library, text, 'all.json', true)).rejects.toMatchObject({
    code: 'unreadable',
    message: 'The papers are in the library, but their notes and tags could not be taken over. The journal is full.',
  });
  expect(await papers(library)).toHaveLength(3);
  await call(library, 'history.undo', {});
  expect(await papers(library)).toEqual([]);
});

test('papers that Undo cannot know of are in the library, and that is said', async () => {
  const { text } = await exported();
  const library = await open('mine');
  vi.spyOn(JournalAdapter.prototype, 'write').mockRejectedValueOnce(
    new OffprintError('unreadable', 'The journal is full.'),
  );
  await expect(importText(library, text, 'all.json')).rejects.toMatchObject({
    code: 'unreadable',
    message: '“Imported 3 papers from all.json” is done, but Undo does not know of it. The journal is full.',
  });
  expect(await papers(library)).toHaveLength(3);
  expect(await call(library, 'history.undo', {})).toEqual({ done: null });
  await call(library, 'changes.undo', { id: null });
  expect(await papers(library)).toEqual([]);
});

test('what the reader has said stands, and what they change of what was taken is theirs', async () => {
  const { text, ids } = await exported();
  const library = await open('mine');
  await importText(library, captureOf('Ash of the Woods'), 'before.txt');
  await call(library, 'note.set', { id: ids[0], text: 'mine' });
  const { change } = await importText(library, text, 'all.json', true);
  const all = await papers(library);
  expect(all.find(({ id }) => id === ids[0])).toMatchObject({ note: 'mine', tags: ['theirs'], status: 'read' });
  expect(all.find(({ id }) => id === ids[1])).toMatchObject({ note: '', tags: ['theirs'], starred: true });
  await call(library, 'papers.mark', { selection: { ids: [ids[1]] }, change: { removeTags: ['theirs'] } });
  await call(library, 'changes.undo', { id: change });
  expect(said(await papers(library)).toSorted((a, b) => (a.title < b.title ? -1 : 1))).toEqual([
    { title: 'Ash of the Woods', note: 'mine', tags: [], status: 'unread', starred: false },
    { title: 'Beech of the Woods', note: '', tags: [], status: 'read', starred: true },
  ]);
});

test('asked for later, with a file that is there already, they are taken, and Undo gives them back', async () => {
  const { text } = await exported();
  const library = await open('mine');
  await importText(library, text, 'all.json');
  const before = await papers(library);
  expect(await importText(library, text, 'all.json', true)).toMatchObject({ change: null, total: { new: 0 } });
  expect(said(await papers(library))).not.toEqual(said(before));
  expect((await call(library, 'library.state', {})).undo).toBe('Took over notes and tags of 2 papers');
  await call(library, 'history.undo', {});
  expect(said(await papers(library))).toEqual(said(before));
  expect((await call(library, 'library.state', {})).undo).toMatch(/^Imported 3 papers/);
});
