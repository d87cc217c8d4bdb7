import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import { MarksOfImports } from './marks-of-imports.ts';
import type { PaperRecord } from './store/library-data.ts';

let folder: string;
let library: Library;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-note-versions-'));
  await open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '0' });
}

const one = 'arxiv:2306.00001';
const two = 'arxiv:2306.00002';
const bibtex = (id: string, title: string) => `@misc{a, title={${title}}, eprint={${id.slice('arxiv:'.length)}}}`;
const papers = `${bibtex(one, 'On Ash in Dry Woods')}\n${bibtex(two, 'Beech Leaves at Night').replace('{a', '{b')}`;
/** Long enough that putting another in its place is no typing. */
const text = (word: string) => Array(12).fill(word).join(' ');

const set = (id: string, note: string) => call(library, 'note.set', { id, text: note, apart: true });
const noteOf = async (id: string) => (await call(library, 'paper.get', { id, query: '' })).note;

/** The texts that a note had before, the newest first. */
async function before(id: string): Promise<string[]> {
  const { versions } = await call(library, 'notes.versions', { id });
  const texts = versions.map(async ({ version, length, excerpt }) => {
    const { text: whole } = await call(library, 'notes.version', { id, version });
    expect([whole.length, whole.startsWith(excerpt.slice(0, 5))]).toEqual([length, true]);
    return whole;
  });
  return Promise.all(texts);
}

async function deleted() {
  const { total, notes } = await call(library, 'notes.deleted', { offset: 0, limit: 200 });
  expect(total).toBe(notes.length);
  return notes.map(({ id, title, excerpt }) => [id, title, excerpt]);
}

test('what a note said is there after Undo, Redo, deletion and the end of the session, but for what it says now', async () => {
  await importText(library, papers, 'one.bib');
  for (const word of ['First', 'Second', 'Third']) await set(one, text(word));
  expect(await before(one)).toEqual([text('Second'), text('First')]);
  await call(library, 'history.undo', {});
  expect(await noteOf(one)).toBe(text('Second'));
  expect(await before(one)).toEqual([text('Third'), text('First')]);
  await set(one, '');
  expect((await before(one)).toSorted()).toEqual(['First', 'Second', 'Third'].map(text));
  expect(await deleted()).toEqual([[one, 'On Ash in Dry Woods', text('Second')]]);
  await library.close();
  await open();
  expect((await before(one)).toSorted()).toEqual(['First', 'Second', 'Third'].map(text));
  expect(await deleted()).toEqual([[one, 'On Ash in Dry Woods', text('Second')]]);
  expect(await before(two)).toEqual([]);
  const none = call(library, 'notes.version', { id: two, version: 'none' });
  await expect(none).rejects.toMatchObject({ code: 'not-found' });
});

test('an import that writes over notes by mistake takes nothing away for good', async () => {
  await importText(library, papers, 'one.bib');
  await set(one, text('Mine'));
  await set(two, 'Short');
  const wrong = { changedAt: Date.now(), noteChangedAt: Date.now() };
  vi.spyOn(MarksOfImports.prototype, 'toTake').mockResolvedValue(
    new Map<string, PaperRecord>([
      [one, { ...wrong, note: 'From a file' }],
      [two, wrong],
    ]),
  );
  await importText(library, bibtex('arxiv:2306.00003', 'Cedar Roots'), 'two.bib', true);
  expect(await noteOf(one)).toBe('From a file');
  expect(await before(one)).toEqual([text('Mine')]);
  expect(await deleted()).toEqual([[two, 'Beech Leaves at Night', 'Short']]);
});

test('what a restored state wrote over is there, and what Undo of that wrote over', async () => {
  await importText(library, papers, 'one.bib');
  await set(one, text('Early'));
  const { id } = await call(library, 'generations.take', {});
  await set(one, text('Late'));
  await set(two, text('Other'));
  await call(library, 'generations.restore', { id, ids: null });
  expect([await noteOf(one), await noteOf(two)]).toEqual([text('Early'), '']);
  expect(await before(one)).toEqual([text('Late')]);
  expect(await deleted()).toEqual([[two, 'Beech Leaves at Night', text('Other')]]);
  await call(library, 'history.undo', {});
  expect([await noteOf(one), await before(one), await deleted()]).toEqual([text('Late'), [text('Early')], []]);
});

