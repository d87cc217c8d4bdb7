import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recordOf } from './arbitrary-records.ts';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { temporaryFolder } from './test-corpus.ts';
import { dump, fileToImport, importAll, numberOf, plainFile } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

let folder: string;
let remove: () => void;
let writer: LocalPapersWriter;
beforeEach(() => {
  const temporary = temporaryFolder();
  remove = temporary.remove;
  folder = join(temporary.folder, 'library');
  mkdirSync(folder);
  writer = new LocalPapersWriter(folder);
});
afterEach(async () => {
  await writer.close();
  remove();
});

const walls = recordOf('Boundary Terms and What They Are Good For', { abstract: 'Walls matter.' });
const tea = recordOf('On Tea');
const inCaptures = (library = folder) =>
  readdirSync(join(library, 'captures')).filter((file) => !file.startsWith('sources.'));
const importWalls = (name: string) => importAll(writer, [fileToImport(folder, name, plainFile([walls]))]);

/** The library as a program that ends at this moment leaves it. */
function crashed(when: string): string {
  const left = `${folder}-crashed-${when}`;
  mkdirSync(left);
  for (const name of ['corpus.db', 'corpus.db-wal']) {
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(left, name));
  }
  cpSync(join(folder, 'captures'), join(left, 'captures'), { recursive: true });
  return left;
}

/** Gives a capture a provisional name. */
function unsettle(name: string): string {
  const aside = `${name}.00000000-0000-4000-8000-000000000000.tmp`;
  renameSync(join(folder, 'captures', name), join(folder, 'captures', aside));
  return aside;
}

test('a capture whose own name looks provisional stays for good', async () => {
  await importWalls('notes.tmp');
  await writer.close();
  writer = new LocalPapersWriter(folder);
  const before = dump(folder);
  await writer.undo(numberOf(await writer.removeSource(1)));
  expect(dump(folder)).toEqual(before);
});

describe('after a program that ended too early', () => {
  test('a capture that a source refers to gets its name', async () => {
    await importWalls('a.txt');
    const names = inCaptures();
    unsettle(names[0] ?? '');
    new LocalCorpus(folder).close();
    expect(inCaptures()).toEqual(names);
  });

  test('one that a removed source needs to come back gets its name', async () => {
    await importWalls('a.txt');
    const before = dump(folder);
    const removed = await writer.removeSource(1);
    unsettle(inCaptures()[0] ?? '');
    await writer.close();
    writer = new LocalPapersWriter(folder);
    await writer.undo(numberOf(removed));
    expect(dump(folder)).toEqual(before);
  });

  test('what nobody refers to is gone as soon as the library is opened, be it only to be read', async () => {
    await importWalls('a.txt');
    const names = inCaptures();
    const stray = '0123456789abcdef-b.txt.00000000-0000-4000-8000-000000000000.tmp';
    writeFileSync(join(folder, 'captures', stray), 'left');
    new LocalCorpus(folder).close();
    expect(inCaptures()).toEqual(names);
  });

  test('a capture with its own name is left alone, whoever refers to it', async () => {
    await importWalls('a.txt');
    const names = inCaptures();
    await writer.close();
    for (const ending of ['', '-wal', '-shm']) {
      const path = join(folder, `corpus.db${ending}`);
      if (existsSync(path)) renameSync(path, `${path}.lost`);
    }
    new LocalCorpus(folder).close();
    expect(inCaptures()).toEqual(names);
    writer = new LocalPapersWriter(folder);
  });
});

describe('a program that ends', () => {
  /** The library as it would be left right before and right after whatever `work` commits. */
  async function aroundCommit(work: () => Promise<unknown>): Promise<{ before: string; after: string }> {
    const exec = DatabaseSync.prototype.exec;
    const left: string[] = [];
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
      if (sql === 'COMMIT') left.push(crashed('before'));
      exec.call(this, sql);
      if (sql === 'COMMIT') left.push(crashed('after'));
    });
    await work();
    vi.restoreAllMocks();
    const [before = '', after = '', ...more] = left;
    expect(more).toEqual([]);
    for (const folder of [before, after]) new LocalCorpus(folder).close();
    return { before, after };
  }

  test('just before or after an import is written leaves none or all of it', async () => {
    await importWalls('a.txt');
    const then = dump(folder);
    await writer.preview({ files: [fileToImport(folder, 'b.txt', plainFile([tea]))], format: null }, () => {});
    const { before, after } = await aroundCommit(() => writer.confirm(() => {}));
    expect(dump(before)).toEqual(then);
    expect(dump(after)).toEqual(dump(folder));
    expect(inCaptures(after)).toHaveLength(2);
  });

  test('just before or after an import that was taken back is forgotten leaves all or none of its capture', async () => {
    await writer.undo(numberOf(await importWalls('a.txt')));
    const then = dump(folder);
    expect(inCaptures()).toHaveLength(1);
    const { before, after } = await aroundCommit(() => writer.forgetUndone([]));
    expect(dump(before)).toEqual(then);
    expect(dump(after)).toEqual(dump(folder));
    expect(inCaptures(after)).toEqual([]);
  });
});

test('an import that has been taken back and cannot be forgotten keeps its capture', async () => {
  const done = await importWalls('a.txt');
  await writer.undo(numberOf(done));
  const before = dump(folder);
  const exec = DatabaseSync.prototype.exec;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT') throw new Error('it will not do');
    exec.call(this, sql);
  });
  await expect(writer.forgetUndone([])).rejects.toThrow('it will not do');
  vi.restoreAllMocks();
  expect(dump(folder)).toEqual(before);
  await writer.redo(numberOf(done));
});

test('the room that a cancelled import took on the disk is free again', async () => {
  const long = 'a word and another, '.repeat(5000);
  const records = Array.from({ length: 420 }, (_, at) => recordOf(`Paper Number ${at}`, { abstract: `${long}${at}` }));
  await writer.preview({ files: [fileToImport(folder, 'a.txt', plainFile(records))], format: null }, () => {});
  const log = join(folder, 'corpus.db-wal');
  expect(statSync(log).size).toBeGreaterThan(1_000_000);
  await writer.cancel();
  await setImmediate();
  expect(statSync(log).size).toBe(0);
  expect(inCaptures()).toEqual([]);
});
