import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { titleId } from '../importers/identity.ts';
import { recordOf } from './arbitrary-records.ts';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';
import { Touched } from './touched.ts';
import { allIds, dump, fileToImport, importAll, numberOf, plainFile } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

let folder: string;
let remove: () => void;
let corpus: LocalCorpus;
let writer: LocalPapersWriter;
let stamp: string | null;
beforeEach(() => {
  stamp = null;
  const temporary = temporaryFolder();
  remove = temporary.remove;
  folder = join(temporary.folder, 'library');
  mkdirSync(folder);
  corpus = new LocalCorpus(folder);
  writer = new LocalPapersWriter(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await writer.close();
  corpus.close();
  remove();
});

const titles = Array.from({ length: 8 }, (_, at) => `Paper Number ${at} of Eight`);
const ids = titles.map(titleId);
const importTitles = (...named: string[]) =>
  importAll(writer, [fileToImport(folder, 'a.txt', plainFile(named.map((title) => recordOf(title))))]);

function touch(id = ''): void {
  corpus.applyMarks({ from: stamp, to: id }, [marksOf(id, { starred: true, changedAt: 1 })]);
  stamp = id;
}

/** Does something each time when a change has just decided which papers the reader has touched. */
function afterEachDecision(act: (decision: number) => void): () => number {
  const close = Touched.prototype.close;
  let decisions = 0;
  vi.spyOn(Touched.prototype, 'close').mockImplementation(function (this: Touched) {
    close.call(this);
    decisions += 1;
    act(decisions);
  });
  return () => decisions;
}

test('a paper that the reader touches while its source is being removed stays', async () => {
  await importTitles(...titles);
  const decisions = afterEachDecision((decision) => {
    if (decision === 1) touch(ids[3]);
  });
  await expect(writer.removeSource(1)).resolves.toMatchObject({ removed: 7, kept: 1 });
  expect(decisions()).toBe(2);
  expect(allIds(folder)).toEqual([ids[3]]);
});

test('a paper that the reader touches while its import is being taken back stays, and the file of it goes once nothing can be done again', async () => {
  const done = await importTitles(...titles);
  afterEachDecision((decision) => {
    if (decision <= 3) touch(ids[decision]);
  });
  await writer.undo(numberOf(done));
  expect(allIds(folder)).toEqual(ids.slice(1, 4).sort());
  expect(dump(folder)).toMatchObject({ captures: [expect.any(String)], strays: [] });
  await writer.forgetUndone([]);
  expect(dump(folder)).toMatchObject({ captures: [], strays: [] });
});

test('what is said of papers that stay costs nothing', async () => {
  await importTitles(...titles);
  await importTitles('Another One');
  const decisions = afterEachDecision(() => touch(titleId('Another One')));
  await expect(writer.removeSource(1)).resolves.toMatchObject({ removed: 8, kept: 0 });
  expect(decisions()).toBe(1);
});

test('nothing is changed while the reader touches one paper after the other', async () => {
  const done = await importTitles(...titles);
  const before = dump(folder);
  afterEachDecision((decision) => touch(ids[decision]));
  await expect(writer.undo(numberOf(done))).rejects.toMatchObject({ code: 'unreadable' });
  expect(dump(folder)).toEqual(before);
});
