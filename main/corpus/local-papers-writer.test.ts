import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordOf } from './arbitrary-records.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { temporaryFolder } from './test-corpus.ts';
import { allIds, dump, fileToImport, importAll, numberOf, plainFile } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

let folder: string;
let remove: () => void;
let writer: LocalPapersWriter;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  writer = new LocalPapersWriter(folder);
});
afterEach(async () => {
  await writer.close();
  remove();
});

const file = (name: string, ...records: Parameters<typeof plainFile>[0]) =>
  fileToImport(folder, name, plainFile(records));

test('a file is taken in, and taken back', async () => {
  const empty = dump(folder);
  const one = recordOf('Boundary Terms', { abstract: 'Walls matter.', arxivId: '2103.00001' });
  const two = recordOf('On Tea', { authors: ['Ada Smith'] });
  const done = await importAll(writer, [file('a.txt', one, 'no title', two)]);
  expect(done.preview.total).toEqual({ new: 2, merged: 0, unchanged: 0, skipped: 1 });
  expect(done.preview.sample.map(({ title, where }) => [title, where])).toEqual([
    ['Boundary Terms', 'line 2'],
    ['On Tea', 'line 4'],
  ]);
  expect(done.label).toBe('Imported 2 papers from a.txt');
  expect(allIds(folder)).toHaveLength(2);
  expect(dump(folder)['strays']).toEqual([]);
  const again = await importAll(writer, [file('a.txt', one, 'no title', two)]);
  expect(again.preview.total).toEqual({ new: 0, merged: 0, unchanged: 2, skipped: 1 });
  expect(again.change).toBeNull();
  const undone = await writer.undo(numberOf(done));
  expect(undone.papers.removed).toHaveLength(2);
  expect(dump(folder)).toEqual(empty);
});
