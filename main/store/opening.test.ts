import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileOperations, systemFiles } from './durable-file.ts';
import { JournalAdapter } from './journal-adapter.ts';
import { emptyLibrary, imageOf, type LibraryData, type PaperRecord } from './library-data.ts';
import { printLibrary } from './library-file.ts';
import { openReader, stateOf } from './store-testing.ts';

let folder: string;
let library: string;
let backup: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-store-'));
  library = join(folder, 'library.json');
  backup = join(folder, 'library.backup.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function libraryOf(papers: Record<string, PaperRecord>): LibraryData {
  return { ...emptyLibrary(), papers: new Map(Object.entries(papers)) };
}

const noted = libraryOf({ 'arxiv:2306.12345': { note: 'read again', noteChangedAt: 5, changedAt: 5 } });
const starred = libraryOf({ 'title:abc': { starred: true, changedAt: 6 } });

const paper = { id: 'arxiv:1', markedAs: [] };
const position = { id: 'one', upTo: 0, line: '0123abcd' };

function printed(data: LibraryData): string {
  return [...printLibrary(imageOf(data), position)].join('');
}

async function read(files = systemFiles) {
  const adapter = new JournalAdapter(folder, files);
  const data = await adapter.read();
  await adapter.close(imageOf(data ?? emptyLibrary()));
  const { notices, readOnly } = adapter;
  return { data, notices, ...(readOnly !== null && { readOnly }) };
}

async function names(): Promise<string[]> {
  return (await readdir(folder)).sort();
}

