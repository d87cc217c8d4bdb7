import type { Handlers } from '../shared/contract.ts';
import type { PaperId } from '../shared/paper.ts';
import type { ReaderOrder } from './reader-order.ts';
import type { ShownPapers } from './shown-papers.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './store/combined.ts';
import { highlightsOf } from './store/highlighting.ts';
import type { ReaderMarks } from './store/marks.ts';

/** The calls about what is highlighted in abstracts. */
export type HighlightCalls = Pick<Handlers, 'highlights.get' | 'highlights.set'>;

/** What {@link highlightCalls} reads and writes. */
export interface HighlightParts {
  papers: Pick<ShownPapers, 'targets'>;
  recordOf: RecordOf;
  marks: Pick<ReaderMarks, 'setHighlights'>;
  order: ReaderOrder;
  /** Wraps what changes the library, so that it is waited for and announced. */
  change<T>(make: () => Promise<T>): Promise<T>;
}

/** Implements {@link HighlightCalls}. Both reject with `not-found` where there is no such paper. */
export function highlightCalls({ papers, recordOf, marks, order, change }: HighlightParts): HighlightCalls {
  const targetOf = async (id: PaperId): Promise<MarkTarget> => {
    const [target] = await papers.targets([id]);
    return target ?? { id, markedAs: [] };
  };
  return {
    'highlights.get': async ({ id }) => {
      return { highlights: highlightsOf(combinedRecord(await targetOf(id), recordOf).record) };
    },
    'highlights.set': ({ id, highlights, known }) =>
      change(() => order.make(async () => marks.setHighlights(await targetOf(id), highlights, known))),
  };
}
