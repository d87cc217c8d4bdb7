import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fixtures } from '../importers/fixtures-for-tests.ts';
import { inputFolder } from '../importers/inputs-for-tests.ts';
import { mutated } from '../importers/mutations.ts';
import { importAndTakeBack } from './import-fuzzing.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { temporaryFolder } from './test-corpus.ts';
import { fileToImport, importAll } from './writer-testing.ts';

const damaged = inputFolder();
const { folder, remove } = temporaryFolder();
afterAll(() => {
  damaged.remove();
  remove();
});

test('damaged files leave nothing in a library but what they say, and nothing once they are taken back', async () => {
  const writer = new LocalPapersWriter(folder);
  const all = fixtures();
  const others = all.map(({ bytes }) => bytes);
  // Some of the same papers are there already.
  const known = all.filter(({ format }) => format === 'bibtex' || format === 'csl-json');
  await importAll(
    writer,
    known.map(({ file, bytes }) => fileToImport(folder, file, bytes.toString('utf8'))),
  );
  let [read, refused, papers] = [0, 0, 0];
  for (let round = 0; round < 4; round += 1) {
    const files = all.map(({ file, bytes }, index) => {
      const name = `${round}-${file}`;
      damaged.write(name, mutated(bytes, others, round * all.length + index));
      return { path: join(damaged.path, name), name };
    });
    const batch = await importAndTakeBack(folder, writer, files, round * 7);
    [read, refused, papers] = [read + batch.read, refused + batch.refused, papers + batch.papers];
  }
  await writer.close();
  expect(read).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(3);
  expect(papers).toBeGreaterThan(20);
});
