import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { longestDataFolder } from './data-folder.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import { withSmallDisk } from './store/small-disk.ts';

let folder: string;
const opened: Library[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-opening-'));
});
afterEach(async () => {
  for (const library of opened.splice(0)) await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(dataFolder = folder): Promise<Library> {
  const library = await openLibrary({ dataFolder, bundledCapture: null, appVersion: '0' });
  opened.push(library);
  return library;
}

async function close(library: Library): Promise<void> {
  opened.splice(opened.indexOf(library), 1);
  await library.close();
}

const capture = captureOf('Ash of the Woods', 'Birch of the Hills');

/** A library with two papers, of which one has a note. Answers with that one's id. */
async function fill(library: Library): Promise<string> {
  await importText(library, capture);
  const { rows } = await list(library);
  const id = rows[0]?.id ?? '';
  await call(library, 'note.set', { id, text: 'Größe 長い' });
  return id;
}

/** Every file in a folder with what tells that it was touched. */
async function snapshot(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  const lines = names.map(async (name) => {
    const stats = await stat(join(path, name));
    return `${name} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
  });
  return (await Promise.all(lines)).sort();
}

describe('odd paths', () => {
  const paths = {
    'a space, Unicode and 200 characters': () => join(folder, 'My papers – Größe 長い 😀', 'x'.repeat(180)),
    'the longest that there may be': () => {
      const path = join(folder, 'é'.repeat(60), 'x'.repeat(100));
      return join(path, 'x'.repeat(longestDataFolder - Buffer.byteLength(path) - 1));
    },
    'characters that mean something in addresses': () => join(folder, '100% #1? & [a] {b} \'"`$x`'),
  };
  test.skipIf(process.platform === 'win32').each(Object.entries(paths))('%s', async (_, path) => {
    const dataFolder = path();
    const library = await open(dataFolder);
    const id = await fill(library);
    await call(library, 'generations.take', {});
    const { path: backup } = await call(library, 'backup.write', { folder });
    expect((await stat(backup)).size).toBeGreaterThan(0);
    await close(library);
    const again = await open(dataFolder);
    expect((await call(again, 'paper.get', { id, query: '' })).note).toBe('Größe 長い');
    expect(await call(again, 'library.state', {})).toMatchObject({ readOnly: null, notices: [], counts: { all: 2 } });
  });
});

describe('where nothing can be written', () => {
  test('a read-only disk: everything can be read and nothing is refused but changes; nothing is touched', async (context) => {
    await withSmallDisk(
      folder,
      context,
      async (disk) => {
        const dataFolder = join(disk.path, 'data');
        const first = await open(dataFolder);
        const id = await fill(first);
        await close(first);
        const before = await snapshot(dataFolder);
        disk.writable(false);
        const library = await open(dataFolder);
        const state = await call(library, 'library.state', {});
        expect(state).toMatchObject({ counts: { all: 2, notes: 1 }, readOnly: expect.stringContaining(dataFolder) });
        expect((await call(library, 'paper.get', { id, query: '' })).note).toBe('Größe 長い');
        expect((await list(library, 'notes')).total).toBe(1);
        expect((await list(library, 'all', 'birch')).total).toBe(1);
        expect((await list(library, 'all', 'note:Größe')).total).toBe(1);
        await expect(call(library, 'note.set', { id, text: 'lost' })).rejects.toMatchObject({
          code: 'refused',
          message: state.readOnly,
        });
        const { path } = await call(library, 'backup.write', { folder });
        expect((await stat(path)).size).toBeGreaterThan(0);
        for (const turn of ['restore', 'compare'] as const) {
          await expect(library.backups[turn]({ path, name: 'mine' })).rejects.toMatchObject({
            code: 'refused',
            message: state.readOnly,
          });
        }
        await close(library);
        expect(await snapshot(dataFolder)).toEqual(before);
        // Once it can be written again, all is as before.
        disk.writable(true);
        const again = await open(dataFolder);
        await call(again, 'note.set', { id, text: 'kept' });
        expect(await call(again, 'library.state', {})).toMatchObject({ readOnly: null, notices: [] });
        await close(again);
      },
      16 * 1024 * 1024,
    );
  });

  test('a read-only disk after a crash: what the journal and the log hold is there, too', async (context) => {
    await withSmallDisk(
      folder,
      context,
      async (disk) => {
        const live = join(folder, 'live');
        const first = await open(live);
        const id = await fill(first);
        const { cp } = await import('node:fs/promises');
        const dataFolder = join(disk.path, 'data');
        await cp(live, dataFolder, { recursive: true });
        const before = await snapshot(dataFolder);
        disk.writable(false);
        const library = await open(dataFolder);
        expect((await call(library, 'paper.get', { id, query: '' })).note).toBe('Größe 長い');
        expect((await call(library, 'library.state', {})).counts).toMatchObject({ all: 2, notes: 1 });
        await close(library);
        expect(await snapshot(dataFolder)).toEqual(before);
        disk.writable(true);
      },
      16 * 1024 * 1024,
    );
  });

  test('a full disk: the library opens, refuses what it cannot keep in words, and works once there is room', async (context) => {
    await withSmallDisk(
      folder,
      context,
      async (disk) => {
        const dataFolder = join(disk.path, 'data');
        const first = await open(dataFolder);
        const id = await fill(first);
        await disk.fill();
        const refusal = await call(first, 'note.set', { id, text: 'x'.repeat(100_000) }).catch(
          (error: unknown) => error,
        );
        expect(refusal).toMatchObject({
          code: 'unreadable',
          message: expect.stringMatching(/could not be saved: the disk is full/),
        });
        expect((await call(first, 'paper.get', { id, query: '' })).note).toBe('Größe 長い');
        await close(first);
        const library = await open(dataFolder);
        expect((await call(library, 'paper.get', { id, query: '' })).note).toBe('Größe 長い');
        await disk.free();
        const { readOnly } = await call(library, 'library.state', {});
        if (readOnly === null) {
          await call(library, 'note.set', { id, text: 'there is room' });
        }
        await close(library);
        const again = await open(dataFolder);
        await call(again, 'note.set', { id, text: 'there is room now' });
        expect((await call(again, 'paper.get', { id, query: '' })).note).toBe('there is room now');
        expect((await call(again, 'library.state', {})).readOnly).toBeNull();
        await close(again);
      },
      8 * 1024 * 1024,
    );
  });
});

describe('what somebody else has left', () => {
  test('a folder in which every file of ours is something else opens, empty, and keeps it all', async () => {
    for (const name of ['library.json', 'library.backup.json', 'lock.json', 'lock.db', 'corpus.db', 'marks.db']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'mine.txt'), name);
    }
    for (const name of ['journal', 'generations', 'notes']) await writeFile(join(folder, name), name);
    const library = await open();
    const { notices, readOnly } = await call(library, 'library.state', {});
    expect(readOnly).toBeNull();
    expect(notices.join(' ')).toMatch(/is a folder.*library\.damaged-/);
    await fill(library);
    await close(library);
    const files = await readdir(folder, { recursive: true });
    const kept = await Promise.all(
      files.filter((name) => name.endsWith('mine.txt')).map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect(kept.sort()).toEqual(
      ['corpus.db', 'library.backup.json', 'library.json', 'lock.db', 'lock.json', 'marks.db'].sort(),
    );
    const again = await open();
    expect(await call(again, 'library.state', {})).toMatchObject({ notices: [], counts: { all: 2, notes: 1 } });
  });
});