function failing(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

describe('a round trip', () => {
  test('a missing file means a new reader, and nothing is written until there is something to write', async () => {
    expect(await read()).toEqual({ data: null, notices: [] });
    expect(await names()).toEqual([]);
  });

  test('what was written is read back: from the journal, and from the file once that holds it', async () => {
    const first = await openReader(folder);
    await first.marks.setNote(paper, 'one');
    const state = stateOf(first.store);
    const held = await openReader(folder);
    expect(stateOf(held.store)).toEqual(state);
    await held.store.close();
    await first.store.close();
    expect(JSON.parse(await readFile(library, 'utf8')).papers).toEqual(Object.fromEntries(state.records));
    const again = await openReader(folder);
    expect(stateOf(again.store)).toEqual(state);
    expect(again.store.notices).toEqual([]);
    await again.store.close();
    expect(await names()).toEqual(['journal', 'library.backup.json', 'library.json']);
  });

  test.skipIf(process.platform === 'win32')('files are readable by their owner only', async () => {
    const { marks, store } = await openReader(folder);
    await marks.setNote(paper, 'one');
    await store.close();
    for (const path of [library, backup]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    const journal = join(folder, 'journal');
    expect((await stat(journal)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(journal)) expect((await stat(join(journal, name))).mode & 0o777).toBe(0o600);
  });

  test('temporary files of a killed process are removed at reading, other files are left', async () => {
    await writeFile(`${library}.0f8fad5b-d9cb-469f-a165-70867728950e.tmp`, 'half');
    await writeFile(join(folder, 'library.json.old'), 'mine');
    await read();
    expect(await names()).toEqual(['library.json.old']);
  });

  test('fields of a newer minor version survive', async () => {
    const file = {
      format: 'offprint-library',
      schema: 1,
      stamp: 's',
      generations: { kept: 3 },
      papers: { 'arxiv:2306.12345': { changedAt: 1, status: 'read', rating: 5 } },
      settings: { theme: 'dark', panes: { views: 220, minimap: true }, font: 'serif' },
    };
    await writeFile(library, JSON.stringify(file));
    const { store } = await openReader(folder);
    await store.change({ settings: { theme: 'light' } });
    await store.close();
    const { generations, papers, settings } = JSON.parse(await readFile(library, 'utf8'));
    expect({ generations, papers, settings }).toEqual({
      ...{ generations: file.generations, papers: file.papers },
      settings: { ...file.settings, theme: 'light' },
    });
    expect(store.notices).toEqual([]);
  });

  test('the file of an older Offprint stays as it is until something changes, and is then kept as the backup', async () => {
    const older = JSON.stringify({
      ...{ format: 'offprint-library', schema: 1, stamp: 's', settings: {} },
      papers: { 'arxiv:1': { changedAt: 1, status: 'read' } },
    });
    await writeFile(library, older);
    const { store, marks } = await openReader(folder);
    expect(await readFile(library, 'utf8')).toBe(older);
    await marks.mark([paper], { starred: true });
    expect(JSON.parse(await readFile(library, 'utf8')).schema).toBe(2);
    expect(await readFile(backup, 'utf8')).toBe(older);
    // Even from that one nothing is lost, should the new one go.
    const state = stateOf(store);
    await writeFile(library, '');
    const again = await openReader(folder);
    expect(stateOf(again.store)).toEqual(state);
    expect(again.store.notices).toEqual([expect.stringContaining('backup')]);
    await again.store.close();
    await store.close();
  });

  test('views and colours that are broken are salvaged, and the file as it was is kept', async () => {
    const good = { id: 'view:0000', name: 'One', icon: 'star', query: 'one', sort: null, columns: null };
    const file = {
      ...{ format: 'offprint-library', schema: 2, stamp: 's', journal: position, settings: {}, papers: {} },
      views: [good, { ...good, id: 'view:0001', icon: 'rocket', sort: 7 }, { ...good, id: 'nonsense' }, 5],
      tagColours: { a: 'red', b: 'ultraviolet' },
      history: { undo: [{ step: 1, label: 'x', file: '../../secret', at: 0, length: 10 }], redo: 7 },
    };
    await writeFile(library, JSON.stringify(file));
    const { data, notices } = await read();
    expect(data?.views).toEqual([good, { ...good, id: 'view:0001', icon: 'search' }]);
    expect(data?.tagColours).toEqual(new Map([['a', 'red']]));
    expect(data?.history).toEqual({ undo: [], redo: [], heard: null });
    expect(notices).toEqual([expect.stringMatching(/“views”, “tagColours”, “history”.*unclear/)]);
  });
});

describe('a damaged library', () => {
  const good = printed(noted);
  const damages: [string, string | Buffer][] = [
    ['empty', ''],
    ['NUL-filled', Buffer.alloc(4096)],
    ['truncated', good.slice(0, good.length / 2)],
    ['not UTF-8', Buffer.concat([Buffer.from(good.slice(0, 9)), Buffer.from([0xff])])],
    ['a list', '[]'],
    ['null', 'null'],
    ['a string', '"x"'],
    ['foreign', '{"posts": []}'],
    ['without papers', '{"format":"offprint-library","schema":1,"stamp":"s","settings":{}}'],
    ['with a list of papers', '{"format":"offprint-library","schema":1,"stamp":"s","settings":{},"papers":[]}'],
  ];

  test.each(damages)('%s: set aside, and the backup takes its place', async (_name, content) => {
    await writeFile(backup, good);
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data).toEqual(noted);
    expect(notices).toHaveLength(1);
    const aside = (await names()).find((name) => name.startsWith('library.damaged-')) ?? '';
    expect(notices[0]).toContain(aside);
    expect(await readFile(join(folder, aside))).toEqual(Buffer.from(content));
    expect(JSON.parse(await readFile(library, 'utf8')).papers).toEqual(JSON.parse(good).papers);
    expect(await read()).toEqual({ data: noted, notices: [] });
  });

  test.each(damages)('%s, and so is the backup: both set aside, an empty start', async (_name, content) => {
    await writeFile(backup, content);
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data).toBeNull();
    const kept = await names();
    expect(kept.filter((name) => /^library\.(backup\.)?damaged-/.test(name))).toEqual(kept);
    for (const name of kept) expect(notices.join()).toContain(name);
    expect(kept).toHaveLength(2);
    expect(await read()).toEqual({ data: null, notices: [] });
  });

  test('of a file that is cut short or garbled, with nothing better, what can still be read is there', async () => {
    const both = printed(libraryOf({ ...Object.fromEntries(noted.papers), ...Object.fromEntries(starred.papers) }));
    const content = both.slice(0, both.indexOf('title:abc'));
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data?.papers).toEqual(noted.papers);
    expect(notices).toEqual([expect.stringMatching(/garbled\. .* what can still be read of library\.json\./)]);
    const aside = (await names()).find((name) => name.startsWith('library.damaged-')) ?? '';
    expect(await readFile(join(folder, aside), 'utf8')).toBe(content);
    expect((await read()).notices).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a pipe in its place is not waited for', async () => {
    execFileSync('mkfifo', [library]);
    await writeFile(backup, good);
    const { data, notices } = await read();
    expect(data).toEqual(noted);
    expect(notices).toEqual([expect.stringMatching(/library\.json is not a file\. .*kept as library\.damaged/)]);
  });

  test('two damaged files in one second are both kept', async () => {
    for (let round = 0; round < 3; round += 1) {
      await writeFile(library, `broken ${round}`);
      await read();
    }
    expect((await names()).filter((name) => name.startsWith('library.damaged-'))).toHaveLength(3);
  });

  test('a library that is gone while its backup is there comes back', async () => {
    await writeFile(backup, good);
    const { data, notices } = await read();
    expect(data).toEqual(noted);
    expect(notices[0]).toContain('was missing');
    expect(JSON.parse(await readFile(library, 'utf8')).papers).toEqual(JSON.parse(good).papers);
  });

  test('a record that is not clear is salvaged field by field, and the file as it was is kept', async () => {
    const content = JSON.stringify({
      format: 'offprint-library',
      schema: 1,
      stamp: 's',
      settings: {},
      papers: {
        'arxiv:1': { changedAt: 1, status: 'devoured', note: 'kept' },
        'arxiv:2': 7,
        'arxiv:3': { changedAt: 2 },
      },
    });
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data?.papers.get('arxiv:1')).toEqual({ changedAt: 1, note: 'kept' });
    expect(data?.papers.has('arxiv:3')).toBe(true);
    expect(notices[0]).toContain('2 papers');
    const copy = (await names()).find((name) => name.startsWith('library.unclear-')) ?? '';
    expect(await readFile(join(folder, copy), 'utf8')).toBe(content);
  });
});

