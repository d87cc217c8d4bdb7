import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { type Library, type LibraryOptions, openLibrary } from './library.ts';
import { call, importText, list, nextChange } from './library-testing.ts';

let folder: string;
const opened: Library[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-papers-back-'));
});
afterEach(async () => {
  for (const library of opened.splice(0)) await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<LibraryOptions> = {}): Promise<Library> {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '0', ...options });
  opened.push(library);
  return library;
}

async function close(library: Library): Promise<void> {
  opened.splice(opened.indexOf(library), 1);
  await library.close();
}

const corpus = () => join(folder, 'corpus.db');
const stateOf = (library: Library) => call(library, 'library.state', {});

const bibliography = Array.from(
  { length: 60 },
  (_, at) => `@article{k${at}, title={Number ${at} of the Series}, author={Doe, Jane and Roe, Richard}, year={2021}}`,
).join('\n');

/** Three sources, of which one has been removed but for a paper with a note; two papers merged; notes. */
async function fill(library: Library): Promise<void> {
  await importText(library, captureOf('Ash of the Woods', 'Birch of the Hills'), 'a.txt');
  await importText(library, bibliography, 'library.bib');
  await importText(library, captureOf('Cedar of the North', 'Dogwood of the South'), 'c.txt');
  const id = async (title: string) => (await list(library, 'all', `title:"${title}"`)).rows[0]?.id ?? '';
  const cedar = await id('Cedar');
  await call(library, 'note.set', { id: cedar, text: 'Größe 長い' });
  const { sources } = await stateOf(library);
  const removed = sources.find(({ name }) => name === 'c.txt')?.id ?? 0;
  await call(library, 'sources.remove', { source: removed });
  await call(library, 'papers.merge', { ids: [await id('Number 3'), await id('Number 4')] });
  const ids = [await id('Number 7'), await id('Ash')];
  await call(library, 'papers.mark', { selection: { ids }, change: { status: 'read', addTags: ['kept'] } });
}

/** All that a window can show of the papers: the list, each paper whole, sources, counts, what can be undone. */
async function all(library: Library) {
  const { rows, total } = await list(library);
  const papers = await Promise.all(rows.map(({ id }) => call(library, 'paper.get', { id, query: '' })));
  const { counts, sources, tags, undo, redo } = await stateOf(library);
  const { changes } = await call(library, 'changes.list', { limit: 500 });
  return { rows, total, papers, counts, sources, tags, undo, redo, changes };
}

async function withoutIt(damage: () => Promise<void>) {
  const library = await open();
  await fill(library);
  const before = await all(library);
  await close(library);
  await damage();
  return before;
}

/** Writes over all of the database but its first pages. */
async function spoil(): Promise<void> {
  const content = await readFile(corpus());
  await writeFile(corpus(), content.fill(0x5a, 4 * 4096));
}

