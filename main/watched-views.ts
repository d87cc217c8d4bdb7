import type { LibraryState } from '../shared/contract.ts';
import { parseQuery } from '../shared/query/parse.ts';
import type { SavedView } from '../shared/views.ts';
import type { Corpus, CorpusState } from './corpus/corpus.ts';

/** Sees to it that the corpus counts what the saved views find. */
export class WatchedViews {
  readonly #corpus: Pick<Corpus, 'watch'>;
  readonly #views: () => readonly SavedView[];
  /** The ids and queries that the corpus was last told of. */
  #told = '[]';

  /** @param views the saved views as they are now, in their order */
  constructor(corpus: Pick<Corpus, 'watch'>, views: () => readonly SavedView[]) {
    this.#corpus = corpus;
    this.#views = views;
  }

  /** Tells the corpus of views that have come, gone or changed. What is asked of it from then on knows them. */
  async follow(): Promise<void> {
    const now = JSON.stringify(
      this.#views()
        .map(({ id, query }) => [id, query])
        .toSorted(),
    );
    if (now === this.#told) return;
    const before = this.#told;
    this.#told = now;
    try {
      await this.#corpus.watch(this.#views().map(({ id, query }) => ({ id, query: parseQuery(query) })));
    } catch (error) {
      if (this.#told === now) this.#told = before;
      throw error;
    }
  }

  /** The views for whoever shows them, with the counts that are known. */
  withCounts({ watched }: Pick<CorpusState, 'watched'>): LibraryState['views'] {
    return this.#views().map((view) => ({ ...view, count: watched[view.id] ?? null }));
  }
}
