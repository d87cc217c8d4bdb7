import type { ImportedPaper } from '../importers/importer.ts';
import { openDatabase } from './database.ts';
import { Ingest, type IngestCounts } from './ingest.ts';

/** A paper as a script makes it up; what is left out is empty. */
export type BuiltPaper = Partial<ImportedPaper> & Pick<ImportedPaper, 'title'>;

/**
 * Fills a corpus with made papers on the calling thread, by the same way as an import but without
 * a file: for benchmarks and tests. Nothing else may have the folder open.
 * @param atMost no more papers than this follow
 * @param source what the source is called
 */
export function buildCorpus(
  folder: string,
  papers: Iterable<BuiltPaper>,
  atMost: number,
  source = 'generated',
): IngestCounts {
  const { database } = openDatabase(folder);
  try {
    const records = (function* () {
      let index = 0;
      for (const paper of papers) {
        index += 1;
        const whole = { abstract: null, authors: [], published: null, arxivId: null, doi: null, links: [], ...paper };
        yield { kind: 'paper' as const, where: `record ${index}`, paper: whole };
      }
    })();
    const about = { name: source, format: 'generated', importedAt: Date.now(), digest: null, capture: null };
    return new Ingest(database).run(about, records, atMost);
  } finally {
    database.close();
  }
}
