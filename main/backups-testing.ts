import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mostRows } from '../shared/contract.ts';
import type { Paper } from '../shared/paper.ts';
import { captureOf } from './capture-testing.ts';
import { exportPapers } from './exporters/offprint-json.ts';
import type { Library } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import { openReopenableLibrary } from './reopenable-library.ts';

/** Opens a library in a folder, as a host does. */
export function openIn(dataFolder: string): Promise<Library> {
  return openReopenableLibrary({ dataFolder, bundledCapture: null, appVersion: '1.2.3' });
}

/** Every paper, whole, in page order. */
async function everyPaper(library: Library): Promise<Paper[]> {
  const { rows } = await list(library);
  if (rows.length === mostRows) throw new Error('too many papers for this test');
  return Promise.all(rows.map(({ id }) => call(library, 'paper.get', { id, query: '' })));
}

/**
 * Everything that a library says, but what belongs to a machine: its papers with their marks and when
 * they came, views, tags, sources, settings, past versions of notes, what Undo would do.
 */
export async function everythingOf(library: Library) {
  const papers = await everyPaper(library);
  let state = await call(library, 'library.state', {});
  while (state.views.some(({ count }) => count === null)) state = await call(library, 'library.state', {});
  const { version: _v, dataFolder: _d, notices: _n, copies: _c, settings, ...shown } = state;
  const { window: _w, copies: _s, copiedAt: _a, copiesId: _i, ...kept } = settings;
  let text = '';
  for await (const piece of exportPapers(papers, 0)) text += piece;
  const versions = await Promise.all(
    papers.map(async ({ id }) => (await call(library, 'notes.versions', { id })).versions),
  );
  return {
    ...{ papers, shown, settings: kept, exported: text, versions },
    texts: await Promise.all(
      papers.flatMap(({ id }, at) =>
        (versions[at] ?? []).map(async ({ version }) => (await call(library, 'notes.version', { id, version })).text),
      ),
    ),
    changes: (await call(library, 'changes.list', { limit: 500 })).changes,
    deleted: await call(library, 'notes.deleted', { offset: 0, limit: 100 }),
    duplicates: await call(library, 'duplicates.list', { offset: 0, limit: 100 }),
  };
}

/** What each of all steps that can be taken back leaves, and then each that can be done again. */
export async function everyTurn(library: Library) {
  const turns: unknown[] = [];
  for (const name of ['history.undo', 'history.redo'] as const) {
    for (let step = 0; step < 100; step += 1) {
      const { done } = await call(library, name, {});
      if (done === null) break;
      const { rows } = await list(library);
      const marks = rows.map(({ id, status, starred, tags, hasNote }) => [id, status, starred, tags, hasNote]);
      turns.push([done, marks]);
    }
  }
  return turns;
}

/** A library with something of every kind in it. */
export async function richLibrary(dataFolder: string): Promise<Library> {
  await mkdir(dataFolder, { recursive: true });
  const library = await openIn(dataFolder);
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods', 'Cedar of the Woods'), 'trees.txt');
  await importText(library, captureOf('Dahlia of the Garden', 'Elder of the Hedges'), 'plants.txt');
  const [elder, dahlia, ...trees] = (await list(library)).rows.map(({ id }) => id);
  const [ash = '', beech = '', cedar = ''] = trees;
  const mark = (ids: string[], change: object) => call(library, 'papers.mark', { selection: { ids }, change });
  await mark([ash, beech], { status: 'read', addTags: ['wood', 'wood/hard'] });
  await mark([cedar], { status: 'queued', starred: true });
  for (const text of ['First thought, which is long enough to be kept when it goes', 'Second', '', 'Third — ∂αλ 🌲']) {
    await call(library, 'note.set', { id: ash, text });
  }
  await call(library, 'note.set', { id: beech, text: 'A note that will be deleted, and can be brought back' });
  await call(library, 'note.set', { id: beech, text: '' });
  await call(library, 'views.save', {
    ...{ id: null, name: 'Hard woods', query: 'tag:wood/hard', icon: 'search' },
    ...{ sort: null, columns: null },
  });
  await call(library, 'tags.colour', { tag: 'wood', colour: 'green' });
  await call(library, 'papers.merge', { ids: [elder ?? '', dahlia ?? ''] });
  await call(library, 'duplicates.dismiss', { ids: [ash, cedar] });
  await call(library, 'settings.set', {
    theme: 'dark',
    window: { x: 1, y: 2, width: 800, height: 600, maximized: false },
  });
  // Marks that come with an import, which Undo takes back with it.
  const theirs = (await everyPaper(library))
    .slice(0, 1)
    .map((paper) => ({ ...paper, note: 'theirs', tags: ['theirs'] }));
  let text = '';
  for await (const piece of exportPapers(theirs, 0)) text += piece;
  await importText(library, text, 'theirs.json', true);
  await mark([cedar], { starred: false });
  await call(library, 'history.undo', {});
  return library;
}

/** Folders of one test, and the libraries that are open in them. */
export class TestLibraries {
  readonly folder: string;
  readonly data: string;
  readonly other: string;
  /** Where backups go. */
  readonly target: string;
  readonly #open: Library[] = [];

  private constructor(folder: string) {
    this.folder = folder;
    [this.data, this.other, this.target] = [join(folder, 'data'), join(folder, 'other'), join(folder, 'target')];
  }

  static async make(): Promise<TestLibraries> {
    const libraries = new TestLibraries(await mkdtemp(join(tmpdir(), 'offprint-backups-')));
    await mkdir(libraries.target);
    return libraries;
  }

  /** Closes a library in the end that was opened otherwise. */
  keep(library: Library): Library {
    this.#open.push(library);
    return library;
  }

  async open(dataFolder: string): Promise<Library> {
    return this.keep(await openIn(dataFolder));
  }

  /** A library of one paper with a note, and a backup of it. */
  async small(dataFolder: string, note: string): Promise<{ library: Library; path: string; id: string }> {
    const library = await this.open(dataFolder);
    await importText(library, captureOf('Ash of the Woods'));
    const [{ id = '' } = {}] = (await list(library)).rows;
    await call(library, 'note.set', { id, text: note });
    const { path } = await call(library, 'backup.write', { folder: this.target });
    return { library, path, id };
  }

  /** Closes everything and removes the folders. */
  async remove(): Promise<void> {
    for (const library of this.#open.splice(0)) await library.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A file as {@link Library.backups} takes it. */
export function fileOf(path: string): { path: string; name: string } {
  return { path, name: basename(path) };
}

/** Sends a file as a window does. */
export async function upload(library: Library, bytes: Buffer, name = 'mine.offprint'): Promise<string> {
  const { upload: sent } = await call(library, 'upload.open', { name, size: bytes.length });
  await call(library, 'upload.append', { upload: sent, base64: bytes.toString('base64') });
  return sent;
}
