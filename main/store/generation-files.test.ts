import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemFiles } from './durable-file.ts';
import { Generations, generationsFolderName } from './generation-files.ts';
import { emptyLibrary, imageOf, type LibraryData } from './library-data.ts';
import { printLibrary, readLibrary } from './library-file.ts';
import { type Fault, faultyFiles } from './store-testing.ts';

let folder: string;
let generations: Generations;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-generations-'));
  generations = new Generations(folder, systemFiles);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const position = { id: 'one', upTo: 7, line: '0123abcd' };
const morning = Date.UTC(2026, 10, 23, 8, 15);

function library(papers: LibraryData['papers'] = new Map()): LibraryData {
  return { ...emptyLibrary(), stamp: 's', papers };
}
const noted = library(
  new Map([
    ['arxiv:1', { status: 'read', readAt: 5, changedAt: 5 }],
    ['arxiv:2', { note: 'A “note”\n', noteChangedAt: 6, changedAt: 6 }],
  ]),
);
const path = (id: string) => join(generations.folder, `${id}.json.gz`);

test('what is written is listed by its beginning, and read back whole', async () => {
  const written = await generations.write(imageOf(noted), position, 'import', morning);
  expect(written).toMatchObject({
    id: '20261123T081500Z-import',
    takenAt: morning,
    reason: 'import',
    papers: 2,
    notes: 1,
  });
  expect(await generations.list()).toEqual({ generations: [written], damaged: [] });
  expect(written).toMatchObject({ position, stamp: 's', bytes: (await stat(path(written.id))).size });
  const history = { undo: [], redo: [], heard: 0 };
  expect(await generations.read(written.id)).toEqual({
    ...{ kind: 'good', isAstray: false },
    data: { ...noted, history },
    position,
    unclear: [],
  });
});

