import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';

let folder: string;
let library: Library;
let ash: string;
let beech: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-note-tags-'));
  library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  await importText(library, captureOf('Ash', 'Beech'));
  [ash = '', beech = ''] = (await list(library)).rows.map(({ id }) => id);
});
afterEach(async () => {
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

const note = (id: string, text: string, apart = false) => call(library, 'note.set', { id, text, apart });
const mark = (id: string, change: { addTags?: string[]; removeTags?: string[] }) =>
  call(library, 'papers.mark', { selection: { ids: [id] }, change });
const tagsOf = async (id: string) => (await call(library, 'paper.get', { id, query: '' })).tags;
const noteOf = async (id: string) => (await call(library, 'paper.get', { id, query: '' })).note;
const allTags = async () => (await call(library, 'library.state', {})).tags.map(({ name }) => name);
const undo = async () => (await call(library, 'history.undo', {})).done;
const redo = async () => (await call(library, 'history.redo', {})).done;

test('a tag in a note is one of its paper, and goes with it; Undo takes back both', async () => {
  await note(ash, 'About #vision');
  expect([await tagsOf(ash), await allTags()]).toEqual([['vision'], ['vision']]);
  expect((await list(library, 'tag:vision')).rows.map(({ id }) => id)).toEqual([ash]);
  await note(ash, 'About #vision and #ml/agents', true);
  expect(await tagsOf(ash)).toEqual(['vision', 'ml/agents']);
  await note(ash, 'About #ml/agents', true);
  expect(await tagsOf(ash)).toEqual(['ml/agents']);
  expect([await undo(), await tagsOf(ash)]).toEqual(['Changed a note', ['vision', 'ml/agents']]);
  expect([await undo(), await tagsOf(ash)]).toEqual(['Changed a note', ['vision']]);
  expect([await undo(), await tagsOf(ash), await noteOf(ash)]).toEqual(['Wrote a note', [], '']);
  expect([await redo(), await tagsOf(ash), await noteOf(ash)]).toEqual(['Wrote a note', ['vision'], 'About #vision']);
});

test('half a tag, saved while it is being typed, is gone with the next save, and none is left by Undo', async () => {
  for (const typed of ['#ma', '#mac', '#machine']) await note(ash, `About ${typed}`);
  expect([await tagsOf(ash), await allTags()]).toEqual([['machine'], ['machine']]);
  expect([await undo(), await tagsOf(ash), await allTags()]).toEqual(['Wrote a note', [], []]);
  expect([await redo(), await tagsOf(ash)]).toEqual(['Wrote a note', ['machine']]);
});

test('a tag that the reader gave stays when the note does not say it any more', async () => {
  await mark(ash, { addTags: ['ma'] });
  for (const typed of ['#ma', '#mac', '#machine', 'nothing']) await note(ash, typed);
  expect(await tagsOf(ash)).toEqual(['ma']);
});

test('a tag that the reader took away does not come back because the note still says it', async () => {
  await note(ash, '#vision');
  await mark(ash, { removeTags: ['vision'] });
  await note(ash, '#vision, and more');
  expect(await tagsOf(ash)).toEqual([]);
  await note(ash, 'more', true);
  await note(ash, 'more #vision', true);
  expect(await tagsOf(ash)).toEqual(['vision']);
});

test('a removal that was taken back leaves the tag one of the note', async () => {
  await note(ash, '#vision');
  await mark(ash, { removeTags: ['vision'] });
  await undo();
  await note(ash, 'nothing', true);
  expect(await tagsOf(ash)).toEqual([]);
});

test('renaming a tag renames it in notes, which are then still what gives it', async () => {
  await note(ash, '#ml and `#ml` and #ml/vision, not #mlx');
  await mark(beech, { addTags: ['ml'] });
  const { label } = await call(library, 'tags.rename', { from: 'ml', to: 'learning' });
  expect(label).toBe('Renamed the tag “ml” to “learning” on 2 papers and in 1 note');
  expect(await noteOf(ash)).toBe('#learning and `#ml` and #learning/vision, not #mlx');
  expect(await tagsOf(ash)).toEqual(['mlx', 'learning', 'learning/vision']);
  await note(ash, '#learning', true);
  expect(await tagsOf(ash)).toEqual(['learning']);
  await undo();
  expect([await undo(), await tagsOf(ash), await tagsOf(beech)]).toEqual([label, ['ml', 'ml/vision', 'mlx'], ['ml']]);
  expect(await noteOf(ash)).toBe('#ml and `#ml` and #ml/vision, not #mlx');
});

test('a name that cannot stand behind a # leaves the note as it is, and does not come undone with its next save', async () => {
  await note(ash, 'See #ml');
  const { label } = await call(library, 'tags.rename', { from: 'ml', to: 'machine learning' });
  expect(label).toBe('Renamed the tag “ml” to “machine learning” on 1 paper; 1 note still says #ml');
  await note(ash, 'See #ml again');
  expect([await noteOf(ash), await tagsOf(ash)]).toEqual(['See #ml again', ['machine learning']]);
});

test('removing a tag keeps the words of notes, and says so', async () => {
  await note(ash, 'See #ml/vision');
  expect((await call(library, 'tags.remove', { tag: 'ml' })).label).toBe(
    'Removed the tag “ml” from 1 paper; 1 note still says #ml',
  );
  await note(ash, 'See #ml/vision, too');
  expect([await noteOf(ash), await tagsOf(ash), await allTags()]).toEqual(['See #ml/vision, too', [], []]);
});

test('a note that is taken over from a file brings its tags, and takes them away again', async () => {
  const line = {
    id: 'arxiv:2301.00001',
    title: 'Cedar of the Woods',
    authors: ['Ada Lovelace'],
    addedAt: 1,
    arxivId: '2301.00001',
    tags: ['own', 'b'],
    note: '#a #b',
  };
  const text = [{ format: 'offprint-export', schema: 1, exportedAt: 1 }, line, { end: 'offprint-export', papers: 1 }];
  await importText(library, text.map((each) => `${JSON.stringify(each)}\n`).join(''), 'export.jsonl', true);
  expect(await tagsOf('arxiv:2301.00001')).toEqual(['own', 'b', 'a']);
  await note('arxiv:2301.00001', '');
  expect(await tagsOf('arxiv:2301.00001')).toEqual(['own']);
});

test('papers that become one keep the tags of both, and whose they are', async () => {
  await note(ash, '#a #c');
  await note(beech, '#b');
  await mark(beech, { addTags: ['c'] });
  const { id } = await call(library, 'papers.merge', { ids: [ash, beech] });
  expect((await tagsOf(id)).toSorted()).toEqual(['a', 'b', 'c']);
  await note(id, 'nothing', true);
  expect(await tagsOf(id)).toEqual(['c']);
});

test('a note with more tags than anyone reads gives the first of them', async () => {
  await note(ash, Array.from({ length: 1000 }, (_, at) => `#t${at}`).join(' '));
  expect(await tagsOf(ash)).toHaveLength(200);
});

test('past versions and earlier states come back with their tags', async () => {
  await note(ash, 'A text about #first that is long enough to be kept when it goes');
  const { id } = await call(library, 'generations.take', {});
  await note(ash, '#second', true);
  const { versions } = await call(library, 'notes.versions', { id: ash });
  const { text } = await call(library, 'notes.version', { id: ash, version: versions[0]?.version ?? '' });
  await note(ash, text, true);
  expect(await tagsOf(ash)).toEqual(['first']);
  await note(ash, '', true);
  await call(library, 'generations.restore', { id, ids: null });
  expect(await tagsOf(ash)).toEqual(['first']);
  await note(ash, '', true);
  expect(await tagsOf(ash)).toEqual([]);
});
