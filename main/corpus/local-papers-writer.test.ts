import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { titleId } from '../importers/identity.ts';
import { recordOf } from './arbitrary-records.ts';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';
import { allIds, dump, fileToImport, importAll, numberOf, plainFile, shownPapers } from './writer-testing.ts';

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

type Content = Parameters<typeof plainFile>[0];
const quiet = () => {};
const file = (name: string, ...records: Content) => fileToImport(folder, name, plainFile(records));
const many = (count: number) => Array.from({ length: count }, (_, index) => recordOf(`Paper Number ${index} of Many`));
const captures = () => dump(folder)['captures'] as string[];

/** Says that the reader has touched papers, as the mirror of their data says it. */
function touch(...ids: string[]): void {
  const corpus = new LocalCorpus(folder);
  corpus.replaceMarks(
    ids.join(),
    ids.map((id) => marksOf(id, { starred: true, changedAt: 1 })),
  );
  corpus.close();
}

const walls = recordOf('Boundary Terms and What They Are Good For', { abstract: 'Walls matter.' });
const wallsOnArxiv = { ...walls, arxivId: '2103.00001' };
const tea = recordOf('On Tea', { authors: ['Ada Smith'], published: '2020' });

describe('an import', () => {
  test('is previewed, written, and taken back', async () => {
    const empty = dump(folder);
    const done = await importAll(writer, [file('a.txt', walls, 'It has no title.', tea)]);
    expect(done.preview).toMatchObject({
      files: [
        {
          path: 'a.txt',
          format: 'plain-records',
          new: 2,
          skippedCount: 1,
          skipped: [{ where: 'line 3', reason: 'It has no title.' }],
        },
      ],
      failures: [],
      total: { new: 2, merged: 0, unchanged: 0, skipped: 1 },
      sample: [
        { outcome: 'new', title: walls.title, excerpt: 'Walls matter.', where: 'line 2' },
        { outcome: 'new', title: 'On Tea', authors: ['Ada Smith'], published: '2020', where: 'line 4' },
      ],
    });
    expect(done.label).toBe('Imported 2 papers from a.txt');
    expect(done.report.total).toEqual(done.preview.total);
    expect(dump(folder)).toMatchObject({ strays: [], captures: [expect.stringMatching(/^[0-9a-f]{16}-a.txt$/)] });

    const undone = await writer.undo(numberOf(done));
    expect(undone).toMatchObject({ label: done.label, papers: { added: [], changed: [] } });
    expect(undone.papers.removed).toHaveLength(2);
    expect({ ...dump(folder), captures: [] }).toEqual(empty);
    await writer.forgetUndone([]);
    expect(dump(folder)).toEqual(empty);
  });

  test('says which keys readers must look at', async () => {
    const first = await importAll(writer, [file('a.txt', walls, tea)]);
    const [[from, to] = [0, 0], ...others] = first.papers.added;
    expect(others).toEqual([]);
    const { papers } = await importAll(writer, [file('b.txt', wallsOnArxiv, recordOf('Another'))]);
    expect(papers.revision).toBe(first.papers.revision + 1);
    expect(papers.changed).toHaveLength(1);
    expect(papers.changed.every((key) => key >= from && key < to)).toBe(true);
    expect(papers.added.every(([, end]) => end <= from)).toBe(true);
    expect(papers.removed).toEqual([]);
  });

  test('of the very same bytes makes no second source', async () => {
    await importAll(writer, [file('a.txt', walls, 'It has no title.', walls)]);
    const before = dump(folder);
    const { preview, change } = await importAll(writer, [file('b.txt', walls, 'It has no title.', walls)]);
    expect(preview.total).toEqual({ new: 0, merged: 0, unchanged: 1, skipped: 2 });
    expect(change).toBeNull();
    expect(dump(folder)).toEqual(before);
  });

  test('of the same papers from elsewhere is one more source of them', async () => {
    await importAll(writer, [file('a.txt', walls, tea)]);
    const before = shownPapers(folder);
    const done = await importAll(writer, [file('b.txt', tea)]);
    expect(done.report.total).toEqual({ new: 0, merged: 0, unchanged: 1, skipped: 0 });
    expect(done.papers.changed).toHaveLength(1);
    expect(shownPapers(folder)).toEqual(before);
    await writer.undo(1);
    expect(shownPapers(folder)).toEqual(before.filter((row) => row.includes('On Tea')));
  });

  test('tells records of one file that repeat another from those that add to it', async () => {
    const shouted = { ...walls, title: walls.title.toUpperCase(), abstract: null };
    const { preview } = await importAll(writer, [file('a.txt', { ...walls, abstract: null }, walls, shouted, walls)]);
    expect(preview.total).toEqual({ new: 1, merged: 1, unchanged: 0, skipped: 2 });
    const reason = `The same paper is at line 2 already: “${walls.title}”.`;
    expect(preview.files[0]?.skipped).toEqual([
      { where: 'line 4', reason },
      { where: 'line 5', reason },
    ]);
  });

  test('counts once what stands at one place as several records', async () => {
    const changed = { ...walls, abstract: 'Walls matter more.' };
    const counts = async (name: string, ...records: Content) =>
      (await importAll(writer, [file(name, ...records)])).preview.total;
    expect(await counts('a.txt', [walls, changed])).toEqual({ new: 1, merged: 0, unchanged: 0, skipped: 0 });
    expect(await counts('a.txt', [walls, changed])).toEqual({ new: 0, merged: 0, unchanged: 1, skipped: 0 });
    expect(await counts('b.txt', [walls, changed], tea)).toEqual({ new: 1, merged: 0, unchanged: 1, skipped: 0 });
    const newest = { ...walls, abstract: 'Walls matter most.' };
    expect(await counts('c.txt', [walls, newest])).toEqual({ new: 0, merged: 1, unchanged: 0, skipped: 0 });
    expect(await counts('d.txt', [tea, tea])).toEqual({ new: 0, merged: 0, unchanged: 1, skipped: 0 });
    expect(await counts('d.txt', [tea, tea])).toEqual({ new: 0, merged: 0, unchanged: 1, skipped: 0 });
  });

  test('counts a paper once that another record of the file shows to be known', async () => {
    await importAll(writer, [file('a.txt', recordOf('A Title Before It Was Changed', { arxivId: '2103.00001' }))]);
    const { preview } = await importAll(writer, [
      file(
        'b.txt',
        recordOf('A Title After It Was Changed', { doi: '10.1000/x' }),
        recordOf('A Title After It Was Changed', { arxivId: '2103.00001', doi: '10.1000/x' }),
      ),
    ]);
    expect(preview.total).toEqual({ new: 0, merged: 1, unchanged: 0, skipped: 1 });
    expect(preview.sample).toMatchObject([{ outcome: 'merged', where: 'line 2' }]);
    expect(allIds(folder)).toEqual(['arxiv:2103.00001']);
  });

  test('keeps papers apart that have nothing but a title in common', async () => {
    const prefaces = ['2101.00001', '2101.00002', '2101.00003'].map((arxivId) => recordOf('Preface', { arxivId }));
    const { preview } = await importAll(writer, [file('a.txt', ...prefaces, recordOf('Preface'))]);
    expect(preview.total.new).toBe(4);
    expect(allIds(folder)).toEqual([...prefaces.map(({ arxivId }) => `arxiv:${arxivId}`), titleId('Preface')]);
    expect(dump(folder)['strays']).toEqual([]);
  });

  test('that names more skipped records than are told names the first ones', async () => {
    const bad = Array.from({ length: 5000 }, (_, index) => `Reason ${index}.`);
    const { report } = await importAll(writer, [file('a.txt', walls, ...bad)]);
    expect(report.files[0]).toMatchObject({ skippedCount: 5000, new: 1 });
    expect(report.files[0]?.skipped.map(({ reason }) => reason)).toEqual(bad.slice(0, 1000));
  });

  test('never runs backwards in time', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 2000 });
    try {
      await importAll(writer, [file('a.txt', walls)]);
      vi.setSystemTime(1000);
      await importAll(writer, [file('b.txt', tea)]);
    } finally {
      vi.useRealTimers();
    }
    const corpus = new LocalCorpus(folder);
    expect(corpus.state().sources.map(({ importedAt }) => importedAt)).toEqual([2000, 2000]);
    corpus.close();
  });
});

