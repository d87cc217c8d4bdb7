import type { Handlers } from '../shared/contract.ts';
import type { Change } from './changes-under-way.ts';
import type { DuplicatesSearch } from './duplicates-search.ts';
import type { PaperChanges } from './paper-changes.ts';
import type { ShownPapers } from './shown-papers.ts';
import type { History } from './store/history.ts';

/** The calls that say and change which papers there are and which are the same, but for imports. */
export type PaperCalls = Pick<
  Handlers,
  'sources.remove' | 'papers.merge' | 'duplicates.list' | 'duplicates.dismiss' | 'changes.undo'
>;

/** What {@link paperCalls} go through. */
export interface PaperCallParts {
  papers: Pick<ShownPapers, 'handlers'>;
  changes: Pick<PaperChanges, 'removeSource' | 'merge' | 'tellApart' | 'undo'>;
  duplicates: DuplicatesSearch;
  history: Pick<History, 'tookBack'>;
  change: Change;
}

/** Implements {@link PaperCalls}. */
export function paperCalls({ papers, changes, duplicates, history, change }: PaperCallParts): PaperCalls {
  const { handlers: showing } = papers;
  return {
    'sources.remove': ({ source }) => change(() => changes.removeSource(source)),
    'papers.merge': ({ ids }) => change(() => changes.merge(ids)),
    'duplicates.list': async (groups) => {
      // What has just come in is looked at first, unless an import is under way.
      if (await duplicates.isDue()) await duplicates.find();
      return showing['duplicates.list'](groups);
    },
    'duplicates.dismiss': ({ ids }) =>
      change(async () => {
        await changes.tellApart(ids);
        return {};
      }),
    'changes.undo': ({ id }) =>
      change(async () => {
        const { done, change: undone } = await changes.undo(id);
        if (undone !== null) await history.tookBack(undone);
        return { done };
      }),
  };
}
