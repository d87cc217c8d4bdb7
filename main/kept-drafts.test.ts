import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OffprintError } from '../shared/outcome.ts';
import { type KeptDrafts, keptDrafts } from './kept-drafts.ts';
import { type Library, openLibrary } from './library.ts';

const window = '00000000-0000-4000-8000-000000000001';
let folder: string;
let library: Library;
let drafts: KeptDrafts;
let ids: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-drafts-'));
  const bundledCapture = join(import.meta.dirname, '../resources/daily-papers.txt');
  library = await openLibrary({ dataFolder: folder, bundledCapture, appVersion: '0' });
  const { rows } = await library.handlers['list.open']({ view: 'all', query: '', sort: [], limit: 3 });
  ids = rows.map(({ id }) => id);
  drafts = keptDrafts(library.handlers);
});

afterEach(async () => {
  await library.close();
  rmSync(folder, { recursive: true });
});

const keep = (...kept: { id: string; text: string; base: string }[]) =>
  drafts.handlers['drafts.keep']({ window, drafts: kept });
const note = async (at: number) => (await library.handlers['paper.get']({ id: ids[at] ?? '', query: '' })).note;
const write = (at: number, text: string) => library.handlers['note.set']({ id: ids[at] ?? '', text });

test('what a page keeps is kept by the library, too, for the page that comes', async () => {
  const [id = ''] = ids;
  await keep({ id, text: 'typed', base: '' });
  expect(drafts.count()).toBe(1);
  const { drafts: kept } = await library.handlers['drafts.kept']({ window });
  expect(kept).toEqual([{ id, text: 'typed', base: '' }]);
});

test('drafts become the notes that they were to be', async () => {
  const [one = '', other = ''] = ids;
  await write(1, 'before');
  await keep({ id: one, text: 'typed', base: '' }, { id: other, text: '', base: 'before' });
  await expect(drafts.save()).resolves.toBeNull();
  expect([await note(0), await note(1)]).toEqual(['typed', '']);
  expect(drafts.count()).toBe(0);
  expect(await library.handlers['drafts.kept']({ window })).toEqual({ drafts: [] });
  // As a step of its own, whatever was typed right before.
  await library.handlers['history.undo']({});
  expect([await note(0), await note(1)]).toEqual(['typed', 'before']);
});

test('a note that says it already is left alone', async () => {
  const [id = ''] = ids;
  await write(0, 'typed, and more');
  await keep({ id, text: 'typed', base: '' });
  await expect(drafts.save()).resolves.toBeNull();
  expect(await note(0)).toBe('typed, and more');
});

test('a note that was changed otherwise meanwhile keeps that, with the draft below it', async () => {
  const [id = ''] = ids;
  await write(0, 'changed elsewhere');
  await keep({ id, text: 'typed', base: 'before' });
  await expect(drafts.save()).resolves.toBeNull();
  expect(await note(0)).toBe('changed elsewhere\n\n---\n\ntyped');
  await library.handlers['history.undo']({});
  expect(await note(0)).toBe('changed elsewhere');
});

test('of two that are too long together, the typed one stands, and Undo brings the other back', async () => {
  const [id = ''] = ids;
  await write(0, 'a'.repeat(600_000));
  await keep({ id, text: 'b'.repeat(600_000), base: 'before' });
  await expect(drafts.save()).resolves.toBeNull();
  expect((await note(0))[0]).toBe('b');
  await library.handlers['history.undo']({});
  expect((await note(0))[0]).toBe('a');
});

test('what cannot be saved is kept, and can be saved later; the others are saved all the same', async () => {
  const [one = '', other = ''] = ids;
  let isFull = true;
  drafts = keptDrafts({
    ...library.handlers,
    'note.set': async (input) => {
      if (isFull && input.id === one) throw new OffprintError('unreadable', 'The disk is full.');
      return await library.handlers['note.set'](input);
    },
  });
  await keep({ id: one, text: 'typed', base: '' }, { id: other, text: 'typed, too', base: '' });
  await expect(drafts.save()).resolves.toBe('The disk is full.');
  expect(drafts.count()).toBe(1);
  expect([await note(0), await note(1)]).toEqual(['', 'typed, too']);
  isFull = false;
  await expect(drafts.save()).resolves.toBeNull();
  expect(await note(0)).toBe('typed');
});

test('a note whose paper cannot be shown is not written over', async () => {
  const [id = ''] = ids;
  await write(0, 'changed elsewhere');
  drafts = keptDrafts({
    ...library.handlers,
    'paper.get': async () => {
      throw new OffprintError('unreadable', 'The disk is gone.');
    },
  });
  await keep({ id, text: 'typed', base: 'before' });
  await expect(drafts.save()).resolves.toBeNull();
  expect(await note(0)).toBe('changed elsewhere\n\n---\n\ntyped');
});

test('nor is that of a paper that has gone from the library since', async () => {
  const [id = ''] = ids;
  await write(0, 'before');
  await keep({ id, text: 'typed', base: 'before' });
  await write(0, '');
  const { change } = await library.handlers['sources.remove']({ source: 1 });
  await expect(note(0)).rejects.toThrow('There is no paper');
  await write(0, 'changed elsewhere');
  await expect(drafts.save()).resolves.toBeNull();
  await library.handlers['changes.undo']({ id: change });
  expect(await note(0)).toBe('changed elsewhere\n\n---\n\ntyped');
});

test('drafts that are dropped are nowhere any more', async () => {
  const [id = ''] = ids;
  await keep({ id, text: 'typed', base: '' });
  await drafts.drop();
  expect(drafts.count()).toBe(0);
  expect(await library.handlers['drafts.kept']({ window })).toEqual({ drafts: [] });
  await expect(drafts.save()).resolves.toBeNull();
  expect(await note(0)).toBe('');
});
