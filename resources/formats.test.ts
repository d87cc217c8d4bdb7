import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { libraryNames } from '../main/backup/entry-names.ts';
import { manifestSchema } from '../main/backup/manifest.ts';
import { captureOf } from '../main/capture-testing.ts';
import { openDatabase } from '../main/corpus/database.ts';
import { readSourceList } from '../main/corpus/source-list.ts';
import { openLibrary } from '../main/library.ts';
import { call, importText, list } from '../main/library-testing.ts';
import { logFolderName } from '../main/log/log.ts';
import { systemFiles } from '../main/store/durable-file.ts';
import { Generations } from '../main/store/generation-files.ts';
import { JournalAdapter } from '../main/store/journal-adapter.ts';
import { readLine } from '../main/store/journal-line.ts';
import { readLibrary } from '../main/store/library-file.ts';
import { noteLineOf } from '../main/store/note-versions-line.ts';
import { Store } from '../main/store/store.ts';

// The page of formats says what is in the data folder. Here its examples are read by what reads the real ones.

const page = readFileSync(join(import.meta.dirname, 'formats.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(([, kind = '', name = '', text = '']) => {
  return { kind, name, text };
});
const example = (name: string) => blocks.find((block) => block.name === name)?.text ?? '';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-formats-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts the examples of these names into a folder, as files. */
function layOut(...names: string[]): void {
  for (const name of names) {
    const text = example(name);
    expect(text, name).not.toBe('');
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
}

test('the library file of the page is one, and understood in full', () => {
  const read = readLibrary(Buffer.from(example('library.json')));
  expect(read).toMatchObject({ kind: 'good', unclear: [], position: { upTo: 7, line: '5f2a91c0' } });
});

test('the journal of the page goes on from the library file of the page', async () => {
  layOut('library.json', 'journal/00000003.log', 'notes/00000001.log');
  const store = await Store.open(new JournalAdapter(folder));
  expect([store.readOnly, store.notices]).toEqual([null, []]);
  expect(store.record('arxiv:2306.12345')).toMatchObject({ status: 'read', note: 'Section 3', tags: ['ml/vision'] });
  expect(store.record('title:c8ccb6f53ac0ff10697e')).toMatchObject({ starred: true });
  expect([...store.tagColours]).toEqual([['ml', 'green']]);
  expect(store.history.undo.map(({ label }) => label)).toEqual([
    'Wrote a note',
    'Marked 1 paper read',
    'Coloured “ml” green',
  ]);
  expect(await store.noteVersions.of(['arxiv:2306.12345'])).toMatchObject([{ excerpt: 'Read section 3 again' }]);
  await store.close();
});

test('the past texts of the page are understood, line by line', () => {
  const lines = example('notes/00000001.log').trimEnd().split('\n');
  const kinds = lines.map((line) => {
    const read = readLine(Buffer.from(line));
    return read && noteLineOf(read).kind;
  });
  expect(kinds).toEqual(['head', 'note', 'mark']);
});

test('the earlier state of the page is listed and read, and is a library file in the place of one', async () => {
  const name = 'generations/20261123T081500Z-import.json.gz';
  layOut(name);
  const generations = new Generations(folder, systemFiles);
  const { generations: listed, damaged } = await generations.list();
  expect([listed, damaged]).toMatchObject([[{ reason: 'import', papers: 1, notes: 1 }], []]);
  expect(await generations.read(listed[0]?.id ?? '')).toMatchObject({ kind: 'good', unclear: [] });
  expect(readLibrary(Buffer.from(example(name)))).toMatchObject({ kind: 'good', unclear: [] });
});

test('the list of sources of the page is one, checksum included', () => {
  layOut('captures/sources.json');
  expect(readSourceList(folder)).toMatchObject({ sources: [{ name: 'papers.bib' }], kept: null });
});

test('the manifest of the page is one', () => {
  expect(manifestSchema.parse(JSON.parse(example('manifest.json')))).toMatchObject({ reason: 'asked' });
});

test('the export of the page is imported, with its note and its tags', async () => {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  try {
    const { total } = await importText(library, example('export.jsonl'), 'export.jsonl', true);
    expect(total).toEqual({ new: 1, merged: 0, unchanged: 0, skipped: 0 });
    expect(await call(library, 'paper.get', { id: 'arxiv:2306.12345', query: '' })).toMatchObject({
      note: 'Section 3',
    });
  } finally {
    await library.close();
  }
});

test('what the page asks of the database is answered', async () => {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  await importText(library, captureOf('Ash of the Woods'), 'trees.txt');
  const [{ id = '' } = {}] = (await list(library)).rows;
  await library.close();
  const { database } = openDatabase(folder);
  const questions = blocks.filter(({ kind }) => kind === 'sql').map(({ text }) => database.prepare(text).all());
  database.close();
  expect(questions).toMatchObject([
    [{ id, title: 'Ash of the Woods', abstract: expect.stringContaining('We study ash') }],
    [{ id, name: 'trees.txt', capture: expect.stringMatching(/^[0-9a-f]{16}-trees\.txt$/) }],
  ]);
});

test('the page knows everything that is in a data folder', async () => {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  await importText(library, captureOf('Ash of the Woods'), 'trees.txt');
  const [{ id = '' } = {}] = (await list(library)).rows;
  await call(library, 'note.set', { id, text: 'a note that is long enough to be kept when it goes' });
  await call(library, 'note.set', { id, text: '' });
  await call(library, 'generations.take', {});
  const there = new Set([...readdirSync(folder), ...libraryNames, logFolderName]);
  await library.close();
  for (const name of readdirSync(folder)) there.add(name);
  const known = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  const isKnown = (name: string) =>
    known.some(
      (each) => each === name || each === `${name}/` || (each.startsWith('*-') && name.endsWith(each.slice(1))),
    );
  // What SQLite puts beside a database is named by its ending.
  for (const name of there) expect([name, isKnown(name.replace(/-journal$/, '-wal'))]).toEqual([name, true]);
});
