import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { pooledRecord } from './arbitrary-records.ts';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import type { PaperFacts } from './record-body.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';
import { allIds, dump, fileToImport, importAll, numberOf, plainFile, shownPapers } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

/** Lists of records that speak of a few papers, as the files of one import. */
const records = fc.array(pooledRecord, { minLength: 1, maxLength: 6 });
const imports = fc.array(records, { minLength: 1, maxLength: 4 });
const runs = { numRuns: Number(process.env['RUNS'] ?? 12) };

async function withWriter<T>(work: (writer: LocalPapersWriter, folder: string) => Promise<T>): Promise<T> {
  const { folder, remove } = temporaryFolder();
  const inside = join(folder, 'library');
  mkdirSync(inside);
  const writer = new LocalPapersWriter(inside);
  try {
    return await work(writer, inside);
  } finally {
    await writer.close();
    rmSync(`${inside}-files`, { recursive: true, force: true });
    remove();
  }
}

const file = (folder: string, index: number, content: readonly PaperFacts[]) =>
  fileToImport(folder, `file-${index}.txt`, plainFile(content));

async function importEach(writer: LocalPapersWriter, folder: string, contents: readonly (readonly PaperFacts[])[]) {
  const done: Awaited<ReturnType<typeof importAll>>[] = [];
  for (const [index, content] of contents.entries()) {
    const imported = await importAll(writer, [file(folder, index, content)]);
    const { new: added, merged, unchanged, skipped } = imported.report.total;
    expect(added + merged + unchanged + skipped).toBe(content.length);
    expect(dump(folder)['strays']).toEqual([]);
    done.push(imported);
  }
  return done;
}

test('importing the same again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(imports, fc.nat(3), (contents, which) =>
      withWriter(async (writer, folder) => {
        await importEach(writer, folder, contents);
        const before = dump(folder);
        const again = which % contents.length;
        const { change, report } = await importAll(writer, [file(folder, again, contents[again] ?? [])]);
        expect(change).toBeNull();
        expect(report.total).toMatchObject({ new: 0, merged: 0 });
        expect(dump(folder)).toEqual(before);
      }),
    ),
    runs,
  );
});

test('the order of imports changes neither which papers there are nor their ids', async () => {
  await fc.assert(
    fc.asyncProperty(
      imports.chain((contents) =>
        fc.tuple(fc.constant(contents), fc.shuffledSubarray(contents, { minLength: contents.length })),
      ),
      async ([contents, shuffled]) => {
        const ids = async (some: typeof contents) =>
          withWriter(async (writer, folder) => {
            await importEach(writer, folder, some);
            return allIds(folder);
          });
        expect(await ids(shuffled)).toEqual(await ids(contents));
      },
    ),
    runs,
  );
});

test('several files at once are the same as one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(imports, async (contents) => {
      const apart = await withWriter(async (writer, folder) => {
        await importEach(writer, folder, contents);
        return allIds(folder);
      });
      await withWriter(async (writer, folder) => {
        const before = dump(folder);
        const { report, change } = await importAll(
          writer,
          contents.map((content, index) => file(folder, index, content)),
        );
        const { new: added, merged, unchanged, skipped } = report.total;
        expect(added + merged + unchanged + skipped).toBe(contents.flat().length);
        expect(added).toBe(apart.length);
        expect(allIds(folder)).toEqual(apart);
        expect(dump(folder)['strays']).toEqual([]);
        const after = dump(folder);
        if (change !== null) {
          await writer.undo(change);
          await writer.redo(change);
          expect(dump(folder)).toEqual(after);
          await writer.undo(change);
          await writer.forgetUndone([]);
        }
        expect(dump(folder)).toEqual(before);
      });
    }),
    runs,
  );
});

test('undoing any import leaves exactly what the others bring; the last one, exactly what was', async () => {
  await fc.assert(
    fc.asyncProperty(imports, fc.nat(3), (contents, which) =>
      withWriter(async (writer, folder) => {
        await importEach(writer, folder, contents.slice(0, -1));
        const before = dump(folder);
        const done = await importEach(writer, folder, contents.slice(-1));
        for (const { change } of done) if (change !== null) await writer.undo(change);
        await writer.forgetUndone([]);
        expect(dump(folder)).toEqual(before);

        await withWriter(async (other, elsewhere) => {
          const all = await importEach(other, elsewhere, contents);
          const gone = which % contents.length;
          const change = all[gone]?.change ?? null;
          // The same bytes twice are one source.
          const isTwice =
            contents.filter((content) => plainFile(content) === plainFile(contents[gone] ?? [])).length > 1;
          if (change === null || isTwice) return;
          await other.undo(change);
          expect(dump(elsewhere)['strays']).toEqual([]);
          await withWriter(async (third, without) => {
            await importEach(
              third,
              without,
              contents.filter((_, index) => index !== gone),
            );
            expect(shownPapers(elsewhere)).toEqual(shownPapers(without));
          });
        });
      }),
    ),
    runs,
  );
});

test('a source that was removed comes back just as it was, and leaves what the reader has touched', async () => {
  await fc.assert(
    fc.asyncProperty(imports, fc.nat(3), fc.array(fc.nat(20), { maxLength: 3 }), (contents, which, picked) =>
      withWriter(async (writer, folder) => {
        const done = await importEach(writer, folder, contents);
        const before = dump(folder);
        const ids = allIds(folder);
        const touched = [...new Set(picked.map((index) => ids[index % ids.length] ?? ''))];
        const corpus = new LocalCorpus(folder);
        corpus.replaceMarks(
          'now',
          touched.map((id) => marksOf(id, { starred: true, changedAt: 1 })),
        );
        corpus.close();
        const brought = done.filter(({ change }) => change !== null).length;
        const removed = await writer.removeSource((which % brought) + 1);
        const left = shownPapers(folder);
        expect(dump(folder)['strays']).toEqual([]);
        for (const id of touched) expect(left.filter((row) => row.includes(id))).not.toEqual([]);
        const after = dump(folder);
        await writer.undo(numberOf(removed));
        expect(dump(folder)).toEqual(before);
        await writer.redo(numberOf(removed));
        expect(dump(folder)).toEqual(after);
      }),
    ),
    runs,
  );
});
