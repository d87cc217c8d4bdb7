import { type ImportedPaper, paperOf } from '../importers/importer.ts';
import { ImportTally } from './import-tally.ts';
import { Ingest } from './ingest.ts';
import { runAtOnce } from './pace.ts';
import { updateTextIndex } from './text-index.ts';
import { WriterSession } from './writer-session.ts';

/** A paper as a script makes it up; what is left out is empty. */
export type BuiltPaper = Partial<ImportedPaper> & Pick<ImportedPaper, 'title'>;

/**
 * Fills a corpus with made papers on the calling thread, by the same way as an import but without
 * a file: for benchmarks and tests. Nothing else may write in the folder meanwhile.
 * @param atMost no more papers than this follow
 * @param source what the source is called
 * @param importedAt when it is said to be imported, in milliseconds since 1970
 * @returns what became of the papers
 */
export function buildCorpus(
  folder: string,
  papers: Iterable<BuiltPaper>,
  atMost: number,
  source = 'generated',
  importedAt = Date.now(),
): ImportTally {
  const session = new WriterSession(folder);
  try {
    session.begin();
    const { tables, work, marks, database } = session;
    const time = tables.sources.timeOfImport(importedAt);
    const about = { name: source, format: 'generated', importedAt: time, digest: null, capture: null };
    const lowest = tables.sources.lowestKey();
    work.expect({ from: lowest, to: lowest });
    const row = tables.sources.add(about, atMost);
    work.expectFrom(row.firstKey);
    const ingest = new Ingest(tables, work, marks);
    const tally = new ImportTally();
    let position = 0;
    for (const paper of papers) {
      position += 1;
      if (position > atMost) throw new Error('more papers than were said to follow');
      const whole = { ...paperOf(paper.title), ...paper };
      ingest.add(row, tally, { kind: 'paper', where: `record ${position}`, paper: whole }, position);
    }
    runAtOnce(ingest.settle());
    runAtOnce(updateTextIndex(database, work.range));
    session.commit();
    return tally;
  } finally {
    session.close();
  }
}
