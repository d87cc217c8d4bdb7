import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { titleId } from '../importers/identity.ts';
import { recordOf } from './arbitrary-records.ts';
import { checkOnThisThread } from './check-corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { rebuildHere, tableOfChanges } from './rebuild-testing.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';
import { allIds, dump, fileToImport, importAll, numberOf, plainFile } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

const titlesOf = (file: string, count: number) => Array.from({ length: count }, (_, at) => `${file} Paper ${at}`);
const recordsOf = (file: string) =>
  titlesOf(file, 40).map((title) => recordOf(title, { abstract: `Of ${title}. `.repeat(40) }));

let folder: string;
let remove: () => void;
/** What the database says, and its changes, before anything happens to it. */
let before: unknown[];

/**
 * A library with three sources, of which two speak of some of the same papers, one that was removed
 * but for a paper that the reader had touched, two papers merged by hand, and one import taken back.
 */
beforeEach(async () => {
  const temporary = temporaryFolder();
  remove = temporary.remove;
  folder = join(temporary.folder, 'library');
  mkdirSync(folder);
  const corpus = new LocalCorpus(folder);
  const writer = new LocalPapersWriter(folder);
  const take = async (name: string, records: Parameters<typeof plainFile>[0]) => {
    const done = await importAll(writer, [fileToImport(folder, name, plainFile(records))]);
    corpus.publish(done.papers);
    return numberOf(done);
  };
  await take('a.txt', recordsOf('First'));
  await take('b.txt', [...recordsOf('Second'), recordOf('First Paper 3', { venue: 'A Venue' })]);
  await take('c.txt', recordsOf('Third'));
  corpus.applyMarks({ from: null, to: 'x' }, [marksOf(titleId('Third Paper 7'), { starred: true, changedAt: 1 })]);
  corpus.publish((await writer.removeSource(3)).papers);
  corpus.publish((await writer.undo(await take('d.txt', recordsOf('Fourth')))).papers);
  await take('e.txt', recordsOf('Fifth'));
  const pair = [titleId('First Paper 1'), titleId('Second Paper 1')] as const;
  corpus.publish((await writer.setPairs({ same: [pair], different: [] }, 'Merged 2 papers', null)).papers);
  await writer.close();
  corpus.close();
  before = [dump(folder), tableOfChanges(folder)];
});
afterEach(() => {
  vi.restoreAllMocks();
  remove();
});

const now = () => [dump(folder), tableOfChanges(folder)];
const path = () => join(folder, 'corpus.db');
const inCaptures = () => readdirSync(join(folder, 'captures'));
const list = () => join(folder, 'captures', 'sources.json');
const captureOf = (name: string) => inCaptures().find((file) => file.endsWith(`-${name}`)) ?? '';

/** Writes over a part of a file. */
function spoil(from: number, bytes: number, file = path()): void {
  const content = readFileSync(file);
  writeFileSync(file, content.fill(0x5a, from, from + bytes));
}

/** Writes over the first page of a table's tree, or of one that its full-text index keeps. */
function spoilTable(name: string): void {
  const database = new DatabaseSync(path(), { readOnly: true });
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
  const { page_size: size } = database.prepare('PRAGMA page_size').get() ?? {};
  database.close();
  spoil((Number(row?.['rootpage']) - 1) * Number(size), Number(size));
}

describe('a database that is found broken when it is opened is made anew as it was', () => {
  const damages: [string, string, () => void][] = [
    ['its header', 'damaged', () => spoil(0, 100)],
    ['its first page after the header', 'damaged', () => spoil(100, 3900)],
    ['all of it: zeros', 'damaged', () => writeFileSync(path(), Buffer.alloc(readFileSync(path()).length))],
    ['a text in its place', 'damaged', () => writeFileSync(path(), 'Nothing of a database.')],
    ['its second half', 'damaged', () => truncateSync(path(), Math.floor(readFileSync(path()).length / 8192) * 4096)],
    ['its length', 'missing', () => truncateSync(path(), 0)],
    ['the file itself', 'missing', () => rmSync(path())],
    [
      "another program's file in its place",
      'foreign',
      () => {
        rmSync(path());
        const database = new DatabaseSync(path());
        database.exec('CREATE TABLE theirs (x); PRAGMA application_id = 77');
        database.close();
      },
    ],
  ];
  test.each(damages)('%s', async (_, why, damage) => {
    damage();
    const existedBefore = existsSync(path());
    const { trouble, end, created } = await rebuildHere(folder);
    expect(trouble).toMatchObject({ kind: 'rebuilt', why, isRebuilding: true });
    expect(created).toBe(false);
    expect(end).toEqual({ why, from: 'list', changesKnown: true, lost: [] });
    expect(now()).toEqual(before);
    const aside = readdirSync(folder).filter((name) => /^corpus\..+\.db$/.test(name));
    expect(aside).toHaveLength(existedBefore ? 1 : 0);
    expect((await rebuildHere(folder)).trouble).toBeNull();
  });
});