describe('a file that cannot be imported', () => {
  test('is named and costs only itself', async () => {
    const picture = fileToImport(folder, 'picture.png', '\u0000\u0001\u0002');
    const broken = file('broken.txt', recordOf('Read Before It Broke'), '!');
    const missing = { path: join(folder, 'none.txt'), name: 'none.txt' };
    const { report } = await importAll(writer, [file('a.txt', walls), broken, picture, missing, file('b.txt', tea)]);
    expect(report.files.map(({ path }) => path)).toEqual(['a.txt', 'b.txt']);
    expect(report.failures).toEqual([
      { path: 'broken.txt', reason: expect.stringMatching(/^broken.txt .*Nothing was imported\.$/) },
      { path: 'picture.png', reason: expect.stringContaining('picture.png is not text') },
      { path: 'none.txt', reason: 'none.txt does not exist. Nothing was imported.' },
    ]);
    expect(allIds(folder)).toHaveLength(2);
    expect(captures()).toHaveLength(2);
    expect(dump(folder)['strays']).toEqual([]);
  });

  test('leaves nothing behind when it is the only one', async () => {
    const before = dump(folder);
    const { change, report } = await importAll(writer, [file('broken.txt', walls, '!')]);
    expect([change, report.failures.length]).toEqual([null, 1]);
    expect(dump(folder)).toEqual(before);
  });

  test('and holds nothing but skipped records is no source', async () => {
    const { change, report } = await importAll(writer, [file('a.txt', 'One.', 'Two.')]);
    expect([change, report.total.skipped]).toEqual([null, 2]);
    expect(captures()).toEqual([]);
  });
});

