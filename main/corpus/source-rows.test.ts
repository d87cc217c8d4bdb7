import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordOf } from './arbitrary-records.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { temporaryFolder } from './test-corpus.ts';
import { fileToImport, importAll, plainFile } from './writer-testing.ts';

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

/** How many papers each source says that it brought, by its name. */
function counts(): Record<string, unknown> {
  const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
  try {
    const rows = database.prepare('SELECT name, count FROM sources ORDER BY id').all();
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  } finally {
    database.close();
  }
}

test('sources are counted whatever becomes of the files after them', async () => {
  const file = (name: string, ...records: Parameters<typeof plainFile>[0]) =>
    fileToImport(folder, name, plainFile(records));
  const [ash, beech, cedar] = ['Ash of the Woods', 'Beech of the Woods', 'Cedar of the Woods'].map((title) =>
    recordOf(title),
  );
  if (!ash || !beech || !cedar) throw new Error('there are three');
  const { report } = await importAll(writer, [
    file('two.txt', ash, beech),
    file('broken.txt', recordOf('Dogwood of the Woods'), '!'),
    file('one.txt', cedar),
    file('none.txt', 'It has no title.'),
  ]);
  expect(report.failures).toHaveLength(1);
  expect(counts()).toEqual({ 'two.txt': 2, 'one.txt': 1 });
});