describe('a check finds', () => {
  test.each([
    'papers',
    'abstracts',
    'papers_title',
    'identifiers',
    'records',
    'changes',
    'search_data',
    'search_idx',
    'search_docsize',
  ])('damage in %s; then everything comes back', async (table) => {
    expect(await checkOnThisThread(folder, true)).toMatchObject({ state: 'sound', list: 'sound', captures: [] });
    spoilTable(table);
    const findings = await checkOnThisThread(folder, false);
    expect(findings).toMatchObject({ state: 'damaged', papers: null });
    expect(findings?.details).not.toEqual([]);
    await rebuildHere(folder, 'damaged');
    expect(now()).toEqual(before);
  });

  test('nothing wrong with a sound one, how much is in it, and whether it was closed', async () => {
    const { length } = allIds(folder);
    expect(await checkOnThisThread(folder, true)).toEqual({
      ...{ path: path(), state: 'sound', details: [], papers: length, sources: 3 },
      ...{ isUnclean: false, list: 'sound', captures: [] },
    });
    const corpus = new LocalCorpus(folder);
    expect(await checkOnThisThread(folder, false)).toMatchObject({ state: 'sound', isUnclean: true });
    corpus.close();
  });

  test('one that is gone, begun anew and not finished, of a newer Offprint; and what is wrong with the captures', async () => {
    rmSync(path());
    expect(await checkOnThisThread(folder, false)).toMatchObject({ state: 'missing' });
    await rebuildHere(folder, null, 1);
    expect(await checkOnThisThread(folder, false)).toMatchObject({ state: 'unfinished', list: 'sound' });
    await rebuildHere(folder);
    const database = new DatabaseSync(path());
    database.exec('PRAGMA user_version = 1000');
    database.close();
    spoil(60, 3, join(folder, 'captures', captureOf('a.txt')));
    rmSync(join(folder, 'captures', captureOf('b.txt')));
    expect(await checkOnThisThread(folder, true)).toMatchObject({
      state: 'newer',
      captures: [
        { name: 'b.txt', reason: 'missing' },
        { name: 'a.txt', reason: 'damaged' },
      ],
    });
  });

  test('nothing where there is nothing', async () => {
    const { folder: empty, remove } = temporaryFolder();
    expect(await checkOnThisThread(empty, true)).toMatchObject({ state: 'none', list: 'missing', captures: [] });
    expect(readdirSync(empty)).toEqual([]);
    remove();
  });

  test('the end as soon as it is told to', async () => {
    expect(await checkOnThisThread(folder, false, () => true)).toBeNull();
  });
});

test('a log that is lost with what was imported last: seen by the list, and everything is there again', async () => {
  const corpus = new LocalCorpus(folder);
  const writer = new LocalPapersWriter(folder);
  const live = `${folder}-live`;
  await importAll(writer, [fileToImport(folder, 'f.txt', plainFile(recordsOf('Sixth')))]);
  cpSync(folder, live, { recursive: true });
  await writer.close();
  corpus.close();
  const after = now();
  expect(existsSync(join(live, 'corpus.db-wal'))).toBe(true);
  rmSync(join(live, 'corpus.db-wal'));
  rmSync(folder, { recursive: true });
  renameSync(live, folder);
  expect((await rebuildHere(folder)).trouble).toMatchObject({ kind: 'rebuilt', why: 'behind' });
  expect(now()).toEqual(after);
});

describe('the list of sources', () => {
  test.each([
    ['is missing', () => rmSync(list())],
    ['is damaged', () => spoil(200, 1, list())],
    ['is no list', () => writeFileSync(list(), 'null')],
  ])('%s: what can be read of the database says the same, and it is written anew', async (_, damage) => {
    damage();
    spoilTable('search_data');
    const { end } = await rebuildHere(folder, 'damaged');
    expect(end).toMatchObject({ from: 'database', changesKnown: true, lost: [] });
    expect(now()).toEqual(before);
    expect(await checkOnThisThread(folder, true)).toMatchObject({ state: 'sound', list: 'sound' });
  });

  test('is missing, and so is what was done: sources are as they were, and only Undo knows nothing of them', async () => {
    rmSync(list());
    spoilTable('changes');
    const { end } = await rebuildHere(folder, 'damaged');
    expect(end).toMatchObject({ from: 'database', changesKnown: false, lost: [] });
    // Who is the same is said by the reader's own data, which the library gives it; without them two papers are apart.
    expect(allIds(folder)).toContain(titleId('Second Paper 1'));
    expect(dump(folder)['sources']).toEqual((before[0] as Record<string, unknown>)['sources']);
  });

  test('and the database are both lost: papers come from the files alone, in the order of their times', async () => {
    for (const [at, name] of ['e.txt', 'b.txt', 'a.txt', 'c.txt', 'd.txt'].entries()) {
      const capture = join(folder, 'captures', captureOf(name));
      utimesSync(capture, 1_000_000 + at, 1_000_000 + at);
    }
    rmSync(list());
    spoil(0, 4096);
    const { end } = await rebuildHere(folder);
    expect(end).toMatchObject({ from: 'captures', changesKnown: false, lost: [] });
    const sources = dump(folder)['sources'] as string[];
    const known = sources.map((row) => JSON.parse(row) as Record<string, unknown>);
    expect(known.map(({ id, name, imported_at: at }) => [id, name, at])).toEqual([
      [1, 'e.txt', 1_000_000_000],
      [2, 'b.txt', 1_000_001_000],
      [3, 'a.txt', 1_000_002_000],
      [4, 'c.txt', 1_000_003_000],
      [5, 'd.txt', 1_000_004_000],
    ]);
    expect(allIds(folder)).toHaveLength(5 * 40);
    expect(dump(folder)['strays']).toEqual([]);
    // Numbers of changes are never given out twice.
    const writer = new LocalPapersWriter(folder);
    const { change } = await writer.removeSource(5);
    await writer.close();
    expect(change).toBeGreaterThan(1_000_000_000);
  });

  test('of a library that has none yet is written at the next opening, and comes with every change', async () => {
    rmSync(list());
    new LocalCorpus(folder).close();
    const written = readFileSync(list(), 'utf8');
    const writer = new LocalPapersWriter(folder);
    await writer.removeSource(1);
    expect(readFileSync(list(), 'utf8')).not.toBe(written);
    await writer.close();
    expect(inCaptures().filter((name) => name.startsWith('sources.'))).toHaveLength(2);
  });
});