describe('cancelling', () => {
  const cancelled = { code: 'refused', message: 'The import was cancelled. Nothing was imported.' };

  test('ends the wait for a confirmation', async () => {
    const before = dump(folder);
    await writer.preview({ files: [file('a.txt', walls)], format: null }, quiet);
    await writer.cancel();
    expect(dump(folder)).toEqual(before);
    await expect(writer.confirm(quiet)).rejects.toMatchObject({ code: 'refused' });
    await writer.cancel();
    expect((await importAll(writer, [file('a.txt', walls)])).report.total.new).toBe(1);
  });

  test('stops the reading', async () => {
    const before = dump(folder);
    const files = [file('a.txt', ...many(2000)), file('b.txt', ...many(2000))];
    let told = 0;
    const reading = writer.preview({ files, format: null }, () => {
      told += 1;
      void writer.cancel();
    });
    await expect(reading).rejects.toMatchObject(cancelled);
    expect(told).toBeGreaterThan(0);
    expect(dump(folder)).toEqual(before);
  });

  test('stops what has not begun yet', async () => {
    const asked = [1, 2].map(() => writer.preview({ files: [file('a.txt', walls)], format: null }, quiet));
    await writer.cancel();
    for (const one of await Promise.allSettled(asked)) {
      expect(one).toMatchObject({ status: 'rejected', reason: cancelled });
    }
    expect(captures()).toEqual([]);
  });

  test('stops the writing', async () => {
    const before = dump(folder);
    await writer.preview({ files: [file('a.txt', ...many(2000))], format: null }, quiet);
    const writing = writer.confirm(() => void writer.cancel());
    await expect(writing).rejects.toMatchObject(cancelled);
    expect(dump(folder)).toEqual(before);
  });
});

test('one thing waits for another, and nothing else is done while an import waits to be confirmed', async () => {
  const [first, second] = await Promise.allSettled([
    writer.preview({ files: [file('a.txt', walls)], format: null }, quiet),
    writer.preview({ files: [file('b.txt', tea)], format: null }, quiet),
  ]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { code: 'refused' } });
  await expect(writer.removeSource(1)).rejects.toMatchObject({ code: 'refused' });
  await writer.confirm(quiet);
  expect(allIds(folder)).toHaveLength(1);
});