describe('papers whose database is lost come back, and everything that was said of them', () => {
  test.each([
    ['it was deleted', /corpus\.db was missing/, () => rm(corpus())],
    ['it is damaged', /was damaged and is kept as corpus\.damaged-.*\.db/, spoil],
  ])('%s', async (_, said, damage) => {
    const before = await withoutIt(damage);
    const library = await open();
    await library.papersBack();
    expect(await all(library)).toEqual(before);
    const { notices, rebuilding } = await stateOf(library);
    expect(rebuilding).toBeNull();
    expect(notices).toEqual([expect.stringMatching(said)]);
    expect(notices[0]).toMatch(/Everything is back, from the files that your papers came from: 62 papers are there\./);
    // Undo goes back to before, step by step.
    await call(library, 'history.undo', {});
    await call(library, 'history.undo', {});
    expect((await list(library, 'all', 'title:series')).total).toBe(60);
    await call(library, 'history.undo', {});
    expect((await list(library, 'all', 'dogwood')).total).toBe(1);
    await close(library);
    expect((await stateOf(await open())).notices).toEqual([]);
  });

  test('while that goes on the window is of use, imports and the like are refused, and nothing is forgotten of Undo', async () => {
    const before = await withoutIt(() => rm(corpus()));
    const library = await open();
    const progress: number[] = [];
    library.on('rebuild.progress', ({ done }) => progress.push(done));
    const state = await stateOf(library);
    expect(state.rebuilding).not.toBeNull();
    const { undo } = before;
    expect(state.undo).toBe(undo);
    const refused = { code: 'refused', message: expect.stringMatching(/being read again/) };
    await expect(importText(library, captureOf('Elm'))).rejects.toMatchObject(refused);
    await expect(call(library, 'sources.remove', { source: 1 })).rejects.toMatchObject(refused);
    await call(library, 'note.set', { id: before.rows[0]?.id ?? '', text: 'written meanwhile' });
    await list(library);
    await library.papersBack();
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect((await call(library, 'paper.get', { id: before.rows[0]?.id ?? '', query: '' })).note).toBe(
      'written meanwhile',
    );
    await importText(library, captureOf('Elm'));
    expect((await stateOf(library)).counts.all).toBe(before.counts.all + 1);
  });

  test('closed before its end, that goes on at the next opening', async () => {
    const before = await withoutIt(() => rm(corpus()));
    for (let session = 0; session < 3; session += 1) await close(await open());
    const library = await open();
    await library.papersBack();
    expect(await all(library)).toEqual(before);
  });

  test('nothing but the files is left: said so, and the history has no steps that are none', async () => {
    const before = await withoutIt(async () => {
      await rm(corpus());
      await rm(join(folder, 'captures', 'sources.json'));
    });
    const library = await open();
    await library.papersBack();
    const { notices, undo, counts } = await stateOf(library);
    expect(notices[0]).toMatch(/It was made anew.*Nothing was known any more.*cannot be undone any more\./);
    // The mark is the reader's own, and stays.
    expect(undo).toBe(before.undo);
    expect(counts.read).toBe(before.counts.read);
    expect((await list(library, 'notes')).rows).toHaveLength(1);
    await call(library, 'history.undo', {});
    expect(await call(library, 'history.undo', {})).toEqual({ done: expect.stringMatching(/note/i) });
    expect((await stateOf(library)).undo).toBeNull();
  });

  test('a file that is missing is named, and what was said of its papers shows with them again', async () => {
    await withoutIt(async () => {
      await rm(corpus());
      const names = await readdir(join(folder, 'captures'));
      const name = names.find((each) => each.endsWith('-a.txt')) ?? '';
      await rename(join(folder, 'captures', name), join(folder, name));
    });
    const library = await open();
    await library.papersBack();
    const { notices, counts } = await stateOf(library);
    expect(notices[0]).toMatch(/“a\.txt” could not be read again: the file kept of it is missing\..*is kept/);
    expect(counts).toMatchObject({ all: 60, read: 1 });
    await importText(library, captureOf('Ash of the Woods', 'Birch of the Hills'), 'a.txt');
    expect((await stateOf(library)).counts).toMatchObject({ all: 62, read: 2 });
  });
});

describe('damage that turns up while the library is open', () => {
  test('is made good while it stays open, and nothing that is said meanwhile is lost', async () => {
    const library = await open();
    await fill(library);
    const before = await all(library);
    await close(library);
    const again = await open();
    const whole = await readFile(corpus());
    // What has been read stays in memory; what has not is found to be damaged.
    await writeFile(corpus(), Buffer.from(whole).fill(0x5a, 4096));
    const mended = nextChange(again, ({ state }) => state.notices.some((notice) => notice.includes('is back')));
    for (const { id } of before.rows) await call(again, 'paper.get', { id, query: '' }).catch(() => {});
    await call(again, 'note.set', { id: before.rows[1]?.id ?? '', text: 'written meanwhile' });
    const { state } = await mended;
    expect(state.notices[0]).toMatch(/was damaged and is kept as/);
    expect(state.rebuilding).toBeNull();
    const after = await all(again);
    expect(after.rows.map(({ id, title, sources }) => [id, title, sources])).toEqual(
      before.rows.map(({ id, title, sources }) => [id, title, sources]),
    );
    expect(after.changes).toEqual(before.changes);
    expect((await list(again, 'notes')).total).toBe(2);
    await importText(again, captureOf('Elm of the Coast'));
    expect((await list(again, 'all', 'elm')).total).toBe(1);
  });

  test('after a session that was cut off, what only a check finds is found, once', async () => {
    const library = await open();
    await fill(library);
    const before = await all(library);
    await close(library);
    // As if it had been killed: the mark is there, and a page of the full text is not what it was.
    const database = new DatabaseSync(corpus(), { defensive: false });
    database.exec(`
      UPDATE search_data SET block = zeroblob(length(block))
      WHERE id = (SELECT id FROM search_data ORDER BY length(block) DESC LIMIT 1)`);
    database.close();
    await writeFile(join(folder, 'corpus.open'), 'open\n');
    // A command has no time for it, and leaves it to a window.
    await close(await open());
    const window = await open({ host: 'window' });
    await window.papersBack();
    expect((await stateOf(window)).notices).toEqual([expect.stringMatching(/was damaged and is kept as.*is back/)]);
    expect(await all(window)).toEqual(before);
    await close(window);
    expect(await readdir(folder)).not.toContain('corpus.open');
  });

  test('of the copy of the marks is made good without a word', async () => {
    const library = await open();
    await fill(library);
    const before = await all(library);
    await close(library);
    const marks = join(folder, 'marks.db');
    await writeFile(marks, (await readFile(marks)).fill(0x5a, 4096));
    const again = await open();
    await list(again, 'all', 'tag:kept is:read').catch(() => {});
    await again.papersBack();
    expect(await all(again)).toEqual(before);
    expect((await stateOf(again)).notices).toEqual([]);
  });
});
