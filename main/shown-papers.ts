import type { Handlers } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { Paper, PaperId, Row } from '../shared/paper.ts';
import { parseQuery } from '../shared/query/parse.ts';
import type { Query } from '../shared/query/query.ts';
import { queryOfView, type SavedView } from '../shared/views.ts';
import type { Corpus, CorpusPaper, CorpusRow } from './corpus/corpus.ts';
import { type HelpParts, searchHelp } from './search-help.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './store/combined.ts';
import { highlightsOf } from './store/highlighting.ts';
import { marksOf } from './store/records.ts';

/** The calls that only show something. */
export type ShowingHandlers = Pick<
  Handlers,
  | 'list.open'
  | 'list.settled'
  | 'list.rows'
  | 'list.indexOf'
  | 'list.close'
  | 'search.help'
  | 'search.values'
  | 'paper.get'
  | 'sources.impact'
  | 'duplicates.list'
  | 'changes.list'
>;

/** The citation key that a paper has been given; null for none. */
export type GivenKeyOf = (paper: Pick<Paper, 'id' | 'aliases'>) => string | null;

/** Papers as a reader sees them: what the corpus knows, and beside it what the reader has said. */
export class ShownPapers implements HelpParts {
  readonly #corpus: Corpus;
  readonly #recordOf: RecordOf;
  readonly #savedViews: () => readonly SavedView[];
  readonly #keyOf: GivenKeyOf;

  constructor(
    corpus: Corpus,
    recordOf: RecordOf,
    savedViews: () => readonly SavedView[],
    keyOf: GivenKeyOf = () => null,
  ) {
    this.#corpus = corpus;
    this.#recordOf = recordOf;
    this.#savedViews = savedViews;
    this.#keyOf = keyOf;
  }

  get handlers(): ShowingHandlers {
    const corpus = this.#corpus;
    return {
      'list.open': async ({ view, query, sort, limit }) => {
        const [own, narrowing] = [this.viewQuery(view), parseQuery(query)];
        const opened = await corpus.openList({
          queries: [own, narrowing],
          // What is written says more than where somebody has clicked once.
          sort: narrowing.sort ?? own.sort ?? sort,
          now: Date.now(),
          limit,
        });
        return { ...opened, rows: this.#rows(opened.rows) };
      },
      'list.rows': async ({ result, offset, limit }) => ({
        rows: this.#rows(await corpus.rows(result, offset, limit)),
      }),
      'list.settled': async ({ result }) => ({ total: await corpus.settled(result) }),
      'list.indexOf': async ({ result, id }) => ({ index: await corpus.indexOf(result, id) }),
      'list.close': async ({ result }) => {
        await corpus.closeList(result);
        return {};
      },
      'paper.get': async ({ id, query }) => {
        const words = parseQuery(query);
        const found = await corpus.paper(id, words);
        if (!found) throw unknownPaper(id);
        const paper = this.#paper(found);
        return paper.note === '' ? paper : { ...paper, noteMatches: await corpus.markText(words, paper.note) };
      },
      'search.help': (asked) => searchHelp(this, asked),
      'search.values': async ({ field, beginning, limit }) => ({
        values: await corpus.values(field, beginning, limit),
      }),
      'sources.impact': ({ source }) => corpus.sourceImpact(source),
      'duplicates.list': async ({ offset, limit }) => {
        const { total, groups } = await corpus.duplicates(offset, limit);
        return {
          total,
          groups: groups.map(({ papers, reason }) => ({ papers: papers.map((paper) => this.#paper(paper)), reason })),
        };
      },
      'changes.list': async ({ limit }) => ({ changes: await corpus.changes(limit) }),
    };
  }

  /** How many papers meet all of these queries. */
  count(question: { queries: Query[]; now: number }): Promise<number> {
    return this.#corpus.count(question);
  }

  /** See `Corpus`. */
  nearWords(word: string, limit: number): Promise<string[]> {
    return this.#corpus.nearWords(word, limit);
  }

  /** The query of a view. Throws `not-found` when there is no such view. */
  viewQuery(view: string): Query {
    const text = queryOfView(view, this.#savedViews());
    if (text === null) throw new OffprintError('not-found', `There is no view “${view}”.`);
    return parseQuery(text);
  }

  /** Where the reader's records of papers stand. Rejects with `not-found` when there is no such paper. */
  async targets(ids: readonly PaperId[]): Promise<MarkTarget[]> {
    const known = await this.#corpus.resolve(ids);
    return ids.map((id) => {
      const target = known.get(id);
      if (target === undefined) throw unknownPaper(id);
      return target;
    });
  }

  #record(target: MarkTarget) {
    return combinedRecord(target, this.#recordOf).record;
  }

  #rows(rows: readonly CorpusRow[]): Row[] {
    return rows.map(({ markedAs, ...row }) => ({ ...row, ...marksOf(this.#record({ id: row.id, markedAs })) }));
  }

  #paper({ markedAs, ...paper }: CorpusPaper): Paper {
    const record = this.#record({ id: paper.id, markedAs });
    const { note = '', noteChangedAt = null } = record ?? {};
    const highlights = highlightsOf(record);
    const citationKey = this.#keyOf(paper) ?? paper.citationKey;
    return { ...paper, ...marksOf(record), citationKey, note, noteMatches: [], noteChangedAt, highlights };
  }
}

/** What is answered about a paper that is not in the library. */
export function unknownPaper(id: PaperId): OffprintError {
  return new OffprintError('not-found', `There is no paper with the id ${id}.`);
}