test('what is read is the library file of then, but for Undo, at any size and with any notes', async () => {
  const record = fc.record({ note: fc.string({ unit: 'binary' }), changedAt: fc.nat() });
  const few = fc.uniqueArray(fc.tuple(fc.webUrl(), record), { selector: ([id]) => id, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(few, fc.constantFrom(1, 200, 500), async (records, times) => {
      const papers = new Map(
        Array.from({ length: times }, (_, copy) => copy).flatMap((copy) =>
          records.map(([id, each]) => [`${id}#${copy}`, each] as const),
        ),
      );
      const { id } = await generations.write(imageOf(library(papers)), position, 'hour', morning);
      const file = [...printLibrary(imageOf(library(papers)), position)].join('');
      expect(await generations.read(id)).toEqual(readLibrary(Buffer.from(file)));
      // A person may unpack it and put it in the place of the library file.
      expect(readLibrary(gunzipSync(await readFile(path(id))))).toEqual(readLibrary(Buffer.from(file)));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 30) },
  );
});

test('an image goes on being written as it was, whatever becomes of the library', async () => {
  const data = library(new Map(Array.from({ length: 3000 }, (_, at) => [`arxiv:${at}`, { changedAt: at }])));
  const writing = generations.write(imageOf(data), position, 'start', morning);
  data.papers.clear();
  const { id } = await writing;
  expect(await generations.read(id)).toMatchObject({ data: { papers: { size: 3000 } } });
});

test('a file of an older layout is kept as it is', async () => {
  const text =
    '{ "format": "offprint-library", "schema": 1, "stamp": "old", "settings": {}, "later": [1], "papers": {} }';
  const { id } = await generations.writeFile(Buffer.from(text), { papers: 0, notes: 0 }, 'migration', morning);
  const kept = gunzipSync(await readFile(path(id))).toString();
  expect(kept.endsWith(text.slice(1))).toBe(true);
  expect(await generations.read(id)).toMatchObject({ kind: 'good', position: null, data: { unknown: { later: [1] } } });
  expect((await generations.list()).generations).toMatchObject([
    { id, reason: 'migration', position: null, stamp: null },
  ]);
});

test.skipIf(process.platform === 'win32')('nobody else may read them', async () => {
  const { id } = await generations.write(imageOf(noted), position, 'start', morning);
  expect((await stat(generations.folder)).mode & 0o777).toBe(0o700);
  expect((await stat(path(id))).mode & 0o777).toBe(0o600);
});

test('two of the same second have names of their own; one taken before something is called so', async () => {
  const one = await generations.write(imageOf(noted), position, 'start', morning);
  const other = await generations.write(imageOf(noted), position, 'start', morning + 1);
  expect(other.id).toBe('20261123T081500Z-start.2');
  const promoted = await generations.promote(one, 'restore');
  expect(promoted).toEqual({ ...one, id: '20261123T081500Z-restore', reason: 'restore' });
  expect((await generations.list()).generations).toEqual([other, promoted]);
});

test('what is no generation is told, and what is not ours is left alone', async () => {
  const { id } = await generations.write(imageOf(noted), position, 'start', morning);
  await writeFile(path('empty'), '');
  await writeFile(path('foreign'), gzipSync('{"a":1}'));
  await writeFile(path('zeros'), Buffer.alloc(100));
  await writeFile(join(generations.folder, 'notes.txt'), 'mine');
  await writeFile(join(generations.folder, 'with a space.json.gz'), 'mine');
  const { generations: good, damaged } = await generations.list();
  expect(good.map((each) => each.id)).toEqual([id]);
  expect(damaged.map((each) => each.id).toSorted()).toEqual(['empty', 'foreign', 'zeros']);
  await truncate(path(id), 150);
  expect(await generations.read(id)).toEqual({ kind: 'damaged', reason: 'is cut short or garbled' });
  await expect(generations.read('none')).rejects.toMatchObject({ code: 'not-found' });
  await expect(generations.read('../library')).rejects.toMatchObject({ code: 'not-found' });
  await generations.prune(morning);
  expect(await readdir(generations.folder)).toHaveLength(6);
});

test('pruning removes what nobody wants and what a killed process left, and not the one that must stay', async () => {
  const old = await generations.write(imageOf(noted), position, 'start', 1000);
  const older = await generations.write(imageOf(noted), position, 'start', 0);
  for (let at = 0; at < 6; at += 1) await generations.write(imageOf(noted), position, 'hour', morning + at * 3_600_000);
  const leftover = `${path('x')}.${crypto.randomUUID()}.tmp`;
  await writeFile(leftover, 'half');
  await generations.prune(morning + 10 * 3_600_000, older.id);
  const names = await readdir(generations.folder);
  expect(names).toHaveLength(7);
  expect(names).toContain(`${older.id}.json.gz`);
  expect(names).not.toContain(`${old.id}.json.gz`);
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be read is said, and not taken for an empty one',
  async () => {
    await generations.write(imageOf(noted), position, 'start', morning);
    await chmod(generations.folder, 0);
    await expect(generations.list()).rejects.toMatchObject({ code: 'unreadable' });
    await chmod(generations.folder, 0o700);
  },
);

test('whichever operation fails, there is the whole file or none, and the next one is written', async () => {
  const live = async (name: string, fault: () => Fault | null) => {
    const { files, done } = faultyFiles(fault);
    const kept = new Generations(join(folder, name), files);
    await systemFiles.mkdir(join(folder, name));
    const outcome = await kept.write(imageOf(noted), position, 'start', morning).catch((error: unknown) => error);
    return { kept, outcome, operations: done.length, done };
  };
  const { operations } = await live('none', () => null);
  expect(operations).toBeGreaterThan(6);
  for (let at = 0; at < operations; at += 1) {
    let fault: Fault | null = { at, code: 'ENOSPC' };
    const { kept, outcome, done } = await live(`fault-${at}`, () => fault);
    fault = null;
    const { generations: listed, damaged } = await kept.list();
    expect(damaged, done[at]).toEqual([]);
    for (const { id } of listed)
      expect(await kept.read(id)).toMatchObject({ kind: 'good', data: { papers: noted.papers } });
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'unreadable' });
    else expect(listed).toHaveLength(1);
    const next = await kept.write(imageOf(noted), position, 'hour', morning + 1);
    expect(await kept.read(next.id)).toMatchObject({ kind: 'good' });
    expect(
      (await readdir(join(folder, `fault-${at}`, generationsFolderName))).filter((name) => name.endsWith('.tmp')),
    ).toEqual([]);
  }
});
