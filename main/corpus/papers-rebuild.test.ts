import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { pooledRecord } from './arbitrary-records.ts';
import { LocalCorpus } from './local-corpus.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import { rebuildHere, tableOfChanges } from './rebuild-testing.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';
import { allIds, dump, fileToImport, importAll, plainFile } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

type Deed =
  | { do: 'import'; files: Parameters<typeof plainFile>[0][] }
  | { do: 'remove' | 'undo' | 'redo' | 'touch'; which: number }
  | { do: 'merge' | 'tell apart'; which: number; other: number };
const which = fc.nat(9);
const records = fc.array(pooledRecord, { minLength: 1, maxLength: 6 });
const deed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('import'), files: fc.array(records, { minLength: 1, maxLength: 2 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('remove', 'undo', 'redo', 'touch'), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('merge', 'tell apart'), which, other: which }) },
) as fc.Arbitrary<Deed>;

/** Does what can be done to a library, as the reader and the store would have it. */
async function doAll(folder: string, deeds: readonly Deed[]): Promise<void> {
  const corpus = new LocalCorpus(folder);
  const writer = new LocalPapersWriter(folder);
  const changes: number[] = [];
  let pairs: Parameters<typeof writer.setPairs>[0] = { same: [], different: [] };
  let stamp: string | null = null;
  const take = (change: { change: number | null; papers: Parameters<typeof corpus.publish>[0] }) => {
    corpus.publish(change.papers);
    if (change.change !== null && !changes.includes(change.change)) changes.push(change.change);
  };
  try {
    for (const [number, each] of deeds.entries()) {
      const ids = allIds(folder);
      const id = 'which' in each ? ids[each.which % ids.length] : undefined;
      const change = 'which' in each ? (changes[each.which % changes.length] ?? 0) : 0;
      try {
        switch (each.do) {
          case 'import':
            take(
              await importAll(
                writer,
                each.files.map((content, at) => fileToImport(folder, `file-${number}-${at}`, plainFile(content))),
              ),
            );
            break;
          case 'remove':
            take(await writer.removeSource((each.which % 4) + 1));
            break;
          case 'undo':
            take(await writer.undo(change));
            break;
          case 'redo':
            take(await writer.redo(change));
            break;
          case 'touch':
            if (id) corpus.applyMarks({ from: stamp, to: `${number}` }, [marksOf(id, { starred: true, changedAt: 1 })]);
            if (id) stamp = `${number}`;
            break;
          default: {
            const other = ids[each.other % ids.length];
            if (!id || !other || id === other) break;
            const kind = each.do === 'merge' ? 'same' : 'different';
            pairs = { ...pairs, [kind]: [...pairs[kind], [id, other]] };
            take(await writer.setPairs(pairs, `Merged ${number}`, null));
          }
        }
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(refused|not-found)$/) });
      }
    }
  } finally {
    await writer.close();
    corpus.close();
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, remove } = temporaryFolder();
  const inside = join(folder, 'library');
  mkdirSync(inside);
  try {
    return await work(inside);
  } finally {
    remove();
  }
}

test('whatever was imported, removed, taken back, merged and touched: what is made anew is what there was', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.array(deed, { maxLength: 12 }), (first, deeds) =>
      inFolder(async (folder) => {
        await doAll(folder, [{ do: 'import', files: [first] }, ...deeds]);
        const before = [dump(folder), tableOfChanges(folder)];
        const { end } = await rebuildHere(folder, 'damaged');
        if (end) expect(end).toMatchObject({ from: 'list', changesKnown: true, lost: [] });
        expect([dump(folder), tableOfChanges(folder)]).toEqual(before);
        // From the database itself, as for a library that has no list yet.
        rmSync(join(folder, 'captures', 'sources.json'), { force: true });
        const { end: again } = await rebuildHere(folder, 'damaged');
        if (again) expect(again).toMatchObject({ from: 'database', changesKnown: true, lost: [] });
        expect([dump(folder), tableOfChanges(folder)]).toEqual(before);
      }),
    ),
    { numRuns: Number(process.env['RUNS'] ?? 8) },
  );
});
