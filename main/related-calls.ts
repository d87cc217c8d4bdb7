import type { Handlers } from '../shared/contract.ts';
import type { Corpus } from './corpus/corpus.ts';
import { unknownPaper } from './shown-papers.ts';
import { combinedRecord, type RecordOf } from './store/combined.ts';
import { marksOf } from './store/records.ts';

/** Implements the calls about what is near to a paper. */
export function relatedCalls(corpus: Pick<Corpus, 'related'>, recordOf: RecordOf): Pick<Handlers, 'papers.related'> {
  return {
    'papers.related': async ({ id, limit }) => {
      const found = await corpus.related(id, limit);
      if (!found) throw unknownPaper(id);
      return {
        papers: found.map(({ row, score, words }) => {
          const { status, starred } = marksOf(combinedRecord(row, recordOf).record);
          const { id: own, title, authors, published } = row;
          return { id: own, title, authors, published, status, starred, score, words };
        }),
      };
    },
  };
}
