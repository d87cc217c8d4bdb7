import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';

const text = 'A thought about a paper that will not stay for long.';
let folder: string;
let library: Library;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-deleted-notes-'));
  library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '0' });
});

afterEach(async () => {
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a deleted note can be brought back also when its paper is gone, is there when the paper is, and Undo knows it', async () => {
  await importText(library, '@misc{a, title={A paper that goes}, eprint={2306.00001}}', 'one.bib');
  const id = 'arxiv:2306.00001';
  await call(library, 'note.set', { id, text });
  await call(library, 'note.set', { id, text: '' });
  await call(library, 'sources.remove', { source: 1 });
  expect((await list(library)).total).toBe(0);

  const { notes } = await call(library, 'notes.deleted', { offset: 0, limit: 10 });
  expect(notes).toMatchObject([{ id, title: null }]);
  await call(library, 'note.set', { id, text, apart: true });
  expect((await call(library, 'notes.deleted', { offset: 0, limit: 10 })).notes).toEqual([]);
  await call(library, 'history.undo', {});
  expect((await call(library, 'notes.deleted', { offset: 0, limit: 10 })).total).toBe(1);
  await call(library, 'history.redo', {});

  await importText(library, '@misc{a, title={A paper that goes}, eprint={2306.00001}}', 'two.bib');
  expect((await call(library, 'paper.get', { id, query: '' })).note).toBe(text);
});

test('a paper that never was one has no note', async () => {
  await expect(call(library, 'note.set', { id: 'arxiv:2306.00009', text })).rejects.toThrow('There is no paper');
  expect((await call(library, 'library.state', {})).counts.notes).toBe(0);
});