describe('what cannot be read again is named, and the rest comes back', () => {
  test.each([
    ['missing', () => rmSync(join(folder, 'captures', captureOf('b.txt'))), 'the file kept of it is missing'],
    ['damaged', () => spoil(80, 1, join(folder, 'captures', captureOf('b.txt'))), 'the file kept of it is damaged'],
  ])('a file that is %s', async (_, damage, reason) => {
    const file = captureOf('b.txt');
    damage();
    rmSync(path());
    const { end } = await rebuildHere(folder);
    expect(end?.lost).toEqual([{ name: 'b.txt', file, reason, partly: false }]);
    const ids = allIds(folder);
    expect(ids).toContain(titleId('First Paper 3'));
    expect(ids).toContain(titleId('Fifth Paper 39'));
    expect(ids).not.toContain(titleId('Second Paper 2'));
    const sources = dump(folder)['sources'] as string[];
    expect(sources.map((row) => (JSON.parse(row) as { name: string; count: number }).count)).toEqual([40, 0, 40]);
  });

  test('what was kept of removed sources, where that file is damaged', async () => {
    const kept = inCaptures().find((name) => name.startsWith('sources.kept')) ?? '';
    spoil(30, 1, join(folder, 'captures', kept));
    rmSync(path());
    const { end } = await rebuildHere(folder);
    expect(end?.lost).toMatchObject([{ file: kept, partly: false }]);
    expect(allIds(folder)).not.toContain(titleId('Third Paper 7'));
    expect(dump(folder)['strays']).toEqual([]);
  });
});

describe('reading again that is cut off', () => {
  test('after every piece, and at any moment between two steps, goes on and comes to the same', async () => {
    const left: string[] = [];
    const leave = () => {
      const copy = `${folder}-left-${left.length}`;
      cpSync(folder, copy, { recursive: true });
      left.push(copy);
    };
    const exec = DatabaseSync.prototype.exec;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
      if (sql === 'COMMIT') leave();
      exec.call(this, sql);
      if (sql === 'COMMIT') leave();
    });
    spoil(0, 4096);
    await rebuildHere(folder);
    vi.restoreAllMocks();
    expect(left.length).toBeGreaterThan(10);
    for (const copy of left) {
      await rebuildHere(copy);
      expect([dump(copy), tableOfChanges(copy)]).toEqual(before);
      expect((await checkOnThisThread(copy, true))?.state).toBe('sound');
    }
  });

  test('in the middle of setting aside goes on with that', async () => {
    for (const [kept, mark] of [
      ['', 'damaged'],
      ['', 'open'],
      ['corpus.db', 'damaged'],
    ]) {
      const copy = `${folder}-aside-${kept}-${mark}`;
      cpSync(folder, copy, { recursive: true });
      if (kept === '') rmSync(join(copy, 'corpus.db'));
      else copyFileSync(join(copy, 'corpus.db'), join(copy, 'corpus.db-wal'));
      writeFileSync(join(copy, 'corpus.open'), `${mark}\n`);
      await rebuildHere(copy);
      expect([dump(copy), tableOfChanges(copy)]).toEqual(before);
    }
  });

  test('in the middle of a source of many records goes on there', async () => {
    const writer = new LocalPapersWriter(folder);
    const many = titlesOf('Many', 11_000).map((title) => recordOf(title));
    await importAll(writer, [fileToImport(folder, 'many.txt', plainFile(many))]);
    await writer.close();
    const whole = [dump(folder), tableOfChanges(folder)];
    rmSync(path());
    const seen: number[] = [];
    for (let session = 0; session < 9; session += 1) {
      const { pieces, end } = await rebuildHere(folder, null, 1);
      seen.push(pieces.at(-1)?.done ?? 0);
      if (end) break;
    }
    // Progress is of all of it, not of a session, and never goes back.
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(now()).toEqual(whole);
  });
});