describe('what must not be touched', () => {
  /** Reads what is in the folder, which must be as it was afterwards. */
  async function readUntouched(files?: FileOperations) {
    const content = async () => Promise.all((await names()).map((name) => readFile(join(folder, name), 'utf8')));
    const before = [await names(), await content()];
    const result = await read(files);
    const { store, marks } = await openReader(folder, files);
    await expect(marks.setNote(paper, 'lost')).rejects.toMatchObject({ code: 'refused', message: result.readOnly });
    await store.close();
    expect([await names(), await content()]).toEqual(before);
    return result;
  }

  test('of a newer layout, what can be understood is shown, and nothing can be changed', async () => {
    const file = { ...JSON.parse(printed(noted)), schema: 3, views: { later: true }, shelves: [1] };
    await writeFile(library, JSON.stringify(file));
    await writeFile(backup, 'broken');
    const { data, readOnly } = await readUntouched();
    expect(data?.papers).toEqual(noted.papers);
    expect(readOnly).toMatch(/library\.json was written by a newer Offprint\. .*install the newer Offprint/);
  });

  test('the same goes for a newer backup of a damaged library', async () => {
    await writeFile(library, 'broken');
    await writeFile(backup, '{"format":"offprint-library","schema":3}');
    const { data, readOnly, notices } = await readUntouched();
    expect(data?.papers.size).toBe(0);
    expect(readOnly).toMatch(/library\.backup\.json was written by a newer Offprint/);
    expect(notices).toEqual([expect.stringContaining('library.json is cut short or garbled')]);
  });

  test.each(['EACCES', 'EPERM', 'EIO', 'EMFILE'])('a library that answers %s is not called damaged', async (code) => {
    await writeFile(library, printed(noted));
    await writeFile(backup, printed(starred));
    const files: FileOperations = { ...systemFiles, readFile: () => Promise.reject(failing(code)) };
    const { data, readOnly, notices } = await readUntouched(files);
    expect([data, notices]).toEqual([null, []]);
    expect(readOnly).toMatch(new RegExp(`${library} could not be read: .*${code}.*marks and notes are not shown`));
  });

  test.each([
    ['a damaged library', 'broken'],
    ['a good library', printed(noted)],
    ['a library that is not clear', JSON.stringify({ ...JSON.parse(printed(noted)), views: 7 })],
  ])('%s in a folder that may not be written is shown as it can be', async (_, content) => {
    await writeFile(library, content);
    await writeFile(backup, printed(noted));
    const before = await names();
    const adapter = new JournalAdapter(folder, systemFiles, undefined, 'It can only be read.');
    const data = await adapter.read();
    expect(data?.papers).toEqual(noted.papers);
    expect(adapter.readOnly).toBe('It can only be read.');
    await adapter.close(imageOf(data ?? emptyLibrary()));
    expect([await names(), await readFile(library, 'utf8')]).toEqual([before, content]);
  });

  test('what is damaged and cannot be kept aside is left alone, and what there is can be read', async () => {
    await writeFile(library, 'broken');
    await writeFile(backup, printed(noted));
    const files: FileOperations = { ...systemFiles, rename: () => Promise.reject(failing('ENOSPC')) };
    const { data, readOnly } = await readUntouched(files);
    expect(data?.papers).toEqual(noted.papers);
    expect(readOnly).toMatch(/could not be kept under another name: the disk is full \(ENOSPC\)/);
  });
});