test('progress only ever grows, from the first file to the last', async () => {
  const told: { phase: string; done: number; index: number; papers: number }[] = [];
  const files = [file('a.txt', ...many(1500)), file('b.txt', ...many(1500).reverse(), tea)];
  await writer.preview({ files, format: null }, (progress) => told.push(progress));
  const reading = told.length;
  await writer.confirm((progress) => told.push(progress));
  expect(reading).toBeGreaterThan(0);
  expect(told.length).toBeGreaterThan(reading);
  expect(told.map(({ phase }) => phase)).toEqual(told.map((_, at) => (at < reading ? 'reading' : 'writing')));
  for (const part of [told.slice(0, reading), told.slice(reading)]) {
    const done = part.map((progress) => progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect([done[0], done.at(-1)]).toEqual([0, 1]);
  }
});

describe('what files say that a reader said', () => {
  const marks = { note: 'Mine.', tags: ['later'], status: 'read', starred: true } as const;
  const nothing = { note: '', tags: [], status: null, starred: false };
  const marked = (record: ReturnType<typeof recordOf>, said: object) => ({ ...record, marks: said });

  test('is put aside under the id that the paper has in the end', async () => {
    const known = recordOf('Known by Its DOI', { doi: '10.1000/x' });
    await importAll(writer, [file('a.txt', known)]);
    touch('doi:10.1000/x');
    const { preview } = await importAll(writer, [
      file(
        'b.txt',
        marked(tea, marks),
        marked(walls, nothing),
        marked({ ...known, arxivId: '2103.00001' }, { ...nothing, note: 'Theirs.' }),
      ),
    ]);
    // The reader has touched the third one, and nothing is said of the second.
    expect(preview.marked).toBe(1);
    const all = await writer.importedMarks(0, 10);
    expect(all.map(({ marks: { note } }) => note)).toEqual(['Mine.', 'Theirs.']);
    expect(all[0]?.marks).toEqual(marks);
    expect(all[1]?.id).toBe('arxiv:2103.00001');
    expect(await writer.importedMarks(1, 10)).toEqual(all.slice(1));
    await writer.preview({ files: [file('c.txt', walls)], format: null }, quiet);
    expect(await writer.importedMarks(0, 10)).toEqual([]);
  });

  test('counts for a file that brings nothing else, and not for a file that failed', async () => {
    const content = [marked(tea, marks)];
    await importAll(writer, [file('a.txt', ...content)]);
    const { preview, change } = await importAll(writer, [
      file('b.txt', ...content),
      file('c.txt', marked(walls, marks), '!'),
    ]);
    expect([preview.marked, change]).toEqual([1, null]);
    expect(await writer.importedMarks(0, 10)).toHaveLength(1);
  });
});

describe('removing a source', () => {
  test('takes the papers with it that only it brought', async () => {
    await importAll(writer, [file('a.txt', walls, tea)]);
    await importAll(writer, [file('b.txt', tea)]);
    const removed = await writer.removeSource(1);
    expect(removed).toMatchObject({ removed: 1, kept: 0, label: 'Removed the source “a.txt”' });
    expect(allIds(folder)).toHaveLength(1);
    expect(dump(folder)['strays']).toEqual([]);
    await expect(writer.removeSource(1)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('leaves a paper that the reader has touched just as it was, until it comes back', async () => {
    await importAll(writer, [file('a.txt', wallsOnArxiv, { ...wallsOnArxiv, votes: 3 }, tea)]);
    const before = dump(folder);
    const shown = shownPapers(folder).filter((row) => row.includes('arxiv:2103.00001'));
    touch('arxiv:2103.00001');
    const removed = await writer.removeSource(1);
    expect(removed).toMatchObject({ removed: 1, kept: 1 });
    expect(shownPapers(folder)).toEqual(shown);
    await writer.undo(numberOf(removed));
    expect(dump(folder)).toEqual(before);
  });

  test('leaves the id under which the reader has said something, and nothing else', async () => {
    await importAll(writer, [file('a.txt', walls)]);
    touch(titleId(walls.title));
    await importAll(writer, [file('b.txt', { ...wallsOnArxiv, abstract: null })]);
    await writer.removeSource(1);
    const [row = '', ...others] = shownPapers(folder);
    expect(others).toEqual([]);
    expect(row).toContain('"id":"arxiv:2103.00001"');
    expect(row).toContain('"text":null');
    // A second paper of that title would take the alias away if the record that has it were gone.
    await importAll(writer, [file('c.txt', recordOf(walls.title, { arxivId: '2103.00002' }))]);
    expect(allIds(folder)).toEqual(['arxiv:2103.00001', 'arxiv:2103.00002', titleId(walls.title)]);
  });

  test('cannot be taken back when what was kept of it has changed or is gone', async () => {
    await importAll(writer, [file('a.txt', walls)]);
    const removed = await writer.removeSource(1);
    const before = dump(folder);
    const [name = ''] = readdirSync(join(folder, 'captures'));
    const path = join(folder, 'captures', name);
    writeFileSync(path, plainFile([tea]));
    await expect(writer.undo(numberOf(removed))).rejects.toMatchObject({ code: 'refused' });
    rmSync(path);
    await expect(writer.undo(numberOf(removed))).rejects.toMatchObject({ code: 'refused' });
    expect({ ...dump(folder), captures: [name] }).toEqual(before);
  });
});

describe('undoing', () => {
  test('is done once, and only where there is something', async () => {
    const done = await importAll(writer, [file('a.txt', walls)]);
    await expect(writer.undo(77)).rejects.toMatchObject({ code: 'not-found' });
    const removed = await writer.removeSource(1);
    await expect(writer.undo(numberOf(done))).rejects.toMatchObject({ code: 'refused' });
    await writer.undo(numberOf(removed));
    await expect(writer.undo(numberOf(removed))).rejects.toMatchObject({ code: 'refused' });
    await writer.undo(numberOf(done));
    expect(allIds(folder)).toEqual([]);
  });

  test('keeps a file that another source or an undone removal needs', async () => {
    const first = await importAll(writer, [file('a.txt', walls)]);
    const removed = await writer.removeSource(1);
    const second = await importAll(writer, [file('a.txt', walls)]);
    await writer.undo(numberOf(second));
    expect(captures()).toHaveLength(1);
    await writer.forgetUndone([]);
    expect(captures()).toHaveLength(1);
    await writer.undo(numberOf(removed));
    await writer.undo(numberOf(first));
    await writer.forgetUndone([]);
    expect(captures()).toEqual([]);
  });
});

describe('doing again', () => {
  test('brings all files of an import back, with the places and the number that they had', async () => {
    await importAll(writer, [file('a.txt', walls)]);
    const done = await importAll(writer, [file('b.txt', wallsOnArxiv, tea), file('c.txt', recordOf('Another'), walls)]);
    const before = dump(folder);
    await writer.undo(numberOf(done));
    const again = await writer.redo(numberOf(done));
    expect(again).toMatchObject({ change: done.change, label: done.label, papers: { removed: [] } });
    expect(again.papers.changed).toHaveLength(1);
    expect(dump(folder)).toEqual(before);
  });

  test('is refused where nothing has been taken back, where it was done again, and once it is forgotten', async () => {
    const done = await importAll(writer, [file('a.txt', walls)]);
    await expect(writer.redo(77)).rejects.toMatchObject({ code: 'not-found' });
    await expect(writer.redo(numberOf(done))).rejects.toMatchObject({ code: 'refused' });
    await writer.undo(numberOf(done));
    await writer.forgetUndone([numberOf(done)]);
    await writer.redo(numberOf(done));
    await expect(writer.redo(numberOf(done))).rejects.toMatchObject({ code: 'refused' });
    await writer.undo(numberOf(done));
    await writer.forgetUndone([]);
    const before = dump(folder);
    await expect(writer.redo(numberOf(done))).rejects.toThrow('cannot be done again');
    expect(dump(folder)).toEqual(before);
  });

  test('of a removal leaves what the reader has touched meanwhile', async () => {
    await importAll(writer, [file('a.txt', walls, tea)]);
    const removed = await writer.removeSource(1);
    await writer.undo(numberOf(removed));
    touch(titleId(walls.title));
    await writer.redo(numberOf(removed));
    expect(allIds(folder)).toEqual([titleId(walls.title)]);
    await writer.undo(numberOf(removed));
    await writer.undo(1);
    await expect(writer.redo(numberOf(removed))).rejects.toMatchObject({ code: 'refused' });
  });

  test('is refused when what was kept of the files has changed', async () => {
    const done = await importAll(writer, [file('a.txt', walls)]);
    await writer.undo(numberOf(done));
    const [name = ''] = captures();
    writeFileSync(join(folder, 'captures', name), plainFile([tea]));
    await expect(writer.redo(numberOf(done))).rejects.toMatchObject({ code: 'refused' });
    expect(allIds(folder)).toEqual([]);
  });
});

describe('what the reader has made one', () => {
  const a = recordOf('One Way to Say It', { arxivId: '2103.00001' });
  const b = recordOf('Another Way to Say It', { doi: '10.1000/x', abstract: 'It is said.' });
  const pair = ['doi:10.1000/x', 'arxiv:2103.00001'] as const;

  test('is one paper, until it is taken back', async () => {
    await importAll(writer, [file('a.txt', a)]);
    await importAll(writer, [file('b.txt', b)]);
    const before = dump(folder);
    const merged = await writer.setPairs({ same: [pair], different: [] }, 'Merged 2 papers', null);
    expect(allIds(folder)).toEqual(['doi:10.1000/x']);
    expect(merged.papers).toMatchObject({ changed: [expect.any(Number)], removed: [expect.any(Number)] });
    const after = dump(folder);
    const turns = (undone: boolean) => ({ change: numberOf(merged), undone });
    const split = await writer.setPairs({ same: [], different: [] }, null, turns(true));
    expect([split.change, split.papers.added.length]).toEqual([merged.change, 1]);
    expect(dump(folder)).toEqual(before);
    await writer.setPairs({ same: [pair], different: [] }, null, turns(false));
    expect(dump(folder)).toEqual(after);
    await expect(writer.undo(numberOf(merged))).rejects.toMatchObject({ code: 'refused' });
  });

  test('is one paper from the start when it comes in later', async () => {
    await writer.setPairs({ same: [pair], different: [] }, null, null);
    const { preview } = await importAll(writer, [file('a.txt', a, b)]);
    expect(preview.total).toMatchObject({ new: 1, merged: 1 });
    expect(allIds(folder)).toEqual(['doi:10.1000/x']);
  });
});

test('the bytes are kept as they were given, packed ones packed', async () => {
  const bytes = gzipSync(plainFile([walls]));
  const given = fileToImport(folder, 'a.txt.gz', '');
  writeFileSync(given.path, bytes);
  await importAll(writer, [given]);
  const [name = ''] = readdirSync(join(folder, 'captures'));
  expect(readFileSync(join(folder, 'captures', name)).equals(bytes)).toBe(true);
});

test('after a crash in the middle of an import nothing of it is there', async () => {
  await importAll(writer, [file('a.txt', walls)]);
  const before = dump(folder);
  await writer.preview({ files: [file('b.txt', ...many(3000))], format: null }, quiet);
  const crashed = join(folder, '..', 'crashed');
  mkdirSync(crashed);
  for (const name of ['corpus.db', 'corpus.db-wal']) copyFileSync(join(folder, name), join(crashed, name));
  cpSync(join(folder, 'captures'), join(crashed, 'captures'), { recursive: true });
  expect(readdirSync(join(crashed, 'captures')).filter((name) => !name.startsWith('sources.'))).toHaveLength(2);
  await new LocalPapersWriter(crashed).close();
  expect(dump(crashed)).toEqual(before);
});

test('readers see nothing of an import until it is confirmed, and are kept waiting by none', async () => {
  await importAll(writer, [file('a.txt', walls)]);
  const corpus = new LocalCorpus(folder);
  await writer.preview({ files: [file('b.txt', tea)], format: null }, quiet);
  expect(corpus.state().counts.all).toBe(1);
  corpus.applyMarks({ from: null, to: 'one' }, [marksOf(titleId(walls.title), { starred: true, changedAt: 1 })]);
  expect(corpus.state().counts.starred).toBe(1);
  const { papers } = await writer.confirm(quiet);
  corpus.publish(papers);
  expect(corpus.state().counts).toMatchObject({ all: 2, starred: 1 });
  corpus.close();
});

test('a database that is full says so, and nothing of the import is there', async () => {
  const before = dump(folder);
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
  exec.mockImplementationOnce(() => {
    throw full;
  });
  await expect(writer.preview({ files: [file('a.txt', walls)], format: null }, quiet)).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringMatching(/the disk is full\. Nothing was changed\.$/),
  });
  exec.mockRestore();
  expect(dump(folder)).toEqual(before);
});