test('a paper that is called otherwise now has the history that it had before', async () => {
  await importText(library, '@misc{a, title={On Ash in Dry Woods}}', 'one.bib');
  const [row] = (await list(library)).rows;
  const old = row?.id ?? '';
  await set(old, text('First'));
  await set(old, text('Second'));
  await importText(library, papers, 'two.bib');
  expect((await call(library, 'paper.get', { id: old, query: '' })).id).toBe(one);
  expect(await before(one)).toEqual([text('First')]);
  await set(one, text('Third'));
  await set(one, '');
  // No record of the reader's says any more what the paper was called.
  expect(await before(one)).toEqual(['Third', 'Second', 'First'].map(text));
  expect(await before(old)).toEqual(await before(one));
  expect(await deleted()).toEqual([[one, 'On Ash in Dry Woods', text('Third')]]);
});

test('of merged papers the history is one, with what was shown together, and is two again when they are', async () => {
  await importText(library, papers, 'one.bib');
  for (const id of [one, two]) for (const word of ['Early', 'Late']) await set(id, text(`${word} ${id}`));
  await call(library, 'papers.merge', { ids: [one, two] });
  const both = await noteOf(one);
  expect(both).toBe(`${text(`Late ${one}`)}\n\n---\n\n${text(`Late ${two}`)}`);
  expect((await before(one)).toSorted()).toEqual([text(`Early ${one}`), text(`Early ${two}`)]);
  await set(one, 'All of it');
  expect((await before(two)).toSorted()).toEqual(
    [text(`Early ${one}`), text(`Early ${two}`), text(`Late ${one}`), both, text(`Late ${two}`)].toSorted(),
  );
  await set(one, '');
  expect((await deleted()).map(([id, , excerpt]) => [id, excerpt])).toEqual([[one, 'All of it']]);
  // Undo goes back over both notes and the merge.
  for (let step = 0; step < 3; step += 1) await call(library, 'history.undo', {});
  expect([await noteOf(one), await noteOf(two)]).toEqual([text(`Late ${one}`), text(`Late ${two}`)]);
  expect(await before(two)).toEqual([text(`Early ${two}`)]);
  expect((await before(one)).toSorted()).toEqual(['All of it', text(`Early ${one}`), both].toSorted());
});

test('papers that are not in the library any more keep theirs, and pages of deleted notes go on from one another', async () => {
  await importText(library, papers, 'one.bib');
  await set(one, text('First'));
  await set(two, text('Second'));
  for (const id of [one, two]) await set(id, '');
  await call(library, 'sources.remove', { source: 1 });
  expect(await before(one)).toEqual([text('First')]);
  expect(await deleted()).toEqual([
    [two, null, text('Second')],
    [one, null, text('First')],
  ]);
  const page = await call(library, 'notes.deleted', { offset: 1, limit: 1 });
  expect([page.total, page.notes.map(({ id }) => id)]).toEqual([2, [one]]);
});

test('a damaged file of past versions is said as soon as it is read, in this session', async () => {
  await importText(library, papers, 'one.bib');
  for (const word of ['First', 'Second', 'Third']) await set(one, text(word));
  await library.close();
  const [name = ''] = readdirSync(join(folder, 'notes'));
  const path = join(folder, 'notes', name);
  writeFileSync(path, readFileSync(path, 'utf8').replace('First', 'Fxrst'));
  await open();
  expect((await call(library, 'library.state', {})).notices).toEqual([]);
  const told = new Promise<readonly string[]>((resolve) => {
    library.on('library.changed', ({ state }) => resolve(state.notices));
  });
  expect(await before(one)).toEqual([text('Second')]);
  expect(await told).toEqual([expect.stringMatching(/past versions of notes is damaged.*kept as notes\.damaged-/)]);
});
